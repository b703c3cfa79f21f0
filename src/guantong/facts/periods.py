"""Periods (时期): which time a fact speaks of, and how that time is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from guantong.years import SchoolYear


class TimeBasis(Enum):
    """How the time of a figure is counted (时间口径)."""

    SCHOOL_YEAR = "school_year"
    CALENDAR_YEAR = "calendar_year"
    POINT = "point"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return {"school_year": "学年", "calendar_year": "自然年", "point": "时点"}[self.value]


_YEAR = re.compile(r"\d{4}", re.ASCII)
_YEARS = re.compile(r"(\d{4})-(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The time of a fact; `year` is the edition it belongs to: for a school year the year in which it ends.

    `day` is known only where the document prints the day of a 时点.
    """

    year: int
    basis_name: str
    day: str = ""

    @classmethod
    def read(cls, text: str, basis: TimeBasis) -> Period | None:
        """Return the period of “2024-2025” (学年), “2024” (自然年, 时点) or “2024-12-31” (时点), else None."""
        if basis is TimeBasis.SCHOOL_YEAR:
            found = _YEARS.fullmatch(text)
            ends = tuple(map(int, found.groups())) if found else (0, 0)
            return cls(ends[1], basis.value) if found and ends[1] == ends[0] + 1 else None
        if _YEAR.fullmatch(text):
            return cls(int(text), basis.value)
        if basis is not TimeBasis.POINT:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        return cls(day.year, basis.value, day.isoformat())

    @property
    def basis(self) -> TimeBasis:
        """Return how the time is counted."""
        return TimeBasis(self.basis_name)

    def code(self) -> str:
        """Return the text from which `read` makes this period again."""
        if self.basis is TimeBasis.SCHOOL_YEAR:
            return f"{self.year - 1}-{self.year}"
        return self.day or str(self.year)

    def __str__(self) -> str:
        """Return “2024—2025 学年”, “2024 年” or “2024 年 12 月 31 日”."""
        if self.basis is TimeBasis.SCHOOL_YEAR:
            return str(SchoolYear(self.year - 1))
        if self.day:
            _, month, day = map(int, self.day.split("-"))
            return f"{self.year} 年 {month} 月 {day} 日"
        return f"{self.year} 年"
