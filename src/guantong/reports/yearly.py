"""The yearly report (质量年报): an outline and one table of facts become a paper whose text and tables agree.

Every number on it is a fact's, printed at the fact's own precision, or is computed here from facts and
says so. What is not on record is left out and listed in the annex; it is never filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guantong.errors import InputRefused
from guantong.facts import Fact
from guantong.indicators.published import attribute_of
from guantong.reports.binding import Binder, Gap
from guantong.reports.model import Block, Contents, Heading, Manner, Paragraph, Report
from guantong.reports.outline import (
    CasesHere,
    Chapter,
    FactRows,
    GradeRows,
    IndicatorRows,
    Part,
    Prose,
    SeriesChart,
    YearlyOutline,
)
from guantong.reports.runs import Quoted, Text
from guantong.reports.yearly_back import annex, sources, titled
from guantong.reports.yearly_chart import chart_blocks
from guantong.reports.yearly_indicators import indicator_rows
from guantong.reports.yearly_making import Case, Edition, Making
from guantong.reports.yearly_own import own_words
from guantong.reports.yearly_tables import fact_rows, grade_rows

__all__ = ["Built", "Case", "Edition", "build_yearly"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished report with every fact it prints, the tables that stand in it, and what could not be printed."""

    report: Report
    used: tuple[Fact, ...]
    missing: tuple[Gap, ...]
    ambiguous: tuple[Gap, ...]
    tables: tuple[str, ...]

    def faults(self, *, strict: bool = False) -> tuple[Gap, ...]:
        """Return what forbids it: an ambiguity always, a missing fact where it is required; everything if strict."""
        return (*self.ambiguous, *(gap for gap in self.missing if strict or gap.required))


def build_yearly(outline: YearlyOutline, edition: Edition) -> Built:
    """Return the report of one subject and year.

    Raises `InputRefused` where the outline itself is at fault, and with every line of the author's that is.
    """
    binder = Binder(edition.facts, edition.subject, edition.year, outline.names, _unasked(edition), edition.hidden)
    making = Making(outline, edition, binder)
    body = [block for chapter in outline.chapters for block in _chapter(making, chapter, 1)]
    if making.refused:
        raise InputRefused(making.refused)
    report = Report(
        title=titled(outline.title.replace("{name}", edition.name)),
        subtitle=making.words(f"（{edition.year} 年）"),
        issuer=outline.issuer.replace("{name}", edition.name),
        date=edition.on,
        blocks=(Contents(), *body, *sources(making), *annex(making)),
    )
    return Built(
        report=report,
        used=tuple(dict.fromkeys(binder.used)),
        missing=tuple(binder.missing),
        ambiguous=tuple(binder.ambiguous),
        tables=tuple(making.printed),
    )


def _unasked(edition: Edition) -> frozenset[str]:
    if edition.asked is None:
        return frozenset()
    asked = frozenset().union(*edition.asked.values())
    return frozenset(attribute_of(name) for name in edition.catalogue.indicators if name not in asked)


def _chapter(making: Making, chapter: Chapter, level: int) -> list[Block]:
    """Return heading and blocks; a chapter with nothing to say is left out unless the outline requires it."""
    blocks = [block for part in chapter.parts for block in _part(making, part, chapter.title)]
    blocks += [block for section in chapter.sections for block in _chapter(making, section, level + 1)]
    if not blocks and not chapter.required:
        return []
    return [Heading(level, making.words(chapter.title)), *blocks]


def _part(making: Making, part: Part, where: str) -> list[Block]:
    if isinstance(part, Prose):
        said = [making.binder.sentence(sentence, where) for sentence in part.sentences]
        runs = tuple(run for sentence in said if sentence for run in sentence)
        return [Paragraph(runs)] if runs else []
    if isinstance(part, FactRows):
        return fact_rows(making, part)
    if isinstance(part, GradeRows):
        return grade_rows(making, part)
    if isinstance(part, IndicatorRows):
        return indicator_rows(making, part)
    if isinstance(part, SeriesChart):
        return chart_blocks(making, part)
    return list(_cases(making, part) if isinstance(part, CasesHere) else own_words(making, part, where))


def _cases(making: Making, part: CasesHere) -> Iterator[Block]:
    """Yield the cases of a chapter, each framed as its school's own statement."""
    for case in making.edition.cases:
        if case.chapter == part.chapter:
            frame = Text(f"（{case.school}自述，未经核实）")
            yield Paragraph((Text("案例　", strong=True), Quoted(case.title, case.school), frame), Manner.LEAD)
            for line in filter(None, map(str.strip, case.text.splitlines())):
                yield Paragraph((Quoted(line, case.school),))
