"""The tables of a yearly report: declared rows, and grades made from counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from guantong.facts import Fact
from guantong.indicators.grading import GradeTable, MajorGrade, table_of_counts
from guantong.reports.model import Align, Block, Cell, Table
from guantong.reports.outline import FactRows, GradeRows
from guantong.reports.outline_reading import ANY_GRADE
from guantong.reports.runs import Bound, Named, Role, Run, Runs, Text
from guantong.reports.slots import read_slot, runs_of
from guantong.reports.yearly_back import titled
from guantong.reports.yearly_making import Making

NONE_HERE = "—"
_TABLE_NUMBER = re.compile(r"表\s*(\d+(?:-\d+)?)", re.ASCII)
_SIGNS = {"": "", "+": "-plus", "-": "-minus"}
Cells = tuple[Cell, ...]


def fact_rows(making: Making, part: FactRows) -> list[Block]:
    """Return a declared table; a row without any fact is left out, an empty cell prints a dash."""
    rows: list[Cells] = []
    used: list[Fact] = []
    for row in part.rows:
        slots = [read_slot(text, making.facts.words) if text else None for text in row.cells]
        facts = [making.binder.fact(slot, part.caption, required=row.required) if slot else None for slot in slots]
        used += filter(None, facts)
        if any(facts):
            cells = [
                runs_of(slot, fact) if slot and fact else (Text(NONE_HERE),)
                for slot, fact in zip(slots, facts, strict=True)
            ]
            rows.append(tuple(map(Cell, (*map(titled, row.head), *cells))))
    heads = len(part.rows[0].head)
    align = (Align.LEFT,) * heads + (Align.RIGHT,) * (len(part.columns) - heads)
    return standing(making, part.id, part.caption, part.columns, rows, align, used, part.unit)


def grade_rows(making: Making, part: GradeRows) -> list[Block]:
    """Return a table of grades from the counts alone; shares are computed here and say so."""
    counts: dict[MajorGrade, Fact] = {}
    for grade in MajorGrade:
        code = grade.group.lower() + _SIGNS[grade.value[1:]]
        slot = read_slot(part.counts.replace(ANY_GRADE, code), making.facts.words)
        found = making.facts.find(slot.of(making.edition.subject, making.edition.year))
        if found and (fact := making.binder.fact(slot, part.caption, required=False)):
            counts[grade] = fact
    if not counts:
        making.lack(part.caption, part.counts.partition(";")[0])
        return []
    made = table_of_counts({grade: int(fact.value) for grade, fact in counts.items()}, part.decimals)
    columns = ("等级", "数量", "占比", "合并数量", "合并占比")
    note = (Text("占比由数量计算，逐格四舍五入。"),)
    rows = list(_grade_cells(made, counts))
    align = (Align.CENTRE, *(Align.RIGHT,) * 4)
    return standing(making, part.id, part.caption, columns, rows, align, list(counts.values()), notes=(note,))


def standing(
    making: Making,
    label: str,
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Cells],
    align: tuple[Align, ...],
    facts: Sequence[Fact],
    unit: str = "",
    notes: tuple[Runs, ...] = (),
) -> list[Block]:
    """Return a table with where its numbers stand; nothing where no row is left."""
    if not rows:
        return []
    making.printed.append(label)
    return [
        Table(
            caption=making.words(caption),
            header=(tuple(Cell(titled(column)) for column in columns),),
            rows=tuple(rows),
            align=align,
            unit=titled(unit) if unit else (),
            label=label,
            notes=(*notes, _source_note(making, facts)),
        )
    ]


def _grade_cells(made: GradeTable, counts: Mapping[MajorGrade, Fact]) -> Iterator[Cells]:
    first = next(iter(counts.values()))
    for row in made.rows:
        fact = counts.get(row.grade, first)
        texts = (f"{row.group_count:,}", f"{row.group_share}%") if row.group_count is not None else ("", "")
        group = [Cell((_computed(text, fact),)) if text else Cell() for text in texts]
        count = Bound(f"{row.count:,}", fact.id, fact.place.text()) if row.grade in counts else _computed("0", first)
        yield (Cell((Text(row.grade.value),)), Cell((count,)), Cell((_computed(f"{row.share}%", fact),)), *group)
    total = (f"{made.total:,}", "100%", f"{made.total:,}", "100%")
    yield (Cell((Text("合计"),)), *(Cell((_computed(text, first),)) for text in total))


def _computed(text: str, fact: Fact) -> Bound:
    """Return a number that is computed from the facts of one table, and says so in its place."""
    return Bound(text, f"{fact.id}:computed", f"由{fact.place.text()}所在表的数量计算")


def _source_note(making: Making, facts: Sequence[Fact]) -> Runs:
    """Return the documents and tables in which a table's numbers stand."""
    runs: list[Run] = [Text("资料来源：")]
    for at, (document, number) in enumerate(dict.fromkeys((one.place.document, _number(one)) for one in facts)):
        source = making.edition.sources.get(document)
        runs += [Text("；")] if at else []
        runs += titled(f"《{source.title}》" if source else document)
        runs += [Text("，"), Named(f"表 {number}", Role.CAPTION)] if number else []
    return (*runs, Text("。"))


def _number(fact: Fact) -> str:
    """Return the number of the table in which a fact stands, "" where it stands in the text."""
    found = _TABLE_NUMBER.match(fact.place.table)
    return found[1] if found else ""
