"""Pieces (版面元素): a report laid out, every number of its structure written, ready for any writer.

All writers print pieces and nothing else, so that HTML, DOCX and PDF say the same in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from guantong.reports.model import Align, Paper
from guantong.reports.runs import Said


class Style(Enum):
    """The styles a line can have (样式)."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    NUMBER = "number"
    ISSUER = "issuer"
    DAY = "day"
    HEADING_1 = "heading-1"
    HEADING_2 = "heading-2"
    HEADING_3 = "heading-3"
    HEADING_4 = "heading-4"
    BODY = "body"
    LEAD = "lead"
    CENTRED = "centred"
    FINE = "fine"
    CAPTION = "caption"
    UNIT = "unit"
    NOTE = "note"
    CELL = "cell"
    HEAD_CELL = "head-cell"
    CONTENTS = "contents"
    SIGNATURE = "signature"

    @property
    def level(self) -> int:
        """Return the level of a heading; 0 for anything else."""
        return int(self.value[-1]) if self.value.startswith("heading-") else 0


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph with its style (行)."""

    style: Style
    runs: tuple[Said, ...]

    @property
    def text(self) -> str:
        """Return the words of the line."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a grid (格): its words, the column in which it begins, and its reach."""

    line: Line
    column: int
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with its caption above and its notes below (表格); widths are shares of the text width."""

    caption: Line | None
    unit: Line | None
    header: tuple[tuple[Box, ...], ...]
    rows: tuple[tuple[Box, ...], ...]
    align: tuple[Align, ...]
    notes: tuple[Line, ...]
    widths: tuple[float, ...]
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A figure with its caption below (插图)."""

    svg: str
    alt: str
    caption: Line


@dataclass(frozen=True, slots=True)
class SigningLine:
    """Capacity, name and day of one signature; an empty name or day is a line to write on."""

    capacity: Line
    name: Line
    day: Line


@dataclass(frozen=True, slots=True)
class Signing:
    """A signature block that stays together (签章栏)."""

    lines: tuple[SigningLine, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The table of contents: the headings that it lists, in order (目录)."""

    entries: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A new page."""


Piece = Line | Grid | Drawing | Signing | Outline | Break


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole paper laid out (版面): its head and pieces, and what files record about it."""

    title: str
    issuer: str
    date: date
    paper: Paper
    head: tuple[Line, ...]
    pieces: tuple[Piece, ...]
    cover: bool
    mark: str = ""


def sheet_lines(sheet: Sheet) -> Iterator[Line]:
    """Return every line of a paper in the order of print; of a drawing only its caption."""
    yield from sheet.head
    for piece in sheet.pieces:
        if isinstance(piece, Line):
            yield piece
        elif isinstance(piece, Drawing):
            yield piece.caption
        elif isinstance(piece, Signing):
            yield from (line for entry in piece.lines for line in (entry.capacity, entry.name, entry.day))
        elif isinstance(piece, Grid):
            yield from filter(None, (piece.caption, piece.unit))
            yield from (box.line for row in (*piece.header, *piece.rows) for box in row)
            yield from piece.notes
        elif isinstance(piece, Outline):
            yield from piece.entries
