"""Reads an outline from its YAML record (contents: `reports/*.yaml`), every problem at once.

Each part of a chapter is one key: `say`, `table`, `grades`, `indicators`, `chart` or `cases`, `own`.
"""

from __future__ import annotations

from collections.abc import Callable

from guantong.facts import Words
from guantong.reports.outline import (
    CasesHere,
    Chapter,
    FactRows,
    GradeRows,
    IndicatorRows,
    Level,
    OwnWords,
    Part,
    Prose,
    Row,
    Sentence,
    SeriesChart,
    YearlyOutline,
)
from guantong.reports.slots import NO_SCOPE, SLOT, read_slot
from guantong.sheets import Record

KEYS = ("say", "table", "grades", "indicators", "chart", "cases", "own")
ANY_GRADE = "*"


def read_outline(record: Record, words: Words) -> YearlyOutline:
    """Read an outline; every slot must be readable with the words of the world's facts."""
    outline = YearlyOutline(
        id=record.text("id"),
        level=record.choice("level", Level),
        title=record.text("title"),
        issuer=record.text("issuer"),
        names=record.texts("names"),
        since=record.whole("since", required=False),
        until=record.whole("until", required=False),
        chapters=tuple(_chapter(part, words) for part in record.records("chapters", required=True)),
    )
    record.done()
    ids = [*outline.tables(), *(name for name, _ in outline.own_words()), *(chapter.id for chapter in outline.walk())]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        record.complain("chapters", "这个编号用了不止一次", name)
    return outline


def _chapter(record: Record, words: Words) -> Chapter:
    chapter = Chapter(
        id=record.text("id"),
        title=record.text("title"),
        required=record.flag("required"),
        parts=tuple(part for inner in record.records("parts") if (part := _part(inner, words))),
        sections=tuple(_chapter(part, words) for part in record.records("sections")),
    )
    record.done()
    return chapter


def _part(record: Record, words: Words) -> Part | None:
    key = next((name for name in KEYS if record.has(name)), "")
    if not key:
        record.complain("", f"每一段只能是 {'、'.join(KEYS)} 之一")
        return None
    part: Part
    if key == "say":
        part = Prose(sentences=tuple(_sentence(one, words) for one in record.records("say", required=True)))
    elif key == "cases":
        part = CasesHere(chapter=record.text("cases"))
    elif key == "own":
        part = OwnWords(id=record.text("own"), required=record.flag("required"))
    else:
        inner = record.record(key) or Record({}, record.file, record.path, record.problems)
        part = _READERS[key](inner, words)
        inner.done()
    record.done()
    return part


def _sentence(record: Record, words: Words) -> Sentence:
    sentence = Sentence(text=record.text("text"), required=record.flag("required"))
    for slot in SLOT.findall(sentence.text):
        _check_slot(record, slot, words)
    record.done()
    return sentence


def _table(record: Record, words: Words) -> FactRows:
    rows = []
    columns = record.texts("columns", required=True)
    for part in record.records("rows", required=True):
        row = Row(head=part.texts("head", required=True), cells=_cells(part), required=part.flag("required"))
        part.done()
        if len(row.head) + len(row.cells) != len(columns):
            part.complain("cells", f"表头有 {len(columns)} 栏，这一行有 {len(row.head) + len(row.cells)} 栏")
        for slot in filter(None, row.cells):
            _check_slot(part, slot, words)
        rows.append(row)
    return FactRows(
        id=record.text("id"),
        caption=record.text("caption"),
        columns=columns,
        rows=tuple(rows),
        unit=record.text("unit", required=False),
    )


def _cells(record: Record) -> tuple[str, ...]:
    """Take the cells of a row; an empty one is written as "-"."""
    return tuple("" if cell == "-" else cell for cell in record.texts("cells", required=True))


def _grades(record: Record, words: Words) -> GradeRows:
    part = GradeRows(
        id=record.text("id"),
        caption=record.text("caption"),
        counts=record.text("counts"),
        decimals=record.whole("decimals", required=False) or 0,
    )
    _check_slot(record, part.counts.replace(ANY_GRADE, "a"), words)
    return part


def _indicators(record: Record, words: Words) -> IndicatorRows:
    chart = record.record("chart") if record.has("chart") else None
    part = IndicatorRows(
        id=record.text("id"),
        table=record.text("table"),
        columns=record.texts("columns", required=True),
        scopes=tuple("" if scope == NO_SCOPE else scope for scope in record.texts("scopes", required=True)),
        chart=chart.text("caption") if chart else "",
        drawn=chart.texts("indicators") if chart else (),
    )
    if chart:
        chart.done()
    if len(part.columns) != len(part.scopes):
        record.complain("scopes", "口径应与栏目一一对应")
    _check_scopes(record, part.scopes, words)
    return part


def _chart(record: Record, words: Words) -> SeriesChart:
    names, scopes = [], []
    for strand in record.records("strands", required=True):
        names.append(strand.text("name"))
        scopes.append(strand.text("scope", required=False))
        strand.done()
    part = SeriesChart(
        id=record.text("id"),
        caption=record.text("caption"),
        attribute=record.text("attribute"),
        strands=tuple(zip(scopes, names, strict=True)),
        since=record.whole("since", required=False),
        optional=record.flag("optional"),
    )
    _check_slot(record, part.attribute, words)
    _check_scopes(record, scopes, words)
    return part


_READERS: dict[str, Callable[[Record, Words], Part]] = {
    "table": _table,
    "grades": _grades,
    "indicators": _indicators,
    "chart": _chart,
}


def _check_slot(record: Record, text: str, words: Words) -> None:
    try:
        read_slot(text, words)
    except ValueError as fault:
        record.complain("text", str(fault), text)


def _check_scopes(record: Record, scopes: object, words: Words) -> None:
    for scope in scopes if isinstance(scopes, list | tuple) else ():
        for code in filter(None, scope.split(",")):
            if code not in words.scopes:
                record.complain("scopes", "没有这个口径", code)
