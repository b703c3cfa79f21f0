"""The demonstration's years of reporting: past ones are whole, and the open one can be brought to its end."""

from collections.abc import Iterator

import pytest
from tests.desk import AUDITOR, OPERATOR
from tests.integration.conftest import using
from tests.integration.demo.conftest import untouched
from tests.staff import signed_in

from guantong.actions import (
    collecting,
    collection,
    demo,
    diagnosing,
    filling,
    grading,
    journal,
    publication,
    rectification,
    yearly_reports,
)
from guantong.actions.books import contents
from guantong.actions.demo_quality import People, load_quality_years
from guantong.actions.filling import Typed
from guantong.actions.opening import open_demo
from guantong.diagnosis import FindingKind
from guantong.indicators.grading import MajorGrade
from guantong.people import Role
from guantong.store import collection as kept

GONGYE, SHANGMAO, ZHIYUAN = "yanshi-gongye", "yanshi-shangmao", "yanshi-zhiyuan"
LAST, NOW = 2025, 2026


@pytest.fixture(scope="module")
def people(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    """A small demonstration with its years of reporting."""
    with using(untouched("sqlite", tmp_path_factory.mktemp("quality"), request)):
        open_demo()
        loaded = demo.load_demo(share=0.05, by=OPERATOR)
        load_quality_years(loaded.accounts)
        yield People(loaded.accounts)


def test_the_open_year_shows_errors_a_signature_due_and_a_school_that_is_late(people: People) -> None:
    rows = {row.organisation: row for row in collection.read_matrix(NOW, by=people.one(Role.CITY))}
    assert sum(square.hard for square in rows[GONGYE].squares) > 0
    assert rows[SHANGMAO].step == "sign"
    assert {square.late for square in rows[ZHIYUAN].squares} == {True}


def test_past_years_are_published_and_diagnosed(people: People) -> None:
    city = people.one(Role.CITY)
    assert {bool(year.published_on) for year in collection.list_years(by=city) if year.year <= LAST} == {True}
    found = diagnosing.read_diagnosis(LAST, GONGYE, by=people.one(Role.QUALITY_OFFICER, GONGYE))
    assert {"equipment-per-pupil", "books-per-pupil"} <= {one.indicator for one in found.findings}
    assert FindingKind.TREND in {one.kind for one in found.findings if one.indicator == "dual-teachers-rate"}
    assert journal.verify_journal(by=AUDITOR).ok


def test_a_year_without_an_outline_is_said_and_leads_nowhere(people: People) -> None:
    there = signed_in(people.one(Role.REPORT_TEAM))
    past, this = (there.get("/desk/yearly", {"year": str(year)}).content.decode() for year in (LAST, NOW))
    assert "没有这一年的提纲" in past
    assert f"/desk/yearly/{LAST}/city" not in past
    assert f"/desk/yearly/{NOW}/city" in this


def test_grades_and_their_plans_stand(people: People) -> None:
    found = grading.read_grading(LAST, by=people.one(Role.CITY))
    assert {one.code: one.grade for one in found.majors}["660302"] is MajorGrade.C
    assert found.table
    assert found.table.total == 4


def test_the_next_year_s_figures_close_one_task_and_not_the_other_and_the_report_is_published(people: People) -> None:
    city = people.one(Role.CITY)
    _end_gongye(people)
    _end_shangmao(people)
    _end_zhiyuan(people)
    verified = rectification.verify_tasks(NOW, by=city)
    told = {one.title.split(" ")[0]: one.closed for one in verified if one.told}
    assert told == {"生均教学科研仪器设备值": True, "生均图书": False}
    publication.publish_year(NOW, by=city)
    team = people.one(Role.REPORT_TEAM)
    preview = yearly_reports.preview_yearly(NOW, "city", by=team)
    words = {name: "本节文字由编制组撰写（演示）。" for name, _ in preview.made.outline.own_words()}
    words["own-training"] = "中职毕业生 {form.graduates;secondary}，高职毕业生 {form.graduates;higher}。"
    yearly_reports.write_yearly(NOW, "city", words, seen=0, by=team)
    yearly_reports.sign_yearly(NOW, "city", seen=1, by=city)
    yearly_reports.publish_yearly(NOW, "city", seen=2, by=city)
    for ending in ("docx", "pdf", "html"):
        assert yearly_reports.take_yearly(NOW, "city", ending, by=people.one(Role.QUALITY_OFFICER, GONGYE))


def _end_gongye(people: People) -> None:
    """The school mends its errors and hands in."""
    officer = people.one(Role.QUALITY_OFFICER, GONGYE)
    found = collection.read_submission(NOW, GONGYE, by=officer)
    section = found.submission.section("scorecard.placement")
    part = next(one for one in found.sections if one.id == section.name)
    mended = {"placed": "290", "placement-rate": "96.67"}
    rows = [
        Typed(
            indicator=one.id,
            value=mended.get(one.id, str(entry.value)),
            sample=str(entry.sample or ""),
            method=entry.method,
            explanation="演示",
        )
        for one in part.indicators
        for entry in [found.entries[one.id]]
    ]
    filling.save_section(NOW, GONGYE, part.id, rows, seen=section.version, by=officer)
    from guantong.actions.demo_quality import _confirm, _hand_in

    _hand_in(NOW, GONGYE, people)
    _confirm(NOW, GONGYE, people)


def _end_shangmao(people: People) -> None:
    """The head signs, the district confirms, the city receives."""

    def seen() -> int:
        return kept.get(NOW, SHANGMAO, reached=None).version

    collecting.sign_submission(NOW, SHANGMAO, seen=seen(), by=people.one(Role.SCHOOL_HEAD, SHANGMAO))
    district = people.one(Role.DISTRICT, "district:yanshi-west")
    collecting.confirm_submission(NOW, SHANGMAO, seen=seen(), by=district)
    collecting.receive_submission(NOW, SHANGMAO, seen=seen(), by=people.one(Role.CITY))


def _end_zhiyuan(people: People) -> None:
    """The late school reports after all."""
    from guantong.actions.demo_quality import _confirm, _fill, _hand_in

    years = contents().invented_years
    assert years
    _fill(years, NOW, years.reporters[2], people)
    _hand_in(NOW, ZHIYUAN, people)
    _confirm(NOW, ZHIYUAN, people)
