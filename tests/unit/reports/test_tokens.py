"""Number tokens: what the model lists, and how a list of found numbers is put against it."""

from collections.abc import Sequence

import pytest
from tests.unit.reports.samples import FAR, number, plan_table, short_report

from guantong.errors import InputRefused
from guantong.reports.accounts import account_pages
from guantong.reports.layout import lay_out
from guantong.reports.model import Paragraph
from guantong.reports.pieces import Line, Style
from guantong.reports.prose import prose
from guantong.reports.runs import Bound, Named, Quoted, Role, Said, Text
from guantong.reports.tokens import Kind, Stretch, Token, account, line_tokens, sheet_tokens


def line(*runs: Said) -> Line:
    return Line(Style.BODY, runs)


def stretch(*texts: str, again: bool = False, end: bool = False) -> Stretch:
    return Stretch(tuple(Token(text, Kind.FACT, "f", "p", "") for text in texts), again, end)


def rules(stretches: Sequence[Stretch], *pages: Sequence[str]) -> list[str]:
    return [problem.rule for problem in account_pages(stretches, pages)]


TABLE = (stretch("2025", again=True), stretch("1", "2"), stretch("3", "4"), stretch(end=True), stretch("9"))


def test_each_token_says_what_it_is() -> None:
    quoted = Quoted("第1名", "某校案例")
    tokens = line_tokens(
        line(Named("2025", Role.YEAR), Text("年招"), Bound("1,035", "demo:plan", FAR), Text("，"), quoted)
    )
    assert [(token.text, token.kind, token.reference) for token in tokens] == [
        ("2025", Kind.STRUCTURE, "年份"),
        ("1,035", Kind.FACT, "demo:plan"),
        ("1", Kind.QUOTED, "某校案例"),
    ]
    assert tokens[1].place == FAR


def test_a_run_may_print_several_numbers() -> None:
    tokens = line_tokens(line(Named("2025年9月1日", Role.DATE)))
    assert [token.text for token in tokens] == ["2025", "9", "1"]


@pytest.mark.parametrize(
    "runs",
    [
        (number("5"), Text("%")),
        (Text("减少-"), number("5")),
        (number("1"), Text("."), number("5")),
        (Named("2025", Role.YEAR), number("35")),
    ],
)
def test_two_runs_may_not_grow_together_into_one_number(runs: tuple[Said, ...]) -> None:
    with pytest.raises(InputRefused, match="连成了一个数字"):
        line_tokens(line(*runs))


def test_the_tokens_of_a_paper_come_in_the_order_of_print() -> None:
    sheet = lay_out(short_report(prose("2025年"), plan_table(2), prose("{n}人", n=number("7"))))
    texts = [token.text for token in sheet_tokens(sheet)]
    body = ["1", "710201", "37", "70.1%", "2", "710202", "44", "70.2%"]
    assert texts == ["2025", "1", "2025", *body, "2024", "2025", "7"]


@pytest.mark.parametrize(
    ("found", "rule"),
    [
        (("2025", "1035"), "第 2 个数字应是“1,035”（事实：demo:1）"),
        (("2025", "1,035", "7"), "第 3 个数字没有来由"),
        (("2025",), "第 2 个数字“1,035”（事实：demo:1）没有印出"),
        (("1,035", "2025"), "第 1 个数字应是“2025”（结构：年份）"),
    ],
)
def test_a_number_too_many_too_few_or_different_is_a_problem(found: tuple[str, ...], rule: str) -> None:
    sheet = lay_out(short_report(Paragraph(prose("2025年{n}人", n=number("1,035")))))
    (problem,) = account(sheet_tokens(sheet), found, "报告.docx")
    assert (problem.file, problem.rule) == ("报告.docx", rule)


def test_the_head_of_a_table_may_come_again_on_a_new_page_within_it() -> None:
    assert rules(TABLE, ["2025", "1", "2", "3", "4", "9"]) == []
    assert rules(TABLE, ["2025", "1", "2"], ["2025", "3", "4", "9"]) == []
    assert rules(TABLE, ["2025", "1", "2"], ["3", "4", "9"]) == []
    assert rules(TABLE, ["2025", "1", "2", "3", "4"], ["2025", "9"]) == []
    assert rules(TABLE, ["2025"], ["2025", "1", "2", "3", "4", "9"]) == []


@pytest.mark.parametrize(
    "pages",
    [
        (["2025", "1", "2", "2025", "3", "4", "9"],),
        (["2025", "1", "2"], ["2024", "3", "4", "9"]),
        (["2025", "1", "2", "3", "4", "9"], ["2025"]),
        (["2025", "1", "2", "3", "4"], ["9", "2025"]),
        (["2025", "1", "2", "3", "4"],),
        (["2025", "1", "2"], ["2025"], ["3", "4"]),
        (["2025", "1", "2", "3", "4", "9", "9"],),
        ([],),
    ],
)
def test_a_head_comes_again_nowhere_else_and_nothing_may_be_missing(pages: tuple[list[str], ...]) -> None:
    assert len(rules(TABLE, *pages)) == 1


def test_a_page_that_ends_within_a_repeated_head_is_not_accounted_for() -> None:
    wide = (stretch("2024", "2025", again=True), stretch("1"), stretch("2"), stretch(end=True))
    assert rules(wide, ["2024", "2025", "1"], ["2024", "2025", "2"]) == []
    assert len(rules(wide, ["2024", "2025", "1"], ["2024"], ["2"])) == 1
