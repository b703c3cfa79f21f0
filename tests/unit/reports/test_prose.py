"""Runs and prose: digits that nobody declared are refused when they are written."""

import pytest

from guantong.errors import InputRefused
from guantong.reports.prose import plain, prose
from guantong.reports.runs import Bound, Named, Quoted, Role, Text

PLAN = Bound("1,035", "beijing-2025:plan", "质量年报 表 2-5")


def test_a_sentence_binds_its_numbers_and_names_its_years() -> None:
    runs = prose("2025年计划招生{plan}人。", plan=PLAN)
    assert runs == (Named("2025", Role.YEAR), Text("年计划招生"), PLAN, Text("人。"))


@pytest.mark.parametrize(
    "sentence",
    [
        "2024—2025学年",
        "2025届毕业生",
        "2023级学生",
        "2025年9月1日起",
        "每年12月报告",
        "京教职成〔2023〕6号",
        "按第3.1.2条办理",
        "2025 年",
    ],
)
def test_years_dates_document_numbers_and_clauses_may_stand_unbound(sentence: str) -> None:
    assert plain(prose(sentence)) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "招生35人",
        "共1,2025年",
        "占74.2%",
        "约2025人",
        "12025年",
        "3个月",
        "13月",
        "表2-5",
        "第①项",
        "共２人",
        "3+2衔接",
        "增长5-2023年",
    ],
)
def test_any_other_digit_in_prose_is_refused(sentence: str) -> None:
    with pytest.raises(InputRefused, match="未绑定的数字"):
        prose(sentence)


def test_a_name_with_digits_stands_only_where_it_is_declared() -> None:
    assert prose("3+2衔接", names=("3+2",))[0] == Named("3+2", Role.NAME)
    with pytest.raises(InputRefused, match="未绑定的数字"):
        prose("13+2衔接", names=("3+2",))


def test_of_two_names_the_longer_one_is_meant() -> None:
    assert prose("学制3+2+2", names=("3+2", "3+2+2"))[1] == Named("3+2+2", Role.NAME)


def test_every_fault_of_a_sentence_is_reported_at_once() -> None:
    with pytest.raises(InputRefused) as refused:
        prose("有35人，{plan}，{other}，}", plan=PLAN, spare=PLAN)
    rules = [problem.rule for problem in refused.value.problems]
    assert len(rules) == 4
    assert {"没有给出这个数字", "句子里没有用到这个数字", "花括号没有配成一个名称"} < set(rules)


def test_text_holds_no_digit_and_nothing_invisible() -> None:
    for words in ("共5人", "第①项", "上\n下", "零\u200b宽", "私\ue000用"):
        with pytest.raises(InputRefused):
            Text(words)
    assert Text("全角　空格").text == "全角　空格"


def test_a_bound_number_has_a_number_a_fact_and_a_place() -> None:
    for parts in (("许多", "f", "p"), ("5", "", "p"), ("5", "f", ""), ("5\t", "f", "p")):
        with pytest.raises(InputRefused):
            Bound(*parts)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("1,035", Role.YEAR),
        ("2025年13月", Role.DATE),
        ("2023-6", Role.DOCUMENT),
        ("98.6%", Role.ORDER),
        ("表二", Role.CAPTION),
        ("十人", Role.NAME),
        ("98.6%", Role.CODE),
        ("3.", Role.HEADING),
    ],
)
def test_a_structural_number_must_have_the_form_of_its_role(text: str, role: Role) -> None:
    with pytest.raises(InputRefused, match="写法"):
        Named(text, role)


def test_a_quotation_names_who_said_it() -> None:
    assert Quoted("升学率98%", "某校案例").text == "升学率98%"
    with pytest.raises(InputRefused, match="谁说的"):
        Quoted("升学率98%", "")
