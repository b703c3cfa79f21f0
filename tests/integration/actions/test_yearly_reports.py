"""Yearly reports of confirmed data: nothing is signed with a hole, and what is signed stays byte by byte."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from tests.collection import (
    CITY,
    DISTRICT_ID,
    DISTRICT_OFFICE,
    DUE,
    OFFICER,
    SCHOOL_HEAD,
    YEAR,
    confirm,
    fill,
    hand_in,
    opened,
    second_school,
)
from tests.desk import AUDITOR, OTHER_SCHOOL, SCHOOL, organisations_of_the_desk, person_of

from guantong.actions import cases, collection, journal, publication, yearly_reports
from guantong.actions.cases import NewCase
from guantong.actions.collection import Duty
from guantong.errors import (
    CaseUnknown,
    InputRefused,
    NotAllowed,
    OutlineUnknown,
    RecordChanged,
    SignedFileAltered,
    StepRefused,
    YearlyReportUnknown,
)
from guantong.people import Role
from guantong.registry import Stage
from guantong.reports import Table, plain
from guantong.store import models
from guantong.store.cases import CaseStanding

pytestmark = pytest.mark.usefixtures("sqlite")
CITY_AND_DISTRICT = replace(CITY, grants=(*CITY.grants, *DISTRICT_OFFICE.grants))
TEAM = person_of(Role.REPORT_TEAM, "city")
STRANGER = person_of(Role.QUALITY_OFFICER, OTHER_SCHOOL)
CHAPTERS = ("training", "service", "culture", "international", "enterprises", "support", "challenges")
WORDS = {f"own-{chapter}": "本节是编写人的文字。" for chapter in CHAPTERS}
CASE = NewCase(chapter="training", title="订单班的三年", text="我校与企业合办订单班，2026 年 38 人毕业。")


def received(foreign_students: str = "100") -> None:
    """A year of the school, received."""
    opened()
    fill(foreign_students=foreign_students)
    hand_in()
    confirm()


def signed(organisation: str = "city") -> str:
    """A signed report of the city after the year was published."""
    publication.publish_year(YEAR, by=CITY)
    yearly_reports.write_yearly(YEAR, organisation, WORDS, seen=0, by=TEAM)
    return yearly_reports.sign_yearly(YEAR, organisation, seen=1, by=CITY)


def words_of(content: bytes) -> str:
    """Every word of a DOCX, tables included."""
    document = Document(BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "".join("\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).split())


def test_a_school_s_report_prints_its_confirmed_figures_and_its_own_words_as_its_own() -> None:
    received()
    texts = {**WORDS, "own-culture": "我校 2026 年举办 3 场展演。"}
    yearly_reports.write_yearly(YEAR, SCHOOL, texts, seen=0, by=OFFICER)
    preview = yearly_reports.preview_yearly(YEAR, SCHOOL, by=SCHOOL_HEAD)
    assert preview.made.problems() == []
    yearly_reports.sign_yearly(YEAR, SCHOOL, seen=1, by=SCHOOL_HEAD)
    words = words_of(yearly_reports.take_yearly(YEAR, SCHOOL, "docx", by=OFFICER))
    assert "举办3场展演" in words
    assert "毕业生200人" in words
    assert len(preview.made.built.tables) == 6


def test_a_report_with_a_hole_is_not_signed() -> None:
    received()
    yearly_reports.write_yearly(YEAR, SCHOOL, {"own-training": "文字。"}, seen=0, by=OFFICER)
    with pytest.raises(InputRefused) as refused:
        yearly_reports.sign_yearly(YEAR, SCHOOL, seen=1, by=SCHOOL_HEAD)
    assert {problem.column for problem in refused.value.problems} >= {"文化传承", "面临挑战"}
    assert models.YearlyReportFile.objects.count() == 0


def test_a_report_of_unconfirmed_data_is_not_signed() -> None:
    opened()
    fill()
    yearly_reports.write_yearly(YEAR, SCHOOL, WORDS, seen=0, by=OFFICER)
    with pytest.raises(InputRefused) as refused:
        yearly_reports.sign_yearly(YEAR, SCHOOL, seen=1, by=SCHOOL_HEAD)
    assert any(problem.rule == "数据还没有确认" for problem in refused.value.problems)


def test_whoever_wrote_a_report_does_not_sign_it() -> None:
    received()
    both = replace(SCHOOL_HEAD, grants=(*SCHOOL_HEAD.grants, *OFFICER.grants))
    yearly_reports.write_yearly(YEAR, SCHOOL, WORDS, seen=0, by=both)
    with pytest.raises(NotAllowed, match="您写的"):
        yearly_reports.sign_yearly(YEAR, SCHOOL, seen=1, by=both)


def test_the_city_s_report_adds_up_every_school_or_is_not_signed() -> None:
    received()
    organisations_of_the_desk([OTHER_SCHOOL])
    collection.name_duty(YEAR, Duty(organisation=OTHER_SCHOOL, stage=Stage.SECONDARY), by=CITY)
    yearly_reports.write_yearly(YEAR, "city", WORDS, seen=0, by=TEAM)
    with pytest.raises(InputRefused) as refused:
        yearly_reports.sign_yearly(YEAR, "city", seen=1, by=CITY)
    assert any("毕业生人数（中职）" in problem.value for problem in refused.value.problems)
    collection.exempt_organisation(YEAR, OTHER_SCHOOL, "无生单位", seen=1, by=CITY)
    with pytest.raises(InputRefused, match="公布"):
        yearly_reports.sign_yearly(YEAR, "city", seen=1, by=CITY)
    publication.publish_year(YEAR, by=CITY)
    assert yearly_reports.sign_yearly(YEAR, "city", seen=1, by=CITY).startswith("sha256:")


def test_an_authority_writes_numbers_only_as_slots() -> None:
    received()
    with pytest.raises(InputRefused, match="未绑定"):
        yearly_reports.write_yearly(YEAR, "city", {"own-training": "毕业生 200 人。"}, seen=0, by=TEAM)
    assert models.YearlyReport.objects.count() == 0
    bound = {**WORDS, "own-training": "中职毕业生 {form.graduates;secondary}。"}
    publication.publish_year(YEAR, by=CITY)
    yearly_reports.write_yearly(YEAR, "city", bound, seen=0, by=TEAM)
    yearly_reports.sign_yearly(YEAR, "city", seen=1, by=CITY)
    assert "中职毕业生200人" in words_of(yearly_reports.take_yearly(YEAR, "city", "docx", by=TEAM))


def test_a_slot_that_cannot_be_read_is_a_problem_and_not_an_accident() -> None:
    received()
    with pytest.raises(InputRefused):
        yearly_reports.write_yearly(YEAR, "city", {"own-training": "毕业生 {nothing}。"}, seen=0, by=TEAM)


def test_a_district_s_report_adds_up_the_schools_below_it() -> None:
    received()
    publication.publish_year(YEAR, by=CITY)
    writer = replace(DISTRICT_OFFICE, id="district-writer")
    bound = {**WORDS, "own-training": "中职毕业生 {form.graduates;secondary}。"}
    yearly_reports.write_yearly(YEAR, DISTRICT_ID, bound, seen=0, by=writer)
    yearly_reports.sign_yearly(YEAR, DISTRICT_ID, seen=1, by=DISTRICT_OFFICE)
    assert "中职毕业生200人" in words_of(yearly_reports.take_yearly(YEAR, DISTRICT_ID, "docx", by=DISTRICT_OFFICE))


def seen_in(organisation: str) -> dict[str, str]:
    """What the tables of an authority's report say by indicator, where only secondary schools report."""
    report = yearly_reports.preview_yearly(YEAR, organisation, by=CITY_AND_DISTRICT).made.built.report
    rows = [row for block in report.blocks if isinstance(block, Table) for row in block.rows if len(row) == 3]
    return {plain(row[0].runs): plain(row[2].runs) for row in rows}


@pytest.mark.parametrize("organisation", ["city", DISTRICT_ID])
def test_an_authority_s_report_prints_rates_of_the_sums_and_surveys_by_their_sample(organisation: str) -> None:
    received()
    second_school(OTHER_SCHOOL, {"graduates": "100", "placed": "100", "placement_rate": "100.0"})
    said = seen_in(organisation)
    assert said["毕业去向落实率"] == "96.67%"
    assert said["在校生满意度"] == "90.0%（120 人）"
    assert said["自主创业率"] == "未收集分子或分母"


@pytest.mark.parametrize("organisation", ["city", DISTRICT_ID])
def test_an_authority_s_report_hides_small_counts_and_what_would_tell_them(organisation: str) -> None:
    received(foreign_students="0")
    second_school(OTHER_SCHOOL, {"foreign_students": "3"})
    assert seen_in(organisation)["国（境）外留学生人数"] == "*"
    assert seen_in(organisation)["毕业生人数"] == "400"


def test_a_district_s_sum_that_would_tell_a_school_s_small_count_is_hidden() -> None:
    received()
    second_school(OTHER_SCHOOL, {"foreign_students": "3"})
    assert seen_in("city")["国（境）外留学生人数"] == "103"
    assert seen_in(DISTRICT_ID)["国（境）外留学生人数"] == "*"


def test_the_years_before_stand_in_the_chart_with_their_sources_by_name() -> None:
    opened(year=YEAR - 1)
    fill(year=YEAR - 1)
    hand_in(year=YEAR - 1)
    confirm(year=YEAR - 1)
    collection.open_year(YEAR, DUE, by=CITY)
    collection.name_duty(YEAR, Duty(organisation=SCHOOL, stage=Stage.SECONDARY), by=CITY)
    fill()
    hand_in()
    confirm()
    signed()
    words = words_of(yearly_reports.take_yearly(YEAR, "city", "docx", by=TEAM))
    assert f"各校{YEAR - 1}年质量年报填报数据的合计》" in words
    assert "submission:" not in words


def test_a_survey_of_schools_is_drawn_and_signed() -> None:
    received()
    signed()
    built = yearly_reports.preview_yearly(YEAR, "city", by=CITY).made.built
    assert {"q2", "q2-chart"} <= set(built.tables)
    assert "90.0%（60人）" in words_of(yearly_reports.take_yearly(YEAR, "city", "docx", by=TEAM))


def test_what_is_signed_is_frozen_until_it_is_returned_and_for_ever_once_published() -> None:
    received()
    digest = signed()
    before = {ending: yearly_reports.take_yearly(YEAR, "city", ending, by=TEAM) for ending in ("docx", "pdf", "html")}
    with pytest.raises(StepRefused):
        yearly_reports.write_yearly(YEAR, "city", WORDS, seen=2, by=TEAM)
    yearly_reports.return_yearly(YEAR, "city", seen=2, by=CITY)
    with pytest.raises(YearlyReportUnknown):
        yearly_reports.take_yearly(YEAR, "city", "pdf", by=TEAM)
    assert yearly_reports.sign_yearly(YEAR, "city", seen=3, by=CITY) == digest
    yearly_reports.publish_yearly(YEAR, "city", seen=4, by=CITY)
    publication.correct_value(YEAR, SCHOOL, "graduates", "210", "抄错", by=CITY)
    for ending, content in before.items():
        assert yearly_reports.take_yearly(YEAR, "city", ending, by=OFFICER) == content
    with pytest.raises(StepRefused):
        yearly_reports.return_yearly(YEAR, "city", seen=5, by=CITY)
    assert journal.verify_journal(by=AUDITOR).ok


def test_a_file_that_was_changed_past_the_system_is_not_handed_out() -> None:
    received()
    signed()
    models.YearlyReportFile.objects.filter(ending="pdf").update(content=b"other")
    with pytest.raises(SignedFileAltered):
        yearly_reports.take_yearly(YEAR, "city", "pdf", by=TEAM)


def test_nobody_reads_another_s_report_before_it_is_published() -> None:
    received()
    yearly_reports.write_yearly(YEAR, SCHOOL, WORDS, seen=0, by=OFFICER)
    with pytest.raises(YearlyReportUnknown):
        yearly_reports.preview_yearly(YEAR, SCHOOL, by=STRANGER)
    with pytest.raises(YearlyReportUnknown):
        yearly_reports.write_yearly(YEAR, SCHOOL, WORDS, seen=1, by=STRANGER)
    with pytest.raises(RecordChanged):
        yearly_reports.write_yearly(YEAR, SCHOOL, WORDS, seen=0, by=OFFICER)
    assert yearly_reports.list_yearly(YEAR, by=STRANGER) == ()
    with pytest.raises(OutlineUnknown):
        yearly_reports.preview_yearly(2020, SCHOOL, by=OFFICER)
    with pytest.raises(InputRefused):
        yearly_reports.write_yearly(YEAR, SCHOOL, {"own-nothing": "文字"}, seen=1, by=OFFICER)


def test_an_accepted_case_stands_in_the_report_as_the_school_s_own_statement() -> None:
    received()
    accepted = cases.submit_case(YEAR, SCHOOL, CASE, by=OFFICER)
    other = cases.submit_case(YEAR, SCHOOL, replace(CASE, title="另一个案例"), by=OFFICER)
    cases.accept_case(accepted, seen=1, by=TEAM)
    cases.turn_down_case(other, "与前一个案例重复", seen=1, by=TEAM)
    signed()
    words = words_of(yearly_reports.take_yearly(YEAR, "city", "docx", by=TEAM))
    assert "订单班的三年" in words
    assert "自述，未经核实" in words
    assert "另一个案例" not in words
    found = {one.id: one for one in cases.list_cases(YEAR, by=OFFICER)}
    assert (found[other].standing, found[other].reason) == (CaseStanding.TURNED_DOWN, "与前一个案例重复")
    assert cases.list_cases(YEAR, by=STRANGER) == ()


def test_a_case_names_nobody_and_is_not_too_long() -> None:
    received()
    bad = NewCase(chapter="nothing", title="", text="电话 13800000000" + "长" * 1_500)
    with pytest.raises(InputRefused) as refused:
        cases.submit_case(YEAR, SCHOOL, bad, by=OFFICER)
    assert len(refused.value.problems) == 4
    with pytest.raises(NotAllowed):
        cases.submit_case(YEAR, SCHOOL, CASE, by=STRANGER)
    case = cases.submit_case(YEAR, SCHOOL, CASE, by=OFFICER)
    with pytest.raises(NotAllowed):
        cases.accept_case(case, seen=1, by=OFFICER)
    with pytest.raises(InputRefused):
        cases.turn_down_case(case, " ", seen=1, by=TEAM)
    with pytest.raises(RecordChanged):
        cases.accept_case(case, seen=2, by=TEAM)
    with pytest.raises(CaseUnknown):
        cases.accept_case("nothing", seen=1, by=TEAM)
