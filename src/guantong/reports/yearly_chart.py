"""The charts of a yearly report: a series over years with its table; only years of one definition are joined."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from guantong.charts import Chart, Line, Point
from guantong.charts.drawing import draw_svg
from guantong.facts import Fact, Series, series
from guantong.reports.model import Align, Block, Cell, Figure
from guantong.reports.outline import SeriesChart
from guantong.reports.runs import Bound, Named, Role, Runs, Text
from guantong.reports.slots import digits
from guantong.reports.yearly_making import Making
from guantong.reports.yearly_tables import NONE_HERE, standing

FEWEST_YEARS = 2
Seen = dict[tuple[str, int], Fact]


def chart_blocks(making: Making, part: SeriesChart) -> list[Block]:
    """Return chart and table; a series with fewer than two years is left out and listed."""
    lines: list[Line] = []
    seen: Seen = {}
    for scope, name in part.strands:
        strand = making.facts.words.strand(filter(None, scope.split(",")))
        for one in series(making.facts, part.attribute, making.edition.subject):
            if one.strand == strand:
                lines += _lines(making, part, one, name, seen)
    if len({year for _, year in seen}) < FEWEST_YEARS:
        if not part.optional:
            making.lack(part.caption, part.attribute)
        return []
    attribute = making.facts.words.attribute(part.attribute)
    unit = next(iter(seen.values())).unit
    drawn = Chart(title=attribute.name, unit=unit, lines=tuple(lines))
    figure = Figure(svg=draw_svg(drawn), alt=drawn.words, caption=making.words(part.caption), label=part.id)
    making.printed.append(part.id)
    making.use(*seen.values())
    return [figure, *_table(making, part, seen, attribute.name)]


def _lines(making: Making, part: SeriesChart, one: Series, name: str, seen: Seen) -> list[Line]:
    """Return a line a segment; a year that two definitions count is drawn once, one that is contradicted never."""
    lines = []
    for segment in one.segments:
        facts = [
            fact
            for point in segment.points
            for fact in point.facts[:1]
            if point.agreed
            and isinstance(fact.value, Decimal)
            and (part.since or 0) <= fact.period.year <= making.edition.year
            and (name, fact.period.year) not in seen
            and fact.id not in making.binder.hidden
        ]
        seen |= {(name, fact.period.year): fact for fact in facts}
        lines += [Line(name=name, points=tuple(map(_point, run))) for run in _runs(facts)]
    return lines


def _runs(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Cut facts in order of years where a year is missing: what is not on record is not drawn."""
    runs: list[list[Fact]] = []
    for fact in facts:
        if runs and fact.period.year - runs[-1][-1].period.year == 1:
            runs[-1].append(fact)
        else:
            runs.append([fact])
    return runs


def _table(making: Making, part: SeriesChart, seen: Seen, title: str) -> list[Block]:
    years = sorted({year for _, year in seen})
    names = list(dict.fromkeys(name for name, _ in seen))
    rows = [
        (Cell((Named(str(year), Role.YEAR),)), *(Cell(_printed(seen.get((name, year)))) for name in names))
        for year in years
    ]
    columns = ("年份", *(name or title for name in names))
    align = (Align.CENTRE, *(Align.RIGHT,) * len(names))
    unit = next(iter(seen.values())).unit
    return standing(making, f"{part.id}-table", part.caption, columns, rows, align, list(seen.values()), unit)


def _printed(fact: Fact | None) -> Runs:
    return (Bound(digits(fact), fact.id, fact.place.text()),) if fact else (Text(NONE_HERE),)


def _point(fact: Fact) -> Point:
    assert isinstance(fact.value, Decimal)
    return Point(at=str(fact.period.year), value=float(fact.value), shown=digits(fact))
