"""Routes (路径): the ways from 中考 to a certificate, with their stages, doors and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from guantong.errors import RouteUnknown
from guantong.evidence import Grade, Place
from guantong.registry import ProjectType, Stage


class Target(Enum):
    """What a family aims at."""

    COLLEGE = "专科"
    UNDERGRADUATE = "本科"
    WORK = "就业"
    ABROAD = "出国"


class Seat(Enum):
    """Where a pupil studies, is registered, or gets a certificate from."""

    SCHOOL = "school"
    COLLEGE = "college"
    UNIVERSITY = "university"
    ADMITTING_UNIVERSITY = "admitting_university"
    FOREIGN_UNIVERSITY = "foreign_university"
    HIGH_SCHOOL = "high_school"
    ENTERPRISE = "enterprise"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return _SEATS[self]


_SEATS = {
    Seat.SCHOOL: "中职学校",
    Seat.COLLEGE: "高职院校",
    Seat.UNIVERSITY: "合作本科高校",
    Seat.ADMITTING_UNIVERSITY: "录取的本科高校",
    Seat.FOREIGN_UNIVERSITY: "国外大学",
    Seat.HIGH_SCHOOL: "普通高中",
    Seat.ENTERPRISE: "企业",
    Seat.UNKNOWN: "未收录",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a statement of a route rests on: a clause, a place, or neither where nothing is known."""

    clause: str = ""
    place: Place | None = None
    grade: Grade = Grade.PENDING


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatByCohort:
    """Where some cohorts studied instead of the usual place."""

    cohorts: tuple[int, ...]
    value: Seat
    anchor: Anchor
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStage:
    """One rung of the ladder. Where `decided` is set, registration and certificate come from the rulebook."""

    stage: Stage
    years: int | None
    studies_at: Seat
    studies_at_by_cohort: tuple[SeatByCohort, ...]
    decided: bool
    registered_at: Seat | None
    certificate: str
    issued_by: Seat | None
    anchor: Anchor

    def studies_at_for(self, cohort: int) -> tuple[Seat, SeatByCohort | None]:
        """Return where a cohort studies in this stage, and the exception that says so, if any."""
        exception = next((part for part in self.studies_at_by_cohort if cohort in part.cohorts), None)
        return (exception.value, exception) if exception else (self.studies_at, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a source says about entry, and for which years."""

    text: str
    years: tuple[int, ...]
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """What happens when a step fails or the pupil leaves, and which certificate one then holds."""

    when: str
    then: str
    holds: str
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class OneWay:
    """A door that cannot be passed back."""

    text: str
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A published rate with everything that it leaves open."""

    name: str
    value: str
    unit: str
    year: str
    population: str
    numerator: int | None
    denominator: int | None
    destination: str
    exclusions: str
    claimant: str
    place: Place
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSchool:
    """A school that a source names for a route."""

    name: str
    majors: tuple[str, ...]
    year: str
    place: Place
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Whom or what to ask."""

    text: str
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Existed:
    """In which years sources show the route."""

    text: str
    cohorts: tuple[int, ...]
    place: Place
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way, from 中考 to what it usually leads to."""

    id: str
    order: int
    title: str
    summary: str
    leads_to: tuple[Target, ...]
    years: int | None
    years_text: str
    programme_type: ProjectType | None
    decision: str
    conditions: tuple[Condition, ...]
    entry_unknown: str
    stages: tuple[RouteStage, ...]
    branches: tuple[Branch, ...]
    worst_case: Branch
    one_way: tuple[OneWay, ...]
    rates: tuple[Rate, ...]
    existed: Existed
    schools: tuple[RouteSchool, ...]
    ask: tuple[Ask, ...]
    not_in_sources: tuple[str, ...]

    @property
    def takes(self) -> str:
        """Return how long the route takes, as a phrase without a full stop."""
        return f"{self.years} 年" if self.years else self.years_text.rstrip("。") or "年数不一"


class Routes:
    """Every route by id, in display order."""

    def __init__(self, routes: Iterable[Route]) -> None:
        """Order the routes."""
        self.all: tuple[Route, ...] = tuple(sorted(routes, key=lambda route: route.order))
        self._by_id: Mapping[str, Route] = {route.id: route for route in self.all}

    def __getitem__(self, name: str) -> Route:
        """Return a route by id; raise `RouteUnknown`."""
        if name not in self._by_id:
            raise RouteUnknown(name, self._by_id)
        return self._by_id[name]
