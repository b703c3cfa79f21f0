"""Who holds what (授权): dated grants, and the scope that a right has in one person's hands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guantong.errors import NotAllowed
from guantong.people.rights import KEEPS_THE_PAST, ROLE_RIGHTS, TIES, Door, Right, Role, Tie

ANY = "*"
EVERY = frozenset({ANY})
"""Every project, stage or class; an empty set reaches nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role at an organisation (授权): for some projects and stages, or for some sections, for some days."""

    role: Role
    organisation: str
    since: date
    until: date | None = None
    projects: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()

    def holds(self, on: date) -> bool:
        """Tell whether the grant holds on a day, its first and last day included."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a pupil stands, as far as rights are concerned."""

    project: str
    stage: str
    class_name: str
    kept_at: str
    taught_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far one grant carries one right."""

    role: Role
    organisation: str
    projects: frozenset[str]
    stages: frozenset[str]
    classes: frozenset[str]
    sections: frozenset[str]
    ties: frozenset[Tie]

    def covers(self, pupil: Standing) -> bool:
        """Tell whether a pupil standing there now is reached; earlier stages are the store's to look up."""
        tied = (Tie.KEEPS in self.ties and pupil.kept_at == self.organisation) or (
            Tie.TEACHES in self.ties and pupil.taught_at == self.organisation
        )
        named = ((self.projects, pupil.project), (self.stages, pupil.stage), (self.classes, pupil.class_name))
        return tied and all(ANY in names or name in names for names, name in named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Everything that one person may reach with one right on one day (范围); a query takes it whole."""

    person: str
    right: Right
    on: date
    reaches: tuple[Reach, ...]

    @property
    def organisations(self) -> frozenset[str]:
        """Return the organisations for which the right is held."""
        return frozenset(reach.organisation for reach in self.reaches)

    @property
    def whole(self) -> bool:
        """Tell whether the right is held for every organisation."""
        return ANY in self.organisations

    def covers(self, pupil: Standing) -> bool:
        """Tell whether a pupil standing there now is reached by any grant."""
        return any(reach.covers(pupil) for reach in self.reaches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who acts (人员): the grants held, why a record is looked at, and the door they came through."""

    id: str
    name: str
    grants: tuple[Grant, ...] = ()
    purpose: str = ""
    door: Door = Door.NONE
    account: str = ""

    def scope(self, right: Right, *, on: date) -> Scope:
        """Return what the right reaches on a day; raise `NotAllowed` where no grant holds it."""
        reaches = tuple(_reach(grant, right) for grant in self.grants if _gives(grant, right, on))
        if not reaches:
            raise NotAllowed(right=right.label)
        return Scope(person=self.id, right=right, on=on, reaches=reaches)

    def may(self, right: Right, *, on: date) -> bool:
        """Tell whether the right is held at all, so that a page knows what to offer."""
        return any(_gives(grant, right, on) for grant in self.grants)


def visitor(door: Door) -> Person:
    """Return somebody who has not signed in: all they may do is try to."""
    grant = Grant(role=Role.PUBLIC, organisation=ANY, since=date.min)
    return Person(id="visitor", name="访客", grants=(grant,), door=door)


def machine_operator(account: str) -> Person:
    """Return whoever may log in to the machine itself: an operator of the whole, named by that account."""
    grant = Grant(role=Role.OPERATOR, organisation=ANY, since=date.min)
    return Person(id=f"operator@{account}", name="本机系统管理员", grants=(grant,), door=Door.CLI, account=account)


def _gives(grant: Grant, right: Right, on: date) -> bool:
    return grant.holds(on) and right in ROLE_RIGHTS[grant.role]


def _reach(grant: Grant, right: Right) -> Reach:
    ties = TIES.get(right, frozenset())
    return Reach(
        role=grant.role,
        organisation=grant.organisation,
        projects=grant.projects,
        stages=grant.stages,
        classes=grant.classes if grant.role is Role.CLASS_TEACHER else EVERY,
        sections=grant.sections,
        ties=ties if grant.role in KEEPS_THE_PAST else ties - {Tie.KEPT},
    )
