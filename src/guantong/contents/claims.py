"""Claims from their YAML records; each kind of check reads its own keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from guantong.pathways.claims import (
    Check,
    Claim,
    ClaimVerdict,
    Decided,
    Direction,
    FigureOf,
    FitsAYear,
    Fraction,
    HasStage,
    RouteRate,
    Saying,
    ShareOfTotal,
    StudiesAt,
    SumOf,
    TotalChange,
    TotalOf,
    WorksWith,
    YearFigure,
)
from guantong.pathways.routes import Anchor
from guantong.registry import Stage
from guantong.sheets import Record

NONE = "none"
"""The kind of a claim that cannot be computed anew."""
_DECIMAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def read_claim(record: Record) -> Claim:
    """Return one claim; its faults go to the record's problems."""
    check = record.record("recompute") or Record({}, record.file, "recompute", record.problems)
    kind = check.text("kind")
    if kind not in (NONE, *_READERS):
        check.complain("kind", f"只能是 {'、'.join((NONE, *_READERS))} 之一", kind)
    claim = Claim(
        id=record.text("id"),
        statement=record.text("statement"),
        claimant=record.text("claimant"),
        place=record.place(required=False),
        grade=record.grade(),
        says=tuple(map(_saying, record.records("says", required=True))),
        verdict=record.choice("verdict", ClaimVerdict),
        why=record.text("why"),
        kind=kind,
        check=_READERS[kind](check) if kind in _READERS else None,
    )
    check.done()
    record.done()
    return claim


def _saying(record: Record) -> Saying:
    anchor = Anchor(
        clause=record.text("clause", required=False), place=record.place(required=False), grade=record.grade()
    )
    saying = Saying(text=record.text("text"), year=record.whole("year", required=False), anchor=anchor)
    if not anchor.clause and anchor.place is None:
        record.complain("place", "要写明条款（clause）或出处（place）")
    record.done()
    return saying


def _share_of_total(record: Record) -> Check:
    return ShareOfTotal(
        value=record.text("value"),
        years=record.wholes("years", required=True),
        direction=record.choice("direction", Direction),
        tolerance=record.number("tolerance") or Decimal(0),
    )


def _total_change(record: Record) -> Check:
    return TotalChange(
        years=record.wholes("years", required=True),
        direction=record.choice("direction", Direction),
        percent=record.number("percent", required=False),
    )


def _total_of(record: Record) -> Check:
    return TotalOf(years=record.wholes("years", required=True), at_least=record.whole("at_least") or 0)


def _figure(record: Record) -> Check:
    return FigureOf(
        figure=record.choice("figure", YearFigure),
        years=record.wholes("years", required=True),
        claimed=record.text("claimed"),
    )


def _decision(record: Record) -> Check:
    return Decided(
        book=record.text("book"),
        decision=record.text("decision"),
        cohorts=record.wholes("cohorts", required=True),
        cases=tuple(_cases(record)),
        claimed=record.texts("claimed", required=True),
    )


def _cases(record: Record) -> Iterator[Mapping[str, object]]:
    for case in record.records("cases", required=True):
        yield {name: case.raw(name) for name in case.raw_keys()}


def _fits_a_year(record: Record) -> Check:
    return FitsAYear(
        score=record.text("score"), school=record.text("school"), years=record.wholes("years", required=True)
    )


def _studies_at(record: Record) -> Check:
    return StudiesAt(
        route=record.text("route"),
        stage=record.choice("stage", Stage),
        cohorts=record.wholes("cohorts", required=True),
        claimed=record.text("claimed"),
    )


def _has_stage(record: Record) -> Check:
    return HasStage(route=record.text("route"), stage=record.choice("stage", Stage))


def _route_rate(record: Record) -> Check:
    return RouteRate(
        route=record.text("route"),
        rate=record.text("rate"),
        at_least=record.number("at_least", required=False),
        at_most=record.number("at_most", required=False),
    )


def _fraction(record: Record) -> Check:
    pairs = []
    for pair in record.records("pairs", required=True):
        pairs.append((pair.whole("part") or 0, pair.whole("whole") or 1))
        pair.done()
    equals, at_least = record.number("equals", required=False), record.number("at_least", required=False)
    if (equals is None) == (at_least is None):
        record.complain("equals", "equals 和 at_least 要写一个，只写一个")
    return Fraction(pairs=tuple(pairs), equals=equals, at_least=at_least)


def _sum(record: Record) -> Check:
    texts = record.texts("parts", required=True)
    if bad := [text for text in texts if not _DECIMAL.fullmatch(text)]:
        record.complain("parts", "应是数字的列表", bad[0])
        texts = ()
    return SumOf(parts=tuple(map(Decimal, texts)), equals=record.number("equals") or Decimal(0))


def _works_with(record: Record) -> Check:
    return WorksWith(enterprises=record.texts("enterprises", required=True))


_READERS: Mapping[str, Callable[[Record], Check]] = {
    "share_of_total": _share_of_total,
    "total_change": _total_change,
    "total_of": _total_of,
    "figure": _figure,
    "decision": _decision,
    "fits_a_year": _fits_a_year,
    "studies_at": _studies_at,
    "has_stage": _has_stage,
    "route_rate": _route_rate,
    "fraction": _fraction,
    "sum": _sum,
    "works_with": _works_with,
}
