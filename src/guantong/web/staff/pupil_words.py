"""How the desk names what stands in a record (学籍用语): projects, stages, statuses, fields; never a pupil."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from guantong.actions.books import contents, organisation_title
from guantong.actions.papers import major_name
from guantong.actions.roster_file import COLUMNS
from guantong.cohorts import (
    DETAILS,
    STANDING_DETAILS,
    Detail,
    DetailType,
    Event,
    EventKind,
    PlannedStage,
    Project,
    PupilState,
    Status,
    project_named,
)
from guantong.errors import Problem
from guantong.registry import Stage

VOID = "void"
STATUSES = (*((status.value, status.label) for status in Status), (VOID, "已撤销"))
"""Every status a record may have, the undone admission included."""
STAGES = tuple((stage.value, stage.label) for stage in (Stage.SECONDARY, Stage.COLLEGE, Stage.UNDERGRADUATE))
OUTCOMES = {"applied": "已生效", "waiting": "待审", "turned_down": "未通过"}
MEDIA = {"application/pdf": "PDF", "image/jpeg": "JPG 图片", "image/png": "PNG 图片"}
_INSTITUTIONS = frozenset({"school", "institution", "issuer"})


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a step would change: its name, before and after."""

    label: str
    before: str
    after: str


def status_words(status: str) -> str:
    """Return the word for a status."""
    return dict(STATUSES)[status]


def stage_words(stage: str) -> str:
    """Return the word for a stage."""
    return Stage(stage).label


@lru_cache(maxsize=512)
def project_words(name: str) -> str:
    """Return a project as a list names it: major, kind, lead and partner."""
    project = project_named(name)
    seats = dict.fromkeys(seat for seat in (project.lead, project.partner) if seat)
    return f"{major_of(name)}（{project.kind.label}）{' — '.join(organisation_title(seat) for seat in seats)}"


@lru_cache(maxsize=512)
def major_of(name: str) -> str:
    """Return the name of a project's major."""
    return major_name(project_named(name))


@lru_cache(maxsize=512)
def major_words(code: str, project: str) -> str:
    """Return a major by its code, with its name where a plan prints one."""
    asked = Project(lead="", partner="", kind=project_named(project).kind, major=code)
    name = major_name(asked)
    return name if code in name else f"{name}（{code}）"


def planned(project: Project) -> tuple[PlannedStage, ...]:
    """Return the stages of a project's route and their lengths, as the routes of the contents say them."""
    route = next((route for route in contents().routes.all if route.id == project.kind.value), None)
    years = {part.stage: part.years for part in route.stages} if route else {}
    return tuple(PlannedStage(stage=stage, years=years.get(stage)) for stage in project.kind.stages)


def details_words(event: Event) -> tuple[tuple[str, str], ...]:
    """Return what an event says of itself, in words, without the paper it rests on."""
    return tuple(
        (detail.label, value_words(detail, event.details[detail.name]))
        for detail in DETAILS[event.kind]
        if detail.name in event.details
    )


def paper_words(event: Event) -> str:
    """Return number, date and issuer of the paper an event rests on; "" without one."""
    parts = [event.text(name) for name in ("document_number", "document_date", "document_issuer")]
    return "，".join(part for part in parts if part)


def value_words(detail: Detail, value: object) -> str:
    """Return a detail's value as a page shows it."""
    if detail.type is DetailType.FLAG:
        return "是" if value else "否"
    if detail.type is DetailType.CHOICE:
        return dict(detail.choices).get(str(value), str(value))
    if detail.type is DetailType.PROJECT:
        return project_words(str(value))
    if detail.type is DetailType.DAY:
        return day_words(date.fromisoformat(str(value)))
    return organisation_title(str(value)) if detail.name in _INSTITUTIONS else str(value)


def day_words(day: date) -> str:
    """Return a day in Chinese."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def changes(before: PupilState | None, after: PupilState | None) -> tuple[Change, ...]:
    """Return what differs between two states, in the order of a record."""
    first, then = _facts(before), _facts(after)
    names = dict.fromkeys((*first, *then))
    return tuple(
        Change(name, first.get(name, ""), then.get(name, ""))
        for name in names
        if first.get(name, "") != then.get(name, "")
    )


def state_facts(state: PupilState) -> tuple[tuple[str, str], ...]:
    """Return where a pupil stands, row by row; what is empty is left out."""
    return tuple((label, words) for label, words in _facts(state).items() if words)


def _facts(state: PupilState | None) -> dict[str, str]:
    if state is None:
        return {"学籍状态": "已撤销"}
    return {
        "学籍状态": state.status.label,
        "学段": state.stage.label,
        "年级": f"{state.class_year} 级",
        "项目": project_words(state.project.id),
        "专业": major_words(state.major, state.project.id),
        "就读学校": organisation_title(state.school),
        "学籍所在": organisation_title(state.registered_at) if state.registered_at else "尚未注册",
        "已完成学段": "、".join(stage.label for stage in state.completed),
        "转段考核": _passed(state),
        "留级次数": str(state.repeats or ""),
        "转专业、转学次数": str(state.changes_used or ""),
        "证书": "；".join(f"{part.stage.label}（{organisation_title(part.issuer)}）" for part in state.certificates),
        "学位": state.degree,
        "未解除的处分": "、".join(state.open_disciplines),
        "实习单位": "、".join(part.enterprise for part in state.internships),
    }


def _passed(state: PupilState) -> str:
    if state.assessment is None:
        return ""
    return f"{'达到条件' if state.assessment.passed else '未达到条件'}（{day_words(state.assessment.on)}）"


def problems_in_words(
    problems: Sequence[Problem], kind: EventKind | None = None, more: Mapping[str, str] | None = None
) -> tuple[tuple[Problem, str], ...]:
    """Return each problem with the words for its row and field; `more` names fields of this page alone."""
    labels: Mapping[str, str] = {**COLUMNS, **_FORM_LABELS, **(more or {})}
    if kind is not None:
        labels = {**labels, **{detail.name: detail.label for detail in DETAILS[kind]}}
    return tuple((problem, _where(problem, labels)) for problem in problems)


_FORM_LABELS = {
    "effective_on": "生效日期",
    "on": "日期",
    "file": "文件",
    "pupils": "学生",
    "reason": "理由",
    "reverses": "要撤销的记录",
    "project": "项目",
    "school": "学校",
    "cohort": "级",
    "first": "专业代码一",
    "second": "专业代码二",
    "document": "依据文件",
    **{detail.name: detail.label for details in STANDING_DETAILS.values() for detail in details},
}


def _where(problem: Problem, labels: Mapping[str, str]) -> str:
    row = f"第 {problem.row} 行" if problem.row else ""
    return "，".join(part for part in (row, labels.get(problem.column, problem.column)) if part)
