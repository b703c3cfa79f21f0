"""Column widths (列宽): shares of the text width in which no number and no word is broken.

Widths are reckoned in ems of the cell's type: a Chinese character is one em, anything else at most
0.62 of one. A table too wide for 五号 is set in 小五, then in 六号; past that it is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from guantong.errors import InputRefused, Problem
from guantong.reports.pieces import Box

TEXT_WIDTH = 442.2
INSET = 4.0
SIZES = (10.5, 9.0, 7.5)
_LATIN = 0.62
_SLACK = 0.4
_HALVINGS = 30
_CHUNK = re.compile(r"[!-~‰％−]+|.")

Rows = Sequence[tuple[Box, ...]]


def ems(text: str) -> float:
    """Return the width of a text in ems."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else _LATIN for char in text)


def column_widths(header: Rows, rows: Rows, columns: int) -> tuple[tuple[float, ...], float]:
    """Return the share of each column and the type size in points.

    Raises InputRefused where even the smallest type would break a word.
    """
    narrowest, natural = [1.0] * columns, [1.0] * columns
    for box in (box for row in (*header, *rows) for box in row if box.across == 1):
        narrowest[box.column] = max(narrowest[box.column], _longest_chunk(box.line.text))
        natural[box.column] = max(natural[box.column], ems(box.line.text))
    for points in SIZES:
        room = (TEXT_WIDTH - columns * 2 * INSET) / points
        if sum(narrowest) + columns * _SLACK <= room:
            widths = _share(room, narrowest, natural)
            return tuple((width * points + 2 * INSET) / TEXT_WIDTH for width in widths), points
    raise InputRefused([Problem(rule=f"表有 {columns} 列，最小字号也排不下", remedy="请减少列数，或拆成两个表。")])


def _longest_chunk(text: str) -> float:
    return max((ems(chunk) for chunk in _CHUNK.findall(text)), default=0.0)


def _share(room: float, narrowest: Sequence[float], natural: Sequence[float]) -> list[float]:
    """Deal the room: whoever needs little gets its whole line, the long columns share what is left evenly."""
    low, high = 0.0, room
    for _ in range(_HALVINGS):
        level = (low + high) / 2
        fits = sum(_levelled(level, narrowest, natural)) <= room
        low, high = (level, high) if fits else (low, level)
    widths = _levelled(low, narrowest, natural)
    spare = room / sum(widths)
    return [width * spare for width in widths]


def _levelled(level: float, narrowest: Sequence[float], natural: Sequence[float]) -> list[float]:
    return [max(least, min(whole, level)) + _SLACK for least, whole in zip(narrowest, natural, strict=True)]
