"""Years: a pupil's cohort, a school year, and what today's grade means.

Nothing here reads a clock: the day is always an argument, given by a door.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FIRST_COHORT = 2015
"""贯通培养 began in 2015 (report-2025, 二（六）2): no earlier cohort exists."""

COHORTS_AHEAD = 5
LAST_PUPIL_GRADE = 9
_SEPTEMBER = 9


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """A school year (学年), 1 September of `start` to 31 August of the next year."""

    start: int

    @classmethod
    def of(cls, day: date) -> SchoolYear:
        """Return the school year that a day falls into."""
        return cls(day.year if day.month >= _SEPTEMBER else day.year - 1)

    def __str__(self) -> str:
        """Return “2025—2026 学年”."""
        return f"{self.start}—{self.start + 1} 学年"


def full_years(since: date, day: date) -> int:
    """Return how many whole years lie between two days; a 29 February counts from 1 March in common years."""
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def cohort_of(pupil_grade: int, day: date) -> int:
    """Return the cohort (入学年份, the year of 中考) of a pupil who is in `pupil_grade` (1–9) on `day`."""
    if not 1 <= pupil_grade <= LAST_PUPIL_GRADE:
        raise ValueError(f"pupil_grade {pupil_grade} is not within 1–{LAST_PUPIL_GRADE}")
    return SchoolYear.of(day).start + 1 + LAST_PUPIL_GRADE - pupil_grade


def cohort_bounds(day: date) -> tuple[int, int]:
    """Return the first and the last cohort that may be asked about on `day`, both included."""
    return FIRST_COHORT, day.year + COHORTS_AHEAD
