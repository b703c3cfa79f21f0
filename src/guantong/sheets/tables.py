"""A declared table read from CSV: known columns, typed cells, every fault of the file at once."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guantong.errors import Problem

_WHOLE = re.compile(r"\d+", re.ASCII)
_FIRST_DATA_ROW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One declared column: its name, whether it must be filled, what it may hold."""

    name: str
    required: bool = False
    whole: bool = False
    one_of: tuple[str, ...] = ()
    form: str = ""
    form_text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One data row: its number in the file (the header is row 1) and its cells by column."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the text of a cell; "" where it is empty."""
        return self.cells[column]

    def whole(self, column: str) -> int | None:
        """Return a whole number; None where the cell is empty."""
        return int(self.cells[column]) if self.cells[column] else None


def read_table(text: str, columns: Sequence[Column], file: str) -> tuple[list[Row], list[Problem]]:
    """Read CSV text by its declared columns; rows with a fault are reported, not returned."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        lines = list(reader)
    except csv.Error:
        rule = "引号没有配成对，或一格太长"
        return [], [Problem(file=file, row=reader.line_num, rule=rule, remedy="请检查这一行和它前面的引号。")]
    if not lines:
        return [], [Problem(file=file, rule="文件是空的", remedy="第一行应是表头。")]
    header, problems = lines[0], list(_header_problems(lines[0], columns, file))
    if problems:
        return [], problems
    rows: list[Row] = []
    for number, cells in enumerate(lines[1:], _FIRST_DATA_ROW):
        if not any(cell.strip() for cell in cells):
            continue
        found = list(_row_problems(cells, header, columns, file, number))
        problems += found
        if not found:
            rows.append(Row(number, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}))
    return rows, problems


def _header_problems(header: Sequence[str], columns: Sequence[Column], file: str) -> Iterator[Problem]:
    names = [column.name for column in columns]
    for name in names:
        if header.count(name) != 1:
            rule = "表头缺少这一列" if name not in header else "表头里这一列出现了不止一次"
            yield Problem(file=file, row=1, column=name, rule=rule, remedy="请补全表头后重新载入。")
    for name in header:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            remedy = f"最接近的是 {near[0]}。" if near else f"可用的列：{'、'.join(names)}。"
            yield Problem(file=file, row=1, column=name, rule="表头里有不认识的列", remedy=remedy)


def _row_problems(
    cells: Sequence[str], header: Sequence[str], columns: Sequence[Column], file: str, number: int
) -> Iterator[Problem]:
    if len(cells) != len(header):
        rule = f"这一行有 {len(cells)} 格，表头有 {len(header)} 格"
        yield Problem(file=file, row=number, rule=rule, remedy="含逗号的内容请加英文双引号。")
        return
    values = dict(zip(header, cells, strict=True))
    for column in columns:
        value = values[column.name].strip()
        if fault := _cell_fault(value, column):
            yield Problem(file=file, row=number, column=column.name, value=value, rule=fault, remedy="请改正这一格。")


def _cell_fault(value: str, column: Column) -> str:
    if not value:
        return "不能为空" if column.required else ""
    if column.whole and not _WHOLE.fullmatch(value):
        return "应是不带逗号和单位的整数"
    if column.one_of and value not in column.one_of:
        near = difflib.get_close_matches(value, column.one_of, n=1)
        return f"只能是 {'、'.join(column.one_of)} 之一" + (f"（最接近的是 {near[0]}）" if near else "")
    if column.form and not re.fullmatch(column.form, value, re.ASCII):
        return f"应写成{column.form_text}"
    return ""
