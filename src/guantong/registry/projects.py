"""3+2 projects (中高职衔接项目): one printed line of a list each, apart from every enrolment plan.

A list says in words what it covers; only lists that cover the same thing in the same area may
stand side by side, and none of them ever enters a plan's total.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from guantong.errors import ProgrammeUnknown
from guantong.evidence import Grade, Place, Source

THREE_PLUS_TWO = "three-plus-two"
"""The type of every project here; the route of the same id says what it is."""
TYPE_LABEL = "3+2 中高职衔接"


class Covers(Enum):
    """What a list of projects holds."""

    NEW = "new"
    OFFER = "offer"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return {"new": "当年新增的项目", "offer": "当年开设的专业"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One line of a list: a major at a school and the college to which it leads, as printed."""

    id: str
    file: str
    year: int
    school: str
    school_id: str
    major: str
    direction: str
    majors: tuple[str, ...]
    partner: str
    partner_id: str
    partner_major: str
    place: Place
    school_place: Place | None
    grade: Grade
    note: str

    def as_json(self, sources: Mapping[str, Source]) -> dict[str, object]:
        """Return the row of `projects --json`; names as printed, unknown as null."""
        source = sources.get(self.place.document)
        return {
            "id": self.id,
            "file": self.file,
            "year": self.year,
            "type": THREE_PLUS_TWO,
            "school": self.school,
            "school_id": self.school_id,
            "major": self.major,
            "direction": self.direction or None,
            "majors": list(self.majors),
            "partner": self.partner,
            "partner_id": self.partner_id,
            "partner_major": self.partner_major or None,
            "place": self.place.as_json(source),
            "school_place": self.school_place.as_json(source) if self.school_place else None,
            "grade": self.grade.value,
            "note": self.note or None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFile:
    """One list: its document, what it covers and where, the number that the text itself prints, and its rows."""

    id: str
    year: int
    document: str
    grade: Grade
    covers: Covers
    scope: str
    coverage: str
    note: str
    control_total: int
    control_place: Place
    projects: tuple[Project, ...]

    def comparable(self, other: ProjectFile) -> bool:
        """Tell whether two lists cover the same thing in the same area."""
        return (self.covers, self.scope) == (other.covers, other.scope)


class Projects:
    """Every list of 3+2 projects, and every project by id."""

    def __init__(self, files: Iterable[ProjectFile]) -> None:
        """Index the lists, oldest first; the contents loader has made sure that ids are unique."""
        self.files: Mapping[str, ProjectFile] = {
            file.id: file for file in sorted(files, key=lambda file: (file.year, file.id))
        }
        self.all: tuple[Project, ...] = tuple(project for file in self.files.values() for project in file.projects)
        self._by_id: Mapping[str, Project] = {project.id: project for project in self.all}

    def __getitem__(self, name: str) -> Project:
        """Return a project by id; raise `ProgrammeUnknown` with near ids."""
        if name not in self._by_id:
            raise ProgrammeUnknown(name, difflib.get_close_matches(name, self._by_id, n=3))
        return self._by_id[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a project of an id."""
        return name in self._by_id
