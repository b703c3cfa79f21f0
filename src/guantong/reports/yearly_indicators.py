"""The catalogue's tables in a yearly report, a column a stage, and the bars that show such a table.

A cell without a number says why: hidden, lacking a part, or not on record. Bars draw the facts of their table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from guantong.charts import Bar, Chart, Point
from guantong.charts.drawing import draw_svg
from guantong.disclosure import HIDDEN
from guantong.errors import InputRefused, Problem
from guantong.evidence import Basis
from guantong.facts import Fact, Wanted
from guantong.indicators import Indicator
from guantong.indicators.combining import Way, way_of
from guantong.indicators.published import DOCUMENT, PEOPLE, attribute_of
from guantong.reports.model import Align, Block, Cell, Figure
from guantong.reports.outline import IndicatorRows
from guantong.reports.runs import Bound, Runs, Text
from guantong.reports.slots import Manner, Slot, digits, runs_of
from guantong.reports.yearly_back import titled
from guantong.reports.yearly_making import Making
from guantong.reports.yearly_tables import NONE_HERE, standing

OF_WHICH = "其中："
_NOTES: Mapping[Way, str] = {
    Way.RATE: "比率由各校分子之和除以分母之和得到，不是各校比率的平均。",
    Way.SURVEY: "调查得到的数按各校调查人数加权，括号里是各校调查人数之和。",
}
_UNSEEN = f"“{HIDDEN}”表示人数很少，或由它能推出很少的人数，不公布。"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What a cell shows: a fact, how many people a survey asked, or the words in place of a number."""

    fact: Fact | None = None
    people: Fact | None = None
    words: str = NONE_HERE

    @property
    def says(self) -> bool:
        """Tell whether the cell says anything."""
        return self.fact is not None or self.words != NONE_HERE


_Rows = list[tuple[Indicator, tuple[_Seen, ...]]]


def indicator_rows(making: Making, part: IndicatorRows) -> list[Block]:
    """Return one of the catalogue's tables in its order, and its bars where the outline asks for them.

    An indicator without anything to say is left out and listed.
    """
    catalogue, part = making.edition.catalogue, _of_reporters(making, part)
    title = next((one.title for one in catalogue.tables if one.id == part.table), part.table)
    rows: _Rows = []
    for indicator in catalogue.indicators.values():
        if indicator.table != part.table:
            continue
        seen = tuple(_seen(making, indicator, scope) for scope in part.scopes)
        if any(one.says for one in seen):
            rows.append((indicator, seen))
        _note_gaps(making, title, indicator, part, seen)
    printed = [_cells(indicator, seen) for indicator, seen in rows]
    columns = ("指标", "单位", *part.columns)
    align = (Align.LEFT, Align.CENTRE, *(Align.RIGHT,) * len(part.columns))
    used = [fact for _, seen in rows for one in seen for fact in (one.fact, one.people) if fact]
    notes = tuple((Text(note),) for note in _notes(rows))
    return [*standing(making, part.id, title, columns, printed, align, used, notes=notes), *_bars(making, part, rows)]


def _of_reporters(making: Making, part: IndicatorRows) -> IndicatorRows:
    """Return a table without the columns of stages of which nobody reports."""
    asked = making.edition.asked
    kept = [pair for pair in zip(part.columns, part.scopes, strict=True) if asked is None or pair[1] in asked]
    if not kept:
        return part
    columns, scopes = zip(*kept, strict=True)
    return replace(part, columns=columns, scopes=scopes)


def _seen(making: Making, indicator: Indicator, scope: str) -> _Seen:
    """Return what stands in a scope: a confirmed submission's fact, else a published one, else why there is none."""
    codes = frozenset(filter(None, scope.split(",")))
    for attribute, wider in (
        (attribute_of(indicator.id), codes),
        (indicator.attribute, codes | frozenset(indicator.scope)),
    ):
        if not attribute or not making.facts.words.has(attribute):
            continue
        wanted = Wanted(attribute=attribute, subject=making.edition.subject, year=making.edition.year, scope=wider)
        found = making.facts.find(wanted)
        if attribute == indicator.attribute and indicator.counted_as:
            found = tuple(fact for fact in found if fact.definition == indicator.counted_as)
            wanted = replace(wanted, place=found[0].id) if found else wanted
        if any(fact.id in making.binder.hidden for fact in found):
            return _Seen(words=HIDDEN)
        if found:
            fact = making.binder.find(wanted, indicator.name, required=False)
            return _Seen(fact=fact, people=_people(making, wanted) if fact else None)
    return _Seen(words=making.edition.lacking.get((indicator.id, scope), NONE_HERE))


def _people(making: Making, survey: Wanted) -> Fact | None:
    """Return how many people a survey of several schools asked; None where nothing says so."""
    wanted = replace(survey, attribute=survey.attribute + PEOPLE)
    if not making.facts.words.has(wanted.attribute) or not making.facts.find(wanted):
        return None
    return making.binder.find(wanted, survey.attribute, required=False)


def _note_gaps(making: Making, title: str, indicator: Indicator, part: IndicatorRows, seen: Sequence[_Seen]) -> None:
    """Note an indicator that is looked for and not on record: once where nobody knows who was asked, else by column."""
    if making.edition.asked is None:
        if not any(one.says for one in seen):
            making.lack(title, indicator.name)
        return
    for scope, column, one in zip(part.scopes, part.columns, seen, strict=True):
        if one.fact is None and one.words != HIDDEN and making.edition.asks(indicator.id, scope):
            making.lack(title, f"{indicator.name}（{column}）")


def _cells(indicator: Indicator, seen: Sequence[_Seen]) -> tuple[Cell, ...]:
    numbers = (_in_unit(one, indicator.unit) for one in seen)
    return tuple(map(Cell, (titled(indicator.name), titled(indicator.unit), *numbers)))


def _in_unit(seen: _Seen, unit: str) -> Runs:
    """Return a number for a row that names the unit; another unit than the row's is printed with it."""
    if seen.fact is None:
        return (Text(seen.words),)
    bare = seen.fact.unit == unit and unit != "%"
    number = runs_of(Slot(wanted=Wanted(), manner=Manner.NUMBER if bare else Manner.WHOLE), seen.fact)
    if seen.people is None:
        return number
    asked = Bound(digits(seen.people), seen.people.id, seen.people.place.text())
    return (*number, Text("（"), asked, Text(" 人）"))


def _notes(rows: _Rows) -> Iterator[str]:
    """Yield what a reader must know of numbers that schools have together, and of hidden ones."""
    joint = {way_of(indicator) for indicator, seen in rows for one in seen if one.fact and _is_joint(one.fact)}
    yield from (words for way, words in _NOTES.items() if way in joint)
    if any(one.words == HIDDEN for _, seen in rows for one in seen):
        yield _UNSEEN


def _is_joint(fact: Fact) -> bool:
    return fact.basis is Basis.DERIVED and fact.place.document.startswith(f"{DOCUMENT}:")


def _bars(making: Making, part: IndicatorRows, rows: _Rows) -> Iterable[Block]:
    """Yield the bars of a table's rows; raise `InputRefused` where they are in different units."""
    if not part.chart:
        return
    drawn = [row for row in rows if not part.drawn or row[0].id in part.drawn]
    marks = [
        (
            fact,
            Bar(
                group=column,
                point=Point(at=indicator.name.removeprefix(OF_WHICH), value=float(fact.value), shown=digits(fact)),
            ),
        )
        for indicator, seen in drawn
        for column, one in zip(part.columns, seen, strict=True)
        if (fact := one.fact)
    ]
    units = {fact.unit for fact, _ in marks}
    if len(units) > 1:
        rule = f"图里的指标单位不同：{'、'.join(sorted(units))}"
        raise InputRefused([Problem(column=part.chart, rule=rule, remedy="请在提纲的 chart 里只列同一单位的指标。")])
    if not marks:
        return
    chart = Chart(title=part.chart, unit=units.pop(), bars=tuple(bar for _, bar in marks))
    making.printed.append(f"{part.id}-chart")
    yield Figure(svg=draw_svg(chart), alt=chart.words, caption=making.words(part.chart), label=f"{part.id}-chart")
