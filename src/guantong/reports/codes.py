"""Codes to be read by a phone (二维码): an address as a drawing that any writer can hold."""

from __future__ import annotations

from io import BytesIO

import segno

_QUIET = 1
"""The paper itself is the quiet zone; one module keeps the drawing apart from a rule or a word."""


def address_mark(address: str) -> str:
    """Return an address as SVG; "" where there is none."""
    if not address:
        return ""
    stream = BytesIO()
    segno.make_qr(address, error="m").save(
        stream, kind="svg", border=_QUIET, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return stream.getvalue().decode()
