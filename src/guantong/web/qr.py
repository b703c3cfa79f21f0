"""An address as a QR code (二维码): drawn for paper, so that a printed page leads back to its address."""

from __future__ import annotations

import re

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

LONGEST = 700
"""Longer addresses would print too fine to be read by a phone."""
_QUIET = 4
_ERROR = "l"
"""The lowest correction: fewer and larger squares, which paper and a phone prefer to redundancy."""
_MASK = 0
"""Any mask is valid; trying all eight for the prettiest would take longer than the rest of the page."""
_DARK = re.compile(rb"\x01+")


def qr(address: str, label: str = "这一页网址的二维码") -> SafeString:
    """Return the code as an inline drawing; "" where there is no address, or a longer one than paper can bear."""
    if not address or len(address) > LONGEST:
        return mark_safe("")
    modules = segno.make_qr(address, error=_ERROR, mask=_MASK, boost_error=False).matrix
    runs = (
        f"M{run.start()} {y}h{run.end() - run.start()}v1H{run.start()}z"
        for y, row in enumerate(modules)
        for run in _DARK.finditer(row)
    )
    side = len(modules) + 2 * _QUIET
    return format_html(
        '<svg class="qr" viewBox="-{0} -{0} {1} {1}" role="img" aria-label="{3}"><path d="{2}"/></svg>',
        _QUIET,
        side,
        mark_safe("".join(runs)),
        label,
    )
