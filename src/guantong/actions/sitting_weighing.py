"""A list weighed (名单预办): what every line amounts to now, by the pupil's record and law; nothing is written.

Nothing here is an action: it neither asks a right nor writes a journal entry.
"""

from __future__ import annotations

from dataclasses import dataclass

from guantong.actions.books import law
from guantong.actions.clock import now
from guantong.actions.event_writing import class_to_come
from guantong.cohorts import state_of
from guantong.cohorts.sitting_plan import (
    NOTHING_AHEAD,
    Ahead,
    LinePlan,
    plan_line,
)
from guantong.cohorts.sittings import (
    Outcome,
    Result,
)
from guantong.store import majors, sittings
from guantong.store.sittings import LineHistory, LineRecord, SittingRecord

NO_HISTORY = LineHistory(version=0, events=(), recorded=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedLine:
    """One line, the pupil's history as it was read, and what the result amounts to after it."""

    line: LineRecord
    plan: LinePlan
    history: LineHistory = NO_HISTORY


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedSitting:
    """A list with everything that would follow from it, before anything does."""

    sitting: SittingRecord
    lines: tuple[WeighedLine, ...]

    @property
    def refused(self) -> tuple[WeighedLine, ...]:
        """Return the lines of the school that cannot be put up as they stand."""
        return tuple(one for one in self.lines if one.line.state.with_school and one.plan.refusal)

    @property
    def ready(self) -> tuple[WeighedLine, ...]:
        """Return the lines of the school that would be put up."""
        return tuple(one for one in self.lines if one.line.state.with_school and one.plan.stands)


def weighed(record: SittingRecord) -> WeighedSitting:
    """Return what every line amounts to; for actions, which ask the right and leave the entry."""
    histories = sittings.histories(line.pupil for line in record.lines)
    at = now()
    lines = []
    for line in record.lines:
        history = histories.get(line.pupil, NO_HISTORY)
        plan = LinePlan()
        if line.name and not line.state.is_settled:
            ahead = _ahead(history, line.result)
            plan = plan_line(history.events, line.result, record.terms, law=law(), at=at, ahead=ahead)
        lines.append(WeighedLine(line=line, plan=plan, history=history))
    return WeighedSitting(sitting=record, lines=tuple(lines))


def _ahead(history: LineHistory, result: Result) -> Ahead:
    """Return what the school has on record of the class to come, where the pupil would repeat."""
    state = state_of(history.events) if result.outcome is Outcome.REPEATS else None
    if state is None:
        return NOTHING_AHEAD
    similar = majors.table_of(state.school)
    return Ahead(next_class=class_to_come(state, {}, similar), similar=similar)
