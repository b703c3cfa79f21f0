"""A list of a sitting in words (转段名单用语): its head, its lines, what would follow for each pupil."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guantong.actions.books import organisation_title
from guantong.actions.sittings import LineRecord, SittingLine, SittingRecord, WeighedLine
from guantong.cohorts import DetailType, Event, EventKind
from guantong.cohorts.sitting_plan import ON_PAPER
from guantong.cohorts.sittings import RESULT_FIELDS, LineState, Outcome, Result, SittingState, counted
from guantong.cohorts.what_may_happen import Verdict
from guantong.errors import Problem
from guantong.registry import Stage
from guantong.web.staff.event_form import Entry
from guantong.web.staff.frame import Labelled
from guantong.web.staff.page import StaffSent
from guantong.web.staff.pupil_words import project_words

LIST = "/desk/sittings"
ERASED = "（个人信息已删除）"
MAIN = ("outcome", "completed", "mark")
"""What stands in the row itself; every other field is folded below it."""
TAGS = {
    SittingState.OPEN: "tag-unknown",
    SittingState.CONFIRMING: "tag-unknown",
    SittingState.SUBMITTED: "tag-unknown",
    SittingState.RECALLED: "tag-no",
    SittingState.ANSWERED: "tag-no",
    SittingState.APPLIED: "tag-yes",
    SittingState.CLOSED: "",
}
LINE_TAGS = {
    LineState.WITH_SCHOOL: "",
    LineState.PUT_UP: "tag-unknown",
    LineState.RECALLED: "tag-no",
    LineState.ACCEPTED: "tag-yes",
    LineState.RETURNED: "tag-no",
    LineState.WITHDRAWN: "",
}
_FIELD = re.compile(r"([a-z_]{1,32})-(\d{1,3})", re.ASCII)
_YES_NO = (("true", "是"), ("false", "否"))
_LABELS = {detail.name: detail.label for detail in RESULT_FIELDS}
_FORM_LABELS = {"on": "考核日期", "class": "班级", "receiver": "接收院校", "reason": "理由", "answer": "答复"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One event that would follow, in words, and whether it rests on paper."""

    words: str
    standing: str
    on_paper: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One pupil of a list: the line, what would follow, and the fields where the school may fill them in."""

    line: LineRecord
    weighed: WeighedLine
    who: str
    tag: str
    outcome: str
    said: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    main: tuple[Entry, ...] = ()
    more: tuple[Entry, ...] = ()

    @property
    def unfolded(self) -> bool:
        """Tell whether the folded fields hold something, or may be what an open answer waits for."""
        refusal = self.weighed.plan.refusal
        asks = refusal is not None and refusal.verdict is Verdict.UNKNOWN and bool(refusal.clauses)
        return asks or any(entry.value for entry in self.more)

    @property
    def out(self) -> bool:
        """Tell whether the school keeps the pupil off this list."""
        return self.line.result.outcome is Outcome.NOT_PUT_UP


def head(record: SittingRecord) -> dict[str, object]:
    """Return what every page of a list says of it first."""
    counts = counted(line.state for line in record.lines)
    return {
        "sitting": record,
        "base": f"{LIST}/{record.id}",
        "project": project_words(record.project),
        "to_stage": record.terms.to_stage.label,
        "school": organisation_title(record.school),
        "receiver": organisation_title(record.terms.receiver),
        "state_tag": TAGS[record.state],
        "counts": [(state, LINE_TAGS[state], number) for state, number in counts.items() if number],
    }


def listed(line: SittingLine) -> dict[str, object]:
    """Return one list among others in words."""
    return {
        "sitting": line,
        "project": project_words(line.project),
        "to_stage": Stage(line.to_stage).label,
        "school": organisation_title(line.school),
        "receiver": organisation_title(line.receiver),
        "tag": TAGS[line.state],
    }


def rows(lines: Sequence[WeighedLine], given: Mapping[int, Mapping[str, str]] | None = None) -> tuple[Row, ...]:
    """Return the lines of a list; `given` is what a form sent and was not kept, by line number."""
    return tuple(_row(one, (given or {}).get(one.line.number)) for one in lines)


def step_words(event: Event) -> str:
    """Return what an event of a list does, as one would say it."""
    stage = Stage(event.text("stage")).label if event.text("stage") else ""
    if event.kind is EventKind.STAGE_COMPLETED:
        return f"完成{stage}学业"
    if event.kind is EventKind.ASSESSED:
        return f"转段考核{'达到' if event.details.get('passed') else '未达到'}条件"
    if event.kind is EventKind.MOVED_ON:
        return f"升入{stage}" + _seat("，到", event.text("school"), "就读")
    if event.kind is EventKind.REGISTERED:
        return f"在接收院校注册{stage}学籍"
    if event.kind is EventKind.REPEATED:
        return f"留级，编入 {event.details.get('class_year')} 级"
    return event.kind.label + _seat("，由", event.text("issuer"), "发毕业证书")


def read_results(sent: StaffSent) -> dict[int, dict[str, str]]:
    """Return what a form holds for each line, by its number."""
    raw: dict[int, dict[str, str]] = {}
    for name in sent.fields:
        found = _FIELD.fullmatch(name)
        if found and found[1] in _LABELS:
            raw.setdefault(int(found[2]), {})[found[1]] = sent.one(name)
    return raw


def result_words(result: Result) -> tuple[tuple[str, str], ...]:
    """Return what was entered for a pupil, without the outcome itself."""
    names = [name for name in _LABELS if name in result.values and name != "outcome"]
    return tuple((_LABELS[name], result.text(name)) for name in names)


def in_words(problems: Sequence[Problem]) -> Labelled:
    """Return each problem with its line and field in words."""
    labels = {**_LABELS, **_FORM_LABELS}
    return tuple((problem, _where(problem, labels)) for problem in problems)


def _row(one: WeighedLine, given: Mapping[str, str] | None) -> Row:
    line = one.line
    entries = _entries(line, given) if line.state.with_school and line.name else ()
    return Row(
        line=line,
        weighed=one,
        who=line.name or ERASED,
        tag=LINE_TAGS[line.state],
        outcome=line.result.text("outcome"),
        said=result_words(line.result),
        steps=tuple(
            Step(
                words=step_words(step.event),
                standing=step.event.standing.label,
                on_paper=step.possible.standing in ON_PAPER,
            )
            for step in one.plan.steps
        ),
        main=tuple(entry for entry in entries if entry.name.partition("-")[0] in MAIN),
        more=tuple(entry for entry in entries if entry.name.partition("-")[0] not in MAIN),
    )


def _entries(line: LineRecord, given: Mapping[str, str] | None) -> tuple[Entry, ...]:
    kept = {name: _as_sent(value) for name, value in line.result.values.items()}
    held: Mapping[str, str] = kept if given is None else given
    return tuple(
        Entry(
            name=f"{detail.name}-{line.number}",
            label=detail.label,
            value=held.get(detail.name, ""),
            type="date" if detail.type is DetailType.DAY else "text",
            choices=_YES_NO if detail.type is DetailType.FLAG else detail.choices,
        )
        for detail in RESULT_FIELDS
    )


def _as_sent(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _seat(before: str, seat: str, after: str) -> str:
    return f"{before}{organisation_title(seat)}{after}" if seat else ""


def _where(problem: Problem, labels: Mapping[str, str]) -> str:
    row = f"第 {problem.row} 行" if problem.row else ""
    return "，".join(part for part in (row, labels.get(problem.column, problem.column)) if part)
