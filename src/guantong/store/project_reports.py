"""Implementation reports as they are kept: the content is one text whose digest is checked at every reading."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from guantong.errors import ProjectReportUnknown, RecordChanged, ReportAltered, StepRefused
from guantong.policies.canonical import canonical_json, digest_of
from guantong.procedures import Outcome, StepRecord
from guantong.reports.implementation import ReportContent, content_data, read_content
from guantong.store import models
from guantong.store.project_reach import ProjectReach, within

ANCHOR = "content"
"""Under this name an entry of the journal keeps the digest of what was sent, signed or submitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One step of a report as it was done: by whom, and the digest of what lay before that person."""

    record: StepRecord
    by: str
    name: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRecord:
    """One report; `step` is the step that is up, "" once everything is done."""

    id: str
    project: str
    year: int
    step: str
    version: int
    content: ReportContent
    started: date
    submitted: date | None
    written_at: datetime
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One report on a list, without its content."""

    id: str
    project: str
    year: int
    step: str
    submitted: date | None


def get(name: str, *, reaches: Sequence[ProjectReach]) -> ReportRecord:
    """Return a report; raise `ProjectReportUnknown` out of reach, `ReportAltered` where its digest does not fit."""
    return _record(_found(models.ProjectReport.objects.all(), name, reaches))


def taken(name: str, *, reaches: Sequence[ProjectReach], seen: int) -> ReportRecord:
    """Return a report, its row locked; raise `RecordChanged` where the version is no longer the one seen."""
    row = _found(models.ProjectReport.objects.select_for_update(), name, reaches)
    if row.version != seen:
        raise RecordChanged(what="项目实施报告", seen=seen, now=row.version)
    return _record(row)


def listed(year: int, *, reaches: Sequence[ProjectReach]) -> tuple[ReportLine, ...]:
    """Return the reports of a year; of those that are not submitted only that they were begun is for everyone."""
    rows = models.ProjectReport.objects.filter(within(reaches), year=year).order_by("project")
    names = ("id", "project", "year", "step", "submitted")
    return tuple(ReportLine(**row) for row in rows.values(*names))


def waiting(step: str, *, reaches: Sequence[ProjectReach]) -> int:
    """Return how many reports wait for a step."""
    return models.ProjectReport.objects.filter(within(reaches), step=step).count()


def figures_until(project: str, year: int) -> date | None:
    """Return up to which day the submitted report of a year counted; None where there is none."""
    row = models.ProjectReport.objects.filter(project=project, year=year, submitted__isnull=False).first()
    return _record(row).content.figures.on if row else None


def add(record: ReportRecord, *, by: str) -> None:
    """Write a new report; raise `StepRefused` where the project and year have one."""
    if models.ProjectReport.objects.filter(project=record.project, year=record.year).exists():
        raise StepRefused(step="开始编写", why="这个项目本年度的报告已经开始编写")
    lead, partner, *_ = record.project.split(":")
    text = canonical_json(content_data(record.content))
    models.ProjectReport.objects.create(
        id=record.id,
        project=record.project,
        year=record.year,
        lead=lead,
        partner=partner,
        step=record.step,
        version=record.version,
        content=text,
        digest=digest_of(text),
        started=record.started,
        submitted=None,
        written_by=by,
        written_at=record.written_at,
    )


def put(name: str, content: ReportContent, *, version: int, by: str, at: datetime) -> None:
    """Write a new content; the row is taken."""
    text = canonical_json(content_data(content))
    models.ProjectReport.objects.filter(pk=name).update(
        content=text, digest=digest_of(text), version=version, written_by=by, written_at=at
    )


def move(record: ReportRecord, deed: Deed, step: str, *, version: int) -> None:
    """Write one more step and which is up now; "" means that all are done, which is when it counts as submitted."""
    submitted = deed.record.on if not step else None
    models.ProjectReport.objects.filter(pk=record.id).update(step=step, version=version, submitted=submitted)
    models.ProjectReportStep.objects.create(
        report_id=record.id,
        number=len(record.deeds) + 1,
        step=deed.record.step,
        outcome=deed.record.outcome.value,
        role=deed.record.role,
        on=deed.record.on,
        reason=deed.record.reason,
        digest=deed.digest,
        by=deed.by,
        name=deed.name,
    )


def _found(rows: QuerySet[models.ProjectReport], name: str, reaches: Sequence[ProjectReach]) -> models.ProjectReport:
    reached = within([reach for reach in reaches if not reach.submitted_only])
    public = within([reach for reach in reaches if reach.submitted_only]) & Q(submitted__isnull=False)
    row = rows.filter(reached | public if reached else Q(), pk=name).first()
    if row is None:
        raise ProjectReportUnknown(name)
    return row


def _record(row: models.ProjectReport) -> ReportRecord:
    deeds = tuple(_deed(step) for step in row.steps.order_by("number"))
    _check(row, deeds)
    return ReportRecord(
        id=row.pk,
        project=row.project,
        year=row.year,
        step=row.step,
        version=row.version,
        content=read_content(json.loads(row.content)),
        started=row.started,
        submitted=row.submitted,
        written_at=row.written_at,
        deeds=deeds,
    )


def _deed(step: models.ProjectReportStep) -> Deed:
    record = StepRecord(step=step.step, outcome=Outcome(step.outcome), role=step.role, on=step.on, reason=step.reason)
    return Deed(record=record, by=step.by, name=step.name, digest=step.digest)


def _check(row: models.ProjectReport, deeds: Sequence[Deed]) -> None:
    """Raise `ReportAltered` unless text, digest, the last signature and the journal's own entry agree."""
    if digest_of(row.content) != row.digest:
        raise ReportAltered(year=row.year, what="存入时的校验值")
    if not deeds or deeds[-1].record.outcome is Outcome.RETURNED:
        return
    if deeds[-1].digest != row.digest:
        raise ReportAltered(year=row.year, what="签署时的校验值")
    entries = models.JournalEntry.objects.filter(subject=row.pk).exclude(fields={}).order_by("-number")
    noted: Mapping[str, str] | None = entries.values_list("fields", flat=True).first()
    if not noted or noted.get(ANCHOR) != row.digest:
        raise ReportAltered(year=row.year, what="审计日志所记的校验值")
