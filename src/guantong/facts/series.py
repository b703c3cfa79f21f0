"""Series (数列): one attribute of one subject over years, joined only where definition, scope and time basis match.

A series follows a strand: whom it is about (中职, 普通中专 …). Within it a segment joins what was counted alike;
between segments, and over years without a figure, stands a break with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from guantong.facts.fact import Fact, finest
from guantong.facts.periods import Period
from guantong.facts.table import FactTable, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One period: every statement about it, and whether they agree."""

    period: Period
    facts: tuple[Fact, ...]
    agreed: bool

    @property
    def magnitude(self) -> Decimal | None:
        """Return the value in the plain unit, of the finest statement; None where statements disagree."""
        return finest(self.facts).magnitude if self.agreed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Points that were counted alike: one definition, one scope, one time basis."""

    definition: str
    scope: frozenset[str]
    points: tuple[Point, ...]

    @property
    def first(self) -> Period:
        """Return the first period."""
        return self.points[0].period

    @property
    def last(self) -> Period:
        """Return the last period."""
        return self.points[-1].period


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Two periods that must not be joined, with the reasons."""

    after: Period
    before: Period
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One attribute of one subject for one strand."""

    attribute: str
    subject: str
    strand: frozenset[str]
    segments: tuple[Segment, ...]
    breaks: tuple[Break, ...]


def series(table: FactTable, attribute: str, subject: str) -> tuple[Series, ...]:
    """Return every series of an attribute and a subject, one a strand, the longest first."""
    strands: dict[frozenset[str], list[Fact]] = defaultdict(list)
    for fact in table.find(Wanted(attribute=attribute, subject=subject)):
        if isinstance(fact.value, Decimal):
            strands[table.words.strand(fact.scope)].append(fact)
    found = [_series(table, attribute, subject, strand, facts) for strand, facts in strands.items()]
    return tuple(sorted(found, key=lambda one: (len(one.strand), -_length(one), sorted(one.strand))))


def one_series(facts: Sequence[Fact]) -> Series:
    """Return statements that the caller knows to be counted alike as one series, its gaps marked; one at least."""
    first, segment = facts[0], _segment(facts)
    strand = first.scope
    gaps = tuple(_gaps([segment]))
    return Series(attribute=first.attribute, subject=first.subject, strand=strand, segments=(segment,), breaks=gaps)


def _series(table: FactTable, attribute: str, subject: str, strand: frozenset[str], facts: Sequence[Fact]) -> Series:
    groups: dict[object, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[(fact.definition, fact.scope, fact.period.basis_name)].append(fact)
    segments = sorted(map(_segment, groups.values()), key=_segment_order)
    return Series(
        attribute=attribute,
        subject=subject,
        strand=strand,
        segments=tuple(segments),
        breaks=tuple(sorted([*_gaps(segments), *_seams(segments, table)], key=lambda gap: (gap.before, gap.after))),
    )


def _segment_order(part: Segment) -> tuple[Period, int, list[str], str]:
    """Earlier ones first; of two that begin together the one of the wider scope."""
    return (part.first, len(part.scope), sorted(part.scope), part.definition)


def _segment(facts: Sequence[Fact]) -> Segment:
    by_period: dict[Period, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_period[fact.period].append(fact)
    points = (
        Point(period=period, facts=tuple(said), agreed=all(one.agrees(other) for one in said for other in said))
        for period, said in sorted(by_period.items(), key=lambda entry: entry[0])
    )
    return Segment(definition=facts[0].definition, scope=facts[0].scope, points=tuple(points))


def _gaps(segments: Iterable[Segment]) -> Iterator[Break]:
    for segment in segments:
        for point, following in pairwise(segment.points):
            if following.period.year > point.period.year + 1:
                years = f"{point.period.year + 1}—{following.period.year - 1}"
                lacking = years if following.period.year > point.period.year + 2 else str(point.period.year + 1)
                yield Break(after=point.period, before=following.period, reasons=(f"{lacking} 年没有收录数据",))


def _seams(segments: Sequence[Segment], table: FactTable) -> Iterator[Break]:
    for segment, following in pairwise(segments):
        yield Break(after=segment.last, before=following.first, reasons=tuple(_differences(segment, following, table)))


def _differences(segment: Segment, other: Segment, table: FactTable) -> Iterator[str]:
    if segment.definition != other.definition:
        yield "定义不同"
    if segment.scope != other.scope:
        words = table.words
        first, second = (words.scope_words(part.scope) or "未注明范围" for part in (segment, other))
        yield f"口径不同：{first}；{second}"
    if segment.first.basis is not other.first.basis:
        yield f"时间口径不同：{segment.first.basis.label}；{other.first.basis.label}"


def _length(one: Series) -> int:
    return sum(len(segment.points) for segment in one.segments)
