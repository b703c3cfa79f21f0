"""A form as XLSX (填报表): drop-downs, frozen head, text cells, and a hidden sheet that says which form it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from guantong.sheets.tables import Column
from guantong.sheets.writing import Cells, Form, refuse_unwritable

MARKS, LISTS = "表单信息", "选项"
LONGEST_LIST = 255
_NARROWEST, _WIDEST = 8, 48
_EDGE = Side(style="thin", color="FF9AA5B1")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_HEAD = Font(name="宋体", size=11, bold=True)
_BODY = Font(name="宋体", size=11)
_REQUIRED = PatternFill("solid", fgColor="FFFCE4D6")
_OPTIONAL = PatternFill("solid", fgColor="FFE7EDF3")


def write_workbook(form: Form, rows: Sequence[Cells] = ()) -> bytes:
    """Return a form as XLSX, empty or filled in; refuses what `read_workbook` could not bring back."""
    return write_book([(form, rows)], form.marks())


def write_book(parts: Sequence[tuple[Form, Sequence[Cells]]], marks: Mapping[str, str]) -> bytes:
    """Return several declared tables as one XLSX, a sheet each in order, with what the hidden sheet says."""
    book = Workbook()
    for style in _styles():
        book.add_named_style(style)
    first = book.worksheets[0]
    lists_wanted = 0
    sheets = [first, *(book.create_sheet() for _ in parts[1:])]
    hidden, lists = book.create_sheet(MARKS), book.create_sheet(LISTS)
    _write_marks(hidden, marks)
    lists.sheet_state = "veryHidden"
    for sheet, (form, rows) in zip(sheets, parts, strict=True):
        refuse_unwritable(form, rows)
        sheet.title = sheet_title(form.title)
        _write_head(sheet, form)
        _write_rows(sheet, form, rows)
        _add_lists(sheet, lists, form, after=lists_wanted)
        _set_widths(sheet, form, rows)
        lists_wanted += len(form.columns)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def shown_width(text: str) -> int:
    """Return the width of a text in characters of a spreadsheet: a Chinese one takes two."""
    return max(
        (sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line) for line in text.split("\n")),
        default=0,
    )


def _write_head(sheet: Worksheet, form: Form) -> None:
    sheet.append([column.name for column in form.columns])
    for cell, column in zip(sheet[1], form.columns, strict=True):
        cell.font, cell.border = _HEAD, _BORDER
        cell.fill = _REQUIRED if column.required else _OPTIONAL
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.data_type = "s"
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"


def _write_rows(sheet: Worksheet, form: Form, rows: Sequence[Cells]) -> None:
    """Write text as text, so that nothing is taken for a formula or loses its leading zeros."""
    for index, column in enumerate(form.columns, 1):
        letter = sheet.column_dimensions[get_column_letter(index)]
        letter.number_format = "0" if column.whole else "@"
        letter.font = _BODY
    for number, row in enumerate(rows, 2):
        for index, column in enumerate(form.columns, 1):
            if value := row.get(column.name, "").strip():
                _write_cell(sheet.cell(number, index), value, column)


def _write_cell(cell: Cell | MergedCell, value: str, column: Column) -> None:
    if column.whole and value.isascii() and value.isdigit() and len(value) <= 15 and str(int(value)) == value:
        cell.value, cell.style = int(value), "整数"
        return
    cell.value, cell.style = value, "多行文字" if "\n" in value else "文字"
    cell.data_type = "s"
    if value[0] in "=+-@＝＋－＠'":
        cell.quotePrefix = True


def _styles() -> Iterator[NamedStyle]:
    """Return the looks of cells; a style with a name is set many times faster than its parts."""
    for name, form, wraps in (("文字", "@", False), ("多行文字", "@", True), ("整数", "0", False)):
        at = Alignment(vertical="center", wrap_text=wraps)
        yield NamedStyle(name, font=_BODY, border=_BORDER, number_format=form, alignment=at)


def _write_marks(sheet: Worksheet, marks: Mapping[str, str]) -> None:
    for key, value in marks.items():
        sheet.append([key, value])
        for cell in sheet[sheet.max_row]:
            cell.data_type, cell.number_format = "s", "@"
    sheet.sheet_state = "veryHidden"


def _add_lists(sheet: Worksheet, lists: Worksheet, form: Form, after: int) -> None:
    """Give each column what a spreadsheet can check itself; long lists stand on the hidden sheet, each in a column."""
    for index, column in enumerate(form.columns, 1):
        rule = _rule(column, lists, index, form, after)
        if rule is not None:
            letter = get_column_letter(index)
            rule.add(f"{letter}2:{letter}{form.most_rows + 1}")
            sheet.add_data_validation(rule)


def _rule(column: Column, lists: Worksheet, index: int, form: Form, after: int) -> DataValidation | None:
    if column.one_of:
        rule = DataValidation(type="list", formula1=_choices(column.one_of, lists, after + index))
        rule.error = "请从下拉列表里选择。"
    elif column.whole:
        rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0")
        rule.error = "请填不带单位的整数。"
    elif column.name in form.identity:
        rule = DataValidation(type="custom", formula1=f"ISTEXT({get_column_letter(index)}2)")
        rule.error = "号码请按文本填写。"
    else:
        return None
    rule.errorTitle, rule.showErrorMessage, rule.allow_blank = column.name[:32], True, not column.required
    return rule


def _choices(choices: tuple[str, ...], lists: Worksheet, index: int) -> str:
    plain = f'"{",".join(choices)}"'
    if len(plain) - 2 <= LONGEST_LIST and not any(set(choice) & set(',"') for choice in choices):
        return plain
    for number, choice in enumerate(choices, 1):
        cell = lists.cell(number, index, choice)
        cell.data_type, cell.number_format = "s", "@"
    letter = get_column_letter(index)
    return f"{quote_sheetname(LISTS)}!${letter}$1:${letter}${len(choices)}"


def _set_widths(sheet: Worksheet, form: Form, rows: Sequence[Cells]) -> None:
    for index, column in enumerate(form.columns, 1):
        texts = [column.name, *column.one_of, *_column_texts(column, rows)]
        width = max(map(shown_width, texts)) + 3
        sheet.column_dimensions[get_column_letter(index)].width = min(max(width, _NARROWEST), _WIDEST)


def _column_texts(column: Column, rows: Iterable[Cells]) -> Iterator[str]:
    return (row.get(column.name, "") for row in rows)


def sheet_title(title: str) -> str:
    """Return a title that a spreadsheet accepts for a sheet: 31 characters, none that it refuses."""
    return "".join(char for char in title if char not in "[]:*?/\\'")[:31] or "填报"
