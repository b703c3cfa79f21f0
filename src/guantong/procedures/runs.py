"""Runs (办理): one procedure, done once for one subject and year; where it stands and what is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from guantong.errors import StepRefused
from guantong.procedures.procedure import DONE, Procedure, Step, StepKind, due_on


class Outcome(Enum):
    """What became of a step."""

    DONE = "done"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return {"done": "已办", "returned": "退回"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecord:
    """What somebody in a role did with a step on a day; a return says why, a choice names its branch."""

    step: str
    outcome: Outcome
    role: str
    on: date
    reason: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: whom it concerns, its year, its start, and what was done, in order."""

    procedure: Procedure
    subject: str
    year: int
    started: date
    records: tuple[StepRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunState:
    """Where a run stands: the step that is up, or the end it came to; when each done step was done; why it came back.

    What was done before a return counts only up to the step to which it went back. `end` is "" while a
    step is up.
    """

    current: Step | None
    done: dict[str, date]
    returned: str = ""
    returns: int = 0
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The step that is up in a run: for which role, until when, and how many days are left."""

    run: Run
    step: Step
    until: date | None
    days_left: int | None

    @property
    def late(self) -> bool:
        """Tell whether the deadline has passed; its last day is still in time."""
        return self.days_left is not None and self.days_left < 0


def state_of(run: Run) -> RunState:
    """Return where a run stands; raise `StepRefused` where a record does not fit."""
    state = RunState(current=run.procedure.steps[0], done={})
    last = run.started
    for record in run.records:
        state = _after(run.procedure, state, record, last)
        last = record.on
    return state


def advanced(run: Run, record: StepRecord) -> Run:
    """Return the run with one more record; raise `StepRefused` where it does not fit."""
    longer = replace(run, records=(*run.records, record))
    state_of(longer)
    return longer


def _after(procedure: Procedure, state: RunState, record: StepRecord, last: date) -> RunState:
    """Return the state after one more record."""
    step = state.current
    why = _refusal(step, record, last)
    if why or step is None:
        raise StepRefused(step=f"办“{_title(procedure, record.step)}”", why=why)
    if record.outcome is Outcome.RETURNED:
        return _back(procedure, state, step.returns_to, record.reason)
    branch = step.branch(record.choice)
    state = replace(state, done={**state.done, step.id: record.on}, returned="")
    place = procedure.place_of(step.id)
    following = procedure.steps[place + 1].id if place + 1 < len(procedure.steps) else DONE
    target = branch.to if branch else following
    if target == DONE or procedure.end(target):
        return replace(state, current=None, end=target)
    if target != following:
        return _back(procedure, state, target, "")
    return replace(state, current=procedure.steps[place + 1])


def _back(procedure: Procedure, state: RunState, to: str, reason: str) -> RunState:
    """Return the state at an earlier step; what was done from there on does not count any more."""
    place = procedure.place_of(to)
    kept = {part.id for part in procedure.steps[:place]}
    done = {name: day for name, day in state.done.items() if name in kept}
    return RunState(current=procedure.steps[place], done=done, returned=reason, returns=state.returns + 1)


def _refusal(step: Step | None, record: StepRecord, last: date) -> str:
    if step is None:
        return "全部步骤都已办完"
    if record.step != step.id:
        return f"现在轮到“{step.title}”"
    if record.role != step.role:
        return "这一步由另一个角色办理"
    if record.on < last:
        return f"日期早于上一步（{last}）"
    if record.outcome is Outcome.RETURNED and not (step.kind.may_return and step.returns_to):
        return "这一步不能退回"
    if record.outcome is Outcome.RETURNED:
        return "" if record.reason.strip() else "退回要写明理由"
    if record.choice and step.branch(record.choice) is None:
        return "这一步没有这种结果"
    return "要说明结果是哪一种" if step.kind is StepKind.DECIDE and not record.choice else ""


def _title(procedure: Procedure, step: str) -> str:
    return next((part.title for part in procedure.steps if part.id == step), step)


def due(run: Run, on: date) -> Due | None:
    """Return the step that is up in a run on a day; None when it is finished.

    `on` only counts the days; records after it are not left out.
    """
    state = state_of(run)
    if state.current is None:
        return None
    until = due_on(state.current.deadline, year=run.year, started=run.started, done=state.done)
    return Due(run=run, step=state.current, until=until, days_left=(until - on).days if until else None)


def what_is_due(runs: Iterable[Run], on: date, role: str = "") -> tuple[Due, ...]:
    """Return what is up in some runs, the most pressing first, without a deadline last; for one role where given."""
    found = [one for run in runs if (one := due(run, on)) and role in ("", one.step.role)]
    return tuple(sorted(found, key=lambda one: (one.until is None, one.until or date.max, one.run.subject)))
