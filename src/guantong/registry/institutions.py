"""Institutions (学校): one id each, joined by id and never by a printed name.

A printed name is looked up exactly, among current names, aliases and former names. A near name is
a proposal for a person, never a join.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from guantong.errors import SchoolUnknown
from guantong.evidence import Basis, Place


class InstitutionKind(Enum):
    """What an institution is."""

    SECONDARY = "secondary"
    TECHNICIAN = "technician"
    COLLEGE = "college"
    UNIVERSITY = "university"
    VOCATIONAL_UNIVERSITY = "vocational_university"
    ATTACHED = "attached"
    SPECIAL = "special"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return _KINDS[self]

    @property
    def partner_kind(self) -> str:
        """Return what an undergraduate partner of this kind is called; "" for others."""
        return {InstitutionKind.UNIVERSITY: "普通本科", InstitutionKind.VOCATIONAL_UNIVERSITY: "职业本科"}.get(self, "")


class SupervisorKind(Enum):
    """Who supervises an institution (主管部门)."""

    DISTRICT = "district"
    CITY = "city"
    BUREAU = "bureau"
    HR = "hr"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return _SUPERVISORS[self]


_KINDS = {
    InstitutionKind.SECONDARY: "中职学校",
    InstitutionKind.TECHNICIAN: "技工院校",
    InstitutionKind.COLLEGE: "高职院校",
    InstitutionKind.UNIVERSITY: "本科高校",
    InstitutionKind.VOCATIONAL_UNIVERSITY: "职业本科高校",
    InstitutionKind.ATTACHED: "附设中职班",
    InstitutionKind.SPECIAL: "特殊教育学校",
    InstitutionKind.OTHER: "其他机构",
}
_SUPERVISORS = {
    SupervisorKind.DISTRICT: "区教委",
    SupervisorKind.CITY: "市教委",
    SupervisorKind.BUREAU: "主管局或集团",
    SupervisorKind.HR: "人力社保部门",
    SupervisorKind.UNKNOWN: "未收录",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision:
    """Who supervised an institution, from and until when as far as known."""

    kind: SupervisorKind
    since: str = ""
    until: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName:
    """A name that an institution bore before."""

    name: str
    until: str = ""
    note: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """One school, college or university."""

    id: str
    name: str
    kind: InstitutionKind
    place: Place
    aliases: tuple[str, ...] = ()
    former: tuple[FormerName, ...] = ()
    district: str = ""
    district_basis: Basis | None = None
    supervision: tuple[Supervision, ...] = ()
    apart_from: tuple[str, ...] = ()
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name that means this institution."""
        return (self.name, *self.aliases, *(former.name for former in self.former))


class Registry:
    """Every institution by id and by exact printed name, and the names of districts."""

    def __init__(self, institutions: Iterable[Institution], districts: Mapping[str, str]) -> None:
        """Index the institutions; the contents loader has made sure that no name means two of them."""
        self.institutions: Mapping[str, Institution] = {school.id: school for school in institutions}
        self.districts: Mapping[str, str] = dict(districts)
        self._by_name = {name: school.id for school in self.institutions.values() for name in school.names}

    def __getitem__(self, name: str) -> Institution:
        """Return an institution by id; raise `SchoolUnknown` with near names."""
        if name not in self.institutions:
            raise SchoolUnknown(name, self.near(name))
        return self.institutions[name]

    def get(self, name: str) -> Institution | None:
        """Return an institution by id, or None."""
        return self.institutions.get(name)

    def named(self, printed: str) -> Institution | None:
        """Return the institution that an exact printed name means; None is not a join."""
        found = self._by_name.get(printed)
        return self.institutions[found] if found else None

    def near(self, name: str) -> tuple[str, ...]:
        """Return up to three names that look like `name`, for a person to choose from."""
        return tuple(difflib.get_close_matches(name, [*self._by_name, *self.institutions], n=3, cutoff=0.5))

    def district_name(self, district: str) -> str:
        """Return a district's name; "" where it is unknown."""
        return self.districts.get(district, "")

    def district_id(self, text: str) -> str | None:
        """Return a district's id from its id or its name, with or without 区; None where there is none."""
        for name, label in self.districts.items():
            if text in (name, label, label.removesuffix("区")):
                return name
        return None
