"""The roster as a file (名册文件): the declared columns, the template, and XLSX or CSV read with every fault at once.

Nothing here is an action, and nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from guantong.actions.roster import RosterRow
from guantong.errors import Problem
from guantong.sheets.tables import Column, Row
from guantong.sheets.writing import Form, read_csv
from guantong.sheets.writing_read import read_workbook
from guantong.sheets.writing_xlsx import write_workbook

MOST_ROWS = 10_000
_YES_NO = ("是", "否")
_FLAGS = {"是": True, "否": False}
COLUMNS = {
    "name": "姓名",
    "class_name": "班级",
    "student_number": "学号",
    "identity": "身份证号",
    "birth_month": "出生年月",
    "phone": "电话",
    "address": "住址",
    "guardian": "监护人",
    "consent": "监护人同意书",
    "exam_score": "中考总分",
    "special_entrant": "特殊招生录取",
    "change_forbidden": "约定不得转专业",
}
"""Each field of a row and the heading of its column."""
_REQUIRED = ("name", "class_name")
_CHOICES = ("special_entrant", "change_forbidden")
FORM = Form(
    id="roster",
    version="2",
    title="新生名册",
    columns=tuple(
        Column(name=label, required=name in _REQUIRED, one_of=_YES_NO if name in _CHOICES else ())
        for name, label in COLUMNS.items()
    ),
    identity=frozenset({"学号", "身份证号", "电话"}),
    most_rows=MOST_ROWS,
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZIP = b"PK\x03\x04"


_LENIENT = replace(FORM, columns=tuple(Column(name=column.name) for column in FORM.columns))
"""The same form asking nothing of its cells: a row with a faulty cell is read too, and its other faults are told."""


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A roster read: every row that could be read, the sheet's number of each, and what is wrong with any cell."""

    rows: tuple[RosterRow, ...]
    numbers: tuple[int, ...]
    problems: tuple[Problem, ...]


def template() -> bytes:
    """Return an empty roster as XLSX with its drop-down lists."""
    return write_workbook(FORM, [])


def read_roster(content: bytes, file: str) -> RosterFile:
    """Read a filled-in roster, XLSX from our template or CSV with the same headings."""
    rows, problems = _read(FORM, content, file)
    if problems:
        rows, _ = _read(_LENIENT, content, file)
    if not rows and not problems:
        problems = [Problem(file=file, rule="名册没有学生", remedy="请从第 2 行起填写，每行一人。")]
    return RosterFile(tuple(map(_row, rows)), tuple(row.number for row in rows), tuple(problems))


def together(cells: Iterable[Problem], persons: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return faults of cells and of persons in the order of rows; a cell that has one is not told of twice."""
    found = list(cells)
    told = {(problem.row, problem.column) for problem in found}
    found += [problem for problem in persons if (problem.row, problem.column) not in told]
    return tuple(sorted(found, key=lambda problem: problem.row or 0))


def in_the_sheet(problems: Iterable[Problem], numbers: Sequence[int], file: str) -> tuple[Problem, ...]:
    """Return faults of rows by the numbers and headings that whoever filled in the file sees."""
    return tuple(
        replace(
            problem,
            file=file,
            row=numbers[problem.row - 1] if problem.row else None,
            column=COLUMNS.get(problem.column, problem.column),
        )
        for problem in problems
    )


def _read(form: Form, content: bytes, file: str) -> tuple[list[Row], list[Problem]]:
    if content.startswith(_ZIP):
        return read_workbook(form, content, file)
    return _read_text(form, content, file)


def _read_text(form: Form, content: bytes, file: str) -> tuple[list[Row], list[Problem]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        rows, problems = read_csv(form, text, file)
        if len(rows) > form.most_rows:
            problems.append(Problem(file=file, rule=f"超过 {MOST_ROWS} 行", remedy="请分成几个文件上传。"))
        return rows, problems
    remedy = "请下载模板，填好后存为 .xlsx 再上传。"
    return [], [Problem(file=file, rule="文件读不出来", remedy=remedy)]


def _row(row: Row) -> RosterRow:
    texts = {name: row[label].strip() for name, label in COLUMNS.items()}
    flags = {name: _FLAGS.get(texts.pop(name)) for name in _CHOICES}
    return RosterRow(**texts, **flags)  # type: ignore[arg-type]
