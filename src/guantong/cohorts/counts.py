"""Counts on a date (某日人数): how many pupils are what, as it was known then; the parts add up to the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from guantong.cohorts.events import Event, effective
from guantong.cohorts.kinds import EventKind, Standing, Status
from guantong.cohorts.pupil import PupilState
from guantong.cohorts.state import after
from guantong.registry import Stage

STAGES = (Stage.SECONDARY, Stage.COLLEGE, Stage.UNDERGRADUATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a count is about: the day it is of, what was recorded until then, and since when events are counted."""

    on: date
    known: datetime | None = None
    since: date = date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """How many of those admitted were registered in each stage, and how many graduated from the last (漏斗)."""

    admitted: int
    secondary: int
    college: int
    undergraduate: int
    graduated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The pupils of one group on a day.

    `by_status` and `by_stage` (stage, then status) each add up to `pupils`. `happened` counts events
    from `since` on by kind and `on_document` those among them whose basis is not in our sources
    (依据未收录), kept apart; `certificates` those issued in the same time, by stage.
    """

    pupils: int
    by_status: Mapping[Status, int]
    by_stage: Mapping[Stage, Mapping[Status, int]]
    happened: Mapping[EventKind, int]
    on_document: Mapping[EventKind, int]
    approved: Mapping[EventKind, int]
    certificates: Mapping[Stage, int]
    funnel: Funnel


def count(histories: Iterable[Sequence[Event]], moment: Moment) -> Counts:
    """Count pupils, each given by all its events; one who is not yet admitted then is not counted."""
    return _sum(_all_seen(histories, moment), moment)


def count_by_project(histories: Iterable[Sequence[Event]], moment: Moment) -> dict[tuple[str, int], Counts]:
    """Count per project and cohort; a pupil counts in the project of the day, always in the cohort of entry."""
    groups: dict[tuple[str, int], list[_Seen]] = {}
    for seen in _all_seen(histories, moment):
        groups.setdefault((seen.state.project.id, seen.state.cohort), []).append(seen)
    return {key: _sum(groups[key], moment) for key in sorted(groups)}


@dataclass(frozen=True, slots=True)
class _Seen:
    """One pupil as seen at a moment, with the stages of registration on the way."""

    state: PupilState
    events: tuple[Event, ...]
    registered: frozenset[Stage]


def _all_seen(histories: Iterable[Sequence[Event]], moment: Moment) -> list[_Seen]:
    found = (_seen(effective(events, on=moment.on, known=moment.known)) for events in histories)
    return [seen for seen in found if seen]


def _seen(events: tuple[Event, ...]) -> _Seen | None:
    state: PupilState | None = None
    registered: set[Stage] = set()
    for event in events:
        state = after(state, event)
        if event.kind is EventKind.REGISTERED:
            registered.add(state.stage)
    return _Seen(state, events, frozenset(registered)) if state else None


def _sum(seen: Sequence[_Seen], moment: Moment) -> Counts:
    states = [one.state for one in seen]
    events = [event for one in seen for event in one.events if event.effective_on >= moment.since]
    pairs = Counter((state.stage, state.status) for state in states)
    statuses = Counter(state.status for state in states)
    return Counts(
        pupils=len(states),
        by_status={status: statuses[status] for status in Status},
        by_stage={stage: {status: pairs[stage, status] for status in Status} for stage in STAGES},
        happened=_by_kind(events),
        on_document=_by_kind(event for event in events if event.standing is Standing.ON_DOCUMENT),
        approved=_by_kind(event for event in events if event.standing is Standing.APPROVED),
        certificates=_certificates(states, moment),
        funnel=_funnel(seen),
    )


def _by_kind(events: Iterable[Event]) -> dict[EventKind, int]:
    found = Counter(event.kind for event in events)
    return {kind: found[kind] for kind in EventKind if kind is not EventKind.CORRECTED}


def _certificates(states: Iterable[PupilState], moment: Moment) -> dict[Stage, int]:
    found = Counter(
        certificate.stage for state in states for certificate in state.certificates if certificate.on >= moment.since
    )
    return {stage: found[stage] for stage in STAGES}


def _funnel(seen: Sequence[_Seen]) -> Funnel:
    reached = Counter(stage for one in seen for stage in one.registered)
    return Funnel(
        admitted=len(seen),
        secondary=reached[Stage.SECONDARY],
        college=reached[Stage.COLLEGE],
        undergraduate=reached[Stage.UNDERGRADUATE],
        graduated=sum(one.state.status is Status.GRADUATED for one in seen),
    )
