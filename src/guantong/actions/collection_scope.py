"""From a scope to organisations and sections: a school's own, those below an authority, or every one."""

from __future__ import annotations

from guantong.actions.books import CITY
from guantong.indicators import Section
from guantong.people import ANY, Role, Scope
from guantong.store import organisations
from guantong.store.collection import Reached

AUTHORITIES = frozenset({Role.DISTRICT, Role.SUPERVISOR})


def reached(scope: Scope) -> Reached:
    """Return the organisations whose submissions a scope reaches; None for every one."""
    names: set[str] = set()
    for reach in scope.reaches:
        if reach.organisation in (ANY, CITY):
            return None
        if reach.role in AUTHORITIES:
            names |= organisations.below(reach.organisation, scope.on)
        else:
            names.add(reach.organisation)
    return frozenset(names)


def own_sections(scope: Scope, organisation: str, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the sections of an organisation that a scope reaches: a filler's are those of the offices granted."""
    found = []
    for section in sections:
        for reach in scope.reaches:
            named = {ANY, section.id, section.office.value} & reach.sections
            if reach.organisation in (ANY, organisation) and (named or reach.role is Role.QUALITY_OFFICER):
                found.append(section)
                break
    return tuple(found)
