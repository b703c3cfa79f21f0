"""Cases as they are kept: a school's own words, and whether the report team takes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db.models import F, QuerySet

from guantong.errors import CaseUnknown, RecordChanged
from guantong.store import models
from guantong.store.collection import Reached


class CaseStanding(Enum):
    """What became of a case."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    TURNED_DOWN = "turned-down"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return {"submitted": "待选用", "accepted": "已选用", "turned-down": "未选用"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """One case of a school for a chapter of a year's report."""

    id: str
    year: int
    organisation: str
    chapter: str
    title: str
    text: str
    standing: CaseStanding
    reason: str
    version: int


def add(record: CaseRecord, *, by: str, at: datetime) -> None:
    """Write a new case."""
    models.SchoolCase.objects.create(
        id=record.id,
        year=record.year,
        organisation=record.organisation,
        chapter=record.chapter,
        title=record.title,
        text=record.text,
        standing=record.standing.value,
        reason=record.reason,
        version=record.version,
        submitted_by=by,
        submitted_at=at,
        decided_by="",
    )


def taken(name: str, *, reached: Reached, seen: int) -> CaseRecord:
    """Return a case, its row locked; raise `RecordChanged` where the version is no longer the one seen."""
    row = _within(models.SchoolCase.objects.select_for_update(), reached).filter(pk=name).first()
    if row is None:
        raise CaseUnknown(name)
    if row.version != seen:
        raise RecordChanged(what="案例", seen=seen, now=row.version)
    return _record(row)


def decide(case: CaseRecord, standing: CaseStanding, reason: str, *, by: str) -> None:
    """Write whether a case is taken, and why not."""
    models.SchoolCase.objects.filter(pk=case.id).update(
        standing=standing.value, reason=reason, decided_by=by, version=F("version") + 1
    )


def of_year(year: int, *, reached: Reached, standing: CaseStanding | None = None) -> tuple[CaseRecord, ...]:
    """Return the cases of a year within reach, in the order of chapters and schools; of one standing where given."""
    rows = _within(models.SchoolCase.objects.filter(year=year), reached)
    rows = rows.filter(standing=standing.value) if standing else rows
    return tuple(map(_record, rows.order_by("chapter", "organisation", "submitted_at", "pk")))


def _within(rows: QuerySet[models.SchoolCase], reached: Reached) -> QuerySet[models.SchoolCase]:
    return rows if reached is None else rows.filter(organisation__in=list(reached))


def _record(row: models.SchoolCase) -> CaseRecord:
    return CaseRecord(
        id=row.pk,
        year=row.year,
        organisation=row.organisation,
        chapter=row.chapter,
        title=row.title,
        text=row.text,
        standing=CaseStanding(row.standing),
        reason=row.reason,
        version=row.version,
    )
