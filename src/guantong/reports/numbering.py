"""Numbering (编号): 一、（一）1.（1） for headings, and chapter-wise numbers for tables and figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from guantong.errors import InputRefused, Problem
from guantong.reports.model import Block, Figure, Heading, Table
from guantong.reports.runs import Named, Role, Said, Text

_NUMERALS = "零一二三四五六七八九"
_DEEPEST = 4


def chinese(number: int) -> str:
    """Return 1 to 99 in Chinese numerals."""
    if not 1 <= number <= 99:
        raise ValueError(number)
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, f"{_NUMERALS[tens]}十")
    return head + (_NUMERALS[ones] if ones else "")


def ordinal(level: int, number: int) -> Said:
    """Return what stands before a heading; only the third and fourth levels have digits."""
    if level == 1:
        return Text(f"{chinese(number)}、")
    if level == 2:
        return Text(f"（{chinese(number)}）")
    return Named(f"{number}. " if level == 3 else f"（{number}）", Role.HEADING)


@dataclass
class Counter:
    """The running numbers while a report is laid out (计数)."""

    headings: list[int] = field(default_factory=lambda: [0] * _DEEPEST)
    captions: dict[str, int] = field(default_factory=dict)
    annex: bool = False

    def heading(self, level: int) -> Said:
        """Count one heading and return what stands before it."""
        self.headings[level - 1] += 1
        self.headings[level:] = [0] * (_DEEPEST - level)
        if level == 1:
            self.captions.clear()
            self.annex = False
        return ordinal(level, self.headings[level - 1])

    def unnumbered(self, level: int) -> None:
        """Leave the chapters: what stands below a first heading without a number is an annex (附表, 附图)."""
        if level == 1 and not self.annex:
            self.captions.clear()
            self.annex = True

    def caption(self, kind: str) -> str:
        """Count one table (表) or figure (图) and return its printed number."""
        self.captions[kind] = self.captions.get(kind, 0) + 1
        if self.annex:
            return f"附{kind} {self.captions[kind]}"
        chapter = f"{self.headings[0]}-" if self.headings[0] else ""
        return f"{kind} {chapter}{self.captions[kind]}"


def printed_labels(blocks: Iterable[Block]) -> dict[str, str]:
    """Return the printed number of every labelled table and figure; a label used twice is refused."""
    pairs = list(_numbered(blocks))
    labels = [label for label, _ in pairs]
    twice = sorted({label for label in labels if labels.count(label) > 1})
    if twice:
        problems = [
            Problem(rule="表图的标签用了两次", value=label, remedy="请给每个表图不同的标签。") for label in twice
        ]
        raise InputRefused(problems)
    return dict(pairs)


def _numbered(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    counter = Counter()
    for block in blocks:
        if isinstance(block, Heading) and block.numbered:
            counter.heading(block.level)
        elif isinstance(block, Heading):
            counter.unnumbered(block.level)
        elif isinstance(block, Table | Figure):
            number = counter.caption("表" if isinstance(block, Table) else "图")
            if block.label:
                yield block.label, number
