"""Districts: the schematic map of tiles, and what each district has; schools of unknown district stand apart."""

from __future__ import annotations

from dataclasses import dataclass

from guantong.errors import DistrictUnknown
from guantong.pathways.listing import Listed
from guantong.pathways.planner import Desk
from guantong.registry import Institution, Programme, Project
from guantong.web.desk import PublicDesk
from guantong.web.fragments import programme_rows
from guantong.web.page import Asked, Page

UNKNOWN = "unknown"
"""The name under which schools stand whose district is not in our sources."""
UNKNOWN_TITLE = "所在区没有收录"
_SHORT = 3


@dataclass(frozen=True, slots=True)
class District:
    """One district: its name, its tile, its schools, and its programmes of the newest plan."""

    id: str
    name: str
    row: int
    column: int
    schools: tuple[Institution, ...]
    programmes: tuple[Programme, ...]
    projects: tuple[Project, ...]

    @property
    def short(self) -> str:
        """Return the name without its last sign, where it is long for a tile."""
        return self.name if len(self.name) <= _SHORT else self.name.removesuffix("区")

    @property
    def rest(self) -> str:
        """Return what `short` leaves out."""
        return self.name.removeprefix(self.short)

    def as_json(self) -> dict[str, object]:
        """Return the district as JSON data."""
        return {
            "id": self.id,
            "name": self.name,
            "tile": [self.row, self.column] if self.row else None,
            "schools": [school.id for school in self.schools],
            "programmes": [row.id for row in self.programmes],
            "projects": [row.id for row in self.projects],
        }


def districts_page(asked: Asked) -> Page:
    """Return the map with what each district has; what cannot be placed is counted apart."""
    asked.only()
    everywhere = [_district(asked.desk, name) for name in asked.desk.parts.registry.districts]
    tiles = sorted((part for part in everywhere if part.row), key=lambda part: (part.row, part.column))
    unknown = _district(asked.desk, UNKNOWN)
    return Page(
        title="各区的学校",
        template="guantong/districts.html",
        context={
            "tiles": tiles,
            "districts": everywhere,
            "unknown": unknown,
            "newest": asked.desk.parts.plans.newest(),
        },
        data=lambda: [part.as_json() for part in (*everywhere, unknown)],
    )


def district_page(asked: Asked, district: str) -> Page:
    """Return one district's schools and programmes, or those schools whose district is not known."""
    asked.only()
    parts = asked.desk.parts
    if district not in (*parts.registry.districts, UNKNOWN):
        raise DistrictUnknown(district, parts.registry.districts.values())
    found = _district(asked.desk, district)
    return Page(
        title=found.name,
        template="guantong/district.html",
        context={
            "district": found,
            "known": district != UNKNOWN,
            "newest": parts.plans.newest(),
            "earlier": _earlier(found, parts),
            "rows": programme_rows((Listed(programme=row, reasons=()) for row in found.programmes), reasons=False),
            "unknown": len(_schools(parts, "")),
        },
        data=found.as_json,
    )


def _district(desk: PublicDesk, name: str) -> District:
    parts = desk.parts
    schools = _schools(parts, "" if name == UNKNOWN else name)
    ids = {school.id for school in schools}
    newest = parts.plans.newest()
    rows = parts.plans.year(newest).programmes if newest is not None else ()
    row, column = desk.contents.tiles.get(name, (0, 0))
    return District(
        id=name,
        name=parts.registry.district_name(name) or UNKNOWN_TITLE,
        row=row,
        column=column,
        schools=schools,
        programmes=tuple(programme for programme in rows if programme.school_id in ids),
        projects=tuple(project for project in desk.contents.projects.all if project.school_id in ids),
    )


def _schools(desk: Desk, district: str) -> tuple[Institution, ...]:
    return tuple(school for school in desk.registry.institutions.values() if school.district == district)


def _earlier(found: District, desk: Desk) -> tuple[tuple[int, int], ...]:
    """Return how many programmes each earlier plan has here."""
    ids = {school.id for school in found.schools}
    newest = desk.plans.newest()
    counted = (
        (year, sum(row.school_id in ids for row in file.programmes))
        for year, file in desk.plans.files.items()
        if year != newest
    )
    return tuple((year, count) for year, count in counted if count)
