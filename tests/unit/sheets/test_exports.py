"""Tables that another system wrote: CSV in either encoding, every sheet of XLSX, and what is no table."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from guantong.sheets.exports import MOST_ROWS, read_export


def texts(content: bytes) -> list[list[list[str]]]:
    """The cells of every sheet as words."""
    sheets, problems = read_export(content, "导出")
    assert problems == []
    return [[[cell.text for cell in row] for row in sheet.rows.values()] for sheet in sheets]


def workbook(*rows: tuple[str, ...], second: tuple[str | int, ...] = ()) -> bytes:
    """A workbook with one sheet, or with two."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    if second:
        book.create_sheet("第二张").append(second)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_that_offices_use(encoding: str) -> None:
    assert texts("指标,数值\n毕业生人数,310\n".encode(encoding)) == [[["指标", "数值"], ["毕业生人数", "310"]]]


def test_every_sheet_of_a_workbook_is_read() -> None:
    assert texts(workbook(("指标", "数值"), second=("编号", 1))) == [[["指标", "数值"]], [["编号", "1"]]]


@pytest.mark.parametrize(
    "content", [b"PK not a workbook", b"\xff\xfe\x00\x01", b"", b"\xd0\xcf\x11\xe0\x00\x00"], ids=str
)
def test_what_is_no_table_is_one_problem(content: bytes) -> None:
    sheets, problems = read_export(content, "别的.xls")
    assert sheets == ()
    assert [(one.file, bool(one.remedy)) for one in problems] == [("别的.xls", True)]


def test_a_file_that_is_too_long_is_refused() -> None:
    assert "超过" in read_export(b"1\n" * (MOST_ROWS + 2), "长.csv")[1][0].rule
