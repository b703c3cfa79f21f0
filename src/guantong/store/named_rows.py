"""Many pupils with everything that a list for others needs: read in a few queries, within a scope."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from guantong.cohorts import Event
from guantong.people import Scope
from guantong.store import events, models, personal
from guantong.store.organisations import supervisor
from guantong.store.pupils import VOID
from guantong.store.reach import present
from guantong.store.records import Personal

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which pupils a list is made of: one project and cohort, and one class or all of them."""

    project: str
    cohort: int
    class_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One class at the institution that keeps it, who supervises that one, and how many pupils it has."""

    selection: Selection
    institution: str
    supervisor: str
    pupils: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRow:
    """One pupil of a list, with the personal fields in full and the events that count."""

    id: str
    project: str
    cohort: int
    major: str
    class_name: str
    kept_at: str
    registered_at: str
    stage: str
    status: str
    personal: Personal
    events: tuple[Event, ...]


def selected(wanted: Selection, institution: str, *, scope: Scope) -> tuple[NamedRow, ...]:
    """Return the pupils of a selection that an institution keeps, by class and number; erased ones are left out."""
    rows = list(_chosen(wanted, institution).filter(present(scope)).order_by("class_name", "id"))
    found: list[NamedRow] = []
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        who = personal.of_pupils(row.pk for row in part)
        happened = events.applied_to(row.pk for row in part)
        found += [_named(row, who[row.pk], tuple(happened[row.pk])) for row in part if row.pk in who]
    return tuple(sorted(found, key=lambda row: (row.class_name, row.personal.student_number, row.id)))


def groups(*, scope: Scope) -> tuple[Group, ...]:
    """Return every class within a scope with its number of pupils, newest cohort first: counts, nobody's name."""
    names = ("cohort", "project", "kept_at", "class_name")
    rows = models.Pupil.objects.filter(present(scope)).exclude(status=VOID).values_list(*names)
    counted = rows.annotate(pupils=Count("pk")).order_by("-cohort", "project", "kept_at", "class_name")
    found = list(counted)
    above = {kept_at: supervisor(kept_at, scope.on) for _, _, kept_at, _, _ in found}
    return tuple(
        Group(
            selection=Selection(project=project, cohort=cohort, class_name=name),
            institution=kept_at,
            supervisor=above[kept_at],
            pupils=pupils,
        )
        for cohort, project, kept_at, name, pupils in found
    )


def any_selected(wanted: Selection, institution: str, *, scope: Scope) -> bool:
    """Tell whether the scope reaches anybody of a selection."""
    return _chosen(wanted, institution).filter(present(scope)).exists()


def out_of_reach(wanted: Selection, institution: str, *, scope: Scope) -> bool:
    """Tell whether the institution keeps pupils of the selection that the scope does not reach."""
    chosen = _chosen(wanted, institution)
    return chosen.exclude(pk__in=chosen.filter(present(scope)).values("pk")).exists()


def _chosen(wanted: Selection, institution: str) -> QuerySet[models.Pupil]:
    rows = models.Pupil.objects.filter(project=wanted.project, cohort=wanted.cohort, kept_at=institution)
    rows = rows.exclude(status=VOID)
    return rows.filter(class_name=wanted.class_name) if wanted.class_name else rows


def _named(row: models.Pupil, who: Personal, happened: tuple[Event, ...]) -> NamedRow:
    return NamedRow(
        id=row.pk,
        project=row.project,
        cohort=row.cohort,
        major=row.major,
        class_name=row.class_name,
        kept_at=row.kept_at,
        registered_at=row.registered_at,
        stage=row.stage,
        status=row.status,
        personal=who,
        events=happened,
    )
