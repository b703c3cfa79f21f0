"""Whose personal fields may be due for erasure: registration ended by a day, the person still on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q

from guantong.cohorts import Status
from guantong.people import Scope
from guantong.store import events, models
from guantong.store.pupils import VOID
from guantong.store.reach import present

_ENDED = (VOID, *(status.value for status in Status if status.is_final))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """One pupil whose registration ended, without a name."""

    id: str
    cohort: int
    class_name: str
    project: str
    status: str
    ended_on: date


def ended(before: date, *, scope: Scope, most: int) -> tuple[Ended, ...]:
    """Return pupils within scope whose last step took effect before a day, longest ago first."""
    counts = Q(events__outcome=events.APPLIED)
    rows = models.Pupil.objects.filter(present(scope), status__in=_ENDED, personal__isnull=False)
    found = rows.annotate(ended_on=Max("events__effective_on", filter=counts)).filter(ended_on__lt=before)
    names = ("pk", "cohort", "class_name", "project", "status", "ended_on")
    return tuple(
        Ended(id=pupil, cohort=cohort, class_name=class_name, project=project, status=status, ended_on=ended_on)
        for pupil, cohort, class_name, project, status, ended_on in found.order_by("ended_on", "pk").values_list(
            *names
        )[:most]
    )
