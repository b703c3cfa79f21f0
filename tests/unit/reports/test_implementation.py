"""The implementation report as a paper: every number of it bound, the school's words quoted, the same for ever."""

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.cohorts.makers import History
from tests.unit.reports.implementation import NAMES, OUTLINE, WRITTEN, content, figures, histories

from guantong.cohorts import Standing
from guantong.errors import InputRefused
from guantong.reports import Paragraph, Table, lay_out, plain
from guantong.reports.implementation import (
    Answer,
    Signature,
    Written,
    blank,
    content_data,
    implementation_report,
    read_content,
    unfinished,
    with_words,
)
from guantong.reports.implementation.printing import Form, file_name, preview, printed
from guantong.reports.model import Cell
from guantong.reports.readback import docx_numbers
from guantong.reports.tokens import Kind, sheet_tokens

SIGNED = (
    Signature(capacity="演示第35职业学校负责人", name="演示甲", on=date(2026, 11, 25)),
    Signature(capacity="演示大学负责人"),
)
REPORT = implementation_report(content(), SIGNED, date(2026, 12, 1))


def table(label: str) -> dict[str, dict[str, str]]:
    """A table of the paper as rows by their first cell and columns by their head."""
    (found,) = (block for block in REPORT.blocks if isinstance(block, Table) and block.label == label)
    heads = [words(cell) for cell in found.header[0]]
    rows = [[words(cell) for cell in row] for row in found.rows]
    return {row[0]: dict(zip(heads[1:], row[1:], strict=True)) for row in rows}


def words(cell: Cell) -> str:
    return plain(cell.runs)


def test_the_content_comes_back_from_its_data_as_it_was() -> None:
    assert read_content(content_data(content())) == content()
    assert content().digest == read_content(content_data(content())).digest


def test_the_digest_is_over_figures_words_and_answers() -> None:
    first = content()
    fewer = replace(first.figures, cohorts=first.figures.cohorts[1:])
    others = [
        replace(first, figures=fewer),
        replace(first, names=replace(NAMES, partner="")),
        with_words(first, Written(texts={"goals": "改"}, answers={}, remarks={})),
        with_words(first, Written(texts={}, answers={"leading-group": "no"}, remarks={})),
        with_words(first, Written(texts={}, answers={}, remarks={"leading-group": "见附件"})),
    ]
    assert len({first.digest, *(other.digest for other in others)}) == 6


def test_the_plan_stands_against_the_intake_and_is_unknown_where_no_plan_is_on_record() -> None:
    rows = table("plan")
    assert (rows["2023级"]["计划数"], rows["2023级"]["录取"]) == ("40", "3")
    assert (rows["2024级"]["计划数"], rows["2024级"]["未报到"]) == ("未收录", "1")


def test_those_present_and_those_who_left_are_all_the_pupils() -> None:
    present, left = table("present"), table("left")
    assert present["2023级"] == {
        "中职在籍": "0", "高职在籍": "1", "本科在籍": "0", "休学": "1",
        "已录取未注册": "0", "保留入学资格": "0", "小计": "2",
    }  # fmt: skip
    assert left["2023级"]["已毕业退出"] == "1"
    assert int(present["合计"]["小计"]) + int(left["合计"]["小计"]) == len(histories())


def test_what_rests_on_unseen_documents_stands_apart_and_the_parts_add_up() -> None:
    rows = table("events")
    assert rows["留级"] == {"按规则或如实记录": "0", "经书面批准": "0", "依据未收录": "1", "合计": "1"}
    assert rows["毕业发证"]["依据未收录"] == "1"
    for row in rows.values():
        *parts, whole = map(int, row.values())
        assert sum(parts) == whole


def test_what_was_approved_stands_beside_what_the_rules_allow() -> None:
    leaver = History(cohort=2023).completed("secondary", "2026-06-20")
    leaver.add("left_project", "2026-07-01", Standing.APPROVED, because="own_choice", issuer="school-a")
    (found,) = (
        block
        for block in implementation_report(blank(NAMES, figures([leaver]), OUTLINE), SIGNED, None).blocks
        if isinstance(block, Table) and block.label == "events"
    )
    (line,) = ([words(cell) for cell in row] for row in found.rows if words(row[0]) == "毕业退出项目")
    assert line[1:] == ["0", "1", "0", "1"]


def test_every_total_is_the_sum_of_its_cohorts() -> None:
    for label in ("present", "left", "moves", "certificates", "funnel"):
        rows = table(label)
        total = rows.pop("合计")
        for head, value in total.items():
            assert int(value) == sum(int(row[head]) for row in rows.values()), (label, head)


def test_the_funnel_says_how_far_each_cohort_came() -> None:
    assert table("funnel")["2019级"] == {
        "录取": "2",
        "中职注册": "2",
        "高职注册": "1",
        "本科注册": "1",
        "全程毕业": "1",
    }


def test_obligations_are_answered_in_words() -> None:
    (found,) = (block for block in REPORT.blocks if isinstance(block, Table) and block.label == "duties")
    assert [words(cell) for cell in found.rows[1]] == [
        "四（三）3", "重大问题及时上报。", "另有说明", "本年度没有重大问题，共上报 0 件。",
    ]  # fmt: skip


def test_numbers_in_the_schools_own_words_are_quoted_and_all_others_bound_or_structure() -> None:
    tokens = sheet_tokens(lay_out(REPORT))
    quoted = [token.text for token in tokens if token.kind is Kind.QUOTED]
    assert quoted == ["2026", "12", "3", "25.5%", "0"]
    facts = [token for token in tokens if token.kind is Kind.FACT]
    assert len(facts) > 100
    assert {token.place for token in facts} == {"学籍登记汇总，截至 2026-11-20", "京教〔2023〕6号 附件 第 3 行"}


def test_a_draft_says_that_it_is_one_and_a_submitted_paper_does_not() -> None:
    assert plain(implementation_report(content(), SIGNED, None).number) == "未提交，供核对"
    assert REPORT.number == ()


def test_a_section_that_is_not_written_says_so() -> None:
    empty = implementation_report(blank(NAMES, figures(), OUTLINE), SIGNED, None)
    lines = [plain(block.runs) for block in empty.blocks if isinstance(block, Paragraph)]
    assert lines.count("（尚未编写）") == 2


def test_the_files_hold_every_number_and_are_the_same_each_time() -> None:
    for form in Form:
        first = printed(content(), SIGNED, date(2026, 12, 1), form)
        assert first == printed(content(), SIGNED, date(2026, 12, 1), form)
    numbers = docx_numbers(printed(content(), SIGNED, None, Form.DOCX))
    assert {"40", "25.5%", "2026", "35"} <= set(numbers)
    assert "演示大学负责人" in preview(content(), SIGNED, None)
    assert file_name(content(), Form.PDF) == "2026年度贯通培养项目实施报告-演示第35职业学校-机电技术应用.pdf"


def test_what_is_missing_is_told_part_by_part() -> None:
    bare = blank(NAMES, figures(), OUTLINE)
    told = with_words(bare, Written(texts={"goals": "有"}, answers={"leading-group": "explained"}, remarks={}))
    assert [problem.column for problem in unfinished(told)] == ["teaching", "leading-group"]
    assert unfinished(content()) == ()


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        (Written(texts={"goals": "长" * 6001}, answers={}, remarks={}), "超过 6000 字"),
        (Written(texts={"goals": "一\t二"}, answers={}, remarks={}), "看不见的字符"),
        (Written(texts={}, answers={}, remarks={"leading-group": "一\n二"}), "换行"),
        (Written(texts={}, answers={"leading-group": "是"}, remarks={}), "没有这个选项"),
        (Written(texts={"else": "一"}, answers={}, remarks={}), "没有这一项"),
    ],
)
def test_words_that_cannot_be_printed_are_refused(written: Written, rule: str) -> None:
    with pytest.raises(InputRefused, match=rule):
        with_words(content(), written)


def test_what_is_entered_is_tidied_and_the_rest_stays() -> None:
    changed = with_words(content(), Written(texts={"goals": " 一 \r\n\r\n 二 "}, answers={}, remarks={}))
    assert changed.sections[0].paragraphs == ("一", "二")
    assert changed.sections[1] == content().sections[1]
    assert changed.replies[1].answer is Answer.EXPLAINED
    assert changed.replies == content().replies
    assert WRITTEN.remarks["report-problems"] == changed.replies[1].remark
