"""What is written on paper for a family (查阅码), and who counts as under 14; pure."""

from __future__ import annotations

import base64
from datetime import date, timedelta

from guantong.actions.roster import CONSENT_AGE
from guantong.years import full_years

CODE_BYTES = 16
_GROUP = 5
_MISREAD = str.maketrans("01", "OI")


def is_under_age(birth_month: str, on: date) -> bool:
    """Tell whether somebody may be under 14: by the last day of the month of birth; unknown counts as under."""
    if not birth_month:
        return True
    year, month = map(int, birth_month.split("-"))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return full_years(last, on) < CONSENT_AGE


def grouped(code: bytes) -> str:
    """Return a code as it is written on paper: letters and digits in groups of five."""
    text = base64.b32encode(code).decode().rstrip("=")
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def read_code(text: str) -> bytes | None:
    """Return the code that somebody typed, however grouped, 0 and 1 read as letters; None for anything else."""
    plain = "".join(letter for letter in text.upper() if letter.isalnum()).translate(_MISREAD)
    try:
        code = base64.b32decode(plain + "=" * (-len(plain) % 8))
    except ValueError:
        return None
    return code if len(code) == CODE_BYTES else None
