"""A procedure (流程): steps in a line, each with a role and a deadline that is data, under its clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum


class StepKind(Enum):
    """What is done in a step; `actions` maps each to a function."""

    PREPARE = "prepare"
    CHECK = "check"
    SIGN = "sign"
    COSIGN = "cosign"
    SUBMIT = "submit"
    CONFIRM = "confirm"
    HAND_OVER = "hand_over"
    RECEIVE = "receive"
    DECIDE = "decide"
    PUBLISH = "publish"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return _KINDS[self]

    @property
    def may_return(self) -> bool:
        """Tell whether whoever does this step may send the work back."""
        return self in (StepKind.CHECK, StepKind.SIGN, StepKind.COSIGN, StepKind.CONFIRM, StepKind.RECEIVE)


_KINDS = {
    StepKind.PREPARE: "编制",
    StepKind.CHECK: "审核",
    StepKind.SIGN: "签署",
    StepKind.COSIGN: "会签",
    StepKind.SUBMIT: "提交",
    StepKind.CONFIRM: "确认",
    StepKind.HAND_OVER: "移交备案",
    StepKind.RECEIVE: "接收",
    StepKind.DECIDE: "判定",
    StepKind.PUBLISH: "发布",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfYear:
    """A fixed day: of the run's year, or so many years after it (“每年十二月底前” is 12-31)."""

    month: int
    day: int
    years_after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysAfter:
    """So many calendar days after a step was done; after the start of the run where `step` is empty."""

    days: int
    step: str = ""


Deadline = DayOfYear | DaysAfter
DONE = "done"
"""The end that the last step leads to where nothing else was chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One way on from a step: what was chosen, and where it leads, to an end, the next step or an earlier one."""

    choice: str
    title: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How a procedure can end."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what is done, by which role, until when; sent back it goes to `returns_to`.

    A step that decides always takes one of its branches; any other may take one instead of going on.
    """

    id: str
    kind: StepKind
    title: str
    role: str
    deadline: Deadline | None = None
    returns_to: str = ""
    branches: tuple[Branch, ...] = ()

    def branch(self, choice: str) -> Branch | None:
        """Return the way on of a choice; None where the step has none of that name."""
        return next((branch for branch in self.branches if branch.choice == choice), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """Official work in several steps, none of them skipped; `clause` says what asks for it.

    It comes to exactly one of its ends: `done` after the last step, or one that a branch leads to.
    """

    id: str
    title: str
    clause: str
    steps: tuple[Step, ...]
    ends: tuple[End, ...] = ()

    def end(self, name: str) -> End | None:
        """Return an end by id; None where there is none of that id."""
        return next((end for end in self.ends if end.id == name), None)

    def place_of(self, step: str) -> int:
        """Return the place of a step in the line, from 0."""
        return [part.id for part in self.steps].index(step)


def due_on(deadline: Deadline | None, *, year: int, started: date, done: Mapping[str, date]) -> date | None:
    """Return the last day of a deadline; None without one, or while the step that it counts from is not done."""
    if deadline is None:
        return None
    if isinstance(deadline, DayOfYear):
        return date(year + deadline.years_after, deadline.month, deadline.day)
    since = done.get(deadline.step) if deadline.step else started
    return since + timedelta(days=deadline.days) if since else None
