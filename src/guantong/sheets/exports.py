"""A table that another system wrote (平台导出): CSV or XLSX, every sheet, each cell as its reader sees it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from guantong.errors import Problem
from guantong.sheets.writing_read import Seen, open_book, shown_rows

MOST_ROWS = 20_000
_XLSX = b"PK"
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSheet:
    """One sheet of an export: its title ("" for CSV), and the cells of each row that holds any, by row number."""

    title: str
    rows: dict[int, Sequence[Seen]]


def read_export(content: bytes, file: str) -> tuple[tuple[ExportSheet, ...], list[Problem]]:
    """Return every sheet of a file; a file that cannot be read, or is too long, is one Problem and no sheet."""
    sheets = _xlsx(content) if content.startswith(_XLSX) else _csv(content)
    if isinstance(sheets, str):
        return (), [Problem(file=file, rule=sheets, remedy="请从平台导出 XLSX 或 CSV 再上传。")]
    if any(len(sheet.rows) > MOST_ROWS for sheet in sheets):
        return (), [Problem(file=file, rule=f"超过 {MOST_ROWS} 行", remedy="请只导出要填的这张表。")]
    return sheets, []


def _xlsx(content: bytes) -> tuple[ExportSheet, ...] | str:
    return open_book(
        content,
        lambda book: tuple(
            ExportSheet(title=name, rows=dict(shown_rows(book, name, MOST_ROWS))) for name in book.sheetnames
        ),
    )


def _csv(content: bytes) -> tuple[ExportSheet, ...] | str:
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
            lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except (UnicodeDecodeError, csv.Error):
            continue
        rows = {number: [Seen(cell.strip()) for cell in line] for number, line in enumerate(lines, 1) if any(line)}
        return (ExportSheet(title="", rows=dict(rows)),) if rows and "\0" not in text else "文件是空的，或不是表格"
    return "不是可以读取的 XLSX 或 CSV 文件"
