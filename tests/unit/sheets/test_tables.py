"""A declared table from CSV: what is read, and that every fault of the file is told at once."""

import pytest

from guantong.errors import Problem
from guantong.sheets import Column, Row, read_table

COLUMNS = (
    Column(name="id", required=True),
    Column(name="kind", one_of=("short", "long")),
    Column(name="count", whole=True),
    Column(name="code", form=r"\d{3}", form_text="三位数字"),
)
HEADER = "id,kind,count,code\n"


def read(text: str) -> tuple[list[Row], list[Problem]]:
    """The rows and the problems of a table."""
    return read_table(text, COLUMNS, "some.csv")


def only(text: str) -> Problem:
    """The one problem of a table."""
    _, (problem,) = read(text)
    return problem


def test_a_row_knows_its_number_and_its_cells() -> None:
    (row,), problems = read(HEADER + " a ,short, 3 ,007\n")
    assert (row.number, row["id"], row["kind"], row.whole("count"), row["code"]) == (2, "a", "short", 3, "007")
    assert problems == []


def test_an_empty_cell_is_unknown() -> None:
    (row,), _ = read(HEADER + "a,,,\n")
    assert (row["kind"], row.whole("count")) == ("", None)


def test_the_order_of_the_columns_is_free() -> None:
    (row,), _ = read("code,id,count,kind\n007,a,3,long\n")
    assert (row["id"], row["code"]) == ("a", "007")


@pytest.mark.parametrize("text", ["\ufeff" + HEADER + "a,,,\n", (HEADER + "a,,,\n").replace("\n", "\r\n")])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(text: str) -> None:
    rows, problems = read(text)
    assert ([row["id"] for row in rows], problems) == (["a"], [])


def test_blank_lines_are_passed_over_and_counted() -> None:
    rows, _ = read(HEADER + "\n,,,\na,,,\n")
    assert [row.number for row in rows] == [4]


def test_a_quoted_cell_keeps_its_comma_and_its_line_end() -> None:
    (row,), _ = read(HEADER + '"a,\nb",,,\n')
    assert row["id"] == "a,\nb"


def test_an_empty_file_is_refused() -> None:
    assert (only("").file, only("").rule) == ("some.csv", "文件是空的")


@pytest.mark.parametrize(
    ("header", "column", "rule", "remedy"),
    [
        ("id,kind,count", "code", "表头缺少这一列", "请补全表头"),
        ("id,kind,count,code,id", "id", "表头里这一列出现了不止一次", "请补全表头"),
        ("id,kind,count,code,coed", "coed", "表头里有不认识的列", "最接近的是 code。"),
        ("id,kind,count,code,备注", "备注", "表头里有不认识的列", "可用的列：id、kind、count、code。"),
    ],
)
def test_a_wrong_header_is_refused_and_no_row_is_read(header: str, column: str, rule: str, remedy: str) -> None:
    rows, (problem, *_) = read(f"{header}\na,short,3,007\n")
    assert rows == []
    assert (problem.row, problem.column, problem.rule) == (1, column, rule)
    assert problem.remedy.startswith(remedy)


@pytest.mark.parametrize(("cells", "found"), [("a,short", 2), ("a,short,3,007,more", 5)])
def test_a_row_with_too_few_or_too_many_cells_is_refused(cells: str, found: int) -> None:
    problem = only(HEADER + cells + "\n")
    assert (problem.row, problem.rule) == (2, f"这一行有 {found} 格，表头有 4 格")


@pytest.mark.parametrize(
    ("cells", "column", "value", "rule"),
    [
        (",short,3,007", "id", "", "不能为空"),
        ("  ,short,3,007", "id", "", "不能为空"),
        ("a,shrot,3,007", "kind", "shrot", "只能是 short、long 之一（最接近的是 short）"),
        ("a,其他,3,007", "kind", "其他", "只能是 short、long 之一"),
        ("a,short,三,007", "count", "三", "应是不带逗号和单位的整数"),
        ("a,short,3.0,007", "count", "3.0", "应是不带逗号和单位的整数"),
        ('a,short,"1,000",007', "count", "1,000", "应是不带逗号和单位的整数"),
        ("a,short,٣,007", "count", "٣", "应是不带逗号和单位的整数"),
        ("a,short,3,07", "code", "07", "应写成三位数字"),
        ("a,short,3,0071", "code", "0071", "应写成三位数字"),
        ("a,short,3,٠٠٧", "code", "٠٠٧", "应写成三位数字"),
    ],
)
def test_a_wrong_cell_is_named_with_row_column_and_value(cells: str, column: str, value: str, rule: str) -> None:
    problem = only(HEADER + "ok,short,1,001\n" + cells + "\n")
    assert (problem.row, problem.column, problem.value, problem.rule) == (3, column, value, rule)
    assert problem.remedy == "请改正这一格。"


def test_every_fault_of_the_file_is_told_and_only_sound_rows_are_read() -> None:
    rows, problems = read(HEADER + ",shrot,x,1\na,,,\nb\n")
    assert [row["id"] for row in rows] == ["a"]
    assert [(problem.row, problem.column) for problem in problems] == [
        (2, "id"),
        (2, "kind"),
        (2, "count"),
        (2, "code"),
        (4, ""),
    ]


@pytest.mark.parametrize("text", ['a,short,3,"007\nb,,,\n', 'a"b,"c"d,,\n'])
def test_an_open_quote_does_not_swallow_the_rows_behind_it(text: str) -> None:
    rows, (problem,) = read(HEADER + text)
    assert (rows, problem.file) == ([], "some.csv")
    assert "引号" in problem.rule
