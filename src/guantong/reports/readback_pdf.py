"""Reading a PDF back (回读 PDF): the number tokens of each page, outside drawings, its foot apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from guantong.reports.numbers import number_spans
from guantong.reports.pdf import Band

FOOT = 99.0
_EDGE = 0.5


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """The number tokens of one page in the order of its text, and those at its foot."""

    body: tuple[str, ...]
    foot: tuple[str, ...]


def pdf_numbers(content: bytes, drawings: Sequence[Band] = ()) -> tuple[PageNumbers, ...]:
    """Return the tokens of each page; whatever stands within a drawing's band is left out."""
    document = pypdfium2.PdfDocument(content)
    try:
        return tuple(
            _page_numbers(page, [band for band in drawings if band.page == number])
            for number, page in enumerate(document, 1)
        )
    finally:
        document.close()


def _page_numbers(page: pypdfium2.PdfPage, bands: Sequence[Band]) -> PageNumbers:
    height = page.get_height()
    words = page.get_textpage()
    text = "".join(chr(pdfium.FPDFText_GetUnicode(words.raw, place)) for place in range(words.count_chars()))
    body, foot = [], []
    for start, stop in number_spans(text):
        _, bottom, _, top = words.get_charbox(start)
        if top < FOOT:
            foot.append(text[start:stop])
        elif not any(band.top - _EDGE <= height - top and height - bottom <= band.bottom + _EDGE for band in bands):
            body.append(text[start:stop])
    return PageNumbers(tuple(body), tuple(foot))
