"""Prefilling from a platform's export: empty cells only, by id or official name, and every doubt is told."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.indicators.catalogue import CATALOGUE

from guantong.indicators import Entry
from guantong.indicators.forms import LONGEST_METHOD, imported_from, is_imported
from guantong.indicators.prefilling import Prefilled, prefill
from guantong.reconciliation import Printed
from guantong.registry import Stage

(SECTION,) = CATALOGUE.sections(2025, Stage.COLLEGE)


def offered(text: str, **entered: str) -> Prefilled:
    """What a CSV offers for the section beside what is entered."""
    entries = {name: Entry(indicator=name, value=Printed.read(value)) for name, value in entered.items()}
    return prefill(SECTION, entries, text.encode(), "平台.csv")


def values(found: Prefilled) -> Mapping[str, str]:
    """The values that go into empty cells."""
    return {name: str(value) for name, value in found.offered.items()}


def test_a_row_is_met_by_its_id_or_its_name_however_wide_its_letters_are() -> None:
    assert values(offered('编号,数值\ngraduates,"1,204"\n')) == {"graduates": "1204"}
    assert values(offered("指标名称 ,本年\n指标placed,95\n指标 ｒａｔｅ,95.3%\n")) == {"placed": "95", "rate": "95.3"}


def test_titles_may_stand_above_the_heads() -> None:
    assert values(offered("某平台导出\n2025 年\n指标,数值\n指标placed,95\n")) == {"placed": "95"}


def test_an_entered_value_stays_and_the_other_one_is_told() -> None:
    found = offered("编号,数值\ngraduates,310\nplaced,95\n", graduates="300", placed="95")
    assert values(found) == {}
    assert [(str(one.entered), str(one.offered)) for one in found.differing] == [("300", "310")]


def test_an_empty_value_offers_nothing_and_is_no_zero() -> None:
    assert offered("编号,数值\ngraduates,\n") == Prefilled()


def test_rows_of_other_sections_are_counted_and_passed() -> None:
    found = offered("编号,指标,数值\nstaff,教职工,80\ngraduates,,310\n")
    assert (found.passed, values(found)) == (1, {"graduates": "310"})


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("编号,数值\ngraduates,约三百\n", "不是数字"),
        ("编号,数值\ngraduates,95%\n", "不是数字"),
        ("编号,数值\ngraduates,310\ngraduates,311\n", "不同的数"),
        ("编号,指标,数值\ngraduates,指标placed,310\n", "不是同一个指标"),
        ("编号,单位,数值\ngraduates,万人,3\n", "单位是万人"),
    ],
)
def test_what_is_in_doubt_is_told_with_its_row_and_not_filled_in(text: str, rule: str) -> None:
    found = offered(text)
    assert values(found) == {}
    (problem,) = found.problems
    assert rule in problem.rule
    assert problem.row
    assert problem.remedy


def test_one_row_that_cannot_be_read_leaves_its_indicator_empty() -> None:
    assert values(offered("编号,数值\ngraduates,310\ngraduates,许多\nplaced,95\n")) == {"placed": "95"}


def test_a_file_without_a_table_of_indicators_says_what_its_head_should_be() -> None:
    assert "表头应有" in offered("学校,人数\n甲,3\n").problems[0].remedy


@given(st.binary(max_size=300))
def test_whatever_is_uploaded_is_answered(content: bytes) -> None:
    prefill(SECTION, {}, content, "x")


def test_where_a_value_is_from_is_said_in_few_words() -> None:
    assert imported_from("C:\\导出\\平台.xlsx") == "导入自 平台.xlsx"
    assert imported_from("") == "导入自 平台导出"
    assert len(imported_from("长" * 90)) == LONGEST_METHOD
    assert is_imported(imported_from("a\nb"))
    assert not is_imported("网络问卷")
