"""Several papers in one file (合订): the letters of a class, one after the other, ready for the printer."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]


def bind(papers: Sequence[bytes]) -> bytes:
    """Return PDFs as one, in their order; a single one stays as it is."""
    if len(papers) == 1:
        return papers[0]
    whole = pypdfium2.PdfDocument.new()
    for paper in papers:
        part = pypdfium2.PdfDocument(paper)
        whole.import_pages(part)
        part.close()
    stream = BytesIO()
    whole.save(stream)
    whole.close()
    return stream.getvalue()
