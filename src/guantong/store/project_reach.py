"""Which projects a right reaches (项目范围): a condition of every query for counts and reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from guantong.cohorts import project_named
from guantong.people import ANY
from guantong.store import models

NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectReach:
    """Projects by who leads them or is their partner, and by name; `leads` None means every institution.

    `submitted_only` reaches of a report only what was submitted.
    """

    leads: frozenset[str] | None = frozenset()
    partners: frozenset[str] = frozenset()
    projects: frozenset[str] = frozenset({ANY})
    submitted_only: bool = False

    def covers(self, project: str) -> bool:
        """Tell whether a project is reached."""
        named = project_named(project)
        seated = self.leads is None or named.lead in self.leads or named.partner in self.partners
        return seated and (ANY in self.projects or project in self.projects)

    def condition(self, column: str) -> Q:
        """Return the condition for a column that holds a project's id."""
        seats = (
            [] if self.leads is None else [Q(**{f"{column}__startswith": f"{name}:"}) for name in sorted(self.leads)]
        )
        if self.leads is not None:
            seats += [Q(**{f"{column}__contains": f":{name}:"}) for name in sorted(self.partners)]
        seated = Q() if self.leads is None else reduce(or_, seats, NOTHING)
        return seated if ANY in self.projects else seated & Q(**{f"{column}__in": sorted(self.projects)})


def any_covers(reaches: Sequence[ProjectReach], project: str) -> bool:
    """Tell whether any of some reaches covers a project."""
    return any(reach.covers(project) for reach in reaches)


def within(reaches: Sequence[ProjectReach], column: str = "project") -> Q:
    """Return the condition for everything that is reached; one that reaches all lets everything pass."""
    conditions = [reach.condition(column) for reach in reaches]
    return reduce(or_, conditions, NOTHING) if all(conditions) else Q()


def supervised(name: str, on: date) -> frozenset[str]:
    """Return the organisations that one supervises on a day."""
    rows = models.Supervision.objects.filter(supervisor_id=name, since__lte=on).exclude(until__lte=on)
    return frozenset(rows.values_list("organisation_id", flat=True))
