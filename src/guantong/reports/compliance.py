"""Compliance (合规检查): what must be right before a yearly report is signed. JSON contract of `reports check`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guantong.errors import Problem
from guantong.reports.binding import Gap
from guantong.reports.model import Block, Figure, Heading, Paragraph, Table
from guantong.reports.outline import YearlyOutline
from guantong.reports.personal import personal_in
from guantong.reports.prose import plain
from guantong.reports.runs import Quoted, Runs, Text
from guantong.reports.vectors import proportions
from guantong.reports.yearly import Built

SMALLEST_FIGURE = 200.0
"""A drawing narrower than so many pixels is a scrap; a low one may be a chart of few bars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compliance:
    """What stands between a report and its signature; `missing` holds optional gaps too, marked so."""

    missing: tuple[Gap, ...]
    ambiguous: tuple[Gap, ...]
    structure: tuple[Problem, ...]
    personal: tuple[Problem, ...]

    def ready(self, *, strict: bool) -> bool:
        """Tell whether it may be signed; strictly, nothing at all is missing."""
        missing = any(strict or gap.required for gap in self.missing)
        return not (missing or self.ambiguous or self.structure or self.personal)

    def as_json(self) -> dict[str, object]:
        """Return the JSON contract of `reports check`."""
        return {
            "missing": [_gap_json(gap) for gap in self.missing],
            "ambiguous": [_gap_json(gap) for gap in self.ambiguous],
            "structure": [_problem_json(problem) for problem in self.structure],
            "personal": [_problem_json(problem) for problem in self.personal],
        }


def check_compliance(outline: YearlyOutline, built: Built) -> Compliance:
    """Check a built report: its parts against the outline, its words for personal data, its drawings for their size."""
    return Compliance(
        missing=tuple(dict.fromkeys(built.missing)),
        ambiguous=built.ambiguous,
        structure=tuple(_structure(outline, built)),
        personal=tuple(_personal(built)),
    )


def _structure(outline: YearlyOutline, built: Built) -> Iterator[Problem]:
    headings = {plain(block.runs) for block in built.report.blocks if isinstance(block, Heading)}
    for chapter in outline.walk():
        if chapter.required and chapter.title not in headings:
            yield Problem(column=chapter.title, rule="缺少这一章", remedy="请补上它的内容。")
    titles = [block for block in built.report.blocks if isinstance(block, Heading)]
    for here, after in zip(titles, [*titles[1:], None], strict=True):
        if _is_empty(built.report.blocks, here, after):
            yield Problem(column=plain(here.runs), rule="标题下没有内容", remedy="请补上内容，或从提纲里去掉这一节。")
    for block in built.report.blocks:
        if isinstance(block, Figure) and proportions(block.svg)[0] < SMALLEST_FIGURE:
            yield Problem(column=plain(block.caption), rule="图太小，印出来看不清", remedy="请放大后重新生成。")
        if isinstance(block, Table) and not block.rows:
            yield Problem(column=plain(block.caption), rule="表里没有一行", remedy="请补上数据，或从提纲里去掉这张表。")


def _is_empty(blocks: tuple[Block, ...], here: Heading, after: Heading | None) -> bool:
    """Tell whether nothing but a heading of the same or a higher level follows a heading."""
    following = blocks[blocks.index(here) + 1 :]
    first = following[0] if following else None
    return first is None or (first is after and after is not None and after.level <= here.level)


def _personal(built: Built) -> Iterator[Problem]:
    for block in built.report.blocks:
        for runs in _said(block):
            for run in runs:
                if isinstance(run, Text | Quoted):
                    yield from personal_in(run.text, "年报里不能有个人信息，请删去。")


def _said(block: Block) -> Iterator[Runs]:
    if isinstance(block, Heading | Paragraph):
        yield block.runs
    elif isinstance(block, Table):
        yield from (cell.runs for row in block.rows for cell in row)


def _gap_json(gap: Gap) -> dict[str, object]:
    return {"where": gap.where, "wanted": gap.wanted, "required": gap.required, "candidates": gap.candidates}


def _problem_json(problem: Problem) -> dict[str, object]:
    return {"where": problem.column, "value": problem.value, "rule": problem.rule, "remedy": problem.remedy}
