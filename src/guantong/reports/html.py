"""The HTML writer (网页): pieces as one fragment, or as a page that needs nothing else; every word escaped.

Each bound number carries its fact and place. Drawings stand inline, for they were checked when laid out.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import resources

from guantong.reports.model import Align
from guantong.reports.pieces import Box, Drawing, Grid, Line, Outline, Piece, Sheet, Signing, Style
from guantong.reports.runs import Bound, Named, Quoted, Role, Said

_CLASSES = {Align.LEFT: "report-left", Align.CENTRE: "report-centre", Align.RIGHT: "report-right"}


def write_html(sheet: Sheet) -> str:
    """Return a whole page with its style."""
    style = resources.files("guantong.reports").joinpath("paper.css").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(sheet.title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n{fragment(sheet)}</body>\n</html>\n"
    )


def fragment(sheet: Sheet) -> str:
    """Return the paper as one `article`, for a page that brings its own frame."""
    head = "".join(_line(line) for line in sheet.head)
    headings = {id(piece): f"h-{number}" for number, piece in enumerate(sheet.pieces) if isinstance(piece, Line)}
    body = "".join(_piece(piece, headings) for piece in sheet.pieces)
    return f'<article class="report report-{sheet.paper.value}">\n<header>\n{head}</header>\n{body}</article>\n'


def _piece(piece: Piece, anchors: dict[int, str]) -> str:
    if isinstance(piece, Line):
        return _line(piece, anchors[id(piece)] if piece.style.level else "")
    if isinstance(piece, Grid):
        return _grid(piece)
    if isinstance(piece, Drawing):
        caption = f"<figcaption>{_runs(piece.caption)}</figcaption>"
        label = f'<div role="img" aria-label="{escape(piece.alt)}">{piece.svg}</div>'
        return f'<figure class="report-drawing">{label}{caption}</figure>\n'
    if isinstance(piece, Signing):
        return f'<div class="report-signing">\n{"".join(_signature(piece))}</div>\n'
    if isinstance(piece, Outline):
        entries = (
            f'<li class="report-level-{line.style.level}"><a href="#{anchors[id(line)]}">{_runs(line)}</a></li>\n'
            for line in piece.entries
        )
        return f'<nav class="report-contents" aria-label="目录"><ul>\n{"".join(entries)}</ul></nav>\n'
    return '<hr class="report-break">\n'


def _signature(piece: Signing) -> list[str]:
    return [
        f"<p><span>{_runs(entry.capacity)}：</span><span>{_runs(entry.name)}</span><span>{_runs(entry.day)}</span></p>\n"
        for entry in piece.lines
    ]


def _grid(grid: Grid) -> str:
    unit = f'<div class="report-unit">{_runs(grid.unit)}</div>' if grid.unit else ""
    caption = f"<caption>{_runs(grid.caption)}{unit}</caption>\n" if grid.caption else ""
    head = _rows(grid.header, "th", [Align.CENTRE] * len(grid.align))
    body = _rows(grid.rows, "td", grid.align)
    notes = "".join(_line(note) for note in grid.notes)
    table = f"<table>\n{caption}<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table>\n"
    return f'<div class="report-grid">\n{table}{notes}</div>\n'


def _rows(rows: Sequence[Sequence[Box]], tag: str, align: Sequence[Align]) -> str:
    cells = ("".join(_box(box, tag, _CLASSES[align[box.column]]) for box in row) for row in rows)
    return "".join(f"<tr>{row}</tr>\n" for row in cells)


def _box(box: Box, tag: str, kind: str) -> str:
    reach = (f' colspan="{box.across}"' if box.across > 1 else "") + (f' rowspan="{box.down}"' if box.down > 1 else "")
    return f'<{tag} class="{kind}"{reach}>{_runs(box.line)}</{tag}>'


def _line(line: Line, anchor: str = "") -> str:
    tag = "h1" if line.style is Style.TITLE else f"h{line.style.level + 1}" if line.style.level else "p"
    mark = f' id="{anchor}"' if anchor else ""
    return f'<{tag}{mark} class="report-{line.style.value}">{_runs(line)}</{tag}>\n'


def _runs(line: Line) -> str:
    return "".join(_run(run) for run in line.runs)


def _run(run: Said) -> str:
    words = escape(run.text)
    if isinstance(run, Bound):
        return f'<data value="{words}" data-fact="{escape(run.fact)}" title="{escape(run.place)}">{words}</data>'
    if isinstance(run, Quoted):
        return f'<q class="report-quoted" title="{escape(run.source)}">{words}</q>'
    if isinstance(run, Named):
        return f"<sup>{words}</sup>" if run.role is Role.NOTE else words
    return f"<strong>{words}</strong>" if run.strong else words
