"""What an invented city is made of (演示市): its intakes, what becomes of whom, and who has an account.

Nobody here exists. The walk through the years is `guantong.cohorts.rehearsal`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from guantong.cohorts.projects import Project, project_named
from guantong.cohorts.questions import NextClass
from guantong.people import Role


class Fate(Enum):
    """What becomes of an invented pupil; where the law or the record does not let it, the pupil goes on steadily."""

    STEADY = "steady"
    ABSENT = "absent"
    PLACE_KEPT = "place_kept"
    REPEATS = "repeats"
    FAILS_AND_LEAVES = "fails_and_leaves"
    LEAVES = "leaves"
    SUSPENDED_AND_BACK = "suspended_and_back"
    SUSPENDED = "suspended"
    DROPS_OUT = "drops_out"
    WITHOUT_DIPLOMA = "without_diploma"
    CHANGES_MAJOR = "changes_major"
    CHANGES_MAJOR_ON_DOCUMENT = "changes_major_on_document"
    CHANGES_MAJOR_APPROVED = "changes_major_approved"
    CHANGES_SCHOOL = "changes_school"
    DISCIPLINED = "disciplined"
    FORGIVEN = "forgiven"
    MISTAKEN = "mistaken"
    TRANSFERS_IN = "transfers_in"
    WAITS_TO_CHANGE = "waits_to_change"
    WAITS_TO_MOVE_ON = "waits_to_move_on"
    WAITS_TO_RESUME = "waits_to_resume"


class Listed(Enum):
    """How far the list of a class that sits only now has come; without one nobody has begun it."""

    ENTERED = "entered"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedIntake:
    """The pupils of one project and cohort: how many, in which classes, and which class sits (转段考核) only now."""

    project: Project
    cohort: int
    title: str
    pupils: int
    sitting: str = ""
    listed: Listed | None = None

    @property
    def school(self) -> str:
        """Return the school that admits and teaches them."""
        return self.project.lead


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedAccount:
    """One account of a demonstration."""

    login: str
    name: str
    role: Role
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedCity:
    """Everything that a demonstration is made from; the same seed makes the same people."""

    seen_on: date
    seed: int
    class_size: int
    intakes: tuple[InventedIntake, ...]
    deck: tuple[Fate, ...]
    enterprises: tuple[str, ...]
    accounts: tuple[InventedAccount, ...]
    supervisors: Mapping[str, str]

    def next_class(self, school: str, year: int) -> NextClass | None:
        """Return the majors of 贯通 that a school offers to a class; None where no plan of that year is on record."""
        if all(intake.cohort != year for intake in self.intakes):
            return None
        majors = tuple(
            intake.project.major
            for intake in self.intakes
            if intake.cohort == year and intake.school == school and intake.project.kind.is_guantong
        )
        return NextClass(school=school, class_year=year, majors=majors)

    def others(self, project: str, cohort: int, *, same_school: bool) -> tuple[Project, ...]:
        """Return the projects of the same kind and cohort that a pupil might change to."""
        own = project_named(project)
        return tuple(
            intake.project
            for intake in self.intakes
            if intake.cohort == cohort
            and intake.project.kind is own.kind
            and intake.project.id != project
            and (intake.school == own.lead) is same_school
        )
