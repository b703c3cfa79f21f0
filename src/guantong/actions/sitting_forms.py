"""A list as a form (转段考核成绩表): out as XLSX or CSV with a line a pupil, back with every fault at once.

The XLSX says on a hidden sheet which list it is and in which version; that is checked before any cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.sittings import MOST_PUPILS, put_entered
from guantong.actions.words import Act
from guantong.cohorts.details import Detail, DetailType
from guantong.cohorts.sittings import RESULT_FIELDS
from guantong.errors import InputRefused, Problem, StepRefused
from guantong.people import Person, Right
from guantong.sheets.tables import Column, Row
from guantong.sheets.writing import Form, read_csv, write_csv
from guantong.sheets.writing_read import read_workbook
from guantong.sheets.writing_xlsx import write_workbook
from guantong.store import journal, sittings
from guantong.store.sittings import LineRecord, SittingRecord

LINE, STUDENT, NAME = "行号", "学号", "姓名"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_YES_NO = ("是", "否")
_ZIP = b"PK\x03\x04"
_LABELS = {detail.name: detail.label for detail in RESULT_FIELDS}
_OURS = "请下载这份名单最新的成绩表，重新填写。"


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingFile:
    """A form to be filled in: the file's name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What came of a form: how many lines were read, and the list's new version."""

    lines: int
    version: int


def sitting_form(sitting: str, *, as_csv: bool = False, by: Person) -> SittingFile:
    """Return the form of a list with what was entered so far: the lines that are in the school's hand.

    Raises `StepRefused` where the list is not with the school.
    """
    with attempt(Act.SITTING_READ, Right.SUBMIT_SITTING, by=by) as scope:
        record = sittings.get(sitting, scope=scope)
        lines = _fillable(record)
        if not lines:
            raise StepRefused(step="下载成绩表", why=f"名单现在是：{record.state.label}，没有可填的学生")
        leave_entry(entry(Act.SITTING_READ, record.id, index=[line.pupil for line in lines]), by=by)
    form, rows = _form(record), [_cells(line) for line in lines]
    name = f"{record.class_name}转段考核成绩表"
    if as_csv:
        return SittingFile(name=f"{name}.csv", content=write_csv(form, rows).encode())
    return SittingFile(name=f"{name}.xlsx", content=write_workbook(form, rows))


def enter_form(sitting: str, content: bytes, file: str, *, seen: int | None = None, by: Person) -> Entered:
    """Keep what a filled-in form says; raise `InputRefused` with every problem of the file, and keep nothing then.

    An XLSX names its own version; for a CSV, which cannot, `seen` is the version that its filler saw.
    """
    with attempt(Act.SITTING_FILLED, Right.SUBMIT_SITTING, by=by) as scope:
        record = sittings.get(sitting, scope=scope)
        version = record.version if seen is None or content.startswith(_ZIP) else seen
        raw, numbers = _read(record, content, file)
        with transaction.atomic():
            taken = sittings.get(sitting, scope=scope, seen=version)
            try:
                version, notes = put_entered(taken, raw)
            except InputRefused as refused:
                raise InputRefused([_in_the_sheet(problem, numbers, file) for problem in refused.problems]) from None
            journal.append(notes, by=by)
    return Entered(lines=len(raw), version=version)


def _read(record: SittingRecord, content: bytes, file: str) -> tuple[dict[int, dict[str, object]], dict[int, int]]:
    """Return what each line says by its number, and where it stands in the file; raise `InputRefused`."""
    form = _form(record)
    read = read_workbook if content.startswith(_ZIP) else _read_text
    rows, problems = read(form, content, file)
    raw, more = _raw(record, rows, file)
    if found := [*problems, *(more if rows or not problems else [])]:
        raise InputRefused(sorted(found, key=lambda problem: problem.row or 0))
    return raw, {int(row[LINE]): row.number for row in rows}


def _form(record: SittingRecord) -> Form:
    return Form(
        id="sitting",
        version="1",
        title="转段考核成绩表",
        columns=(
            Column(name=LINE, required=True, form=r"[1-9]\d{0,3}", form_text="下载时的行号"),
            Column(name=STUDENT),
            Column(name=NAME),
            *(_column(detail) for detail in RESULT_FIELDS),
        ),
        identity=frozenset({STUDENT}),
        particulars={"名单编号": record.id, "名单版本": str(record.version)},
        most_rows=MOST_PUPILS,
    )


def _column(detail: Detail) -> Column:
    if detail.type is DetailType.FLAG:
        return Column(name=detail.label, one_of=_YES_NO)
    return Column(name=detail.label, one_of=tuple(label for _, label in detail.choices))


def _fillable(record: SittingRecord) -> list[LineRecord]:
    """Return the lines that the school may fill in; whoever is erased has nothing to be filled in."""
    if not record.state.with_school:
        return []
    return [line for line in record.lines if line.state.with_school and line.name]


def _cells(line: LineRecord) -> dict[str, str]:
    said = {detail.label: line.result.text(detail.name) for detail in RESULT_FIELDS}
    return {LINE: str(line.number), STUDENT: line.student_number, NAME: line.name, **said}


def _read_text(form: Form, content: bytes, file: str) -> tuple[list[Row], list[Problem]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return read_csv(form, content.decode(encoding), file)
        except UnicodeDecodeError:
            continue
    remedy = "请用下载的成绩表填写，存为 .xlsx 或 .csv 后再上传。"
    return [], [Problem(file=file, rule="文件读不出来", remedy=remedy)]


def _raw(record: SittingRecord, rows: Sequence[Row], file: str) -> tuple[dict[int, dict[str, object]], list[Problem]]:
    """Return what each line says; a line that is not the pupil's of that number is a problem."""
    raw: dict[int, dict[str, object]] = {}
    problems = []
    for row in rows:
        number = int(row[LINE])
        line = record.line(number)
        rule = ""
        if line is None:
            rule = "名单里没有这一行"
        elif (row[STUDENT], row[NAME]) != (line.student_number, line.name):
            rule = "学号、姓名与名单上这一行的学生不同"
        elif number in raw:
            rule = "这名学生填了两行"
        if rule:
            problems.append(Problem(file=file, row=row.number, column=LINE, value=row[LINE], rule=rule, remedy=_OURS))
            continue
        raw[number] = {detail.name: row[detail.label] for detail in RESULT_FIELDS}
    if not rows:
        problems.append(Problem(file=file, rule="里面没有学生", remedy=_OURS))
    return raw, problems


def _in_the_sheet(problem: Problem, numbers: dict[int, int], file: str) -> Problem:
    """Return a problem by the row and heading that whoever filled in the file sees."""
    row = numbers.get(problem.row) if problem.row is not None else None
    return replace(problem, file=file, row=row, column=_LABELS.get(problem.column, problem.column))
