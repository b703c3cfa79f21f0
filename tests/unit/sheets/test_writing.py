"""Forms as CSV: what is written comes back, and no cell turns into a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.errors import InputRefused
from guantong.sheets.tables import Column
from guantong.sheets.writing import BOM, Form, quoted, read_csv, unquoted, write_csv

ROSTER = Form(
    id="roster",
    version="1",
    title="新生名单",
    columns=(
        Column(name="姓名", required=True),
        Column(name="身份证件号"),
        Column(name="说明"),
        Column(name="人数", whole=True),
    ),
    identity=frozenset({"身份证件号"}),
)
CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30).map(str.strip)
ROWS = st.lists(st.fixed_dictionaries({"姓名": CELLS.filter(bool), "身份证件号": CELLS, "说明": CELLS}), max_size=6)


@given(ROWS)
def test_what_is_written_as_csv_is_read_back(rows: list[dict[str, str]]) -> None:
    rows = [row for row in rows if not any("\ufffe" <= char <= "\uffff" for cell in row.values() for char in cell)]
    read, problems = read_csv(ROSTER, write_csv(ROSTER, rows), "新生.csv")
    assert problems == []
    assert [row.cells for row in read] == [{**row, "人数": ""} for row in rows]


@given(ROWS)
def test_no_cell_of_a_csv_begins_like_a_formula(rows: list[dict[str, str]]) -> None:
    rows = [row for row in rows if not any("\ufffe" <= char <= "\uffff" for cell in row.values() for char in cell)]
    for line in csv.reader(io.StringIO(write_csv(ROSTER, rows).removeprefix(BOM), newline="")):
        assert not any(cell.startswith(tuple("=+-@＝＋－＠")) and quoted(cell) != cell for cell in line)


def test_a_csv_begins_with_a_byte_order_mark_and_its_columns() -> None:
    assert write_csv(ROSTER, []) == "\ufeff姓名,身份证件号,说明,人数\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@sum", "'=1", "''=1", "＝1", "-1+1"])
def test_a_cell_that_looks_like_a_formula_is_quoted_and_comes_back(text: str) -> None:
    assert quoted(text) == f"'{text}"
    assert unquoted(quoted(text)) == text


@pytest.mark.parametrize("text", ["-5", "-5.2%", "'", "'甲", "甲=乙", ""])
def test_plain_numbers_and_words_are_not_quoted(text: str) -> None:
    assert (quoted(text), unquoted(text)) == (text, text)


def test_a_column_the_form_does_not_have_is_refused() -> None:
    with pytest.raises(InputRefused, match="没有这一列"):
        write_csv(ROSTER, [{"姓名": "张某", "电话": "5"}])


UNKEPT = {"零": "\x00", "竖制表": "a\x0bb", "回车": "a\rb", "半个字": "\ud800", "太长": "甲" * 32_768}


@pytest.mark.parametrize("value", UNKEPT.values(), ids=UNKEPT.keys())
def test_what_no_sheet_can_keep_is_refused(value: str) -> None:
    with pytest.raises(InputRefused, match=r"控制字符|太长"):
        write_csv(ROSTER, [{"姓名": value}])


def test_more_rows_than_the_form_allows_are_refused() -> None:
    small = Form(id="a", version="1", title="甲", columns=(Column(name="甲"),), most_rows=2)
    with pytest.raises(InputRefused, match="超过 2 行"):
        write_csv(small, [{"甲": "乙"}] * 3)


def test_a_csv_with_a_broken_quotation_is_reported_with_its_line() -> None:
    _, problems = read_csv(ROSTER, '姓名,身份证件号,说明,人数\n"张某', "新生.csv")
    assert [problem.rule for problem in problems] == ["引号没有配成对，或一格太长"]
