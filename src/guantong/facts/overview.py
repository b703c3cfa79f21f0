"""The overview of a subject (概览): the newest statement of every attribute, for each level it is stated of."""

from __future__ import annotations

from dataclasses import dataclass

from guantong.facts.series import Point, Segment, Series, series
from guantong.facts.table import FactTable
from guantong.facts.words import Attribute, ScopeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """One attribute's newest point within a strand, and the point before it where the two may be compared."""

    attribute: Attribute
    segment: Segment
    point: Point
    before: Point | None


def overview(table: FactTable, subject: str) -> tuple[Newest, ...]:
    """Return what is newest of a subject, in the order of the words; parts of a whole are left to their own pages."""
    found = []
    for name in table.attributes():
        for one in series(table, name, subject):
            if all(table.words.scopes[code].kind is ScopeKind.LEVEL for code in one.strand):
                found.append(_newest(table.words.attribute(name), one))
    return tuple(found)


def _newest(attribute: Attribute, one: Series) -> Newest:
    segment = max(one.segments, key=lambda part: (part.last.year, len(part.points)))
    *earlier, point = segment.points
    return Newest(attribute=attribute, segment=segment, point=point, before=earlier[-1] if earlier else None)
