"""From a scope to projects: a school's own, a partner's, a district's, those of whom one supervises, or all."""

from __future__ import annotations

from collections.abc import Sequence

from guantong.actions.books import contents
from guantong.people import ANY, Reach, Role, Scope
from guantong.store.project_reach import ProjectReach, supervised

DISTRICT = "district:"
AUTHORITIES = frozenset({Role.CITY, Role.DISTRICT, Role.SUPERVISOR})
"""Whoever stands above the schools: they see counts, and reports once these are submitted."""


def counted(scope: Scope) -> tuple[ProjectReach, ...]:
    """Return the projects whose counts and reports may be read."""
    return tuple(_read(reach, scope) for reach in scope.reaches)


def led(scope: Scope) -> tuple[ProjectReach, ...]:
    """Return the projects that one's institutions lead: they write, sign and submit the report (四（三）1)."""
    return tuple(ProjectReach(leads=_every(reach.organisation), projects=reach.projects) for reach in scope.reaches)


def partnered(scope: Scope) -> tuple[ProjectReach, ...]:
    """Return the projects in which one's institutions are the partner: they co-sign."""
    return tuple(
        ProjectReach(
            leads=None if reach.organisation == ANY else frozenset(),
            partners=frozenset({reach.organisation}),
            projects=reach.projects,
        )
        for reach in scope.reaches
    )


def whole_city(reaches: Sequence[ProjectReach]) -> bool:
    """Tell whether some reaches reach every project."""
    return any(reach.leads is None and ANY in reach.projects for reach in reaches)


def _read(reach: Reach, scope: Scope) -> ProjectReach:
    """Return what one grant reads."""
    above = reach.role in AUTHORITIES
    if reach.organisation == ANY or reach.role is Role.CITY:
        return ProjectReach(leads=None, projects=reach.projects, submitted_only=above)
    if reach.organisation.startswith(DISTRICT):
        return ProjectReach(leads=_of_district(reach.organisation), projects=reach.projects, submitted_only=above)
    if reach.role is Role.SUPERVISOR:
        leads = supervised(reach.organisation, scope.on)
        return ProjectReach(leads=leads, projects=reach.projects, submitted_only=True)
    own = frozenset({reach.organisation})
    return ProjectReach(leads=own, partners=own, projects=reach.projects)


def _every(organisation: str) -> frozenset[str] | None:
    return None if organisation == ANY else frozenset({organisation})


def _of_district(office: str) -> frozenset[str]:
    district = office.removeprefix(DISTRICT)
    schools = contents().registry.institutions.values()
    return frozenset(school.id for school in schools if school.district == district)
