"""What counts are made of: today's whereabouts from the projection, whole histories where a past day is asked.

Both leave the store without a name or a number of any pupil.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, islice
from operator import itemgetter

from django.db.models import Exists, OuterRef, Q, QuerySet

from guantong.cohorts import Event, EventKind, ProjectKind, Status, Whereabouts, effective, fold, stages_registered
from guantong.cohorts.census import STEPS
from guantong.registry import Stage
from guantong.store import events, models
from guantong.store.project_reach import ProjectReach, any_covers, within
from guantong.store.pupils import VOID

CHUNK = 1_000
_REVERSED = Exists(models.Event.objects.filter(reverses=OuterRef("pk"), outcome=events.APPLIED))


def histories(reaches: Sequence[ProjectReach]) -> Iterator[list[Event]]:
    """Yield the events that count of every pupil who is, was, or before a correction may have been in a project."""
    for names in _in_chunks(_ever_in(reaches).values_list("pk", flat=True)):
        yield from events.applied_to(names).values()


def whereabouts(reaches: Sequence[ProjectReach], today: date) -> Iterator[Whereabouts]:
    """Yield where each pupil of the projects stands today; a pupil with an event of a later day is folded to today."""
    ahead = set(_later(reaches, today))
    stages = _registered(reaches)
    rows = models.Pupil.objects.filter(within(reaches)).exclude(status=VOID)
    for name, project, cohort, stage, status in rows.values_list("pk", "project", "cohort", "stage", "status"):
        if name not in ahead:
            registered = stages.get(name, frozenset())
            yield _standing(project, cohort, Stage(stage), Status(status), registered)
    for names in _in_chunks(sorted(ahead)):
        yield from _folded(events.applied_to(names).values(), reaches, today)


def projects_with_pupils(reaches: Sequence[ProjectReach], year: int) -> tuple[str, ...]:
    """Return the 贯通 projects that had pupils in a calendar year: still there now, or something happened since."""
    since = models.Event.objects.filter(
        pupil=OuterRef("pk"), outcome=events.APPLIED, effective_on__gte=date(year, 1, 1)
    )
    kinds = [kind.value for kind in ProjectKind if kind.is_guantong]
    rows = models.Pupil.objects.filter(within(reaches), kind__in=kinds, cohort__lte=year).exclude(status=VOID)
    present = rows.filter(Q(in_project=True) | Exists(since))
    return tuple(sorted(present.order_by().values_list("project", flat=True).distinct()))


def _in_chunks(names: Iterable[str]) -> Iterator[list[str]]:
    left = iter(names)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def _ever_in(reaches: Sequence[ProjectReach]) -> QuerySet[models.Pupil]:
    stays = models.StageKept.objects.filter(within(reaches), pupil=OuterRef("pk"))
    corrected = models.Event.objects.filter(
        pupil=OuterRef("pk"), outcome=events.APPLIED, kind=EventKind.CORRECTED.value
    )
    found = models.Pupil.objects.filter(within(reaches) | Q(Exists(stays)) | Q(Exists(corrected)))
    return found.order_by("pk")


def _later(reaches: Sequence[ProjectReach], today: date) -> Iterable[str]:
    rows = models.Event.objects.filter(outcome=events.APPLIED, effective_on__gt=today)
    return rows.filter(pupil__in=_ever_in(reaches).order_by().values("pk")).values_list("pupil_id", flat=True)


def _registered(reaches: Sequence[ProjectReach]) -> dict[str, frozenset[Stage]]:
    """Return for every pupil the stages of registration, from two kinds of events that were not undone."""
    rows = models.Event.objects.filter(within(reaches, "pupil__project"), outcome=events.APPLIED)
    steps = rows.filter(kind__in=[kind.value for kind in STEPS]).exclude(_REVERSED)
    read = [
        (pupil, on, EventKind(kind), name)
        for pupil, on, kind, name in steps.values_list("pupil_id", "effective_on", "kind", "pk")
    ]
    read.sort(key=lambda row: (row[0], row[1], row[2].day_rank, row[3]))
    return {
        pupil: stages_registered(kind for _, _, kind, _ in group) for pupil, group in groupby(read, key=itemgetter(0))
    }


def _folded(
    histories: Iterable[Sequence[Event]], reaches: Sequence[ProjectReach], today: date
) -> Iterator[Whereabouts]:
    for history in histories:
        counted = effective(history, on=today)
        if not counted:
            continue
        state = fold(counted)
        registered = stages_registered(event.kind for event in counted if event.kind in STEPS)
        if any_covers(reaches, state.project.id):
            yield _standing(state.project.id, state.cohort, state.stage, state.status, registered)


def _standing(project: str, cohort: int, stage: Stage, status: Status, registered: frozenset[Stage]) -> Whereabouts:
    return Whereabouts(project=project, cohort=cohort, stage=stage, status=status, registered=registered)
