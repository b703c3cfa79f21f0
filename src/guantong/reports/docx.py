"""The DOCX writer (Word 文件): pieces in real styles, editable, with heads that repeat and captions that stay.

The same report always gives the same bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt

from guantong.reports import docx_parts as parts
from guantong.reports.docx_styles import W, styles_xml
from guantong.reports.model import Paper
from guantong.reports.pdf import draw_png, drawn_size
from guantong.reports.pieces import Drawing, Grid, Line, Outline, Piece, Sheet, Signing, Style

_TEMPLATE_ONLY = ("/thumbnail", "/stylesWithEffects")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_docx(sheet: Sheet) -> bytes:
    """Return the paper as DOCX."""
    document = docx.Document()
    _dress(document, sheet)
    body = document.element.body
    end = body[-1]
    for xml in _head(sheet):
        end.addprevious(parse_xml(xml))
    anchors = {id(piece): f"_Toc_{number}" for number, piece in enumerate(sheet.pieces) if isinstance(piece, Line)}
    for piece in sheet.pieces:
        if isinstance(piece, Drawing):
            end.addprevious(_drawing(document, piece))
        for xml in _piece(piece, sheet.paper, anchors):
            end.addprevious(parse_xml(xml))
    stream = BytesIO()
    document.save(stream)
    return _packed(stream)


def _dress(document: Document, sheet: Sheet) -> None:
    """Put our styles, page and particulars in place of the template's, and drop what only it needs."""
    old = document.styles.element
    old[:] = list(parse_xml(styles_xml(sheet.paper)))
    end = document.element.body.sectPr
    start = '<w:pgNumType w:start="1"/>' if sheet.cover else ""
    end[:] = list(parse_xml(f'<w:sectPr xmlns:w="{W}">{parts.PAGE}{start}</w:sectPr>'))
    if sheet.paper is Paper.REPORT:
        foot = document.sections[-1].footer
        foot.is_linked_to_previous = False
        foot._element[:] = [parse_xml(parts.FOOT)]
    for links in (document.part.package.rels, document.part.rels):
        for key in [key for key, link in links.items() if link.reltype.endswith(_TEMPLATE_ONLY)]:
            del links[key]
    told = document.core_properties
    told.title, told.author, told.last_modified_by, told.comments = sheet.title, sheet.issuer, sheet.issuer, ""
    told.created = told.modified = datetime(sheet.date.year, sheet.date.month, sheet.date.day, tzinfo=UTC)
    told.language, told.revision = "zh-CN", 1


def _head(sheet: Sheet) -> Iterator[str]:
    """Return the title lines; on a cover the title stands in the middle and the issuer far below."""
    for line in sheet.head:
        lower = '<w:spacing w:before="5600" w:line="600" w:lineRule="exact"/>' if line.style is Style.ISSUER else ""
        yield parts.paragraph(line, sheet.paper, lower)
    if sheet.cover:
        yield parts.COVER_END


def _piece(piece: Piece, paper: Paper, anchors: dict[int, str]) -> Iterator[str]:
    if isinstance(piece, Line):
        yield parts.paragraph(piece, paper, anchor=anchors[id(piece)] if piece.style.level else "")
    elif isinstance(piece, Grid):
        yield from parts.grid_table(piece, paper)
    elif isinstance(piece, Drawing):
        yield parts.paragraph(piece.caption, paper, style="FigureCaption")
    elif isinstance(piece, Signing):
        yield from parts.letter_signature(piece) if paper is Paper.LETTER else parts.report_signature(piece)
    elif isinstance(piece, Outline):
        yield from parts.contents(piece, anchors)
    else:
        yield parts.PAGE_BREAK


def _drawing(document: Document, piece: Drawing) -> BaseOxmlElement:
    """Return a paragraph with the drawing as a picture, with its words for those who cannot see it."""
    width, height = drawn_size(piece.svg)
    frame = document.part.new_pic_inline(BytesIO(draw_png(piece.svg)), Pt(width), Pt(height))
    frame.docPr.set("descr", piece.alt)
    paragraph = parse_xml(f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="Drawing"/></w:pPr><w:r><w:drawing/></w:r></w:p>')
    next(paragraph.iter(qn("w:drawing"))).append(frame)
    return paragraph


def _packed(stream: BytesIO) -> bytes:
    """Pack the archive again without the hour of writing."""
    packed = BytesIO()
    with zipfile.ZipFile(stream) as written, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in written.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, written.read(name))
    return packed.getvalue()
