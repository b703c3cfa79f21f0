"""Who counts as under 14 (未满 14 周岁): by the month of birth, at its last day; unknown counts as under. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from guantong.years import full_years

CONSENT_AGE = 14
_FIRST_YEAR = 1900
_MONTH = re.compile(r"(\d{4})(?:(\d\d)|[-/](\d{1,2})(?:[-/]\d{1,2})?|年(\d{1,2})月)", re.ASCII)


def is_under_age(birth_month: str, on: date) -> bool:
    """Tell whether somebody may be under 14: by the last day of the month of birth; unknown counts as under."""
    if not birth_month:
        return True
    year, month = map(int, birth_month.split("-"))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return full_years(last, on) < CONSENT_AGE


def read_birth_month(text: str) -> str | None:
    """Return a month as it is kept, 2010-05; "" for an empty text, None for one that names no month.

    2010-5, 2010/05, 201005, 2010年5月 and a whole day are read alike; 2010.1 is not: a sheet writes October so too.
    """
    if not text.strip():
        return ""
    found = _MONTH.fullmatch(text.strip())
    year, month = (int(found[1]), int(found[2] or found[3] or found[4])) if found else (0, 0)
    return f"{year}-{month:02d}" if year >= _FIRST_YEAR and 1 <= month <= 12 else None
