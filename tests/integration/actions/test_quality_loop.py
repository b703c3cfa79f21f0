"""The loop: confirmed data are diagnosed, a task is worked on, and only the next year's figure closes it."""

from collections.abc import Mapping
from datetime import date

import pytest
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
    filler,
    hand_in,
    opened,
)
from tests.desk import AUDITOR, OTHER_SCHOOL, SCHOOL, organisations_of_the_desk, person_of

from guantong.actions import advising, collection, diagnosing, journal, publication, rectification
from guantong.actions.collection import Duty
from guantong.diagnosis import FindingKind, Severity
from guantong.errors import (
    InputRefused,
    NotAllowed,
    OrganisationUnknown,
    RecordChanged,
    StepRefused,
    SubmissionUnknown,
    TaskUnknown,
)
from guantong.people import Role
from guantong.registry import Stage
from guantong.store import models

pytestmark = pytest.mark.usefixtures("sqlite")
ADVISER = person_of(Role.ADVISER, SCHOOL)
STRANGER = person_of(Role.QUALITY_OFFICER, OTHER_SCHOOL)
FILLER = filler("assets")
POOR = {"land_per_pupil": "10", "books_per_pupil": "10"}


def received(year: int = YEAR, values: Mapping[str, str] | None = None, *, first: bool = True) -> None:
    """A year of the school, received by the city."""
    if first:
        opened(year=year, kind="中职", size="中")
    else:
        collection.open_year(year, DUE, by=CITY)
        duty = Duty(organisation=SCHOOL, stage=Stage.SECONDARY, kind="中职", size="中")
        collection.name_duty(year, duty, by=CITY)
    fill(SCHOOL, year, OFFICER, **{"pupil_teacher_ratio": "12", "equipment_per_pupil": "9000", **(values or {})})
    hand_in(year=year)
    confirm(year=year)


def finding_of(indicator: str, year: int = YEAR) -> str:
    """The id of what was found against the standard."""
    told = diagnosing.read_diagnosis(year, SCHOOL, by=OFFICER).told
    return next(one.finding.id for one in told if one.finding.indicator == indicator)


def waiting_task(indicator: str) -> str:
    """A task of a finding that waits for the next year's figure."""
    task = rectification.open_task(finding_of(indicator), by=OFFICER)
    rectification.assign_task(task, "资产处", date(2026, 12, 1), seen=1, by=OFFICER)
    rectification.plan_task(task, "分两年添置。", seen=2, by=FILLER)
    rectification.approve_plan(task, seen=3, by=SCHOOL_HEAD)
    rectification.prove_task(task, "已签订采购合同。", seen=4, by=FILLER)
    return task


def test_confirmed_data_are_diagnosed_and_what_is_found_is_kept() -> None:
    received(values=POOR)
    found = diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER)
    poor = {one.indicator: one for one in found.findings if one.kind is FindingKind.THRESHOLD}
    assert set(poor) == {"land-per-pupil", "books-per-pupil"}
    assert poor["land-per-pupil"].evidence == (f"{SCHOOL}-{YEAR}-land-per-pupil",)
    assert "33" in poor["land-per-pupil"].text
    assert diagnosing.read_diagnosis(YEAR, SCHOOL, by=ADVISER).findings == found.findings


def test_evidence_of_a_finding_is_a_fact_of_the_table() -> None:
    received(values=POOR)
    table, _ = publication.fact_table()
    for one in diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER).findings:
        assert all(name in table.facts for name in one.evidence)


def test_what_is_not_confirmed_is_not_diagnosed() -> None:
    opened()
    fill()
    with pytest.raises(StepRefused, match="还没有确认"):
        diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER)
    with pytest.raises(StepRefused):
        diagnosing.make_letter(YEAR, SCHOOL, by=OFFICER)


def test_nobody_sees_what_was_found_at_another_school() -> None:
    received(values=POOR)
    diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER)
    for call in (diagnosing.diagnose_school, diagnosing.read_diagnosis, diagnosing.make_letter):
        with pytest.raises(SubmissionUnknown):
            call(YEAR, SCHOOL, by=STRANGER)
    with pytest.raises(TaskUnknown):
        rectification.open_task(finding_of("land-per-pupil"), by=STRANGER)
    assert diagnosing.read_overview(YEAR, by=STRANGER) == ()


def test_the_overview_counts_by_severity_and_ranks_nobody() -> None:
    received(values=POOR)
    organisations_of_the_desk([OTHER_SCHOOL])
    collection.name_duty(YEAR, Duty(organisation=OTHER_SCHOOL, stage=Stage.SECONDARY), by=CITY)
    rows = diagnosing.diagnose_city(YEAR, by=CITY)
    assert [row.organisation for row in rows] == sorted([SCHOOL, OTHER_SCHOOL])
    by_name = {row.organisation: row for row in rows}
    assert (by_name[OTHER_SCHOOL].ready, sum(by_name[OTHER_SCHOOL].counts.values())) == (False, 0)
    own = diagnosing.read_diagnosis(YEAR, SCHOOL, by=OFFICER).findings
    for severity, count in by_name[SCHOOL].counts.items():
        assert count == sum(one.severity is severity for one in own)
    assert {row.organisation for row in diagnosing.read_overview(YEAR, by=DISTRICT_OFFICE)} == {SCHOOL}


def test_the_letter_is_a_paper_with_every_finding() -> None:
    received(values=POOR)
    diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER)
    assert diagnosing.make_letter(YEAR, SCHOOL, by=SCHOOL_HEAD).startswith(b"%PDF-")


def test_a_finding_that_is_gone_stays_on_record_and_no_longer_counts() -> None:
    received(values=POOR)
    before = diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER)
    models.EntryRevision.objects.filter(indicator="land-per-pupil", current=True).update(value="40")
    after = diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER)
    assert len(after.findings) == len(before.findings) - 1
    assert len(after.told) == len(before.told)
    gone = next(one for one in after.told if not one.current)
    with pytest.raises(StepRefused):
        rectification.open_task(gone.finding.id, by=OFFICER)


def test_only_the_next_year_s_figure_closes_a_task() -> None:
    received(YEAR - 1, POOR)
    diagnosing.diagnose_school(YEAR - 1, SCHOOL, by=OFFICER)
    tasks = {}
    for indicator in ("land-per-pupil", "books-per-pupil"):
        task = rectification.open_task(finding_of(indicator, YEAR - 1), by=OFFICER)
        rectification.assign_task(task, "资产处", date(2026, 12, 1), seen=1, by=OFFICER)
        rectification.plan_task(task, "分两年添置。", seen=2, by=FILLER)
        rectification.approve_plan(task, seen=3, by=SCHOOL_HEAD)
        rectification.prove_task(task, "已签订采购合同。", seen=4, by=FILLER)
        tasks[indicator] = task
    untold = rectification.verify_tasks(YEAR, by=OFFICER)
    assert [(one.closed, one.told) for one in untold] == [(False, False)] * 2
    received(values={"land_per_pupil": "40", "books_per_pupil": "12"}, first=False)
    verified = {one.task: one for one in rectification.verify_tasks(YEAR, by=OFFICER)}
    assert verified[tasks["land-per-pupil"]].closed
    assert "40" in verified[tasks["land-per-pupil"]].why
    assert not verified[tasks["books-per-pupil"]].closed
    assert "仍有这一条" in verified[tasks["books-per-pupil"]].why
    steps = {one.id: one.step for one in rectification.list_tasks(by=ADVISER)}
    assert steps == {tasks["land-per-pupil"]: "", tasks["books-per-pupil"]: "plan"}
    assert rectification.verify_tasks(YEAR, by=OFFICER) == ()
    assert journal.verify_journal(by=AUDITOR).ok


def test_a_year_without_the_figure_closes_nothing() -> None:
    received(YEAR - 1, POOR)
    diagnosing.diagnose_school(YEAR - 1, SCHOOL, by=OFFICER)
    task = rectification.open_task(finding_of("land-per-pupil", YEAR - 1), by=OFFICER)
    rectification.assign_task(task, "资产处", date(2026, 12, 1), seen=1, by=OFFICER)
    rectification.plan_task(task, "添置。", seen=2, by=FILLER)
    rectification.approve_plan(task, seen=3, by=SCHOOL_HEAD)
    rectification.prove_task(task, "已签合同。", seen=4, by=FILLER)
    received(values={"land_per_pupil": "40"}, first=False)
    models.EntryRevision.objects.filter(indicator="land-per-pupil", submission__year=YEAR).delete()
    (one,) = rectification.verify_tasks(YEAR, by=OFFICER)
    assert (one.closed, one.told) == (False, False)
    assert rectification.read_task(task, by=OFFICER).step == "verify"


def test_a_year_that_is_not_confirmed_closes_nothing() -> None:
    received(YEAR - 1, POOR)
    diagnosing.diagnose_school(YEAR - 1, SCHOOL, by=OFFICER)
    task = rectification.open_task(finding_of("land-per-pupil", YEAR - 1), by=OFFICER)
    rectification.assign_task(task, "资产处", date(2026, 12, 1), seen=1, by=OFFICER)
    rectification.plan_task(task, "添置。", seen=2, by=FILLER)
    rectification.approve_plan(task, seen=3, by=SCHOOL_HEAD)
    rectification.prove_task(task, "已签合同。", seen=4, by=FILLER)
    collection.open_year(YEAR, DUE, by=CITY)
    collection.name_duty(YEAR, Duty(organisation=SCHOOL, stage=Stage.SECONDARY, kind="中职", size="中"), by=CITY)
    fill(land_per_pupil="40")
    (one,) = rectification.verify_tasks(YEAR, by=CITY)
    assert (one.closed, one.why) == (False, f"{YEAR} 年的数据还没有确认")


def test_a_task_goes_step_by_step_and_each_step_by_its_role() -> None:
    received(values=POOR)
    diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER)
    task = rectification.open_task(finding_of("land-per-pupil"), by=OFFICER)
    with pytest.raises(StepRefused):
        rectification.open_task(finding_of("land-per-pupil"), by=OFFICER)
    with pytest.raises(StepRefused):
        rectification.plan_task(task, "方案", seen=1, by=OFFICER)
    with pytest.raises(NotAllowed):
        rectification.assign_task(task, "资产处", date(2026, 12, 1), seen=1, by=FILLER)
    with pytest.raises(InputRefused):
        rectification.assign_task(task, " ", date(2026, 12, 1), seen=1, by=OFFICER)
    with pytest.raises(InputRefused):
        rectification.assign_task(task, "资产处", date(2026, 1, 1), seen=1, by=OFFICER)
    rectification.assign_task(task, "资产处", date(2026, 12, 1), seen=1, by=OFFICER)
    with pytest.raises(RecordChanged):
        rectification.plan_task(task, "方案", seen=1, by=FILLER)
    with pytest.raises(InputRefused):
        rectification.plan_task(task, "请联系 13800000000", seen=2, by=FILLER)
    rectification.plan_task(task, "方案", seen=2, by=FILLER)
    with pytest.raises(NotAllowed):
        rectification.approve_plan(task, seen=3, by=OFFICER)
    rectification.return_plan(task, "请写明经费来源", seen=3, by=SCHOOL_HEAD)
    found = rectification.read_task(task, by=DISTRICT_OFFICE)
    assert (found.step, found.owner, found.deeds[-1].record.reason) == ("plan", "资产处", "请写明经费来源")


def test_nobody_closes_a_task_by_hand() -> None:
    received(values=POOR)
    diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER)
    task = waiting_task("land-per-pupil")
    with pytest.raises(StepRefused):
        rectification.prove_task(task, "再交一次", seen=5, by=FILLER)
    with pytest.raises(NotAllowed):
        rectification.verify_tasks(YEAR + 1, by=SCHOOL_HEAD)
    with pytest.raises(NotAllowed):
        rectification.verify_tasks(YEAR + 1, by=DISTRICT_OFFICE)


def test_a_note_asks_for_no_task() -> None:
    received(values={"founders_rate": "1.0"})
    told = diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER).told
    for one in told:
        if one.finding.severity is Severity.NOTE:
            with pytest.raises(StepRefused):
                rectification.open_task(one.finding.id, by=OFFICER)


def test_questions_and_answers_stand_in_order_and_only_among_school_and_adviser() -> None:
    opened()
    advising.write_message(SCHOOL, "生均占地怎样算？", by=OFFICER)
    advising.write_message(SCHOOL, "按独立使用的校园面积算。", by=ADVISER)
    thread = advising.read_thread(SCHOOL, by=SCHOOL_HEAD)
    assert [(one.number, one.role) for one in thread] == [(1, "质量专员"), (2, "诊断顾问")]
    with pytest.raises(OrganisationUnknown):
        advising.read_thread(SCHOOL, by=STRANGER)
    with pytest.raises(NotAllowed):
        advising.read_thread(SCHOOL, by=person_of(Role.DISTRICT, DISTRICT_ID))
    for text in ("", "长" * 2_001, "手机 13800000000"):
        with pytest.raises(InputRefused):
            advising.write_message(SCHOOL, text, by=OFFICER)
