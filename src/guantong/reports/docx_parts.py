"""The parts of a DOCX body (Word 段落与表格) as XML text; every word is escaped, nothing is read from the system."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from guantong.reports.docx_styles import W, word_styles
from guantong.reports.model import Align, Paper
from guantong.reports.pieces import Box, Grid, Line, Outline, Signing, SigningLine
from guantong.reports.runs import Named, Role, Said, Text
from guantong.reports.widths import INSET, TEXT_WIDTH

SHORT = 12
"""Rows up to which a table stays on one page."""
TAIL = 2
"""Rows of a longer table that stay with its end, so that neither a row nor a note stands alone on a page."""
_NS = f'xmlns:w="{W}"'
_PAGE = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" '
PAGE = f'{_PAGE}w:header="851" w:footer="1361" w:gutter="0"/>'
COVER_END = f'<w:p {_NS}><w:pPr><w:sectPr>{PAGE}<w:vAlign w:val="center"/></w:sectPr></w:pPr></w:p>'
PAGE_BREAK = f'<w:p {_NS}><w:r><w:br w:type="page"/></w:r></w:p>'
FOOT = (
    f'<w:p {_NS}><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
)
_ALIGN = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
_BLANK_DAY = "　　　年　　月　　日"


def paragraph(line: Line, paper: Paper, more: str = "", style: str = "", anchor: str = "") -> str:
    """Return a paragraph in its style; `more` are properties on top, `anchor` is what a reference leads to."""
    name = style or word_styles(paper)[line.style].id
    start, end = _bookmark(anchor)
    return f'<w:p {_NS}><w:pPr><w:pStyle w:val="{name}"/>{more}</w:pPr>{start}{runs(line.runs)}{end}</w:p>'


def runs(said: Sequence[Said], points: float = 0) -> str:
    """Return the runs of a line; `points` sets a size other than the style's."""
    return "".join(_run(run, points) for run in said if run.text)


def grid_table(grid: Grid, paper: Paper) -> Iterator[str]:
    """Return caption, unit, table and notes; a short table stays on one page, a long one repeats its head."""
    for line in filter(None, (grid.caption, grid.unit)):
        yield paragraph(line, paper)
    widths = [round(share * TEXT_WIDTH * 20) for share in grid.widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margin = round(INSET * 20)
    layout = (
        f'<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr>"
    )
    setter = _Rows(grid, widths, paper)
    yield f"<w:tbl {_NS}>{layout}<w:tblGrid>{columns}</w:tblGrid>{''.join(setter.all())}</w:tbl>"
    for line in grid.notes:
        yield paragraph(line, paper)
    yield f'<w:p {_NS}><w:pPr><w:pStyle w:val="Note"/></w:pPr></w:p>'


class _Rows:
    """Sets the rows of one table."""

    def __init__(self, grid: Grid, widths: Sequence[int], paper: Paper) -> None:
        self.grid, self.widths, self.paper = grid, widths, paper
        self.short = len(grid.rows) <= SHORT

    def all(self) -> Iterator[str]:
        """Return the head rows, then the others."""
        centred = [Align.CENTRE] * len(self.widths)
        yield from self.part(self.grid.header, "<w:tblHeader/>", centred, stay=range(len(self.grid.header)))
        count = len(self.grid.rows)
        first = 0 if self.short else max(0, count - TAIL)
        stay = range(first, count if self.grid.notes else count - 1)
        yield from self.part(self.grid.rows, "", self.grid.align, stay=stay)

    def part(self, rows: Sequence[Sequence[Box]], mark: str, align: Sequence[Align], *, stay: range) -> Iterator[str]:
        """Return rows, those of `stay` kept with what follows; cells that reach down go on below."""
        below: dict[int, tuple[int, int]] = {}
        for number, row in enumerate(rows):
            keep = "<w:keepNext/>" if number in stay else ""
            cells = {box.column: self.cell(box, _ALIGN[align[box.column]], keep) for box in row}
            cells |= {column: self.rest(column, across, keep) for column, (across, _) in below.items()}
            below = {column: (across, left - 1) for column, (across, left) in below.items() if left > 1}
            below |= {box.column: (box.across, box.down - 1) for box in row if box.down > 1}
            inner = "".join(cells[column] for column in sorted(cells))
            yield f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{inner}</w:tr>"

    def cell(self, box: Box, align: str, keep: str) -> str:
        """Return one cell."""
        merge = '<w:vMerge w:val="restart"/>' if box.down > 1 else ""
        points = 0 if self.grid.points == 10.5 else self.grid.points
        style = word_styles(self.paper)[box.line.style].id
        inner = f'<w:pPr><w:pStyle w:val="{style}"/>{keep}<w:jc w:val="{align}"/></w:pPr>{runs(box.line.runs, points)}'
        return f"<w:tc>{self.shape(box.column, box.across, merge)}<w:p>{inner}</w:p></w:tc>"

    def rest(self, column: int, across: int, keep: str) -> str:
        """Return the part of a cell that reaches into this row from above."""
        inner = f'<w:pPr><w:pStyle w:val="TableText"/>{keep}</w:pPr>'
        return f"<w:tc>{self.shape(column, across, '<w:vMerge/>')}<w:p>{inner}</w:p></w:tc>"

    def shape(self, column: int, across: int, merge: str) -> str:
        """Return the properties of a cell."""
        span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
        width = sum(self.widths[column : column + across])
        return f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'


def contents(outline: Outline, anchors: dict[int, str]) -> Iterator[str]:
    """Return a table of contents as a field that Word fills with page numbers when it opens the paper."""
    yield f'<w:p {_NS}><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r><w:t>目　录</w:t></w:r></w:p>'
    deepest = max((entry.style.level for entry in outline.entries), default=1)
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{deepest}" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    for number, entry in enumerate(outline.entries, 1):
        link = f'<w:hyperlink w:anchor="{anchors[id(entry)]}" w:history="1">{runs(entry.runs)}</w:hyperlink>'
        first, last = (begin if number == 1 else ""), (end if number == len(outline.entries) else "")
        yield f'<w:p {_NS}><w:pPr><w:pStyle w:val="TOC{entry.style.level}"/></w:pPr>{first}{link}{last}</w:p>'
    yield PAGE_BREAK


def letter_signature(signing: Signing) -> Iterator[str]:
    """Return the foot of a letter: who issues it and when, on the right, kept together."""
    lines = [line for entry in signing.lines for line in (entry.capacity, entry.name, entry.day) if line.runs]
    for number, line in enumerate(lines):
        keep = "<w:keepNext/>" if number + 1 < len(lines) else ""
        space = '<w:spacing w:before="960" w:line="580" w:lineRule="exact"/>' if number == 0 else ""
        yield paragraph(line, Paper.LETTER, f'{keep}{space}<w:ind w:right="960"/><w:jc w:val="right"/>')


def report_signature(signing: Signing) -> Iterator[str]:
    """Return signature lines of capacity, name and day; what is open is a line to write on."""
    widths = (4244, 2160, 2440)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    layout = f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    rows = "".join(_signature_row(entry, widths) for entry in signing.lines)
    yield f"<w:tbl {_NS}>{layout}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    yield f"<w:p {_NS}/>"


def _signature_row(entry: SigningLine, widths: Sequence[int]) -> str:
    line = '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tcBorders>'
    words = (
        runs((*entry.capacity.runs, Text("："))),
        runs(entry.name.runs),
        runs(entry.day.runs or (Text(_BLANK_DAY),)),
    )
    cells = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{"" if word else line}<w:vAlign w:val="bottom"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="Signature"/><w:keepNext/><w:spacing w:before="160"/></w:pPr>{word}</w:p></w:tc>'
        for width, word in zip(widths, words, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _bookmark(anchor: str) -> tuple[str, str]:
    if not anchor:
        return "", ""
    number = anchor.rpartition("_")[2]
    return f'<w:bookmarkStart w:id="{number}" w:name="{anchor}"/>', f'<w:bookmarkEnd w:id="{number}"/>'


def _run(run: Said, points: float) -> str:
    small = isinstance(run, Named) and run.role is Role.NOTE
    bold = "<w:b/><w:bCs/>" if isinstance(run, Text) and run.strong else ""
    half = round((points or (9 if small else 0)) * 2)
    size = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half else ""
    look = f"<w:rPr>{bold}{size}</w:rPr>" if bold or size else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'
