"""Yearly reports: text and tables print the same facts, and what is not on record is listed, never filled in."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reports.yearly import built, fact, outline, say, table

from guantong.errors import InputRefused
from guantong.reports import Bound, Figure, Heading, Paragraph, Quoted, Table, lay_out, plain
from guantong.reports.compliance import check_compliance
from guantong.reports.files import write_files
from guantong.reports.model import Block
from guantong.reports.readback import docx_numbers
from guantong.reports.yearly import Built, Case

PUPILS = fact("pupils", "51,730", "higher", number="t")
FEWER = fact("pupils.change", "-248", "higher", compared=2024)
SHARE = fact("rate", "73.310", "higher", unit="%")


def texts(made: Built) -> list[str]:
    """What the paragraphs say."""
    return [plain(block.runs) for block in made.report.blocks if isinstance(block, Paragraph)]


def tables(made: Built) -> dict[str, Table]:
    """Tables by label."""
    return {block.label: block for block in made.report.blocks if isinstance(block, Table)}


def cells(made: Built, label: str) -> list[list[str]]:
    """Rows of a table as words."""
    return [[plain(cell.runs) for cell in row] for row in tables(made)[label].rows]


def test_a_fact_is_printed_with_commas_in_its_own_unit_and_at_its_printed_precision() -> None:
    made = built(table(PUPILS, SHARE, FEWER), say("有 {pupils;higher}，占 {rate;higher}。"))
    assert texts(made)[0] == "有 51,730人，占 73.310%。"
    assert {one.id for one in made.used} == {PUPILS.id, SHARE.id}


def test_a_direction_is_bound_to_the_sign_of_a_change() -> None:
    sentence = say("比上年{pupils.change;higher|more} {pupils.change;higher|size}。")
    assert texts(built(table(FEWER), sentence))[0] == "比上年减少 248人。"
    more = fact("pupils.change", "3", "higher", compared=2024)
    assert texts(built(table(more), sentence))[0] == "比上年增加 3人。"
    assert texts(built(table(more), say("{pupils.change;higher|rise}")))[0] == "上升"
    assert texts(built(table(fact("pupils.change", "0", "higher", compared=2024)), sentence))[0] == "比上年持平 0人。"


def test_only_a_change_has_a_direction() -> None:
    with pytest.raises(ValueError, match="只有增减才有方向"):
        built(table(PUPILS), say("{pupils;higher|more}"))


def test_a_sentence_without_its_fact_is_left_out_and_listed() -> None:
    made = built(table(PUPILS), say("有 {pupils;higher}。", "又有 {rate;secondary}。"))
    assert texts(made)[0] == "有 51,730人。"
    assert cells(made, "annex") == [["概况", "项目rate（中职学校）"]]
    assert made.faults() == ()
    assert made.faults(strict=True) == made.missing


def test_a_required_sentence_without_its_fact_is_a_fault() -> None:
    made = built(table(PUPILS), say("有 {rate;higher}。", required=True))
    assert [gap.wanted for gap in made.faults()] == ["rate@city;2025;higher"]


def test_two_candidates_are_a_fault_until_scope_or_place_tells_them_apart() -> None:
    other = fact("pupils", "49,930", "higher", table="表 3-1 情况", number="u")
    facts = table(PUPILS, other)
    assert len(built(facts, say("{pupils;higher}")).faults()) == 1
    assert texts(built(facts, say("{pupils;higher;3-1}")))[0] == "49,930人"
    assert texts(built(facts, say("{pupils;higher;表 2-1}")))[0] == "51,730人"
    assert texts(built(facts, say(f"{{pupils;higher;{other.id}}}")))[0] == "49,930人"


def test_another_scope_never_answers() -> None:
    assert built(table(PUPILS), say("{pupils;secondary}")).missing
    assert built(table(PUPILS), say("{pupils;-}")).missing
    assert texts(built(table(fact("pupils", "7")), say("{pupils;-}")))[0] == "7人"


def test_another_year_is_bound_only_where_the_sentence_names_it() -> None:
    facts = table(fact("pupils", "40", "higher", year=2024))
    assert texts(built(facts, say("2024 年有 {pupils;2024;higher}。")))[0] == "2024 年有 40人。"
    with pytest.raises(InputRefused) as refused:
        built(facts, say("去年有 {pupils;2024;higher}。"))
    assert "没有写明年份" in refused.value.problems[0].rule
    assert built(facts, say("{pupils;higher}")).missing


def test_another_subject_is_asked_by_name() -> None:
    facts = table(fact("pupils", "12", subject="district:a"))
    assert texts(built(facts, say("{pupils@district:a}")))[0] == "12人"


def test_a_digit_outside_a_slot_is_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        built(table(PUPILS), say("有 51730 人。"))
    assert "未绑定的数字" in refused.value.problems[0].rule
    assert texts(built(table(PUPILS), say("1+X 证书试点有 {pupils;higher}。")))[0].startswith("1+X")


ROWS = {
    "table": {
        "id": "t",
        "caption": "情况",
        "columns": ["项目", "高职", "中职"],
        "rows": [
            {"head": ["人数"], "cells": ["pupils;higher|number", "pupils;secondary|number"]},
            {"head": ["占比"], "cells": ["rate;secondary", "-"]},
        ],
    }
}


def test_a_row_is_printed_where_one_of_its_facts_is_there() -> None:
    made = built(table(PUPILS), ROWS)
    assert cells(made, "t") == [["人数", "51,730", "—"]]
    assert plain(tables(made)["t"].notes[-1]) == "资料来源：《演示年报（2025 年）》，表 2-1。"
    assert len(cells(made, "annex")) == 2


def test_a_table_without_any_fact_does_not_stand() -> None:
    assert "t" not in tables(built(table(), ROWS, required=True))


GRADES = {"grades": {"id": "g", "caption": "等级", "counts": "majors;grade-*", "decimals": 1}}


def test_a_table_of_grades_is_computed_from_the_counts_and_says_so() -> None:
    counts = [fact("majors", "1", "grade-a-plus", unit="个"), fact("majors", "2", "grade-b-minus", unit="个")]
    made = built(table(*counts), GRADES)
    assert cells(made, "g")[0] == ["A+", "1", "33.3%", "1", "33.3%"]
    assert cells(made, "g")[-1] == ["合计", "3", "100%", "3", "100%"]
    shares = [cell.runs[0] for cell in tables(made)["g"].rows[0][2:3]]
    assert isinstance(shares[0], Bound)
    assert "计算" in shares[0].place
    assert made.missing == ()


CHART = {
    "chart": {
        "id": "c",
        "caption": "历年人数",
        "attribute": "pupils",
        "strands": [{"name": "高职", "scope": "higher"}, {"name": "中职", "scope": "secondary"}],
    }
}


def test_a_chart_stands_beside_its_table_and_leaves_gaps_open() -> None:
    years = [fact("pupils", str(40 + year - 2020), "higher", year=year) for year in (2020, 2021, 2025)]
    made = built(table(*years), CHART)
    (figure,) = [block for block in made.report.blocks if isinstance(block, Figure)]
    assert "高职：2020 40，2021 41；高职：2025 45" in figure.alt
    assert cells(made, "c-table") == [["2020", "40"], ["2021", "41"], ["2025", "45"]]


def test_one_year_is_no_chart_and_later_years_are_not_drawn() -> None:
    years = [fact("pupils", "40", "higher", year=year) for year in (2025, 2026)]
    made = built(table(*years), CHART, required=True)
    assert not [block for block in made.report.blocks if isinstance(block, Figure)]
    assert cells(made, "annex") == [["历年人数", "项目pupils"]]


def test_a_case_is_framed_as_the_school_s_own_statement() -> None:
    case = Case(school="演示学校", title="三年 3 个项目", text="就业率 98%。\n\n又一段 12 人。", chapter="training")
    made = built(table(PUPILS), say("{pupils;higher}"), {"cases": "training"}, {"cases": "other"}, cases=(case,))
    assert texts(made)[1] == "案例　三年 3 个项目（演示学校自述，未经核实）"
    quoted = [
        run
        for block in made.report.blocks
        if isinstance(block, Paragraph)
        for run in block.runs
        if isinstance(run, Quoted)
    ]
    assert [run.source for run in quoted] == ["演示学校"] * 3


def test_an_empty_chapter_is_left_out_unless_it_is_required() -> None:
    assert headings(built(table(PUPILS))) == []
    assert headings(built(table(PUPILS), required=True)) == ["概况"]


def headings(made: Built) -> list[str]:
    """The headings of the body."""
    titles: list[Block] = [block for block in made.report.blocks if isinstance(block, Heading) and block.numbered]
    return [plain(block.runs) for block in titles if isinstance(block, Heading)]


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.decimals(0, 100, places=2))
def test_whatever_the_facts_text_and_table_print_the_same(high: int, low: int, rate: Decimal) -> None:
    facts = table(
        fact("pupils", str(high), "higher"),
        fact("pupils", str(low), "secondary"),
        fact("rate", str(rate), "secondary", unit="%"),
    )
    made = built(facts, say("{pupils;higher|number} 与 {pupils;secondary|number}，{rate;secondary}。"), ROWS)
    said = texts(made)[0]
    assert said == f"{cells(made, 't')[0][1]} 与 {cells(made, 't')[0][2]}，{cells(made, 't')[1][1]}。"


def test_every_number_of_the_files_is_accounted_for() -> None:
    years = [fact("pupils", f"{40 + year}", "secondary", year=year) for year in (2023, 2024, 2025)]
    made = built(table(PUPILS, SHARE, *years), say("有 {pupils;higher}，占 {rate;higher}。"), ROWS, CHART)
    files = write_files(made.report)
    assert set(files) == {"docx", "pdf", "html"}
    assert {"51,730", "73.310%"} <= set(docx_numbers(files["docx"]))
    assert lay_out(made.report).title == "演示市年报"


@pytest.mark.parametrize(
    ("part", "rule"),
    [
        (say("{nobody}"), "没有这个统计项目"),
        (say("{pupils;higher|loud}"), "没有这种写法"),
        (say("{pupils;higher;2-1;3-1}"), "绑定写法"),
        ({"shout": 1}, "每一段只能是"),
        ({"table": {**ROWS["table"], "columns": ["项目"]}}, "表头有 1 栏"),
        ({"indicators": {"id": "i", "table": "t", "columns": ["高职"], "scopes": []}}, "一一对应"),
        ({"chart": {**CHART["chart"], "strands": [{"name": "高职", "scope": "nowhere"}]}}, "没有这个口径"),
        (say("好。", required=True) | {"extra": 1}, "不认识这个键"),
    ],
)
def test_an_outline_that_does_not_hold_is_refused(part: object, rule: str) -> None:
    _, problems = outline(part)
    assert any(rule in problem.rule for problem in problems)


def test_one_id_stands_once() -> None:
    _, problems = outline(ROWS, ROWS)
    assert any("不止一次" in problem.rule for problem in problems)


def test_before_signing_structure_and_personal_data_are_checked() -> None:
    case = Case(school="演示学校", title="案例", text="电话 13800000000，信箱 a@b.cn", chapter="x")
    parts = (say("{pupils;higher}"), {"cases": "x"})
    sound, _ = outline(*parts)
    compliance = check_compliance(sound, built(table(PUPILS), *parts, cases=(case,)))
    assert [problem.rule for problem in compliance.personal] == ["像是手机号码", "像是电子邮箱"]
    assert compliance.personal[0].value == "138…"
    assert not compliance.ready(strict=False)
    empty, _ = outline(required=True)
    assert [one.rule for one in check_compliance(empty, built(table(), required=True)).structure] == ["标题下没有内容"]
    whole = check_compliance(sound, built(table(PUPILS), *parts))
    assert whole.ready(strict=True)
    assert set(whole.as_json()) == {"missing", "ambiguous", "structure", "personal"}


def test_strictly_nothing_may_be_missing() -> None:
    made, _ = outline(say("{pupils;higher}"), ROWS)
    compliance = check_compliance(made, built(table(PUPILS), say("{pupils;higher}"), ROWS))
    assert (compliance.ready(strict=False), compliance.ready(strict=True)) == (True, False)
