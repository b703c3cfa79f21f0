"""Organisations as they are kept, with their dated supervisors."""

from __future__ import annotations

from datetime import date, datetime

from guantong.errors import OrganisationUnknown, StepRefused
from guantong.store import models
from guantong.store.records import Supervised


def add(name: str, title: str, kind: str, *, by: str, at: datetime) -> None:
    """Write a new organisation; raise `StepRefused` where it is entered already."""
    if models.Organisation.objects.filter(pk=name).exists():
        raise StepRefused(step="录入机构", why=f"“{name}”已经录入")
    models.Organisation.objects.create(id=name, name=title, kind=kind, entered_by=by, entered_at=at)


def check(name: str) -> None:
    """Raise `OrganisationUnknown` where an organisation is not entered."""
    if not models.Organisation.objects.filter(pk=name).exists():
        raise OrganisationUnknown(name)


def entered(name: str) -> bool:
    """Tell whether an organisation is entered."""
    return models.Organisation.objects.filter(pk=name).exists()


def all_of_them() -> tuple[tuple[str, str, str], ...]:
    """Return id, name and kind of every organisation."""
    return tuple(models.Organisation.objects.order_by("pk").values_list("id", "name", "kind"))


def with_supervisors(on: date) -> tuple[Supervised, ...]:
    """Return every organisation with its supervisor of a day."""
    held = models.Supervision.objects.filter(since__lte=on).exclude(until__lte=on).select_related("supervisor")
    latest = {row.organisation_id: row for row in held.order_by("since")}
    found = []
    for name, title, kind in all_of_them():
        row = latest.get(name)
        entered = {"supervisor": row.supervisor.name, "since": row.since, "document": row.document} if row else {}
        found.append(Supervised(id=name, name=title, kind=kind, **entered))  # type: ignore[arg-type]
    return tuple(found)


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


def below(name: str, on: date) -> frozenset[str]:
    """Return every organisation that one supervises on a day, directly or through others."""
    held = models.Supervision.objects.filter(since__lte=on).exclude(until__lte=on).order_by("since")
    above = dict(held.values_list("organisation_id", "supervisor_id"))
    found: set[str] = set()
    waiting = {name}
    while waiting:
        waiting = {child for child, parent in above.items() if parent in waiting and child not in found}
        found |= waiting
    return frozenset(found)
