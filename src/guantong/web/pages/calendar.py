"""The calendar: what had to be done when in past years; a coming date that is not announced says so."""

from __future__ import annotations

from dataclasses import dataclass

from guantong.errors import InputRefused, Problem
from guantong.pathways.calendar import NOT_ANNOUNCED, NOT_ON_FILE, Event, EventKind, calendar_json
from guantong.policies.inputs import number_or_none
from guantong.web.forms import Choice
from guantong.web.page import Asked, Page
from guantong.years import LAST_PUPIL_GRADE, cohort_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to do: its events of the asked year, and those of other years beside."""

    kind: EventKind
    events: tuple[Event, ...]
    others: tuple[Event, ...]


def calendar_page(asked: Asked) -> Page:
    """Return one year, by default that of today's grade 9; what is known of other years stands beside it."""
    asked.only("year")
    contents = asked.desk.contents
    coming = cohort_of(LAST_PUPIL_GRADE, asked.today)
    years = calendar_years(asked)
    year = _year(asked, years) or coming
    shown = calendar_json(contents.calendar, contents.sources, on=asked.today, years=(year,))
    return Page(
        title=f"{year} 年的日历",
        template="guantong/calendar.html",
        context={
            "year": year,
            "coming": coming,
            "lacking": NOT_ANNOUNCED if year >= coming else NOT_ON_FILE,
            "not_announced": NOT_ANNOUNCED,
            "entries": tuple(_entry(kind, year) for kind in contents.calendar.kinds),
            "years": tuple(Choice(str(one), f"{one} 年", one == year) for one in years),
        },
        data=lambda: shown,
    )


def calendar_years(asked: Asked) -> list[int]:
    """Return the years that the calendar can be asked for, newest first."""
    coming = cohort_of(LAST_PUPIL_GRADE, asked.today)
    return sorted({coming, *asked.desk.contents.calendar.years}, reverse=True)


def _entry(kind: EventKind, year: int) -> Entry:
    others = sorted((event for event in kind.events if event.year != year), key=lambda event: event.day, reverse=True)
    return Entry(kind, kind.of(year), tuple(others))


def _year(asked: Asked, years: list[int]) -> int | None:
    text = asked.one("year")
    number = number_or_none(text) if text else None
    if text and (number is None or number not in years):
        remedy = f"可选：{'、'.join(map(str, years))}。"
        raise InputRefused([Problem(column="year", value=text[:20], rule="这一年没有日历", remedy=remedy)])
    return int(number) if number is not None else None
