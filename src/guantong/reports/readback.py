"""Reading back (回读): the number tokens of a finished PDF, DOCX or HTML, as anyone would see them.

Nothing here knows the writers: the files are opened with other libraries than those that made them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree

from guantong.reports.numbers import numbers_in

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
_HIDDEN = frozenset({"svg", "head", "script", "style"})
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "li", "div", "header", "footer"}) | (
    frozenset({"section", "nav", "figcaption", "caption", "dd", "dt"})
)
_READ_PARTS = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes", "word/comments")


def docx_numbers(content: bytes) -> tuple[str, ...]:
    """Return the number tokens of a DOCX in order: the text first, then headers, footers and notes."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = sorted(name for name in archive.namelist() if name.startswith(_READ_PARTS) and name.endswith(".xml"))
        roots = [ElementTree.fromstring(archive.read(name)) for name in parts]
    paragraphs = (paragraph for root in roots for paragraph in root.iter(f"{_WORD}p"))
    return tuple(number for paragraph in paragraphs for number in numbers_in("".join(_seen(paragraph))))


def _seen(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_WORD}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        else:
            yield from _seen(child)


class _Reader(HTMLParser):
    """Collects what a page shows, a line for each block, and nothing of its drawings."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.parts = 0, [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element."""
        self.depth += tag in _HIDDEN
        self.parts += ["\n"] if tag in _BLOCKS or tag == "br" else []

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        self.depth -= tag in _HIDDEN
        self.parts += ["\n"] if tag in _BLOCKS else []

    def handle_data(self, data: str) -> None:
        """Keep text that is seen."""
        self.parts += [] if self.depth else [data]


def html_numbers(page: str) -> tuple[str, ...]:
    """Return the number tokens of an HTML page outside its drawings."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return numbers_in("".join(reader.parts))
