"""How a scope becomes a condition of a query: nothing out of reach is ever read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q

from guantong.people import ANY, Reach, Scope, Tie
from guantong.store.models import StageKept

NOTHING = Q(pk__in=())


def present(scope: Scope) -> Q:
    """Return the condition for pupils that are reached where they stand now."""
    found = NOTHING
    for reach in scope.reaches:
        found |= _present(reach)
    return found


def parts(scope: Scope) -> list[Q]:
    """Return conditions that exclude each other and together are `present`: each may follow an index of its own."""
    first = scope.reaches[0]
    if any((reach.organisation, reach.ties) != (first.organisation, first.ties) for reach in scope.reaches):
        return [present(scope)]
    named = _any_of([_named(reach) for reach in scope.reaches])
    kept = [Q(kept_at=first.organisation) & named] * (Tie.KEEPS in first.ties)
    taught = [Q(taught_at=first.organisation) & ~Q(kept_at=F("taught_at")) & named] * (Tie.TEACHES in first.ties)
    return [*kept, *taught] if kept else [present(scope)]


def by_tie(reaches: Iterable[Reach]) -> Iterator[Q]:
    """Yield one condition for each tie of each reach, which together are `present`: each follows an index of its own.

    They may overlap: for sets of values, not for counts.
    """
    for reach in reaches:
        if Tie.KEEPS in reach.ties:
            yield Q(kept_at=reach.organisation) & _named(reach)
        if Tie.TEACHES in reach.ties:
            elsewhere = ~Q(kept_at=F("taught_at")) if Tie.KEEPS in reach.ties else Q()
            yield Q(taught_at=reach.organisation) & elsewhere & _named(reach)


def past(scope: Scope) -> Q:
    """Return the condition for pupils that are reached only through a stage they have left behind."""
    found = NOTHING
    for reach in scope.reaches:
        if Tie.KEPT in reach.ties:
            found |= Q(Exists(StageKept.objects.filter(kept_in_the_past(reach), pupil=OuterRef("pk"))))
    return found


def kept_in_the_past(reach: Reach) -> Q:
    """Return the condition for past stages that one grant reaches."""
    kept = Q(kept_at=reach.organisation, until__isnull=False)
    return kept & _among("project", reach.projects) & _among("stage", reach.stages)


def _present(reach: Reach) -> Q:
    tied = NOTHING
    if Tie.KEEPS in reach.ties:
        tied |= Q(kept_at=reach.organisation)
    if Tie.TEACHES in reach.ties:
        tied |= Q(taught_at=reach.organisation)
    return tied & _named(reach)


def _named(reach: Reach) -> Q:
    return _among("project", reach.projects) & _among("stage", reach.stages) & _among("class_name", reach.classes)


def _any_of(conditions: list[Q]) -> Q:
    """Return the alternative of conditions; one that asks for nothing lets everything pass, which `|` would lose."""
    return reduce(or_, conditions) if all(conditions) else Q()


def _among(column: str, names: frozenset[str]) -> Q:
    return Q() if ANY in names else Q(**{f"{column}__in": sorted(names)})
