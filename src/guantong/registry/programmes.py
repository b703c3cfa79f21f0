"""Programmes (招生专业): one printed line of an enrolment plan each, names exactly as printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from guantong.evidence import Basis, Grade, Place, Source


class ProjectType(Enum):
    """The two kinds of the seven-year project."""

    GAOBEN = "gaoben"
    ZHONGBEN = "zhongben"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return {"gaoben": "高本贯通", "zhongben": "中本贯通"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """One line of a plan: a major at a school, its quota, its partner, and where each was printed.

    `quota_basis` and `partner_basis` say how we got them; what the text lost is None with basis
    missing. `places` names the line of a merged cell that a value comes from, where it is another.
    """

    id: str
    year: int
    type: ProjectType
    type_basis: Basis
    school: str
    school_id: str
    major: str
    direction: str
    majors: tuple[str, ...]
    code: str
    quota: int | None
    quota_basis: str
    quota_arithmetic: str
    group: str
    group_quota: int | None
    actual: int | None
    partner: str
    partner_id: str
    partner_basis: Basis
    partner_kind: str
    partner_major: str
    restrictions: str
    place: Place
    places: Mapping[str, Place]
    grade: Grade
    note: str

    def as_json(self, sources: Mapping[str, Source]) -> dict[str, object]:
        """Return the row of `programmes --json`; names as printed, unknown as null."""
        group = {"id": self.group, "quota": self.group_quota} if self.group else None
        return {
            "id": self.id,
            "year": self.year,
            "type": self.type.value,
            "type_basis": self.type_basis.value,
            "school": self.school,
            "school_id": self.school_id,
            "major": self.major,
            "direction": self.direction or None,
            "majors": list(self.majors),
            "code": self.code or None,
            "quota": self.quota,
            "quota_basis": self.quota_basis,
            "quota_arithmetic": self.quota_arithmetic or None,
            "group": group,
            "actual": self.actual,
            "partner": self.partner or None,
            "partner_id": self.partner_id or None,
            "partner_basis": self.partner_basis.value,
            "partner_kind": self.partner_kind or None,
            "partner_major": self.partner_major or None,
            "restrictions": self.restrictions or None,
            "place": self.place.as_json(sources.get(self.place.document)),
            "places": {name: place.as_json(sources.get(place.document)) for name, place in self.places.items()},
            "grade": self.grade.value,
            "note": self.note or None,
        }
