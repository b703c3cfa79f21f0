"""What counts as a number token (数字): one run of digits with its sign, separators and percent sign.

Circled, raised, full-width and Roman digits count too; Chinese numerals do not. The model and the
finished files are read by this one definition.
"""

from __future__ import annotations

import re

_DIGIT = r"[\d²³¹¼-¾⁰-⁹₀-₉⅐-↉①-⒛⓪-⓿❶-➓㈠-㈩㉈-㉟㊀-㊉㊱-㊿]"
_NUMBER = re.compile(rf"(?:(?<![0-9A-Za-z)）])[-−])?{_DIGIT}+(?:[.,]{_DIGIT}+)*[%‰％]?")
_DIGITS = re.compile(_DIGIT)


def number_spans(text: str) -> list[tuple[int, int]]:
    """Return where each number token of a text begins and ends."""
    return [match.span() for match in _NUMBER.finditer(text)]


def numbers_in(text: str) -> tuple[str, ...]:
    """Return the number tokens of a text in order."""
    return tuple(_NUMBER.findall(text))


def has_digit(text: str) -> bool:
    """Tell whether a text holds any digit."""
    return bool(_DIGITS.search(text))
