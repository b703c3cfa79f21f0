"""A class teacher's list (班主任名单): up to 60 pupils' inputs from CSV, by seat number, and nothing kept.

No name, no number of a person: columns that look like them, and cells that hold them, are refused,
and a refusal never repeats what stood there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guantong.errors import InputRefused, Problem
from guantong.pathways.applicant import Applicant, read_applicant
from guantong.policies.rulebook import Rulebook
from guantong.registry import Registry
from guantong.sheets import Column, Row, read_table

FILE = "名单"
LABEL = "label"
MOST_PUPILS = 60
HEADINGS: Mapping[str, str] = {
    "座号": LABEL,
    "年级": "pupil_grade",
    "中考年份": "cohort",
    "分数": "score",
    "总分": "out_of",
    "户籍": "household",
    "升学资格": "exam_eligible",
    "区": "district",
    "兴趣": "interest",
    "最多年数": "max_years",
    "目标": "target",
}
"""The documented columns: Chinese heading and identifier; either may be used, all but the label left out."""
LABEL_FORM = re.compile(r"[A-Za-z]{0,2}\d{1,3}(-\d{1,3})?", re.ASCII)
LABEL_TEXT = "座号应写成 7、A07 或 3-12 的形式"
_SHOWN = ("pupil_grade", "cohort", "score", "out_of", "max_years")
"""Columns of numbers: only these may be repeated in a refusal."""
_PERSONAL_HEADING = re.compile(
    r"姓名|名字|学生$|身份证|证件|学籍|学号|考号|准考证|电话|手机|联系|微信|QQ|邮箱|住址|地址|家长|父|母|监护"
    r"|出生|生日|性别|民族|照片|name|phone|mobile|tel$|mail|address|birth|idcard|id_?number|passport|guardian|parent",
    re.IGNORECASE,
)
_PERSONAL_CELL = re.compile(r"(?:\d[ -]?){8,}|\S+@\S+\.\S+", re.ASCII)
_SEPARATOR = re.compile(r"[、;；/|]")
REMEDY = "请删去这一列或这一格；名单只用座号，不收姓名和任何号码。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """One line of the list: the teacher's label and the applicant that its inputs describe."""

    label: str
    applicant: Applicant


def read_class_list(text: str, *, book: Rulebook, registry: Registry, today: date) -> tuple[Pupil, ...]:
    """Return the pupils of a list in its order; raise `InputRefused` with every problem of all at once."""
    first, line_end, rest = text.removeprefix("\ufeff").partition("\n")
    headings = [part.strip().strip('"') for part in first.strip("\r").split(",")]
    problems = [*_heading_problems(headings), *_personal_cells(rest)]
    if problems:
        raise InputRefused(problems)
    names = [HEADINGS.get(heading, heading) for heading in headings]
    rows, faults = read_table(",".join(names) + line_end + rest, _columns(names), FILE)
    faults += _list_problems(rows, faults)
    pupils = [_pupil(row, faults, book=book, registry=registry, today=today) for row in rows]
    if faults:
        raise InputRefused(sorted(faults, key=lambda fault: fault.row or 0))
    return tuple(pupil for pupil in pupils if pupil)


def _columns(names: Sequence[str]) -> list[Column]:
    """Return the label and every known column that the header names."""
    known = [name for name in HEADINGS.values() if name != LABEL and name in names]
    return [Column(name=LABEL, required=True), *(Column(name=name) for name in known)]


def _heading_problems(headings: Sequence[str]) -> Iterator[Problem]:
    """Report columns that look personal or are not known, by their place and never by their words."""
    names = "、".join(f"{heading}（{name}）" for heading, name in HEADINGS.items())
    for place, heading in enumerate(headings, 1):
        if heading in HEADINGS or heading in HEADINGS.values():
            continue
        if _PERSONAL_HEADING.search(heading):
            rule = f"第 {place} 列看起来是姓名、号码或其他个人信息"
            yield Problem(file=FILE, row=1, rule=rule, remedy=REMEDY)
        elif any(headings):
            rule = f"不认识表头的第 {place} 列"
            yield Problem(file=FILE, row=1, rule=rule, remedy=f"可用的列：{names}。")


def _personal_cells(rest: str) -> Iterator[Problem]:
    """Report lines that hold an identity or phone number or an address for mail, without repeating it."""
    for number, line in enumerate(rest.splitlines(), 2):
        if _PERSONAL_CELL.search(line):
            yield Problem(file=FILE, row=number, rule="这一行有像证件号、电话或邮箱的内容", remedy=REMEDY)


def _list_problems(rows: Sequence[Row], faults: Sequence[Problem]) -> Iterator[Problem]:
    if not rows and not faults:
        yield Problem(file=FILE, rule="名单里没有学生", remedy="第二行起每行写一名学生。")
    if len(rows) > MOST_PUPILS:
        rule = f"名单有 {len(rows)} 行，一次最多 {MOST_PUPILS} 名"
        yield Problem(file=FILE, rule=rule, remedy="请分成几份。")
    times = Counter(row[LABEL] for row in rows)
    for row in rows:
        if not LABEL_FORM.fullmatch(row[LABEL]):
            yield Problem(file=FILE, row=row.number, column=LABEL, rule=LABEL_TEXT, remedy="不要写姓名或学号。")
        elif times[row[LABEL]] > 1:
            rule = "这个座号写了不止一次"
            yield Problem(file=FILE, row=row.number, column=LABEL, value=row[LABEL], rule=rule, remedy="请改成不同的。")


def _pupil(row: Row, faults: list[Problem], *, book: Rulebook, registry: Registry, today: date) -> Pupil | None:
    """Return one pupil; what cannot be read is added to the faults under its row."""
    given = {name: _texts(name, text, book) for name, text in row.cells.items() if name != LABEL and text}
    try:
        return Pupil(label=row[LABEL], applicant=read_applicant(given, book=book, registry=registry, today=today))
    except InputRefused as refused:
        faults += [
            Problem(
                file=FILE,
                row=row.number,
                column=problem.column,
                value=problem.value if problem.column in _SHOWN else "",
                rule=problem.rule,
                remedy=problem.remedy,
            )
            for problem in refused.problems
        ]
        return None


def _texts(name: str, text: str, book: Rulebook) -> list[str]:
    """Return the texts of a cell: several interests, and the Chinese label of a choice as its id."""
    if name == "interest":
        return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    if name in book.inputs:
        return [{label: choice for choice, label in book.inputs[name].choices}.get(text, text)]
    return [text]
