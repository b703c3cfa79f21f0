"""The class teacher's page: pupils' inputs by seat number in, one printed sheet each out, nothing kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guantong.errors import InputRefused, Problem
from guantong.pathways.class_list import HEADINGS, LABEL, MOST_PUPILS, REMEDY, Pupil, read_class_list
from guantong.pathways.planner import NOT_A_CUT_OFF, Answer, Notice, RouteAnswer, plan
from guantong.pathways.routes import Target
from guantong.policies.law import DatedValue
from guantong.web.labels import field_label
from guantong.web.page import Asked, Page
from guantong.web.pages.plan import floor_of, summary
from guantong.web.pages.plan_address import plan_address
from guantong.web.pages.plan_answer import Rows, because, missing_of, table
from guantong.web.sent import MOST_BYTES

TITLE = "班主任：一班一次打印"
_MOST_ROWS = 8
"""Programmes on one sheet of paper; the code leads to all of them."""
EXAMPLE = """座号,中考年份,分数,户籍,升学资格,区,兴趣
1,2025,400,本市正式户籍,是,丰台区,信息技术
2,2025,372.5,本市正式户籍,是,,护理、学前教育
3,2025,,随迁子女,,昌平区,
"""
_NOTES = {
    "label": "必填。写成 7、A07 或 3-12，不写姓名和学号",
    "pupil_grade": "现在的年级，例如 9；和中考年份填一个",
    "cohort": "例如 2025",
    "score": "当年的分数，例如 400 或 372.5",
    "out_of": "当年试卷总分，不清楚就空着",
    "exam_eligible": "是 或 否",
    "district": "例如 丰台区",
    "interest": "几个方向用顿号分开",
    "max_years": "例如 5",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One route on a sheet: the verdict with its reason."""

    answer: RouteAnswer
    because: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One pupil's printed page."""

    label: str
    said: tuple[tuple[str, str], ...]
    answer: Answer
    lines: tuple[Line, ...]
    rows: Rows | None
    floor: DatedValue | None
    remarks: tuple[Notice, ...]
    address: str


def class_page(asked: Asked) -> Page:
    """Return the form with its format; for a list that was sent a sheet for each pupil, or every problem at once."""
    asked.only()
    if asked.sent is None:
        return _form(asked)
    parts = asked.desk.parts
    try:
        if not asked.sent.table.strip():
            raise InputRefused([Problem(column="table", rule="没有收到名单", remedy="请粘贴名单，或选一个 CSV 文件。")])
        pupils = read_class_list(asked.sent.table, book=parts.book, registry=parts.registry, today=asked.today)
    except InputRefused as refused:
        return _form(asked, refused)
    return Page(
        title=f"{len(pupils)} 名学生的升学规划",
        template="guantong/class_sheets.html",
        context={
            "sheets": tuple(_sheet(pupil, asked) for pupil in pupils),
            "today": asked.today,
            "not_a_cut_off": NOT_A_CUT_OFF,
        },
        private=True,
    )


def _sheet(pupil: Pupil, asked: Asked) -> Sheet:
    parts = asked.desk.parts
    answer = plan(pupil.applicant, parts)
    listed = answer.programmes or (answer.reference.programmes if answer.reference else ())
    return Sheet(
        label=pupil.label,
        said=summary(pupil.applicant, asked),
        answer=answer,
        lines=tuple(Line(route, because(route, missing_of(route, parts))) for route in answer.routes),
        rows=table(listed[:_MOST_ROWS], answer) if listed else None,
        floor=floor_of(answer, parts.book),
        remarks=tuple(
            notice
            for notice in answer.notices
            if notice.level != "warning" and not notice.text.startswith(NOT_A_CUT_OFF)
        ),
        address=plan_address(pupil.applicant, asked.site) if asked.site else "",
    )


def _form(asked: Asked, refused: InputRefused | None = None) -> Page:
    """Return the form; a pasted list comes back to be mended, unless it holds what must not be repeated."""
    problems = refused.problems if refused else ()
    personal = any(problem.remedy == REMEDY for problem in problems)
    kept = asked.sent.table if asked.sent and asked.sent.pasted and not personal else ""
    columns = tuple(_columns(asked))
    return Page(
        title=f"有 {len(problems)} 处要修改" if refused else TITLE,
        template="guantong/class.html",
        context={
            "problems": tuple((problem, _label(problem)) for problem in problems),
            "kept": kept,
            "columns": columns,
            "example": EXAMPLE,
            "most": MOST_PUPILS,
            "most_kb": MOST_BYTES // 1024,
        },
        data=lambda: {
            "most_pupils": MOST_PUPILS,
            "most_bytes": MOST_BYTES,
            "columns": [
                {"heading": heading, "name": name, "required": name == LABEL, "text": text}
                for heading, name, text in columns
            ],
            "example": EXAMPLE,
        },
        status=refused.status if refused else 200,
        private=bool(refused),
    )


def _columns(asked: Asked) -> Iterable[tuple[str, str, str]]:
    household = "、".join(label for _, label in asked.desk.parts.book.inputs["household"].choices)
    target = "、".join(part.value for part in Target)
    notes = {**_NOTES, "household": f"{household}之一，不清楚就空着", "target": f"{target}之一"}
    return ((heading, name, notes[name]) for heading, name in HEADINGS.items())


def _label(problem: Problem) -> str:
    row = f"第 {problem.row} 行" if problem.row else ""
    return "，".join(part for part in (row, field_label(problem.column) if problem.column else "") if part)
