"""Sittings (转段考核): what a class's list is, where it stands, and what was entered for each of its pupils.

A school fills a list and submits it; where a line rests on paper, its head confirms the list first;
the receiving institution accepts or returns pupil by pupil. What is accepted applies, the rest waits
with the school until it is put up again or the list is closed. Before the first answer the school may
take the list back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from guantong.cohorts.details import STANDING_DETAILS, Detail, DetailType, Value
from guantong.cohorts.kinds import Standing
from guantong.cohorts.projects import Project
from guantong.errors import Problem
from guantong.registry import Stage


class SittingState(Enum):
    """Where a list stands (办理进度)."""

    OPEN = "open"
    CONFIRMING = "confirming"
    SUBMITTED = "submitted"
    RECALLED = "recalled"
    ANSWERED = "answered"
    APPLIED = "applied"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """Return the words that a page shows."""
        return _STATES[self]

    @property
    def with_school(self) -> bool:
        """Tell whether the school may enter results."""
        return self in (SittingState.OPEN, SittingState.RECALLED, SittingState.ANSWERED)

    @property
    def lent(self) -> bool:
        """Tell whether the receiver may see the pupils on the list (DESIGN §6: the loan ends when it closes)."""
        return self in (SittingState.SUBMITTED, SittingState.ANSWERED)

    @property
    def is_over(self) -> bool:
        """Tell whether nothing of the list waits for anybody."""
        return self in (SittingState.APPLIED, SittingState.CLOSED)


_STATES = {
    SittingState.OPEN: "学校填报中",
    SittingState.CONFIRMING: "待校长确认",
    SittingState.SUBMITTED: "待接收院校答复",
    SittingState.RECALLED: "学校已撤回修改",
    SittingState.ANSWERED: "已答复，有学生待学校处理",
    SittingState.APPLIED: "已全部办结",
    SittingState.CLOSED: "已关闭",
}


class LineState(Enum):
    """Where one pupil of a list stands."""

    WITH_SCHOOL = "with_school"
    PUT_UP = "put_up"
    RECALLED = "recalled"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """Return the words that a page shows."""
        return _LINE_STATES[self]

    @property
    def with_school(self) -> bool:
        """Tell whether the school has the line in hand."""
        return self in (LineState.WITH_SCHOOL, LineState.RECALLED, LineState.RETURNED)

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing more happens to the line."""
        return self in (LineState.ACCEPTED, LineState.WITHDRAWN)

    @property
    def lent(self) -> bool:
        """Tell whether the receiver may see the line: only once it was put up."""
        return self in (LineState.PUT_UP, LineState.ACCEPTED, LineState.RETURNED)


_LINE_STATES = {
    LineState.WITH_SCHOOL: "在学校",
    LineState.PUT_UP: "已提交",
    LineState.RECALLED: "学校撤回",
    LineState.ACCEPTED: "已确认办理",
    LineState.RETURNED: "已退回",
    LineState.WITHDRAWN: "未办理",
}


class Outcome(Enum):
    """What came of the assessment, and what the pupil chose where it was not passed (三（四）3)."""

    PASSED = "passed"
    FAILED = "failed"
    REPEATS = "repeats"
    LEAVES = "leaves"
    NOT_PUT_UP = "not_put_up"

    @property
    def label(self) -> str:
        """Return the words that a page and a form show."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.PASSED: "达到条件",
    Outcome.FAILED: "未达到，去向待定",
    Outcome.REPEATS: "未达到，学生选择留级",
    Outcome.LEAVES: "未达到，毕业退出",
    Outcome.NOT_PUT_UP: "本次不参加",
}

_PAPER = tuple(part for part in STANDING_DETAILS[Standing.ON_DOCUMENT] if part.required)
RESULT_FIELDS: tuple[Detail, ...] = (
    Detail(
        name="outcome",
        label="考核结果",
        type=DetailType.CHOICE,
        required=False,
        choices=tuple((outcome.value, outcome.label) for outcome in Outcome),
    ),
    Detail(name="completed", label="完成本学段学业", type=DetailType.FLAG, required=False),
    Detail(name="mark", label="成绩", required=False),
    Detail(name="eligible_to_repeat", label="符合留级条件", type=DetailType.FLAG, required=False),
    Detail(name="similar_major_next", label="下一届有相同或相近专业", type=DetailType.FLAG, required=False),
    *_PAPER,
    Detail(name="note", label="说明", required=False),
)
"""Everything that a school enters for one pupil; each may be left out.

A document is named here; a written approval is a scanned file, so that step is recorded on the pupil's own page.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a school entered for one pupil (考核结果), read: names and values of `RESULT_FIELDS`."""

    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome | None:
        """Return the outcome; None while it is not entered."""
        return Outcome(self.values["outcome"]) if "outcome" in self.values else None

    @property
    def completed(self) -> bool | None:
        """Return whether the stage's studies are completed; None while it is not said."""
        return self.flag("completed")

    @property
    def paper(self) -> dict[str, Value]:
        """Return what is entered of the document that the pupil's step rests on."""
        return {part.name: self.values[part.name] for part in _PAPER if part.name in self.values}

    def flag(self, name: str) -> bool | None:
        """Return yes or no; None where it was left out."""
        value = self.values.get(name)
        return None if value is None else bool(value)

    def text(self, name: str) -> str:
        """Return a value as a form shows it; "" where it was left out."""
        value = self.values.get(name, "")
        if isinstance(value, bool):
            return "是" if value else "否"
        return Outcome(value).label if name == "outcome" and value else str(value)


def read_result(raw: Mapping[str, object]) -> tuple[Result, tuple[Problem, ...]]:
    """Read what was entered for one pupil; return what is good and every problem at once."""
    known = {detail.name: detail for detail in RESULT_FIELDS}
    problems = [
        Problem(column=name, rule="考核结果没有这一项", remedy="请删去这一项。") for name in raw if name not in known
    ]
    kept: dict[str, Value] = {}
    for name, detail in known.items():
        if raw.get(name) is None or str(raw[name]).strip() == "":
            continue
        value = detail.read(raw[name])
        if isinstance(value, Problem):
            problems.append(value)
        else:
            kept[name] = value
    return Result(values=kept), tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for every pupil of a list: project and school, the day, the stage ahead, who receives.

    `taught_at` is who will teach; "" where that stays as it is.
    """

    project: str
    school: str
    on: date
    to_stage: Stage
    receiver: str
    taught_at: str = ""


def taught_after(project: Project, to_stage: Stage) -> str:
    """Return who teaches in the stage ahead; "" where it stays (京教职成〔2023〕6号 二: the last two years)."""
    return project.partner if project.kind.is_guantong and to_stage is Stage.UNDERGRADUATE else ""


def state_after(lines: Collection[LineState]) -> SittingState:
    """Return where a list stands by its lines: while one waits for an answer, it is submitted."""
    if LineState.PUT_UP in lines:
        return SittingState.SUBMITTED
    if all(line.is_settled for line in lines):
        return SittingState.APPLIED if LineState.ACCEPTED in lines else SittingState.CLOSED
    if was_answered(lines):
        return SittingState.ANSWERED
    return SittingState.RECALLED if LineState.RECALLED in lines else SittingState.OPEN


def was_answered(lines: Collection[LineState]) -> bool:
    """Tell whether the receiver has accepted or returned one of the lines."""
    return LineState.ACCEPTED in lines or LineState.RETURNED in lines


def can_be_recalled(state: SittingState, lines: Collection[LineState]) -> bool:
    """Tell whether a school may take a list back: it waits for its head, or for the receiver's first answer."""
    return state is SittingState.CONFIRMING or (state is SittingState.SUBMITTED and not was_answered(lines))


def counted(lines: Iterable[LineState]) -> dict[LineState, int]:
    """Return how many lines stand where, every state named; they add up to the list."""
    found = Counter(lines)
    return {state: found[state] for state in LineState}
