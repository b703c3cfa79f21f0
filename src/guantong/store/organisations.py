"""Organisations as they are kept, with their dated supervisors."""

from __future__ import annotations

from datetime import date, datetime

from guantong.errors import OrganisationUnknown, StepRefused
from guantong.store import models


def add(name: str, title: str, kind: str, *, by: str, at: datetime) -> None:
    """Write a new organisation; raise `StepRefused` where it is entered already."""
    if models.Organisation.objects.filter(pk=name).exists():
        raise StepRefused(step="录入机构", why=f"“{name}”已经录入")
    models.Organisation.objects.create(id=name, name=title, kind=kind, entered_by=by, entered_at=at)


def check(name: str) -> None:
    """Raise `OrganisationUnknown` where an organisation is not entered."""
    if not models.Organisation.objects.filter(pk=name).exists():
        raise OrganisationUnknown(name)


def all_of_them() -> tuple[tuple[str, str, str], ...]:
    """Return id, name and kind of every organisation."""
    return tuple(models.Organisation.objects.order_by("pk").values_list("id", "name", "kind"))


def supervise(name: str, supervisor: str, *, since: date, document: str, by: str) -> None:
    """Write who supervises an organisation from a day on; whoever did before ends the day before."""
    models.Supervision.objects.filter(organisation_id=name, until__isnull=True).update(until=since)
    models.Supervision.objects.create(
        organisation_id=name, supervisor_id=supervisor, since=since, document=document, entered_by=by
    )


def supervisor(name: str, on: date) -> str:
    """Return who supervises an organisation on a day; "" where nobody entered it."""
    rows = models.Supervision.objects.filter(organisation_id=name, since__lte=on).exclude(until__lte=on)
    found = rows.order_by("-since").values_list("supervisor_id", flat=True).first()
    return str(found or "")
