"""A form taken back (收回填报表): which form it is, every cell as the filler sees it, and every Problem at once."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TypeVar, cast

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from guantong.errors import Problem
from guantong.sheets.tables import Row, read_table
from guantong.sheets.writing import Form
from guantong.sheets.writing_xlsx import LISTS, MARKS, sheet_title

Read = TypeVar("Read")
MOST_BYTES = 200_000_000
MOST_BLANK = 200_000
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_OURS = "请用本系统导出的表单填写，存为 .xlsx 后再上传。"
_PLAIN = "请直接填写数值或文字。"


@dataclass(frozen=True, slots=True)
class Seen:
    """One cell as its filler sees it, and what keeps it from being read."""

    text: str
    formula: bool = False
    error: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet read: its title, and the cells of each row that holds any."""

    title: str
    rows: dict[int, list[Seen]]


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook read: its marks, and its sheets without those that are ours to hide."""

    marks: dict[str, str] | None
    sheets: tuple[_Sheet, ...]


def read_workbook(form: Form, content: bytes, file: str) -> tuple[list[Row], list[Problem]]:
    """Read a filled-in form; rows with a Problem are reported, not returned. Row numbers are the sheet's own."""
    book = _opened([form], content)
    if isinstance(book, str):
        return [], [Problem(file=file, rule=book, remedy=_OURS)]
    if problems := list(_mark_problems(form.marks(), book, file, {})):
        return [], problems
    return _read_sheet(form, book.sheets[0], file)


def read_book(
    forms: Sequence[Form], marks: Mapping[str, str], content: bytes, file: str, said: Mapping[str, str] | None = None
) -> tuple[dict[str, list[Row]], list[Problem]]:
    """Read a workbook of several tables back: rows by form id, and every Problem of all sheets.

    A sheet is found by its title; one that was deleted is not there, one that nobody knows is a Problem.
    `said` tells by mark what is wrong with a form that bears another one.
    """
    book = _opened(forms, content)
    if isinstance(book, str):
        return {}, [Problem(file=file, rule=book, remedy=_OURS)]
    if problems := list(_mark_problems(marks, book, file, said or {})):
        return {}, problems
    rows: dict[str, list[Row]] = {}
    titles = {sheet_title(form.title): form for form in forms}
    for sheet in book.sheets:
        if sheet.title not in titles:
            rule, remedy = "不认识这张工作表", "请不要改工作表的名称；另加的内容请删去。"
            problems.append(Problem(file=file, value=sheet.title, rule=rule, remedy=remedy))
            continue
        form = titles[sheet.title]
        rows[form.id], found = _read_sheet(form, sheet, f"{file} {sheet.title}")
        problems += found
    return rows, problems


def _read_sheet(form: Form, sheet: _Sheet, file: str) -> tuple[list[Row], list[Problem]]:
    names = [seen.text for seen in sheet.rows.get(1, [])]
    problems = [
        problem
        for number, cells in sheet.rows.items()
        if number > 1
        for problem in _row_problems(form, list(zip(names, cells, strict=False)), file, number)
    ]
    places = {(problem.row, problem.column) for problem in problems}
    rows, others = read_table(_as_csv(form, sheet), form.columns, file)
    problems += [problem for problem in others if (problem.row, problem.column) not in places]
    faulty = {problem.row for problem in problems}
    if max(sheet.rows, default=0) > form.most_rows + 1:
        problems.append(Problem(file=file, rule=f"超过 {form.most_rows} 行", remedy="请分成几个文件上传。"))
    return [row for row in rows if row.number not in faulty], sorted(problems, key=lambda found: found.row or 0)


def shown(cell: Cell) -> Seen:
    """Return a cell as its filler sees it: a share of 0.742 in percent format is 74.2%."""
    value = cell.value
    if value is None:
        return Seen("")
    if cell.data_type in "fe":
        return Seen(str(value), formula=cell.data_type == "f", error=cell.data_type == "e")
    if isinstance(value, bool):
        return Seen("是" if value else "否")
    if isinstance(value, datetime):
        return Seen(value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" "))
    if isinstance(value, int | float):
        return Seen(_number(Decimal(repr(value)), cell.number_format), number=True)
    return Seen(str(value).strip())


def open_book(content: bytes, read: Callable[[Workbook], Read]) -> Read | str:
    """Return what is read from a workbook, or what is wrong with the file."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                return "文件解开后太大"
        book = load_workbook(BytesIO(content), read_only=True)
        try:
            return read(book)
        finally:
            book.close()
    except Exception:  # the parser meets whatever people upload, and answers with many kinds of exception
        return "不是可以读取的 XLSX 文件"


def _opened(forms: Sequence[Form], content: bytes) -> _Book | str:
    """Return the workbook, or what is wrong with the file."""

    def read(book: Workbook) -> _Book | str:
        sheets = tuple(_sheets(book, forms))
        return _Book(_marks(book), sheets) if sheets else "里面没有可以填写的工作表"

    return open_book(content, read)


def _marks(book: Workbook) -> dict[str, str] | None:
    if MARKS not in book.sheetnames:
        return None
    lines = book[MARKS].iter_rows(values_only=True, max_col=2)
    return {str(line[0]): str(line[1] or "") for line in lines if len(line) == 2}


def _sheets(book: Workbook, forms: Sequence[Form]) -> Iterator[_Sheet]:
    """Return every sheet for several forms; for a single one the first, whatever it is called by now."""
    names = [name for name in book.sheetnames if name not in (MARKS, LISTS)]
    most = max(form.most_rows for form in forms)
    for name in names if len(forms) > 1 else names[:1]:
        yield _Sheet(name, dict(shown_rows(book, name, most)))


def shown_rows(book: Workbook, name: str, most: int) -> Iterator[tuple[int, list[Seen]]]:
    """Return the rows of a sheet that hold anything; one row beyond the most allowed is enough."""
    for number, cells in enumerate(book[name].iter_rows(), 1):
        seen = [shown(cast(Cell, cell)) for cell in cells]
        if any(cell.text for cell in seen):
            yield number, seen
            if number > most + 1:
                return
        if number > MOST_BLANK:
            return


def _mark_problems(marks: Mapping[str, str], book: _Book, file: str, said: Mapping[str, str]) -> Iterator[Problem]:
    if book.marks is None:
        yield Problem(file=file, rule="不是本系统导出的表单", remedy="请下载表单，把内容填进去再上传。")
        return
    for key, value in marks.items():
        if book.marks.get(key) != value:
            rule = said.get(key, f"表单的“{key}”应是“{value}”")
            found = "" if key in said else book.marks.get(key, "")
            yield Problem(file=file, value=found, rule=rule, remedy="请下载这一张表单，重新填写。")


def _row_problems(form: Form, cells: Sequence[tuple[str, Seen]], file: str, number: int) -> Iterator[Problem]:
    """Report what cannot be read as text: formulas, errors, and identity numbers that became numbers."""
    for name, seen in cells:
        if seen.formula:
            rule = "这一格是公式"
            yield Problem(file=file, row=number, column=name, value=seen.text[:40], rule=rule, remedy=_PLAIN)
        elif seen.error:
            rule = "这一格是计算错误"
            yield Problem(file=file, row=number, column=name, value=seen.text[:40], rule=rule, remedy=_PLAIN)
        elif seen.number and name in form.identity:
            rule, remedy = "号码被存成了数字，后几位可能已经改变", "请先把这一列设为“文本”格式，再重新填写号码。"
            yield Problem(file=file, row=number, column=name, rule=rule, remedy=remedy)


def _as_csv(form: Form, sheet: _Sheet) -> str:
    """Return the rows as CSV with the sheet's own numbering, so that one reader serves both kinds of file."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    width = len(form.columns)
    for number in range(1, max(sheet.rows, default=0) + 1):
        texts = [seen.text for seen in sheet.rows.get(number, [])]
        while len(texts) > width and not texts[-1]:
            texts.pop()
        writer.writerow(texts + [""] * (width - len(texts)))
    return stream.getvalue()


def _number(value: Decimal, number_format: str) -> str:
    """Return a number as its format shows it, with all its digits: no exponent, no zeros that say nothing."""
    percent = "%" in number_format
    scaled = percent and "%" in _LITERAL.sub("", number_format)
    text = f"{value * 100 if scaled else value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text + ("%" if percent else "")
