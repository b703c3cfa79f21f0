"""What each kind of event says (事件内容): one closed table, read with every problem at once."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import TypeAlias

from guantong.cohorts.kinds import EventKind, Standing
from guantong.cohorts.projects import is_project
from guantong.errors import Problem
from guantong.registry import Stage

Value: TypeAlias = str | int | bool
_LONGEST_TEXT = 200
_SCORE = re.compile(r"\d{1,4}(\.[05])?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_FLAGS = {"是": True, "否": False, "true": True, "false": False, "yes": True, "no": False}


class DetailType(Enum):
    """What a detail holds; a day is kept as ISO text, a score as decimal text."""

    TEXT = "text"
    WHOLE = "whole"
    FLAG = "flag"
    DAY = "day"
    SCORE = "score"
    CHOICE = "choice"
    PROJECT = "project"


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One named part of an event, with its Chinese label."""

    name: str
    label: str
    type: DetailType = DetailType.TEXT
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()

    def read(self, raw: object) -> Value | Problem:
        """Return the value as it is kept, or the problem with it."""
        if isinstance(raw, date):
            raw = raw.isoformat()
        text = unicodedata.normalize("NFKC", str(raw)).strip()
        value = _READERS[self.type](self, raw, text)
        if value is None:
            rule, remedy = _ADVICE[self.type]
            return Problem(column=self.name, value=text[:40], rule=f"{self.label}{rule}", remedy=remedy)
        return value


def _text(detail: Detail, raw: object, text: str) -> Value | None:
    clean = all(unicodedata.category(letter)[0] != "C" for letter in text)
    fits = isinstance(raw, str | int) and not isinstance(raw, bool) and len(text) <= _LONGEST_TEXT
    return str(raw).strip() if clean and fits else None


def _whole(detail: Detail, raw: object, text: str) -> Value | None:
    return int(text) if _WHOLE.fullmatch(text) else None


def _flag(detail: Detail, raw: object, text: str) -> Value | None:
    return _FLAGS.get(text.lower())


def _day(detail: Detail, raw: object, text: str) -> Value | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _score(detail: Detail, raw: object, text: str) -> Value | None:
    return text if _SCORE.fullmatch(text) else None


def _choice(detail: Detail, raw: object, text: str) -> Value | None:
    by_label = {unicodedata.normalize("NFKC", label): name for name, label in detail.choices}
    return by_label.get(text, text if text in by_label.values() else None)


def _project(detail: Detail, raw: object, text: str) -> Value | None:
    return text if is_project(text) else None


_READERS = {
    DetailType.TEXT: _text,
    DetailType.WHOLE: _whole,
    DetailType.FLAG: _flag,
    DetailType.DAY: _day,
    DetailType.SCORE: _score,
    DetailType.CHOICE: _choice,
    DetailType.PROJECT: _project,
}
_ADVICE = {
    DetailType.TEXT: ("应是一行文字，不超过 200 字", "请改写后再填。"),
    DetailType.WHOLE: ("应是整数", "请只填阿拉伯数字，例如 2025。"),
    DetailType.FLAG: ("只能填是或否", "请填“是”或“否”。"),
    DetailType.DAY: ("应是日期", "请写成 2025-09-01 的形式。"),
    DetailType.SCORE: ("应是以半分为单位的分数", "请填 380 或 380.5 这样的数。"),
    DetailType.CHOICE: ("不在可选范围内", "请从列出的选项里选择。"),
    DetailType.PROJECT: ("不是项目编号", "项目编号写作“牵头院校:合作院校:类别:专业”。"),
}

_STAGES = tuple((stage.value, stage.label) for stage in (Stage.SECONDARY, Stage.COLLEGE, Stage.UNDERGRADUATE))
_STAGE = Detail(name="stage", label="学段", type=DetailType.CHOICE, choices=_STAGES)
_REASON = Detail(name="reason", label="原因", required=False)
_CLASS_YEAR = Detail(name="class_year", label="编入年级（入学年份）", type=DetailType.WHOLE)
_CLASS_YEAR_IF_OTHER = Detail(name="class_year", label="编入年级（入学年份）", type=DetailType.WHOLE, required=False)
_PROJECT = Detail(name="project", label="项目", type=DetailType.PROJECT)
_MAJOR = Detail(name="major", label="专业代码")
_PROJECT_IF_OTHER = Detail(name="project", label="转入的项目", type=DetailType.PROJECT, required=False)
_MAJOR_IF_OTHER = Detail(name="major", label="转入的专业代码", required=False)
_SCHOOL = Detail(name="school", label="就读学校")
_SCHOOL_IF_OTHER = Detail(name="school", label="就读学校", required=False)
_ISSUER = Detail(name="issuer", label="发证院校")
_UNTIL = Detail(name="until", label="到哪一天为止", type=DetailType.DAY, required=False)
_ENTRY = (
    Detail(name="cohort", label="级（入学年份）", type=DetailType.WHOLE),
    _CLASS_YEAR_IF_OTHER,
    _PROJECT,
    _MAJOR,
    _SCHOOL,
    Detail(name="exam_score", label="中考总分", type=DetailType.SCORE, required=False),
    Detail(name="special_entrant", label="以特殊招生形式录取", type=DetailType.FLAG, required=False),
    Detail(name="change_forbidden", label="入学前约定不得转专业", type=DetailType.FLAG, required=False),
)
_BECAUSE = (("own_choice", "自愿退出"), ("not_passed", "转段未通过"))
_OUTCOMES = (("completion", "结业"), ("partial", "肄业"))

DETAILS: Mapping[EventKind, tuple[Detail, ...]] = {
    EventKind.ADMITTED: _ENTRY,
    EventKind.NOT_ARRIVED: (_REASON,),
    EventKind.PLACE_KEPT: (_UNTIL, _REASON),
    EventKind.REGISTERED: (_STAGE, Detail(name="institution", label="注册院校"), _CLASS_YEAR_IF_OTHER),
    EventKind.STAGE_COMPLETED: (_STAGE,),
    EventKind.ASSESSED: (_STAGE, Detail(name="passed", label="达到转段条件", type=DetailType.FLAG)),
    EventKind.MOVED_ON: (replace(_STAGE, label="升入的学段"), _SCHOOL_IF_OTHER),
    EventKind.REPEATED: (_CLASS_YEAR, _PROJECT_IF_OTHER, _MAJOR_IF_OTHER),
    EventKind.SUSPENDED: (_UNTIL, _REASON),
    EventKind.RESUMED: (_CLASS_YEAR, _PROJECT_IF_OTHER, _MAJOR_IF_OTHER),
    EventKind.CHANGED_MAJOR: (_PROJECT, _MAJOR, _CLASS_YEAR_IF_OTHER),
    EventKind.CHANGED_SCHOOL: (_PROJECT, _MAJOR, _SCHOOL, _CLASS_YEAR_IF_OTHER),
    EventKind.TRANSFERRED_IN: (*_ENTRY, Detail(name="from_school", label="原普通高中")),
    EventKind.LEFT_PROJECT: (
        Detail(name="because", label="退出原因", type=DetailType.CHOICE, choices=_BECAUSE),
        Detail(name="issuer", label="本学段毕业证书的发证院校", required=False),
    ),
    EventKind.DROPPED_OUT: (_REASON,),
    EventKind.COMPLETED_WITHOUT_DIPLOMA: (
        Detail(name="outcome", label="结业还是肄业", type=DetailType.CHOICE, choices=_OUTCOMES),
        _REASON,
    ),
    EventKind.DISCIPLINED: (Detail(name="number", label="处分文号"), Detail(name="level", label="处分等级")),
    EventKind.DISCIPLINE_LIFTED: (Detail(name="number", label="所解除处分的文号"),),
    EventKind.INTERNED: (Detail(name="enterprise", label="实习单位"), _UNTIL),
    EventKind.GRADUATED: (_STAGE, _ISSUER),
    EventKind.DEGREE_AWARDED: (Detail(name="degree", label="学位"), _ISSUER),
    EventKind.CORRECTED: (Detail(name="reason", label="更正理由"),),
}
"""What each kind says of itself; a name that is not here is refused."""

_DOCUMENT = (
    Detail(name="document_number", label="文号"),
    Detail(name="document_date", label="文件日期", type=DetailType.DAY),
    Detail(name="document_issuer", label="出具单位"),
)
STANDING_DETAILS: Mapping[Standing, tuple[Detail, ...]] = {
    Standing.BY_RULE: (),
    Standing.APPROVED: (*_DOCUMENT, Detail(name="document_file", label="批准文件")),
    Standing.ON_DOCUMENT: (*_DOCUMENT, Detail(name="document_file", label="文件", required=False)),
    Standing.STRUCTURAL: (),
}
"""What an event says of the paper it rests on (DESIGN §6: number, date, issuer; for an approval the file too)."""


def details_of(kind: EventKind, standing: Standing = Standing.STRUCTURAL) -> tuple[Detail, ...]:
    """Return every detail that an event of this kind and standing may have, in the order of a form."""
    return DETAILS[kind] + STANDING_DETAILS[standing]


_DECLARED = {
    (kind, standing): {detail.name: detail for detail in details_of(kind, standing)}
    for kind in EventKind
    for standing in Standing
}


def read_details(
    kind: EventKind, raw: Mapping[str, object], standing: Standing = Standing.STRUCTURAL
) -> tuple[dict[str, Value], tuple[Problem, ...]]:
    """Read what a person entered for an event; return what is good and every problem at once.

    What is empty or null counts as left out.
    """
    declared = _DECLARED[kind, standing]
    kept: dict[str, Value] = {}
    problems = [_not_declared(name, declared) for name in raw if name not in declared]
    for name, detail in declared.items():
        if raw.get(name) is None or str(raw[name]).strip() == "":
            if detail.required:
                problems.append(Problem(column=name, rule=f"缺少{detail.label}", remedy="请补上后再提交。"))
            continue
        value = detail.read(raw[name])
        if isinstance(value, Problem):
            problems.append(value)
        else:
            kept[name] = value
    if ("project" in kept) != ("major" in kept) and not declared["major"].required:
        problems.append(Problem(column="major", rule="项目和专业要一起填", remedy="两项都填，或都留空表示不变。"))
    return kept, tuple(problems)


def _not_declared(name: str, declared: Mapping[str, Detail]) -> Problem:
    near = difflib.get_close_matches(name, declared, n=1)
    remedy = f"最接近的是 {near[0]}。" if near else "请删去这一项。"
    return Problem(column=name, rule="这类事件没有这一项", remedy=remedy)
