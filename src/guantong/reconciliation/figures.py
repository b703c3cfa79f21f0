"""A number as it is printed (印出的数): its value, and every value that would be printed like it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

_NUMBER = re.compile(r"([-+−]?)(\d{1,3}(?:[,，]\d{3})+|\d+)(\.\d+)?", re.ASCII)
_SIGNS = str.maketrans({"−": "-", "，": ","})


@dataclass(frozen=True, slots=True)
class Span:
    """A closed interval of exact numbers; arithmetic keeps every value that is possible."""

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        """Refuse an interval that holds nothing: a bug of the caller."""
        if self.low > self.high:
            raise ValueError(f"empty span: {self.low} > {self.high}")

    @classmethod
    def of(cls, value: Fraction | int | Decimal) -> Span:
        """Return the interval of one exact number."""
        exact = Fraction(value)
        return cls(exact, exact)

    def __add__(self, other: Span) -> Span:
        """Return every sum."""
        return Span(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Span) -> Span:
        """Return every difference."""
        return Span(self.low - other.high, self.high - other.low)

    def __truediv__(self, other: Span) -> Span:
        """Return every quotient; raise `ZeroDivisionError` where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor may be zero")
        ends = [mine / theirs for mine in (self.low, self.high) for theirs in (other.low, other.high)]
        return Span(min(ends), max(ends))

    def times(self, factor: int | Fraction) -> Span:
        """Return every multiple by one exact number."""
        ends = sorted((self.low * factor, self.high * factor))
        return Span(*ends)

    def meets(self, other: Span) -> bool:
        """Tell whether one value may lie in both."""
        return self.low <= other.high and other.low <= self.high

    def holds(self, value: Fraction) -> bool:
        """Tell whether a value lies inside, ends included."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Printed:
    """A number at its own printed precision; a count is exact, a measure stands for what rounds to it.

    Both ends of the interval belong to it: half up and half even are both in use.
    """

    value: Decimal
    exact: bool = False

    @classmethod
    def read(cls, text: str, *, exact: bool = False) -> Printed:
        """Read digits with their decimals, a sign and thousands' commas; raise `ValueError` for anything else."""
        found = _NUMBER.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"not a printed number: {text!r}")
        return cls(Decimal(found.group(0).translate(_SIGNS).replace(",", "")), exact)

    @property
    def decimals(self) -> int:
        """Return how many decimals are printed."""
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    @property
    def span(self) -> Span:
        """Return the interval of every value that is printed like this."""
        exact = Fraction(self.value)
        half = Fraction(0) if self.exact else Fraction(1, 2 * 10**self.decimals)
        return Span(exact - half, exact + half)

    def __str__(self) -> str:
        """Return the digits as printed, without an exponent."""
        return f"{self.value:f}"


def figure(value: Fraction, decimals: int) -> str:
    """Return an exact number rounded half up to some decimals, as a report prints it."""
    scale = 10**decimals
    whole = (abs(value) * scale * 2 + 1) // 2
    sign = "-" if value < 0 and whole else ""
    digits = f"{whole:0{decimals + 1}d}"
    return sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)
