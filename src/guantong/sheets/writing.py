"""A declared table as a form (表单文件): which form it is, and its rows as CSV that reopens unchanged.

Cells that a spreadsheet would take for a formula are quoted with an apostrophe on the way out; it
falls off on the way in.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guantong.errors import InputRefused, Problem
from guantong.sheets.tables import Column, Row, read_table

BOM = "\ufeff"
MOST_ROWS = 20_000
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?%?")
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")
_QUOTED = re.compile(r"'+[=+\-@＝＋－＠]")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]|[\ud800-\udfff\ufffe\uffff]")

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One declared table as it is handed out and taken back (表).

    `identity` columns hold numbers that are names (证件号、学号): always text. `particulars` such as
    organisation, year and catalogue digest travel on a hidden sheet and must come back unchanged.
    """

    id: str
    version: str
    title: str
    columns: tuple[Column, ...]
    identity: frozenset[str] = frozenset()
    particulars: Mapping[str, str] = field(default_factory=dict)
    most_rows: int = MOST_ROWS

    def marks(self) -> dict[str, str]:
        """Return what the hidden sheet says, in order."""
        return {"表单": self.id, "版本": self.version, **self.particulars}


def write_csv(form: Form, rows: Sequence[Cells]) -> str:
    """Return rows as CSV with a byte order mark, for spreadsheets that need one; refuse what cannot be kept."""
    refuse_unwritable(form, rows)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([column.name for column in form.columns])
    for row in rows:
        writer.writerow([quoted(row.get(column.name, "").strip()) for column in form.columns])
    return BOM + stream.getvalue()


def read_csv(form: Form, text: str, file: str) -> tuple[list[Row], list[Problem]]:
    """Read CSV that `write_csv` wrote and people filled in; the apostrophes of quoted cells fall off."""
    lines = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), strict=True)
    stream = io.StringIO(newline="")
    try:
        csv.writer(stream).writerows([[unquoted(cell) for cell in line] for line in lines])
    except csv.Error:
        return read_table(text, form.columns, file)
    return read_table(stream.getvalue(), form.columns, file)


def quoted(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; plain numbers stay as they are."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unquoted(text: str) -> str:
    """Return the cell as it was before it was quoted."""
    return text[1:] if _QUOTED.match(text) and not _NUMBER.fullmatch(text[1:]) else text


def refuse_unwritable(form: Form, rows: Sequence[Cells]) -> None:
    """Raise InputRefused for columns the form does not have, invisible characters, and too many rows."""
    names = {column.name for column in form.columns}
    problems = [
        Problem(row=number, column=name, value=value[:20], rule=rule, remedy="请改正后再导出。")
        for number, row in enumerate(rows, 2)
        for name, value in row.items()
        if (rule := "表单里没有这一列" if name not in names else _fault(value))
    ]
    if len(rows) > form.most_rows:
        problems.append(Problem(rule=f"超过 {form.most_rows} 行", remedy="请分成几个文件。"))
    if problems:
        raise InputRefused(problems)


def _fault(value: str) -> str:
    if len(value) > 32_767:
        return "一格里的文字太长"
    return "有看不见的控制字符" if _FORBIDDEN.search(value) else ""
