"""Plan against intake (计划与录取): the printed places of a project and cohort, unknown where no row prints them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guantong.cohorts.projects import Project
from guantong.evidence import Grade, Source, weakest
from guantong.registry import Plans, Programme, ProjectType

NOT_LISTED = "这类项目没有收录分专业计划"
NO_PLAN = "没有收录这一年的分专业计划"
NO_ROW = "收录的计划里没有这一项"
NO_NUMBER = "计划里有这一项，但没有单独的计划数"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The places that were planned: None where unknown, `why` then says so; rows are ids of programmes."""

    places: int | None
    why: str = ""
    rows: tuple[str, ...] = ()
    place: str = ""
    grade: Grade | None = None


def planned_places(plans: Plans, project: Project, cohort: int, sources: Mapping[str, Source]) -> Planned:
    """Return the planned places of a project in the year of a cohort; only exact codes and names are joined."""
    kinds = {kind.value: kind for kind in ProjectType}
    kind = kinds.get(project.kind.value)
    if kind is None:
        return Planned(places=None, why=NOT_LISTED)
    file = plans.files.get(cohort)
    if file is None or not file.covers(kind):
        return Planned(places=None, why=NO_PLAN)
    rows = [row for row in plans.of(cohort, kind) if _is_of(row, project)]
    if not rows:
        return Planned(places=None, why=NO_ROW)
    return _planned(rows, sources)


def _is_of(row: Programme, project: Project) -> bool:
    """Tell whether a row is the project's: lead and major always, the partner where both name one."""
    if row.school_id != project.lead or (row.partner_id and project.partner and row.partner_id != project.partner):
        return False
    return project.major in (row.code, row.major, *row.majors)


def _planned(rows: Sequence[Programme], sources: Mapping[str, Source]) -> Planned:
    names = tuple(row.id for row in rows)
    place = "；".join(row.place.text(sources.get(row.place.document)) for row in rows)
    grade = weakest(row.grade for row in rows)
    numbers = [row.quota for row in rows if row.quota is not None]
    if len(numbers) < len(rows):
        return Planned(places=None, why=NO_NUMBER, rows=names, place=place, grade=grade)
    return Planned(places=sum(numbers), rows=names, place=place, grade=grade)
