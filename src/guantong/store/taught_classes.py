"""Classes as they are taught (在教班级): who sits in them by project, cohort and stage; counts, nobody's name."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from guantong.cohorts import Status
from guantong.people import ANY, Scope
from guantong.registry import Stage
from guantong.store import models
from guantong.store.reach import present
from guantong.store.sittings import OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtClass:
    """The enrolled pupils of one class in one stage, at the school that teaches them."""

    project: str
    cohort: int
    class_name: str
    school: str
    stage: Stage
    pupils: int


def taught_classes(*, scope: Scope) -> tuple[TaughtClass, ...]:
    """Return the classes that one's own schools teach, newest cohort first."""
    names = ("project", "cohort", "class_name", "taught_at", "stage")
    rows = models.Pupil.objects.filter(present(scope), status=Status.ENROLLED.value).values_list(*names)
    own = {reach.organisation for reach in scope.reaches}
    if ANY not in own:
        rows = rows.filter(taught_at__in=sorted(own))
    counted = rows.annotate(pupils=Count("pk")).order_by("-cohort", "project", "class_name", "taught_at", "stage")
    return tuple(
        TaughtClass(project=project, cohort=cohort, class_name=name, school=school, stage=Stage(stage), pupils=pupils)
        for project, cohort, name, school, stage, pupils in counted
    )


def stages_under_way() -> frozenset[tuple[str, int, str, Stage]]:
    """Return project, cohort, class and stage ahead of every list that is not over."""
    rows = models.Sitting.objects.exclude(state__in=OVER)
    found = rows.values_list("project", "cohort", "class_name", "to_stage")
    return frozenset((project, cohort, name, Stage(stage)) for project, cohort, name, stage in found)
