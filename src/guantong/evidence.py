"""Evidence (出处): how a statement is anchored to a document.

Grade says what kind of source it is, basis how we got the value, place where it stands.
A computation carries the weakest grade it used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Grade(Enum):
    """What kind of source speaks (证据等级), strongest first."""

    OFFICIAL = "official"
    REPRINT = "reprint"
    UNOFFICIAL = "unofficial"
    PENDING = "pending"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return _GRADE_LABELS[self]

    @property
    def weakness(self) -> int:
        """Return 0 for the strongest grade, counting up."""
        return _WEAKNESS[self]


class Basis(Enum):
    """How we got the value (取得方式)."""

    PRINTED = "printed"
    DERIVED = "derived"
    INFERRED = "inferred"
    CARRIED = "carried"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return _BASIS_LABELS[self]


_LINES = re.compile(r"\d+(-\d+)?(;\d+(-\d+)?)*", re.ASCII)
_GRADE_LABELS = {
    Grade.OFFICIAL: "官方原文",
    Grade.REPRINT: "官方内容（转引）",
    Grade.UNOFFICIAL: "非官方",
    Grade.PENDING: "待核实",
}
_WEAKNESS = {grade: rank for rank, grade in enumerate(Grade)}
_BASIS_LABELS = {
    Basis.PRINTED: "原文印出",
    Basis.DERIVED: "计算得出",
    Basis.INFERRED: "由印出的合计推出",
    Basis.CARRIED: "沿用往年条文推定",
    Basis.MISSING: "原文缺失",
}


def weakest(grades: Iterable[Grade]) -> Grade | None:
    """Return the weakest of some grades; None when there are none."""
    return max(grades, key=lambda grade: grade.weakness, default=None)


def are_lines(text: str) -> bool:
    """Tell whether a text names lines in forms like "124-126;130", each range from its smaller number."""
    if not _LINES.fullmatch(text):
        return False
    ranges = [part.split("-") for part in text.split(";")]
    return all(0 < int(ends[0]) <= int(ends[-1]) for ends in ranges)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that is cited (文件)."""

    id: str
    title: str
    grade: Grade
    number: str = ""
    issuer: str = ""
    date: str = ""
    address: str = ""
    corpus: str = ""
    note: str = ""

    @property
    def short(self) -> str:
        """Return the number where there is one, else the title in 《》."""
        return self.number or f"《{self.title}》"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a statement stands (出处); the quotation itself is cut from the loaded document when it is shown."""

    document: str
    section: str = ""
    table: str = ""
    row: str = ""
    column: str = ""
    lines: str = ""

    def line_numbers(self) -> tuple[int, ...]:
        """Return the 1-based lines of the loaded text, in order, expanded from forms like "124-126;130"."""
        numbers: list[int] = []
        for part in filter(None, self.lines.split(";")):
            first, _, last = part.partition("-")
            numbers.extend(range(int(first), int(last or first) + 1))
        return tuple(numbers)

    def text(self, source: Source | None = None) -> str:
        """Return the place as one phrase, with the document's number or title where it is known."""
        row = f"第 {self.row} 行" if self.row.isdigit() else f"“{self.row}”行" if self.row else ""
        column = f"“{self.column}”栏" if self.column else ""
        lines = f"（文本第 {self.lines.replace('-', '–').replace(';', '、')} 行）" if self.lines else ""
        head = source.short if source else self.document
        return " ".join(part for part in (head, self.section, self.table, row, column) if part) + lines

    def as_json(self, source: Source | None = None) -> dict[str, object]:
        """Return the place as JSON data: its known parts, its lines as a list, and its phrase."""
        names = ("document", "section", "table", "row", "column")
        parts = {name: getattr(self, name) for name in names if getattr(self, name)}
        return {**parts, "lines": list(self.line_numbers()), "text": self.text(source)}
