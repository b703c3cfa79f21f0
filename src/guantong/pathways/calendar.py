"""The calendar (日历): what happened when in past years; what is not announced yet says so.

A date of one year is never carried to the next: it stands beside it, as that year's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from guantong.evidence import Basis, Grade, Place, Source

NOT_ANNOUNCED, NOT_ON_FILE = "待公布", "未收录"
"""What a page says of a year without a known date: still to come, or past and not in our sources."""
_SEPTEMBER = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """When something took place in one year; `until` is the last day where it lasted several."""

    year: int
    day: str
    until: str
    text: str
    place: Place
    grade: Grade
    basis: Basis

    def as_json(self, sources: Mapping[str, Source]) -> dict[str, object]:
        """Return the event as JSON data."""
        return {
            "year": self.year,
            "date": self.day,
            "until": self.until or None,
            "text": self.text,
            "grade": self.grade.value,
            "basis": self.basis.value,
            "place": self.place.as_json(sources.get(self.place.document)),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """Something that recurs every year: whom it concerns, what to do then, and its known events."""

    id: str
    title: str
    concerns: str
    todo: str
    ask: str
    events: tuple[Event, ...]

    def of(self, year: int) -> tuple[Event, ...]:
        """Return the events of one year; empty where they are not announced, or not in our sources."""
        return tuple(event for event in self.events if event.year == year)

    def latest(self) -> tuple[Event, ...]:
        """Return the events of the newest year that is known."""
        newest = max((event.year for event in self.events), default=0)
        return self.of(newest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Every kind of event in the order of a year."""

    kinds: tuple[EventKind, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years of which anything is known, newest first."""
        return tuple(sorted({event.year for kind in self.kinds for event in kind.events}, reverse=True))


def calendar_json(
    calendar: Calendar, sources: Mapping[str, Source], *, on: date, years: Iterable[int] = ()
) -> dict[str, object]:
    """Return `calendar --json`: each kind with the events of the asked years, or of every known one.

    Where a year's events are not known the status says so, and the newest known year stands beside
    as `reference`. `on` is the day of the question: a 中考 year is over on its 1 September.
    """
    asked = tuple(years) or calendar.years
    return {
        "years": list(asked),
        "kinds": [
            {
                "id": kind.id,
                "title": kind.title,
                "concerns": kind.concerns,
                "todo": kind.todo,
                "ask": kind.ask,
                "years": [_year_json(kind, year, sources, on) for year in asked],
                "reference": [event.as_json(sources) for event in kind.latest()],
            }
            for kind in calendar.kinds
        ],
    }


def _year_json(kind: EventKind, year: int, sources: Mapping[str, Source], on: date) -> dict[str, object]:
    events = [event.as_json(sources) for event in kind.of(year)]
    lacking = NOT_ON_FILE if on >= date(year, _SEPTEMBER, 1) else NOT_ANNOUNCED
    return {"year": year, "status": None if events else lacking, "events": events}
