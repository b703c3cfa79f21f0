"""Findings as they were told to schools, and the thread between a school and its adviser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from guantong.diagnosis import Finding, FindingKind, Severity
from guantong.people import ANY, Role
from guantong.store import models
from guantong.store.collection import Reached

_WRITTEN = ["severity", "text", "evidence", "weight", "current", "told_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding as it was last told; `current` says whether the last diagnosis of the year still found it."""

    finding: Finding
    current: bool
    told_at: datetime
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a thread."""

    number: int
    text: str
    role: str
    by: str
    name: str
    at: datetime


def put(year: int, organisation: str, findings: Sequence[Finding], *, at: datetime) -> None:
    """Write what a diagnosis found; what an earlier one found and this one does not stays, no longer current."""
    models.Finding.objects.filter(year=year, organisation=organisation).update(current=False)
    rows = [
        models.Finding(
            id=one.id,
            year=one.year,
            organisation=one.subject,
            indicator=one.indicator,
            kind=one.kind.value,
            severity=one.severity.value,
            text=one.text,
            evidence=list(one.evidence),
            weight=one.weight,
            current=True,
            told_at=at,
        )
        for one in findings
    ]
    models.Finding.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=_WRITTEN)


def told(year: int, organisation: str) -> tuple[Told, ...]:
    """Return what was told to an organisation in a year, the gravest first, what no longer holds last."""
    rows = list(models.Finding.objects.filter(year=year, organisation=organisation))
    tasks = _tasks([row.pk for row in rows])
    return tuple(sorted((_told(row, tasks) for row in rows), key=_order))


def get(name: str, *, reached: Reached) -> Told | None:
    """Return one finding within reach."""
    row = models.Finding.objects.filter(pk=name).first()
    if row is None or (reached is not None and row.organisation not in reached):
        return None
    return _told(row, _tasks([row.pk]))


def severities(year: int, *, reached: Reached) -> dict[str, dict[str, int]]:
    """Return by organisation how many current findings of each severity it has."""
    rows = models.Finding.objects.filter(year=year, current=True)
    if reached is not None:
        rows = rows.filter(organisation__in=list(reached))
    found: dict[str, dict[str, int]] = {}
    for organisation, severity in rows.order_by("organisation").values_list("organisation", "severity"):
        counts = found.setdefault(organisation, {one.value: 0 for one in Severity})
        counts[severity] += 1
    return found


def say(organisation: str, message: Message) -> None:
    """Add a message to a thread; its number is given here."""
    models.Organisation.objects.select_for_update().get(pk=organisation)
    rows = models.AdvisingMessage.objects.filter(organisation=organisation)
    models.AdvisingMessage.objects.create(
        organisation=organisation,
        number=rows.count() + 1,
        text=message.text,
        role=message.role,
        by=message.by,
        name=message.name,
        at=message.at,
    )


def thread(organisation: str) -> tuple[Message, ...]:
    """Return a thread, oldest first."""
    rows = models.AdvisingMessage.objects.filter(organisation=organisation).order_by("number")
    return tuple(
        Message(number=row.number, text=row.text, role=row.role, by=row.by, name=row.name, at=row.at) for row in rows
    )


def advisers(organisation: str, on: date, *, city: str) -> tuple[str, ...]:
    """Return the names of whoever is granted to advise an organisation on a day, its own advisers before the city's."""
    rows = models.Grant.objects.filter(role=Role.ADVISER.value, since__lte=on, user__is_active=True)
    rows = rows.filter(Q(until__isnull=True) | Q(until__gte=on)).select_related("user").order_by("pk")
    own = [row.user.name for row in rows if row.organisation == organisation]
    return tuple(own or [row.user.name for row in rows if row.organisation in (city, ANY)])


def _tasks(findings: Sequence[str]) -> dict[str, str]:
    return dict(models.Task.objects.filter(finding__in=findings).values_list("finding", "id"))


def _told(row: models.Finding, tasks: dict[str, str]) -> Told:
    finding = Finding(
        subject=row.organisation,
        year=row.year,
        indicator=row.indicator,
        kind=FindingKind(row.kind),
        severity=Severity(row.severity),
        evidence=tuple(row.evidence),
        text=row.text,
        weight=row.weight,
    )
    return Told(finding=finding, current=row.current, told_at=row.told_at, task=tasks.get(row.pk, ""))


def _order(one: Told) -> tuple[bool, int, float, str]:
    return (not one.current, one.finding.severity.rank, -one.finding.weight, one.finding.indicator)
