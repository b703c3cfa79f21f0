"""A project's implementation report (四（三）1): begun with its figures, written, signed, co-signed, submitted.

What is sent for signature is frozen: only what comes back with a reason can be written on. The
journal's entries of signing and submitting hold the content's digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction

from guantong.actions import project_scope
from guantong.actions.attempt import attempt, entry
from guantong.actions.clock import now, today
from guantong.actions.report_figures import figures_of, names_of_report, outline, procedure, run_of
from guantong.actions.words import Act
from guantong.cohorts import is_project
from guantong.errors import InputRefused, NotAllowed, ProjectReportUnknown, StepRefused
from guantong.journal import Note
from guantong.people import Person, Right
from guantong.procedures import Outcome, Step, StepKind, StepRecord, advanced, state_of
from guantong.reports.implementation import Written, blank, unfinished, with_words
from guantong.store import journal, project_reports
from guantong.store.project_reach import any_covers
from guantong.store.project_reports import ANCHOR, Deed, ReportRecord

LONGEST_REASON = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Where a report stands after a step: what is up now ("" when submitted), and its new version."""

    id: str
    step: str
    version: int


def start_report(project: str, year: int, *, by: Person) -> str:
    """Begin a project's report of a year with its figures and return its id.

    Raises `ProjectReportUnknown` out of reach, `StepRefused` where there is one already or nobody to count.
    """
    with attempt(Act.REPORT_STARTED, Right.WRITE_REPORT, by=by) as scope, transaction.atomic():
        if not is_project(project) or not any_covers(project_scope.led(scope), project):
            raise ProjectReportUnknown(project)
        figures = figures_of(project, year)
        at, step = now(), procedure().steps[0].id
        record = ReportRecord(
            id=uuid4().hex,
            project=project,
            year=year,
            step=step,
            version=1,
            content=blank(names_of_report(project), figures, outline()),
            started=today(),
            submitted=None,
            written_at=at,
            deeds=(),
        )
        project_reports.add(record, by=by.id)
        journal.append([entry(Act.REPORT_STARTED, record.id)], by=by)
    return record.id


def write_report(report: str, written: Written, *, seen: int, by: Person) -> Moved:
    """Keep texts and answers while the report is being written.

    Raises `RecordChanged`, `StepRefused` once it was sent for signature, or `InputRefused` with every problem.
    """
    with attempt(Act.REPORT_WRITTEN, Right.WRITE_REPORT, by=by) as scope, transaction.atomic():
        record = project_reports.taken(report, reaches=project_scope.led(scope), seen=seen)
        _check_open(record, "改写报告")
        content = with_words(record.content, written)
        project_reports.put(report, content, version=seen + 1, by=by.id, at=now())
        journal.append([entry(Act.REPORT_WRITTEN, report)], by=by)
    return Moved(id=report, step=record.step, version=seen + 1)


def renew_figures(report: str, *, seen: int, by: Person) -> Moved:
    """Count again as of today while the report is being written; the words stay."""
    with attempt(Act.REPORT_RENEWED, Right.WRITE_REPORT, by=by) as scope, transaction.atomic():
        record = project_reports.taken(report, reaches=project_scope.led(scope), seen=seen)
        _check_open(record, "重新取数")
        figures = figures_of(record.project, record.year)
        words = Written(
            texts={part.id: part.text for part in record.content.sections},
            answers={part.obligation.id: part.answer.value for part in record.content.replies},
            remarks={part.obligation.id: part.remark for part in record.content.replies},
        )
        content = with_words(blank(names_of_report(record.project), figures, outline()), words)
        project_reports.put(report, content, version=seen + 1, by=by.id, at=now())
        journal.append([entry(Act.REPORT_RENEWED, report)], by=by)
    return Moved(id=report, step=record.step, version=seen + 1)


def send_report(report: str, *, seen: int, by: Person) -> Moved:
    """Send the report for signature, which freezes it; raise `InputRefused` with everything that is missing."""
    with attempt(Act.REPORT_SENT, Right.WRITE_REPORT, by=by) as scope, transaction.atomic():
        record = project_reports.taken(report, reaches=project_scope.led(scope), seen=seen)
        _check_open(record, "送签")
        if problems := unfinished(record.content):
            raise InputRefused(problems)
        moved = _done(record, StepKind.PREPARE, by)
        journal.append([_sealed(Act.REPORT_SENT, record)], by=by)
    return moved


def sign_report(report: str, *, seen: int, by: Person) -> Moved:
    """Sign for the leading institution; whoever wrote the report does not sign it."""
    with attempt(Act.REPORT_SIGNED, Right.SIGN_REPORT, by=by) as scope, transaction.atomic():
        record = project_reports.taken(report, reaches=project_scope.led(scope), seen=seen)
        _check_other_person(record, scope.right, by)
        moved = _done(record, StepKind.SIGN, by)
        journal.append([_sealed(Act.REPORT_SIGNED, record)], by=by)
    return moved


def cosign_report(report: str, *, seen: int, by: Person) -> Moved:
    """Co-sign for the partner university (会同合作高校); whoever signed already does not co-sign."""
    with attempt(Act.REPORT_COSIGNED, Right.COSIGN_REPORT, by=by) as scope, transaction.atomic():
        record = project_reports.taken(report, reaches=project_scope.partnered(scope), seen=seen)
        _check_other_person(record, scope.right, by)
        moved = _done(record, StepKind.COSIGN, by)
        journal.append([_sealed(Act.REPORT_COSIGNED, record)], by=by)
    return moved


def return_report(report: str, reason: str, *, seen: int, by: Person) -> Moved:
    """Send the report back to be written on, with a reason, instead of signing it."""
    with attempt(Act.REPORT_RETURNED, Right.SIGN_REPORT, by=by) as scope, transaction.atomic():
        record = project_reports.taken(report, reaches=project_scope.led(scope), seen=seen)
        moved = _returned(record, StepKind.SIGN, reason, by)
        journal.append([_sealed(Act.REPORT_RETURNED, record)], by=by)
    return moved


def return_as_partner(report: str, reason: str, *, seen: int, by: Person) -> Moved:
    """Send the report back to be written on, with a reason, instead of co-signing it."""
    with attempt(Act.REPORT_RETURNED, Right.COSIGN_REPORT, by=by) as scope, transaction.atomic():
        record = project_reports.taken(report, reaches=project_scope.partnered(scope), seen=seen)
        moved = _returned(record, StepKind.COSIGN, reason, by)
        journal.append([_sealed(Act.REPORT_RETURNED, record)], by=by)
    return moved


def submit_report(report: str, *, seen: int, by: Person) -> Moved:
    """Submit the co-signed report to the city; from then on it never changes."""
    with attempt(Act.REPORT_SUBMITTED, Right.WRITE_REPORT, by=by) as scope, transaction.atomic():
        record = project_reports.taken(report, reaches=project_scope.led(scope), seen=seen)
        moved = _done(record, StepKind.SUBMIT, by)
        journal.append([_sealed(Act.REPORT_SUBMITTED, record)], by=by)
    return moved


def _done(record: ReportRecord, kind: StepKind, by: Person) -> Moved:
    """Do the step of a kind; raise `StepRefused` where another one is up."""
    step = _step(record, kind)
    return _moved(record, StepRecord(step=step.id, outcome=Outcome.DONE, role=step.role, on=today()), by)


def _returned(record: ReportRecord, kind: StepKind, reason: str, by: Person) -> Moved:
    """Return the step of a kind; raise `StepRefused` without a reason, or where another one is up."""
    step = _step(record, kind)
    why = reason.strip()[:LONGEST_REASON]
    return _moved(
        record, StepRecord(step=step.id, outcome=Outcome.RETURNED, role=step.role, on=today(), reason=why), by
    )


def _step(record: ReportRecord, kind: StepKind) -> Step:
    return next(step for step in run_of(record).procedure.steps if step.kind is kind)


def _moved(record: ReportRecord, done: StepRecord, by: Person) -> Moved:
    current = state_of(advanced(run_of(record), done)).current
    following = current.id if current else ""
    deed = Deed(record=done, by=by.id, name=by.name, digest=record.content.digest)
    project_reports.move(record, deed, following, version=record.version + 1)
    return Moved(id=record.id, step=following, version=record.version + 1)


def _sealed(act: Act, record: ReportRecord) -> Note:
    """Return an entry that holds the digest of what lay before the person who acted."""
    return Note(action=act.value, subject=record.id, fields={ANCHOR: record.content.digest})


def _check_open(record: ReportRecord, what: str) -> None:
    if record.step != procedure().steps[0].id:
        raise StepRefused(step=what, why="报告已经送签；需要修改的，请签署人先退回")


def _check_other_person(record: ReportRecord, right: Right, by: Person) -> None:
    """Raise `NotAllowed` where one person would stand for two steps since the last return."""
    standing: list[Deed] = []
    for deed in record.deeds:
        standing = [] if deed.record.outcome is Outcome.RETURNED else [*standing, deed]
    if any(deed.by == by.id for deed in standing):
        raise NotAllowed(right=right.label, why="前一步也是您办的，请由另一位负责人签署")
