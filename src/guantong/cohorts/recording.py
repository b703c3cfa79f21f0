"""Whether one more event may be written down: every reason against it at once, before anything changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from guantong.cohorts.details import read_details
from guantong.cohorts.events import Event, effective, in_order, what_follows
from guantong.cohorts.kinds import EventKind, Standing
from guantong.cohorts.pupil import PupilState
from guantong.cohorts.questions import Asked, Law
from guantong.cohorts.state import state_of
from guantong.cohorts.what_may_happen import Possible, may_happen
from guantong.errors import HistoryBroken, Problem


def consider(events: Sequence[Event], event: Event, *, law: Law, asked: Asked) -> Possible:
    """Say whether an event may happen where it would stand; its own day and details replace those of `asked`."""
    state = state_of(events, on=event.effective_on if event.kind.is_aside else None)
    return may_happen(state, event.kind, law=law, asked=replace(asked, on=event.effective_on, details=event.details))


def refusals(events: Sequence[Event], event: Event, possible: Possible) -> tuple[Problem, ...]:
    """Return every reason why an event may not be written after others; none where it may.

    `possible` is the answer of `consider`. An event stands by rule only on a
    yes, by approval only against a no, on a document only in the open. Only what happened aside may
    be dated before what is already there; otherwise that is undone first (DESIGN §6).
    """
    _, problems = read_details(event.kind, event.details, event.standing)
    if problems:
        return problems
    if event.kind is EventKind.CORRECTED:
        return _against_correction(events, event)
    if possible.kind is not event.kind or possible.standing is not event.standing:
        return (_problem("standing", possible.reason, _remedy(possible.standing), event.standing.label),)
    if any(other.id == event.id for other in events):
        return (_problem("id", "这个编号的记录已经有了", "请重新打开后再提交。"),)
    late = _dated_before(events, event)
    if late is not None:
        rule = f"不能早于（或同日先于）{late.effective_on} 的{late.kind.label}"
        return (_problem("effective_on", rule, "请改日期；确属补记的，先更正后面的记录。", str(event.effective_on)),)
    return _against_history((*events, event))


def _against_correction(events: Sequence[Event], event: Event) -> tuple[Problem, ...]:
    """A correction undoes the last thing only: what followed is undone before it."""
    try:
        following = what_follows(events, event.reverses)
    except HistoryBroken as broken:
        return (_problem("reverses", broken.message, broken.next),)
    if following:
        kinds = "、".join(f"{other.effective_on} {other.kind.label}" for other in following)
        return (_problem("reverses", f"其后还有 {kinds}", "请先从最后一条起逐条更正，再重新办理。"),)
    return _against_history((*events, event))


def _against_history(events: Sequence[Event]) -> tuple[Problem, ...]:
    try:
        state_of(events)
    except HistoryBroken as broken:
        return (_problem("", broken.message, broken.next),)
    return ()


def _dated_before(events: Sequence[Event], event: Event) -> Event | None:
    """Return the last event on the way that an event would be put before; None where there is none."""
    if event.kind.is_aside:
        return None
    ways = in_order([*(other for other in effective(events) if not other.kind.is_aside), event])
    return None if ways[-1] is event else ways[-1]


def _problem(column: str, rule: str, remedy: str, value: str = "") -> Problem:
    return Problem(column=column, rule=rule, remedy=remedy, value=value)


def _remedy(standing: Standing | None) -> str:
    return f"这件事只能是：{standing.label}。" if standing else "请先核对学籍记录。"


def state_without(events: Sequence[Event], target: str) -> PupilState | None:
    """Return the state if an event and all that follows it were undone, to show before it happens.

    None where nothing would be left. Raises `HistoryBroken` where the event does not count.
    """
    gone = {target, *(event.id for event in what_follows(events, target))}
    return state_of(event for event in effective(events) if event.id not in gone)
