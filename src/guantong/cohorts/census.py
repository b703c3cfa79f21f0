"""A census (在籍概览): how many pupils of a project and cohort are what today, and how far they came.

It needs no event's contents: the written state and the kinds of two steps are enough. `census_of`
takes the same out of full counts; both agree for the same day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guantong.cohorts.counts import STAGES, Counts, Funnel
from guantong.cohorts.kinds import EventKind, Status
from guantong.registry import Stage

STEPS = (EventKind.REGISTERED, EventKind.MOVED_ON)
"""The kinds of steps that a census asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where one pupil stands, without saying who: as written today, and the stages of registration on the way."""

    project: str
    cohort: int
    stage: Stage
    status: Status
    registered: frozenset[Stage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """The pupils of one project and cohort: by status, by stage and status, and the funnel."""

    pupils: int
    by_status: Mapping[Status, int]
    by_stage: Mapping[Stage, Mapping[Status, int]]
    funnel: Funnel

    def at(self, stage: Stage) -> int:
        """Return how many are enrolled in a stage."""
        return self.by_stage[stage][Status.ENROLLED]

    @property
    def present(self) -> int:
        """Return how many have not come to an end."""
        return sum(number for status, number in self.by_status.items() if not status.is_final)


def stages_registered(kinds: Iterable[EventKind]) -> frozenset[Stage]:
    """Return the stages in which a pupil was registered, from registrations and moves in their order."""
    place, found = 0, set()
    for kind in kinds:
        if kind is EventKind.MOVED_ON:
            place += 1
        elif kind is EventKind.REGISTERED:
            found.add(STAGES[place])
    return frozenset(found)


def take_census(pupils: Iterable[Whereabouts]) -> dict[tuple[str, int], Census]:
    """Count per project and cohort."""
    groups: dict[tuple[str, int], list[Whereabouts]] = {}
    for one in pupils:
        groups.setdefault((one.project, one.cohort), []).append(one)
    return {key: _sum(groups[key]) for key in sorted(groups)}


def census_of(counts: Counts) -> Census:
    """Return what full counts say of the day alone."""
    return Census(pupils=counts.pupils, by_status=counts.by_status, by_stage=counts.by_stage, funnel=counts.funnel)


def _sum(pupils: Sequence[Whereabouts]) -> Census:
    statuses = Counter(one.status for one in pupils)
    pairs = Counter((one.stage, one.status) for one in pupils)
    reached = Counter(stage for one in pupils for stage in one.registered)
    return Census(
        pupils=len(pupils),
        by_status={status: statuses[status] for status in Status},
        by_stage={stage: {status: pairs[stage, status] for status in Status} for stage in STAGES},
        funnel=Funnel(
            admitted=len(pupils),
            secondary=reached[Stage.SECONDARY],
            college=reached[Stage.COLLEGE],
            undergraduate=reached[Stage.UNDERGRADUATE],
            graduated=statuses[Status.GRADUATED],
        ),
    )
