"""The December report: begun with its figures, written, signed, submitted; frozen, and seen by whom it concerns."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import override_settings
from tests.desk import (
    CITY,
    DISTRICT,
    INTAKE,
    OPERATOR,
    OTHER_REGISTRAR,
    PROJECT,
    REGISTRAR,
    SCHOOL,
    UNIVERSITY,
    UNIVERSITY_REGISTRAR,
    admit,
    row,
)
from tests.reporting import (
    HEAD,
    UNIVERSITY_HEAD,
    WRITTEN,
    carried,
    filings,
    small_register,
    started,
    submitted,
    version,
    walk,
    written,
)

from guantong.actions import events, project_report_list, project_reports
from guantong.actions.events import NewEvent
from guantong.actions.report_figures import signatures_of
from guantong.cohorts import EventKind, Status
from guantong.errors import (
    InputRefused,
    NotAllowed,
    ProjectReportUnknown,
    RecordChanged,
    ReportAltered,
    StepRefused,
)
from guantong.people import Person
from guantong.settings import Settings
from guantong.store import models
from guantong.store.project_reports import ReportRecord

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture
def register(database: Settings) -> tuple[str, ...]:
    """Four pupils of one project."""
    return small_register()


def read(report: str, by: Person = REGISTRAR) -> ReportRecord:
    return project_report_list.read_report(report, by=by)


def test_a_report_begins_with_the_figures_of_the_day() -> None:
    figures = read(started()).content.figures
    (cohort,) = figures.cohorts
    assert (figures.on, figures.since, cohort.cohort) == (date(2026, 11, 20), date(2026, 1, 1), 2023)
    assert (figures.pupils, cohort.counts.funnel.secondary, figures.happened(EventKind.MOVED_ON)) == (4, 3, 1)
    assert figures.status(Status.SUSPENDED) == 1
    assert figures.happened(EventKind.REGISTERED) == 0


def test_a_plan_that_is_not_on_record_stays_unknown() -> None:
    planned = read(started()).content.figures.cohorts[0].planned
    assert (planned.places, bool(planned.why)) == (None, True)


def test_it_goes_from_the_registrar_over_both_heads_to_the_city() -> None:
    report = submitted()
    record = read(report, CITY)
    assert (record.step, record.submitted) == ("", date(2026, 11, 20))
    assert [deed.record.step for deed in record.deeds] == ["write", "sign", "cosign", "submit"]
    assert [deed.by for deed in record.deeds] == [REGISTRAR.id, HEAD.id, UNIVERSITY_HEAD.id, REGISTRAR.id]


def test_what_happens_later_changes_nothing_in_a_submitted_report(register: tuple[str, ...]) -> None:
    report = submitted()
    before = read(report).content
    walk(register[2], [(EventKind.SUSPENDED, "2026-11-01", {"reason": "生病"})])
    assert read(report).content == before


def test_while_it_is_written_figures_can_be_taken_again_and_the_words_stay(register: tuple[str, ...]) -> None:
    report = started()
    written(report)
    walk(register[2], [(EventKind.SUSPENDED, "2026-11-01", {"reason": "生病"})])
    project_reports.renew_figures(report, seen=version(report), by=REGISTRAR)
    content = read(report).content
    assert content.figures.status(Status.SUSPENDED) == 2
    assert content.sections[0].paragraphs[1] == "共开设课程 10 门。"
    assert content.replies[3].answer.value == "yes"


def test_nothing_unfinished_is_sent_for_signature() -> None:
    report = started()
    with pytest.raises(InputRefused) as refused:
        carried(report, "sent")
    assert [problem.column for problem in refused.value.problems][:2] == ["goals", "orientation"]
    assert len(refused.value.problems) == 6


CHANGES: list[Callable[[str], object]] = [
    lambda report: project_reports.write_report(report, WRITTEN, seen=version(report), by=REGISTRAR),
    lambda report: project_reports.renew_figures(report, seen=version(report), by=REGISTRAR),
    lambda report: project_reports.send_report(report, seen=version(report), by=REGISTRAR),
]


@pytest.mark.parametrize("change", CHANGES, ids=["write", "renew", "send"])
@pytest.mark.parametrize("steps", [["sent"], ["sent", "signed", "cosigned", "submitted"]], ids=["sent", "submitted"])
def test_what_was_sent_for_signature_is_frozen(change: Callable[[str], object], steps: list[str]) -> None:
    report = started()
    written(report)
    carried(report, *steps)
    before = read(report)
    with pytest.raises(StepRefused, match=r"送签|办"):
        change(report)
    assert read(report) == before


@pytest.mark.parametrize("too_early", ["signed", "cosigned", "submitted"])
def test_no_step_is_done_before_its_turn(too_early: str) -> None:
    report = started()
    written(report)
    with pytest.raises(StepRefused, match="现在轮到"):
        carried(report, too_early)


@pytest.mark.parametrize("sender", [HEAD, UNIVERSITY_HEAD], ids=["head", "university head"])
def test_a_head_sends_it_back_with_a_reason_and_it_is_signed_anew(sender: Person) -> None:
    report = started()
    written(report)
    carried(report, "sent", *(["signed"] if sender is UNIVERSITY_HEAD else []))
    back = project_reports.return_as_partner if sender is UNIVERSITY_HEAD else project_reports.return_report
    with pytest.raises(StepRefused, match="理由"):
        back(report, " ", seen=version(report), by=sender)
    back(report, "请补充校企合作", seen=version(report), by=sender)
    assert read(report).step == "write"
    written(report)
    carried(report, "sent", "signed", "cosigned", "submitted")
    assert read(report).submitted is not None


def test_of_two_people_who_write_at_once_the_second_is_told() -> None:
    report = started()
    seen = version(report)
    written(report)
    with pytest.raises(RecordChanged, match="项目实施报告"):
        project_reports.write_report(report, WRITTEN, seen=seen, by=REGISTRAR)


def test_a_project_has_one_report_a_year() -> None:
    started()
    with pytest.raises(StepRefused, match="已经开始"):
        started()


def test_nobody_signs_what_they_wrote_or_signed() -> None:
    report = started()
    written(report)
    carried(report, "sent")
    with pytest.raises(NotAllowed, match="另一位负责人"):
        project_reports.sign_report(report, seen=version(report), by=replace(HEAD, id=REGISTRAR.id))
    carried(report, "signed")
    with pytest.raises(NotAllowed, match="另一位负责人"):
        project_reports.cosign_report(report, seen=version(report), by=replace(UNIVERSITY_HEAD, id=HEAD.id))


def test_every_wrong_word_is_named_at_once() -> None:
    report = started()
    bad = replace(WRITTEN, texts={"goals": "一\x07二", "x": "甲"}, answers={"sharing": "perhaps"})
    with pytest.raises(InputRefused) as refused:
        project_reports.write_report(report, bad, seen=1, by=REGISTRAR)
    assert {problem.column for problem in refused.value.problems} == {"goals", "x", "sharing"}


@pytest.mark.parametrize("by", [OTHER_REGISTRAR, UNIVERSITY_REGISTRAR], ids=["other school", "partner"])
def test_only_the_leading_school_writes(by: Person) -> None:
    report = started()
    with pytest.raises((ProjectReportUnknown, NotAllowed)):
        project_reports.write_report(report, WRITTEN, seen=1, by=by)
    with pytest.raises((ProjectReportUnknown, NotAllowed)):
        project_reports.start_report(PROJECT, 2025, by=by)


@pytest.mark.parametrize("by", [CITY, DISTRICT, OTHER_REGISTRAR], ids=["city", "district", "other school"])
def test_before_it_is_submitted_nobody_outside_reads_it(by: Person) -> None:
    report = started()
    answers = []
    for asked in (report, "0" * 32):
        with pytest.raises(ProjectReportUnknown) as unknown:
            read(asked, by)
        answers.append(str(unknown.value).replace(asked, "·"))
    assert answers[0] == answers[1]


def test_the_partner_reads_it_while_it_is_written_and_the_district_once_it_is_submitted() -> None:
    report = submitted()
    for by in (UNIVERSITY_HEAD, UNIVERSITY_REGISTRAR, CITY, DISTRICT):
        assert read(report, by).content.figures.pupils == 4
    with pytest.raises(ProjectReportUnknown):
        read(report, OTHER_REGISTRAR)
    with pytest.raises(NotAllowed):
        read(report, OPERATOR)


def test_the_list_says_who_is_late_and_who_is_missing() -> None:
    assert filings(CITY) == {PROJECT: "open"}
    assert filings(CITY, 2025) == {PROJECT: "missing"}
    late = started(2025)
    written(late)
    carried(late, "sent", "signed", "cosigned", "submitted")
    submitted()
    assert (filings(CITY, 2025), filings(CITY)) == ({PROJECT: "late"}, {PROJECT: "on_time"})
    assert filings(OTHER_REGISTRAR) == {}


def test_a_report_goes_on_where_the_last_one_ended(database: Settings) -> None:
    models.Event.objects.update(recorded_at=datetime(2024, 1, 1, tzinfo=UTC))
    with override_settings(GUANTONG=replace(database, today=date(2025, 12, 10))):
        early = started(2025)
        written(early)
        carried(early, "sent", "signed", "cosigned", "submitted")
    assert read(early).content.figures.on == date(2025, 12, 10)
    assert read(started(2026)).content.figures.since == date(2025, 12, 11)


def test_the_report_of_a_past_year_counts_on_its_last_day() -> None:
    figures = read(started(2025)).content.figures
    assert (figures.on, figures.happened(EventKind.MOVED_ON)) == (date(2025, 12, 31), 0)


def test_a_year_to_come_or_without_pupils_has_no_report() -> None:
    for year, wrong in ((2027, InputRefused), (2022, StepRefused)):
        with pytest.raises(wrong):
            started(year)


def alter_the_content(report: str) -> None:
    row = models.ProjectReport.objects.get(pk=report)
    row.content = row.content.replace('"pupils":4', '"pupils":5')
    row.save()


def alter_content_and_digest(report: str) -> None:
    from guantong.policies.canonical import digest_of

    alter_the_content(report)
    row = models.ProjectReport.objects.get(pk=report)
    models.ProjectReport.objects.filter(pk=report).update(digest=digest_of(row.content))


def alter_everything_but_the_journal(report: str) -> None:
    alter_content_and_digest(report)
    digest = models.ProjectReport.objects.get(pk=report).digest
    models.ProjectReportStep.objects.filter(report=report).update(digest=digest)


def alter_a_signature(report: str) -> None:
    models.ProjectReportStep.objects.filter(report=report, step="submit").update(digest="sha256:" + "0" * 64)


ALTERATIONS = [alter_the_content, alter_content_and_digest, alter_everything_but_the_journal, alter_a_signature]


@pytest.mark.parametrize("alter", ALTERATIONS)
def test_figures_changed_past_the_system_are_found(alter: Callable[[str], None]) -> None:
    report = submitted()
    alter(report)
    with pytest.raises(ReportAltered, match="校验值"):
        read(report, CITY)


def test_the_report_of_one_project_holds_no_pupil_of_another(register: tuple[str, ...]) -> None:
    paper = {"document_number": "演示〔2026〕1号", "document_date": "2026-09-01", "document_issuer": "演示教委"}
    details = {"project": f"{SCHOOL}:{UNIVERSITY}:zhongben:710202", "major": "710202", **paper}
    new = NewEvent(kind=EventKind.CHANGED_MAJOR, on=date(2026, 9, 10), details=details)
    seen = models.Pupil.objects.get(pk=register[2]).version
    waiting = events.propose_event(register[2], new, seen=seen, by=REGISTRAR)
    events.confirm_event(waiting.event.id, seen=waiting.version, by=HEAD)
    figures = read(started()).content.figures
    assert (len(figures.cohorts), figures.pupils) == (1, 3)


def test_what_came_back_is_signed_by_nobody() -> None:
    report = started()
    written(report)
    carried(report, "sent", "signed")
    assert [one.name for one in signatures_of(read(report))] == [HEAD.name, ""]
    project_reports.return_as_partner(report, "请补充", seen=version(report), by=UNIVERSITY_HEAD)
    assert [one.name for one in signatures_of(read(report))] == ["", ""]


def test_a_project_owes_a_report_while_it_has_pupils_and_for_the_year_in_which_the_last_one_left() -> None:
    for number, on in ((61, "2026-01-05"), (62, "2023-09-10")):
        project = f"{SCHOOL}:{UNIVERSITY}:zhongben:7103{number}"
        (gone,) = admit(row(number), intake=replace(INTAKE, project=project))
        walk(gone, [(EventKind.NOT_ARRIVED, on, {})])
    assert set(filings(REGISTRAR)) == {PROJECT, f"{SCHOOL}:{UNIVERSITY}:zhongben:710361"}


def test_no_report_is_asked_of_a_project_that_is_not_guantong() -> None:
    plain = f"{SCHOOL}::plain:710103"
    admit(row(71), intake=replace(INTAKE, project=plain, cohort=2026, on=date(2026, 8, 20)))
    assert set(filings(REGISTRAR)) == {PROJECT}
    with pytest.raises(StepRefused, match="只要求贯通培养项目"):
        project_reports.start_report(plain, 2026, by=REGISTRAR)


def test_a_list_opens_for_authorities_what_was_submitted_only() -> None:
    started()
    (line,) = project_report_list.list_reports(2026, by=CITY)
    assert (line.may_open, line.may_start) == (False, False)
    (own,) = project_report_list.list_reports(2026, by=REGISTRAR)
    assert own.may_open


def test_every_step_leaves_one_entry_and_reading_too() -> None:
    report = submitted()
    read(report, CITY)
    entries = models.JournalEntry.objects.filter(subject=report).order_by("number").values_list("action", flat=True)
    steps = ("started", "written", "sent", "signed", "cosigned", "submitted", "read")
    assert list(entries) == [f"project-report-{step}" for step in steps]
