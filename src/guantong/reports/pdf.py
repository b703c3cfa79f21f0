"""The PDF writer (PDF 文件): pieces set by typst from one template; the words arrive as data, never as markup.

The same report always gives the same bytes. Any warning of typst is an error.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import typst

from guantong.errors import InputRefused, Problem
from guantong.reports.fonts import SANS, SERIF, paper_fonts, refuse_undrawable
from guantong.reports.model import Paper
from guantong.reports.pieces import Box, Drawing, Grid, Line, Outline, Piece, Sheet, Signing, sheet_lines
from guantong.reports.runs import Named, Role, Text
from guantong.reports.vectors import proportions
from guantong.reports.widths import INSET, TEXT_WIDTH

PIXEL = 0.75
TALLEST = 420.0


@dataclass(frozen=True, slots=True)
class Band:
    """Where a drawing stands: its page from 1, and how far its top and bottom are from the top, in points."""

    page: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF with what is needed to read it back: pages of headings and bands of drawings."""

    content: bytes
    heading_pages: tuple[int, ...]
    drawings: tuple[Band, ...]
    pages: int


def write_pdf(sheet: Sheet) -> Pdf:
    """Return the paper as PDF; raises InputRefused where a letter needs more than one page or type is missing."""
    fonts = paper_fonts()
    refuse_undrawable("".join(line.text for line in sheet_lines(sheet)))
    entered = json.dumps(_paper(sheet), ensure_ascii=False)
    compiler = typst.Compiler(_template(), font_paths=fonts, sys_inputs={"paper": entered})
    marks = json.loads(compiler.query("<marks>", field="value", one=True))
    content, warnings = compiler.compile_with_warnings(format="pdf")
    if warnings or not isinstance(content, bytes):
        raise RuntimeError("; ".join(warning.message for warning in warnings))
    if sheet.paper is Paper.LETTER and marks["pages"] > 1:
        rule, remedy = f"一页的文书排成了 {marks['pages']} 页", "请缩短正文。"
        raise InputRefused([Problem(rule=rule, value=sheet.title, remedy=remedy)])
    drawings = [piece for piece in sheet.pieces if isinstance(piece, Drawing)]
    bands = tuple(
        Band(mark["page"], mark["top"], mark["top"] + drawn_size(drawing.svg)[1])
        for mark, drawing in zip(marks["drawings"], drawings, strict=True)
    )
    return Pdf(content, tuple(marks["headings"]), bands, marks["pages"])


def draw_png(svg: str, dots_per_inch: int = 200) -> bytes:
    """Return a drawing as PNG, for writers that cannot hold SVG; drawn as the PDF draws it."""
    width, height = drawn_size(svg)
    entered = {"svg": svg, "width": f"{width}", "height": f"{height}", "sans": SANS}
    compiler = typst.Compiler(_DRAWING.encode(), font_paths=paper_fonts(), sys_inputs=entered)
    content, warnings = compiler.compile_with_warnings(format="png", ppi=dots_per_inch)
    if warnings or not isinstance(content, bytes):
        raise RuntimeError("; ".join(warning.message for warning in warnings))
    return content


def drawn_size(svg: str) -> tuple[float, float]:
    """Return the width and height in points at which a drawing is printed: its own, made to fit the page."""
    width, height = proportions(svg)
    scale = min(PIXEL, TEXT_WIDTH / width, TALLEST / height)
    return round(width * scale, 2), round(height * scale, 2)


_DRAWING = """
#set page(width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt)
#set text(font: sys.inputs.sans)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)
"""


@cache
def _template() -> bytes:
    return resources.files("guantong.reports").joinpath("paper.typ").read_bytes()


def _paper(sheet: Sheet) -> dict[str, object]:
    return {
        "title": sheet.title,
        "issuer": sheet.issuer,
        "day": [sheet.date.year, sheet.date.month, sheet.date.day],
        "letter": sheet.paper is Paper.LETTER,
        "cover": sheet.cover,
        "mark": sheet.mark,
        "serif": SERIF,
        "sans": SANS,
        "inset": INSET,
        "head": [_line(line) for line in sheet.head],
        "pieces": [_piece(piece) for piece in sheet.pieces],
    }


def _piece(piece: Piece) -> dict[str, object]:
    if isinstance(piece, Line):
        return {"kind": "line", **_line(piece)}
    if isinstance(piece, Grid):
        return _grid(piece)
    if isinstance(piece, Drawing):
        width, height = drawn_size(piece.svg)
        size = {"width": width, "height": height}
        return {"kind": "drawing", "svg": piece.svg, "alt": piece.alt, **size, "caption": _line(piece.caption)}
    if isinstance(piece, Signing):
        lines = [[_line(line) for line in (entry.capacity, entry.name, entry.day)] for entry in piece.lines]
        return {"kind": "signing", "lines": lines}
    if isinstance(piece, Outline):
        return {"kind": "outline", "depth": max((entry.style.level for entry in piece.entries), default=1)}
    return {"kind": "break"}


def _grid(grid: Grid) -> dict[str, object]:
    return {
        "kind": "grid",
        "caption": _line(grid.caption) if grid.caption else None,
        "unit": _line(grid.unit) if grid.unit else None,
        "header": [[_box(box) for box in row] for row in grid.header],
        "rows": [[_box(box) for box in row] for row in grid.rows],
        "align": [align.value for align in grid.align],
        "notes": [_line(note) for note in grid.notes],
        "widths": [round(share * TEXT_WIDTH, 3) for share in grid.widths],
        "points": grid.points,
    }


def _box(box: Box) -> dict[str, object]:
    return {**_line(box.line), "column": box.column, "across": box.across, "down": box.down}


def _line(line: Line) -> dict[str, object]:
    runs = [[run.text, _look(run)] for run in line.runs if run.text]
    return {"style": line.style.value, "level": line.style.level, "runs": runs}


def _look(run: object) -> str:
    if isinstance(run, Text) and run.strong:
        return "strong"
    return "note" if isinstance(run, Named) and run.role is Role.NOTE else ""
