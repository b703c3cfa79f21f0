"""The calendar and the partnerships from their YAML records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from guantong.errors import Problem
from guantong.evidence import Basis, Place
from guantong.pathways.calendar import Calendar, Event, EventKind
from guantong.registry import Partnership, Registry
from guantong.sheets import Record

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_NOWHERE = Place(document="")


def read_calendar(records: Iterable[Record]) -> Calendar:
    """Return the calendar; the faults go to the records' problems."""
    return Calendar(kinds=tuple(map(_kind, records)))


def read_partnership(record: Record) -> Partnership:
    """Return one partnership."""
    part = Partnership(
        id=record.text("id"),
        enterprise=record.text("enterprise"),
        school=record.text("school"),
        school_id=record.text("school_id", required=False),
        form=record.text("form"),
        year=record.text("year", required=False),
        claimant=record.text("claimant"),
        place=record.place() or _NOWHERE,
        grade=record.grade(),
        note=record.text("note", required=False),
    )
    record.done()
    return part


def partnership_problems(parts: Iterable[Partnership], registry: Registry, file: str) -> Iterator[Problem]:
    """Report schools that are not on record under their printed name."""
    for part in parts:
        school = registry.get(part.school_id) if part.school_id else None
        if part.school_id and (school is None or part.school not in school.names):
            rule = "名录里没有这所学校，或印出的名称不在它的名称和别名里"
            yield Problem(file=file, column=f"{part.id} › school_id", value=part.school, rule=rule, remedy="请改正。")


def _kind(record: Record) -> EventKind:
    kind = EventKind(
        id=record.text("id"),
        title=record.text("title"),
        concerns=record.text("concerns"),
        todo=record.text("todo"),
        ask=record.text("ask"),
        events=tuple(map(_event, record.records("events"))),
    )
    record.done()
    return kind


def _event(record: Record) -> Event:
    event = Event(
        year=record.whole("year") or 0,
        day=record.text("date"),
        until=record.text("until", required=False),
        text=record.text("text"),
        place=record.place() or _NOWHERE,
        grade=record.grade(),
        basis=record.choice("basis", Basis, Basis.PRINTED),
    )
    for column, day in (("date", event.day), ("until", event.until)):
        if day and not _DAY.fullmatch(day):
            record.complain(column, "应写成 2025、2025-07 或 2025-07-09 的形式", day)
    if event.until and event.until < event.day:
        record.complain("until", "结束不能早于开始", event.until)
    record.done()
    return event
