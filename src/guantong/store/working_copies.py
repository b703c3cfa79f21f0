"""Working copies as they are kept: who asked, who answered, whether it was taken; never what stood in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db.models import Q

from guantong.errors import RecordChanged, WorkingCopyUnknown
from guantong.people import ANY, Scope
from guantong.store import models
from guantong.store.named_rows import Selection
from guantong.store.reach import NOTHING

EVERYTHING = Q(pk__isnull=False)
"""A condition that holds for all; `|` would lose an empty one."""

ASKED, APPROVED, TURNED_DOWN, TAKEN = "asked", "approved", "turned_down", "taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCopy:
    """One request for a working copy (工作副本) and what became of it."""

    id: str
    institution: str
    selection: Selection
    purpose: str
    state: str
    version: int
    asked_at: datetime
    asked_by: str
    answered_by: str
    until: datetime | None
    taken_at: datetime | None
    rows: int | None
    expires_on: date | None


def ask(selection: Selection, institution: str, *, purpose: str, by: str, at: datetime) -> WorkingCopy:
    """Write a request."""
    row = models.WorkingCopy.objects.create(
        id=uuid4().hex,
        institution=institution,
        project=selection.project,
        cohort=selection.cohort,
        class_name=selection.class_name,
        purpose=purpose,
        state=ASKED,
        version=1,
        asked_at=at,
        asked_by=by,
        answered_by="",
    )
    return _read(row)


def listed(*, scope: Scope) -> tuple[WorkingCopy, ...]:
    """Return the requests at the scope's organisations, newest first."""
    return tuple(map(_read, models.WorkingCopy.objects.filter(_reached(scope)).order_by("-asked_at", "id")))


def unanswered(*, scope: Scope) -> int:
    """Return how many requests wait for an answer."""
    return models.WorkingCopy.objects.filter(_reached(scope), state=ASKED).count()


def get(copy: str, *, scope: Scope) -> WorkingCopy:
    """Return a request, its row locked until the transaction ends; raise `WorkingCopyUnknown` out of scope."""
    row = models.WorkingCopy.objects.select_for_update().filter(_reached(scope), pk=copy).first()
    if row is None:
        raise WorkingCopyUnknown(copy)
    return _read(row)


def settle(copy: WorkingCopy, seen: int, **columns: object) -> None:
    """Write what became of a request; raise `RecordChanged` where it is no longer the version that was seen."""
    if copy.version != seen:
        raise RecordChanged(what="申请", seen=seen, now=copy.version)
    models.WorkingCopy.objects.filter(pk=copy.id).update(**columns, version=seen + 1)


def _reached(scope: Scope) -> Q:
    found = NOTHING
    for reach in scope.reaches:
        tied = EVERYTHING if reach.organisation == ANY else Q(institution=reach.organisation)
        found |= tied if ANY in reach.projects else tied & Q(project__in=sorted(reach.projects))
    return found


def _read(row: models.WorkingCopy) -> WorkingCopy:
    return WorkingCopy(
        id=row.pk,
        institution=row.institution,
        selection=Selection(project=row.project, cohort=row.cohort, class_name=row.class_name),
        purpose=row.purpose,
        state=row.state,
        version=row.version,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        answered_by=row.answered_by,
        until=row.until,
        taken_at=row.taken_at,
        rows=row.rows,
        expires_on=row.expires_on,
    )
