"""Events (学籍事件): what happened to a pupil, when, and on what it rests; never overwritten.

Order: events follow by `effective_on`, on one day by `EventKind.day_rank`, then by id. The order in
which they were recorded never changes the state; `recorded_at` only says what was known when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from guantong.cohorts.details import Value
from guantong.cohorts.kinds import EventKind, Standing
from guantong.errors import HistoryBroken
from guantong.registry import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened (事件). `reverses` names the event that a correction undoes, and is set for it only."""

    id: str
    pupil: str
    kind: EventKind
    effective_on: date
    recorded_at: datetime
    details: Mapping[str, Value]
    standing: Standing = Standing.STRUCTURAL
    receipt: str = ""
    reverses: str = ""

    def text(self, name: str) -> str:
        """Return a detail as text; "" where it was left out."""
        return str(self.details.get(name, ""))

    def whole(self, name: str) -> int | None:
        """Return a whole number; None where it was left out."""
        value = self.details.get(name)
        return None if value is None else int(value)

    def flag(self, name: str) -> bool | None:
        """Return yes or no; None where it was left out."""
        value = self.details.get(name)
        return None if value is None else bool(value)

    @property
    def stage(self) -> Stage:
        """Return the stage that the event names."""
        return Stage(self.text("stage"))


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events in the order in which they took effect."""
    return tuple(sorted(events, key=lambda event: (event.effective_on, event.kind.day_rank, event.id)))


def effective(events: Iterable[Event], *, on: date | None = None, known: datetime | None = None) -> tuple[Event, ...]:
    """Return the events that count, in order: no correction, nothing that a correction undoes.

    `on` leaves out what took effect later, `known` what was recorded later: a correction recorded
    after `known` undoes nothing. Raises `HistoryBroken` where a correction names nothing to undo.
    """
    seen = [event for event in events if known is None or event.recorded_at <= known]
    by_id = {event.id: event for event in seen}
    undone: set[str] = set()
    for event in seen:
        if (event.kind is EventKind.CORRECTED) != bool(event.reverses):
            raise _broken(event, "更正要写明撤销哪一条，其他事件不能撤销别的记录")
        if not event.reverses:
            continue
        target = by_id.get(event.reverses)
        if target is None or target.kind is EventKind.CORRECTED or target.pupil != event.pupil:
            raise _broken(event, "要撤销的记录不存在，或本身就是更正")
        if event.reverses in undone:
            raise _broken(event, "这条记录已经撤销过")
        undone.add(event.reverses)
    counted = (event for event in seen if not event.reverses and event.id not in undone)
    return in_order(event for event in counted if on is None or event.effective_on <= on)


def what_follows(events: Iterable[Event], target: str) -> tuple[Event, ...]:
    """Return what has to be undone, last first, before an event can be: everything that took effect after it.

    What happened aside draws nothing after it, except a discipline its lifting. Raises `HistoryBroken`
    where the event does not count (any more).
    """
    counted = effective(events)
    found = next((event for event in counted if event.id == target), None)
    if found is None:
        raise HistoryBroken(what="这条记录", why="不存在，或已经撤销", where=target)
    later = reversed(counted[counted.index(found) + 1 :])
    if found.kind is EventKind.DISCIPLINED:
        number = found.text("number")
        return tuple(
            event for event in later if event.kind is EventKind.DISCIPLINE_LIFTED and event.text("number") == number
        )
    return () if found.kind.is_aside else tuple(later)


def _broken(event: Event, why: str) -> HistoryBroken:
    return HistoryBroken(what=f"{event.effective_on} 的{event.kind.label}", why=why, where=event.id)
