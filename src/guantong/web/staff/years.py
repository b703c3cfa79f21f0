"""The year that a page of reports is about: asked for in its address, this year where none is."""

from __future__ import annotations

from guantong.web.staff.page import StaffAsked
from guantong.years import FIRST_COHORT


def year_of(asked: StaffAsked) -> int:
    """Return the year of the query; this year where it is no year that may be reported on."""
    text = asked.one("year")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else asked.today.year
    return year if FIRST_COHORT <= year <= asked.today.year else asked.today.year


def years_offered(asked: StaffAsked) -> tuple[int, ...]:
    """Return every year that may be chosen, this year first."""
    return tuple(range(asked.today.year, FIRST_COHORT - 1, -1))
