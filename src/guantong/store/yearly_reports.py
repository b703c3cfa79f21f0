"""Yearly reports as they are kept: an author's words, and once signed the files byte by byte under their digests."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.db.models import F

from guantong.errors import RecordChanged, SignedFileAltered, YearlyReportUnknown
from guantong.reports.outline import Level
from guantong.store import models


class ReportStanding(Enum):
    """How far a yearly report is."""

    DRAFT = "draft"
    SIGNED = "signed"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return {"draft": "编写中", "signed": "已签署", "published": "已公布"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyRecord:
    """One yearly report; `facts` are the ids that the signed files print, `files` their digests by ending."""

    id: str
    level: Level
    organisation: str
    year: int
    standing: ReportStanding
    version: int
    texts: Mapping[str, str]
    facts: tuple[str, ...]
    digest: str
    written_by: str
    signed_by: str
    signed_name: str
    signed_on: date | None
    published_on: date | None
    files: Mapping[str, str]


def find(organisation: str, year: int, *, seen: int | None = None) -> YearlyRecord | None:
    """Return a report, None where none was begun; with `seen` its row is locked and its version compared.

    A report that nobody began has version 0.
    """
    rows = models.YearlyReport.objects.all() if seen is None else models.YearlyReport.objects.select_for_update()
    row = rows.filter(organisation=organisation, year=year).first()
    if seen is not None and seen != (row.version if row else 0):
        raise RecordChanged(what="质量年报", seen=seen, now=row.version if row else 0)
    return _record(row) if row else None


def get(organisation: str, year: int, *, seen: int | None = None) -> YearlyRecord:
    """Return a report; raise `YearlyReportUnknown`."""
    found = find(organisation, year, seen=seen)
    if found is None:
        raise YearlyReportUnknown(f"{organisation} {year}")
    return found


def listed(year: int, *, organisations: Collection[str] | None) -> tuple[YearlyRecord, ...]:
    """Return the reports of a year, of some organisations or of every one."""
    rows = models.YearlyReport.objects.filter(year=year).order_by("organisation").prefetch_related("files")
    rows = rows if organisations is None else rows.filter(organisation__in=list(organisations))
    return tuple(map(_record, rows))


def begin(name: str, level: Level, organisation: str, year: int, *, by: str, at: datetime) -> YearlyRecord:
    """Write a report that holds nothing yet."""
    row = models.YearlyReport.objects.create(
        id=name,
        level=level.value,
        organisation=organisation,
        year=year,
        standing=ReportStanding.DRAFT.value,
        version=0,
        texts={},
        facts=[],
        digest="",
        written_by=by,
        written_at=at,
        signed_by="",
        signed_name="",
    )
    return _record(row)


def write(report: YearlyRecord, texts: Mapping[str, str], *, by: str, at: datetime) -> None:
    """Write an author's words."""
    models.YearlyReport.objects.filter(pk=report.id).update(
        texts=dict(texts), written_by=by, written_at=at, version=F("version") + 1
    )


def freeze(
    report: YearlyRecord, files: Mapping[str, bytes], facts: Sequence[str], digest: str, *, by: str, name: str, on: date
) -> None:
    """Keep the signed files as they are, with the facts that they print."""
    models.YearlyReportFile.objects.filter(report_id=report.id).delete()
    models.YearlyReportFile.objects.bulk_create(
        models.YearlyReportFile(report_id=report.id, ending=ending, content=content, digest=file_digest(content))
        for ending, content in files.items()
    )
    models.YearlyReport.objects.filter(pk=report.id).update(
        standing=ReportStanding.SIGNED.value,
        facts=list(facts),
        digest=digest,
        signed_by=by,
        signed_name=name,
        signed_on=on,
        version=F("version") + 1,
    )


def thaw(report: YearlyRecord) -> None:
    """Make a signed report a draft again; its files go."""
    models.YearlyReportFile.objects.filter(report_id=report.id).delete()
    models.YearlyReport.objects.filter(pk=report.id).update(
        standing=ReportStanding.DRAFT.value,
        facts=[],
        digest="",
        signed_by="",
        signed_name="",
        signed_on=None,
        version=F("version") + 1,
    )


def publish(report: YearlyRecord, on: date) -> None:
    """Write the day on which a report was published."""
    models.YearlyReport.objects.filter(pk=report.id).update(
        standing=ReportStanding.PUBLISHED.value, published_on=on, version=F("version") + 1
    )


def file(report: YearlyRecord, ending: str) -> bytes:
    """Return a signed file as it was signed; raise `YearlyReportUnknown`, or `SignedFileAltered`."""
    row = models.YearlyReportFile.objects.filter(report_id=report.id, ending=ending).first()
    if row is None:
        raise YearlyReportUnknown(f"{report.organisation} {report.year} {ending}")
    content = bytes(row.content)
    if file_digest(content) != row.digest:
        raise SignedFileAltered(what=f"{report.organisation} {report.year} 年质量年报")
    return content


def file_digest(content: bytes) -> str:
    """Return the digest of a file."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _record(row: models.YearlyReport) -> YearlyRecord:
    return YearlyRecord(
        id=row.pk,
        level=Level(row.level),
        organisation=row.organisation,
        year=row.year,
        standing=ReportStanding(row.standing),
        version=row.version,
        texts=row.texts,
        facts=tuple(row.facts),
        digest=row.digest,
        written_by=row.written_by,
        signed_by=row.signed_by,
        signed_name=row.signed_name,
        signed_on=row.signed_on,
        published_on=row.published_on,
        files={one.ending: one.digest for one in row.files.all()},
    )
