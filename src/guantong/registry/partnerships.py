"""Partnerships (校企合作): which enterprise works with which school, and who says so.

Working together is not being hired. What only the essay says is unofficial and unverified, and no
partnership ever ranks a school or a programme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guantong.evidence import Grade, Place, Source

NOT_HIRING = "合作不等于录用"
"""The words beside every partnership."""
UNVERIFIED = "非官方，未核实"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership:
    """One statement that an enterprise and a school work together."""

    id: str
    enterprise: str
    school: str
    school_id: str
    form: str
    year: str
    claimant: str
    place: Place
    grade: Grade
    note: str

    @property
    def standing(self) -> str:
        """Return what the statement rests on: the grade's word; unofficial ones are called unverified."""
        unofficial = self.grade in (Grade.UNOFFICIAL, Grade.PENDING)
        return UNVERIFIED if unofficial else self.grade.label

    def as_json(self, sources: Mapping[str, Source]) -> dict[str, object]:
        """Return the statement as JSON data, with the words that always stand beside it."""
        return {
            "id": self.id,
            "enterprise": self.enterprise,
            "school": self.school,
            "school_id": self.school_id or None,
            "form": self.form,
            "year": self.year or None,
            "claimant": self.claimant,
            "standing": self.standing,
            "grade": self.grade.value,
            "place": self.place.as_json(sources.get(self.place.document)),
            "note": self.note or None,
            "beside": NOT_HIRING,
        }
