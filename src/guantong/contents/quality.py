"""The quality desk's contents (质量): the catalogue of indicators and the rubrics; a package may lack either."""

from __future__ import annotations

from collections.abc import Mapping

from guantong.contents.files import Files
from guantong.contents.references import Known, repeated
from guantong.errors import Problem
from guantong.facts import Words
from guantong.indicators.catalogue import Catalogue, Table, catalogue_problems
from guantong.indicators.grading import Rubric, read_rubric
from guantong.indicators.indicator import Indicator
from guantong.indicators.published import words_with
from guantong.indicators.reading import read_indicator, read_table
from guantong.reports.outline import IndicatorRows, YearlyOutline
from guantong.reports.outline_reading import read_outline

INDICATORS, GRADING, OUTLINES = "indicators", "grading", "reports"


def load_catalogue(files: Files, known: Known, problems: list[Problem]) -> Catalogue:
    """Return every indicator of every table."""
    tables: list[Table] = []
    indicators: list[Indicator] = []
    for name in files.names(INDICATORS, ".yaml", problems) if files.has(INDICATORS) else ():
        head = files.record(f"{INDICATORS}/{name}.yaml", problems, known)
        if head is None:
            continue
        rows = list(head.records("indicators", required=True))
        table = read_table(head)
        tables.append(table)
        indicators += [read_indicator(row, table.id) for row in rows]
    problems += repeated((table.id for table in tables), INDICATORS)
    problems += repeated((indicator.id for indicator in indicators), INDICATORS)
    catalogue = Catalogue(tables, indicators)
    problems += catalogue_problems(catalogue, INDICATORS)
    return catalogue


def load_rubrics(files: Files, known: Known, problems: list[Problem]) -> Mapping[str, Rubric]:
    """Return every rubric by id."""
    rubrics = []
    for name in files.names(GRADING, ".yaml", problems) if files.has(GRADING) else ():
        record = files.record(f"{GRADING}/{name}.yaml", problems, known)
        if record is not None:
            rubrics.append(read_rubric(record))
    problems += repeated((rubric.id for rubric in rubrics), GRADING)
    return {rubric.id: rubric for rubric in rubrics}


def load_outlines(
    files: Files, words: Words, catalogue: Catalogue, problems: list[Problem]
) -> tuple[YearlyOutline, ...]:
    """Return every outline of a yearly report; the catalogue's tables that it prints must exist."""
    outlines = []
    tables = {table.id for table in catalogue.tables}
    for name in files.names(OUTLINES, ".yaml", problems) if files.has(OUTLINES) else ():
        file = f"{OUTLINES}/{name}.yaml"
        record = files.record(file, problems)
        if record is None:
            continue
        outline = read_outline(record, words_with(words, catalogue))
        printed = [
            part.table for chapter in outline.walk() for part in chapter.parts if isinstance(part, IndicatorRows)
        ]
        problems += [
            Problem(file=file, column="indicators", value=table, rule="指标目录里没有这张表", remedy="请改正编号。")
            for table in printed
            if table not in tables
        ]
        outlines.append(outline)
    problems += repeated((outline.id for outline in outlines), OUTLINES)
    return tuple(outlines)
