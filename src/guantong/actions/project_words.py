"""What the contents say of a project: its planned places, the names of its institutions and of its major."""

from __future__ import annotations

from collections.abc import Iterable

from guantong.actions.books import contents, organisation_title
from guantong.cohorts import Planned, Project, planned_places, project_named


def planned(project: str, cohort: int) -> Planned:
    """Return the planned places of a project and cohort, as far as a plan on record prints them."""
    read = contents()
    return planned_places(read.plans, project_named(project), cohort, read.sources)


def seats(projects: Iterable[str]) -> dict[str, str]:
    """Return the names of the institutions of some projects, by id."""
    named = map(project_named, set(projects))
    found = {seat for project in named for seat in (project.lead, project.partner) if seat}
    return {seat: organisation_title(seat) for seat in sorted(found)}


def major_name(project: Project) -> str:
    """Return the name of a project's major where a plan on record prints it with the code; else what the id says."""
    rows = contents().plans.programmes.values()
    unnamed = f"专业代码 {project.major}" if project.major.isdigit() else project.major
    return next((row.major for row in rows if row.code and row.code == project.major), unnamed)
