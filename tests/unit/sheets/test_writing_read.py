"""Forms taken back: the right form, every cell as its filler sees it, every Problem with its row."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from guantong.errors import Problem
from guantong.sheets import writing_read
from guantong.sheets.tables import Column, Row
from guantong.sheets.writing import Form
from guantong.sheets.writing_read import read_workbook
from guantong.sheets.writing_xlsx import MARKS, write_workbook

FORM = Form(
    id="indicators",
    version="3",
    title="学生发展",
    columns=(
        Column(name="指标", required=True),
        Column(name="数值"),
        Column(name="学号"),
        Column(name="人数", whole=True),
    ),
    identity=frozenset({"学号"}),
    particulars={"学校": "演示市东城职业学校"},
    most_rows=50,
)


def without_marks(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.remove(sheet.parent[MARKS])


def moved_back(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.move_sheet(sheet, 2)


def read(change: Callable[[Worksheet], object], form: Form = FORM) -> tuple[list[Row], list[Problem]]:
    book = openpyxl.load_workbook(BytesIO(write_workbook(FORM, [{"指标": "毕业率", "学号": "0012", "人数": "30"}])))
    change(book.worksheets[0])
    stream = BytesIO()
    book.save(stream)
    return read_workbook(form, stream.getvalue(), "表.xlsx")


def put(cell: str, value: object, number_format: str = "General") -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet[cell].value = value
        sheet[cell].number_format = number_format

    return change


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.742, "0.0%", "74.2%"),
        (0.07, "0%", "7%"),
        (1, "0.00%", "100%"),
        (74.2, '0.0"%"', "74.2%"),
        (74.2, r"0.0\%", "74.2%"),
        (74.2, "0.0", "74.2"),
        (30.0, "General", "30"),
        (1e-7, "General", "0.0000001"),
        (1.5e15, "General", "1500000000000000"),
        (True, "General", "是"),
        (False, "General", "否"),
        (date(2025, 9, 1), "yyyy-mm-dd", "2025-09-01"),
        (datetime(2025, 9, 1, 8, 30), "yyyy-mm-dd hh:mm", "2025-09-01 08:30:00"),
        (" 文字 ", "General", "文字"),
    ],
)
def test_a_cell_is_read_as_its_filler_sees_it(value: object, number_format: str, text: str) -> None:
    rows, problems = read(put("B2", value, number_format))
    assert (problems, rows[0]["数值"]) == ([], text)


@pytest.mark.parametrize(
    ("cell", "value", "column", "rule"),
    [
        ("B2", "=1+1", "数值", "这一格是公式"),
        ("D2", "=SUM(D3:D9)", "人数", "这一格是公式"),
        ("B2", "#DIV/0!", "数值", "这一格是计算错误"),
        ("C2", 12, "学号", "号码被存成了数字，后几位可能已经改变"),
        ("C2", 110101201001010018.0, "学号", "号码被存成了数字，后几位可能已经改变"),
        ("D2", 3.5, "人数", "应是不带逗号和单位的整数"),
    ],
)
def test_what_cannot_be_trusted_is_a_problem_with_row_and_column(
    cell: str, value: object, column: str, rule: str
) -> None:
    rows, problems = read(put(cell, value))
    assert rows == []
    assert [(problem.file, problem.row, problem.column, problem.rule) for problem in problems] == [
        ("表.xlsx", 2, column, rule)
    ]


def test_an_identity_number_is_not_repeated_in_its_problem() -> None:
    _, (problem,) = read(put("C2", 110101201001010018.0))
    assert problem.value == ""


def test_all_problems_of_a_file_are_collected_with_the_rows_of_the_sheet() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A5"], sheet["B5"], sheet["D5"] = "就业率", "=1", "三十"
        sheet["B9"] = 5
        sheet["A10"] = "升学率"

    rows, problems = read(change)
    assert [row.number for row in rows] == [2, 10]
    assert [(problem.row, problem.column) for problem in problems] == [(5, "数值"), (5, "人数"), (9, "指标")]


@pytest.mark.parametrize(
    ("form", "mark"),
    [
        (Form(id="other", version="3", title="甲", columns=FORM.columns, particulars=FORM.particulars), "表单"),
        (Form(id="indicators", version="4", title="甲", columns=FORM.columns, particulars=FORM.particulars), "版本"),
        (Form(id="indicators", version="3", title="甲", columns=FORM.columns, particulars={"学校": "西城"}), "学校"),
        (Form(id="indicators", version="3", title="甲", columns=FORM.columns, particulars={"学年": "2025"}), "学年"),
    ],
)
def test_another_form_or_version_is_named_before_anything_is_read(form: Form, mark: str) -> None:
    rows, problems = read(put("B2", "=1"), form)
    assert rows == []
    assert [mark in problem.rule for problem in problems] == [True]


def test_a_workbook_that_is_not_ours_is_refused() -> None:
    rows, (problem,) = read(without_marks)
    assert (rows, problem.rule) == ([], "不是本系统导出的表单")


NO_WORKBOOKS = {"空": b"", "开头": b"PK\x03\x04", "文字": b"a,b\n1,2", "截断": write_workbook(FORM)[:-200]}


@pytest.mark.parametrize("content", NO_WORKBOOKS.values(), ids=NO_WORKBOOKS.keys())
def test_a_file_that_is_no_workbook_is_one_problem(content: bytes) -> None:
    rows, (problem,) = read_workbook(FORM, content, "表.xlsx")
    assert (rows, problem.rule) == ([], "不是可以读取的 XLSX 文件")


def test_a_file_that_unpacks_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing_read, "MOST_BYTES", 100)
    _, (problem,) = read_workbook(FORM, write_workbook(FORM), "表.xlsx")
    assert problem.rule == "文件解开后太大"


def test_a_sheet_may_be_moved_behind_the_hidden_ones() -> None:
    rows, problems = read(moved_back)
    assert (len(rows), problems) == (1, [])


def test_more_rows_than_allowed_are_a_problem_even_after_a_gap() -> None:
    _, problems = read(put("A80", "就业率"))
    assert [problem.rule for problem in problems] == ["超过 50 行"]


@pytest.mark.parametrize(("cell", "rules"), [("A51", []), ("A52", ["超过 50 行"])])
def test_the_last_row_that_is_allowed_is_the_fiftieth_below_the_head(cell: str, rules: list[str]) -> None:
    _, problems = read(put(cell, "就业率"))
    assert [problem.rule for problem in problems] == rules


def test_rows_without_end_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing_read, "MOST_BLANK", 10)
    rows, problems = read(put("A40", "就业率"))
    assert ([row.number for row in rows], problems) == ([2], [])


def test_empty_cells_beyond_the_last_column_do_not_matter() -> None:
    rows, problems = read(put("H2", " "))
    assert (len(rows), problems) == (1, [])


def test_a_word_beyond_the_last_column_is_a_problem() -> None:
    _, problems = read(put("E2", "多余"))
    assert [(problem.row, problem.rule) for problem in problems] == [(2, "这一行有 5 格，表头有 4 格")]
