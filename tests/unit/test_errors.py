"""Expected failures: each says what happened, where and what to do, and knows its status and exit code."""

import inspect

import pytest

from guantong import errors
from guantong.errors import (
    CommandRefused,
    ContentsRefused,
    GuantongError,
    InputRefused,
    PortTaken,
    Problem,
    SchoolUnknown,
    Unexpected,
    Unknown,
    error_body,
)

KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, GuantongError) and kind not in (GuantongError, errors.HasProblems, Unknown)
]


def test_each_kind_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in KINDS]
    assert len(set(codes)) == len(codes)
    assert "error" not in codes


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_chinese_text_a_status_and_an_exit_code(kind: type[GuantongError]) -> None:
    assert (kind.status in range(400, 600), kind.exit_code in range(1, 126)) == (True, True)
    assert any("一" <= sign <= "鿿" for sign in kind.text) or kind is CommandRefused
    assert kind.__doc__


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_speaks_of_its_inside(kind: type[GuantongError]) -> None:
    assert not any(word in kind.text + kind.remedy for word in ("Traceback", "Exception", "None", "errno"))


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem(rule="规则", remedy="改法。"), "规则。改法。"),
        (Problem(rule="规则", remedy="改法。", value="甲"), "规则（收到“甲”）。改法。"),
        (Problem(rule="规则", remedy="改法。", file="a.csv"), "a.csv：规则。改法。"),
        (Problem(rule="规则", remedy="改法。", file="a.csv", row=3, column="列"), "a.csv 第 3 行 “列”：规则。改法。"),
        (Problem(rule="规则", remedy="改法。", column="列"), "“列”：规则。改法。"),
        (Problem(rule="规则", remedy="改法。", row=0), "第 0 行：规则。改法。"),
    ],
)
def test_a_problem_is_one_line_that_leaves_out_what_is_unknown(problem: Problem, line: str) -> None:
    assert str(problem) == line


def test_the_details_fill_text_and_remedy() -> None:
    taken = PortTaken(port=8000, other=8123)
    assert str(taken) == taken.message + taken.next
    assert "8000" in taken.message
    assert "--port 8123" in taken.next
    assert taken.where == ""


def test_a_place_among_the_details_is_where_it_happened() -> None:
    assert Unexpected(where="第 3 行").where == "第 3 行"


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    assert "您要找的是不是：一职、二职？" in SchoolUnknown("三职", ["一职", "二职"]).message
    assert SchoolUnknown("三职").message == "没有学校“三职”。"


def test_a_name_with_braces_is_shown_as_it_was_written() -> None:
    assert "“{0}{near}”" in SchoolUnknown("{0}{near}").message


def test_every_problem_is_listed_on_a_line_of_its_own() -> None:
    refused = InputRefused(Problem(rule=f"规则{number}", remedy="改。", column=f"列{number}") for number in (1, 2))
    assert refused.message.splitlines() == ["有 2 处输入需要修改：", "“列1”：规则1。改。", "“列2”：规则2。改。"]
    assert refused.where == "“列1”"


def test_no_problem_has_no_place() -> None:
    assert ContentsRefused([]).where == ""


def test_the_one_error_body_has_four_keys() -> None:
    assert error_body(SchoolUnknown("三职")) == {
        "code": "school-unknown",
        "message": "没有学校“三职”。",
        "where": "",
        "next": "请核对名称，或从列表里选择。",
    }


def test_the_error_body_of_several_problems_holds_each_of_them() -> None:
    problem = Problem(rule="规则", remedy="改法。", file="a.csv", row=3, column="列", value="甲")
    assert error_body(ContentsRefused([problem]))["problems"] == [
        {"where": "a.csv 第 3 行 “列”", "column": "列", "value": "甲", "rule": "规则", "remedy": "改法。"}
    ]
