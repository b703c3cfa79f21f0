"""Layout (排版): a report becomes pieces, with every heading, caption and note numbered.

Notes stand as 〔注n〕 where they are called and are collected at the end of their chapter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from guantong.errors import InputRefused, Problem
from guantong.reports.grids import checklist_grid, grid, whole_table
from guantong.reports.model import (
    Block,
    Checklist,
    Contents,
    Figure,
    Heading,
    Manner,
    PageBreak,
    Paragraph,
    Report,
    Signatures,
    Signer,
    Table,
)
from guantong.reports.numbering import Counter, printed_labels
from guantong.reports.pieces import Break, Drawing, Line, Outline, Piece, Sheet, Signing, SigningLine, Style
from guantong.reports.runs import Named, Note, Reference, Role, Runs, Said, Text
from guantong.reports.vectors import checked_svg

_HEADINGS = (Style.HEADING_1, Style.HEADING_2, Style.HEADING_3, Style.HEADING_4)
_MANNERS = {
    Manner.BODY: Style.BODY,
    Manner.LEAD: Style.LEAD,
    Manner.CENTRED: Style.CENTRED,
    Manner.FINE: Style.FINE,
}


def lay_out(report: Report) -> Sheet:
    """Return the report as pieces; raises InputRefused for a label, table or drawing that does not hold."""
    setter = _Setter(printed_labels(report.blocks))
    pieces = [piece for block in _notes_first(report.blocks) for piece in setter.block(block)]
    pieces += setter.collected()
    pieces = [_filled(piece, pieces, report) for piece in pieces]
    return Sheet(
        title="".join(run.text for run in setter.said(report.title)),
        issuer=report.issuer,
        date=report.date,
        paper=report.paper,
        head=tuple(_head(report, setter)),
        pieces=tuple(pieces),
        cover=report.cover,
        mark=report.mark,
    )


def printed_day(day: date) -> Named:
    """Return a day as papers print it."""
    return Named(f"{day.year}年{day.month}月{day.day}日", Role.DATE)


def name_runs(name: str) -> tuple[Said, ...]:
    """Return a name, whose digits (第35中学) are part of the name."""
    try:
        return (Text(name),) if name else ()
    except InputRefused:
        return (Named(name, Role.NAME),)


def _head(report: Report, setter: _Setter) -> Iterator[Line]:
    yield Line(Style.TITLE, setter.said(report.title))
    if report.subtitle:
        yield Line(Style.SUBTITLE, setter.said(report.subtitle))
    if report.number:
        yield Line(Style.NUMBER, setter.said(report.number))
    if report.cover:
        yield Line(Style.ISSUER, name_runs(report.issuer))
        yield Line(Style.DAY, (printed_day(report.date),))


def _notes_first(blocks: Sequence[Block]) -> Iterator[Block | None]:
    """Put a mark (None) where the notes of a chapter are printed: before the next one and its page break."""
    for block, following in pairwise([*blocks, None]):
        if isinstance(block, PageBreak) and isinstance(following, Heading) and following.level == 1:
            yield None
        yield block


def _filled(piece: Piece, pieces: list[Piece], report: Report) -> Piece:
    """Give the table of contents its entries, which are known only at the end."""
    if not isinstance(piece, Outline):
        return piece
    depth = next(block.depth for block in report.blocks if isinstance(block, Contents))
    return Outline(tuple(line for line in pieces if isinstance(line, Line) and 1 <= line.style.level <= depth))


@dataclass
class _Setter:
    """Sets one block after the other, keeping count of headings, captions and notes."""

    labels: dict[str, str]
    counter: Counter = field(default_factory=Counter)
    waiting: list[Line] = field(default_factory=list)
    notes: int = 0

    def block(self, block: Block | None) -> Iterator[Piece]:
        """Return the pieces of one block; a new chapter first prints the notes of the last one, as None does."""
        if block is None:
            yield from self.collected()
        elif isinstance(block, Heading):
            yield from self.heading(block)
        elif isinstance(block, Paragraph):
            yield Line(_MANNERS[block.manner], self.said(block.runs))
        elif isinstance(block, Table):
            table = whole_table(block)
            caption = self.caption("表", table.caption)
            yield grid(table, caption, self.said)
        elif isinstance(block, Figure):
            yield Drawing(svg=checked_svg(block.svg), alt=block.alt, caption=self.caption("图", block.caption))
        elif isinstance(block, Checklist):
            yield checklist_grid(block, self.said)
        elif isinstance(block, Signatures):
            yield Signing(tuple(map(self.signing, block.signers)))
        elif isinstance(block, Contents):
            yield Outline(())
        else:
            yield Break()

    def heading(self, heading: Heading) -> Iterator[Piece]:
        """Number a heading; unnumbered ones (附录) count for nothing."""
        if heading.level == 1:
            yield from self.collected()
        if not heading.numbered:
            self.counter.unnumbered(heading.level)
        first = (self.counter.heading(heading.level),) if heading.numbered else ()
        yield Line(_HEADINGS[heading.level - 1], (*first, *self.said(heading.runs)))

    def caption(self, kind: str, runs: Runs) -> Line:
        """Number a caption."""
        number = Named(self.counter.caption(kind), Role.CAPTION)
        return Line(Style.CAPTION, (number, Text("　"), *self.said(runs)))

    def signing(self, signer: Signer) -> SigningLine:
        """Set one signature line."""
        day = (printed_day(signer.day),) if signer.day else ()
        lines = (Line(Style.SIGNATURE, runs) for runs in (name_runs(signer.capacity), name_runs(signer.name), day))
        return SigningLine(*lines)

    def said(self, runs: Runs) -> tuple[Said, ...]:
        """Replace notes and references by what is printed; keep the notes for the end of the chapter."""
        return tuple(self._said(run) for run in runs)

    def _said(self, run: Said | Note | Reference) -> Said:
        if isinstance(run, Note):
            self.notes += 1
            mark = Named(f"〔注{self.notes}〕", Role.NOTE)
            self.waiting.append(Line(Style.NOTE, (mark, *run.runs)))
            return mark
        if isinstance(run, Reference):
            if run.label not in self.labels:
                raise InputRefused([Problem(rule="没有这个标签的表或图", value=run.label, remedy="请核对标签。")])
            return Named(self.labels[run.label], Role.CAPTION)
        return run

    def collected(self) -> list[Piece]:
        """Return the notes that wait for the end of their chapter."""
        notes, self.waiting = list(self.waiting), []
        return list(notes)
