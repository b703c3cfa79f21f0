"""Glyphs (字形): which characters a font file can draw, read from its `cmap` table (OpenType, format 12).

typst prints an empty box for a character without a glyph and says nothing; on a certificate that box
would stand in somebody's name.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

_FORMAT_12 = 12


@dataclass(frozen=True, slots=True)
class Coverage:
    """The characters of one font as ranges of code points, in order."""

    firsts: tuple[int, ...]
    lasts: tuple[int, ...]

    def has(self, char: str) -> bool:
        """Tell whether the font can draw a character."""
        place = bisect_right(self.firsts, ord(char)) - 1
        return place >= 0 and ord(char) <= self.lasts[place]


@cache
def coverage(path: str, index: int) -> Coverage:
    """Return what a font of a file (or of a collection of fonts) covers."""
    with Path(path).open("rb") as file:
        start = struct.unpack(">I", _at(file, 12 + 4 * index, 4))[0] if _at(file, 0, 4) == b"ttcf" else 0
        tables = struct.unpack(">H", _at(file, start + 4, 2))[0]
        records = (_at(file, start + 12 + 16 * number, 16) for number in range(tables))
        begin = next(struct.unpack(">4sIII", record)[2] for record in records if record[:4] == b"cmap")
        return _groups(file, begin)


def _groups(file: BinaryIO, begin: int) -> Coverage:
    count = struct.unpack(">H", _at(file, begin + 2, 2))[0]
    offsets = (struct.unpack(">HHI", _at(file, begin + 4 + 8 * number, 8))[2] for number in range(count))
    wide = next(begin + offset for offset in offsets if _at(file, begin + offset, 2) == struct.pack(">H", _FORMAT_12))
    groups = struct.unpack(">I", _at(file, wide + 12, 4))[0]
    ranges = sorted(struct.iter_unpack(">III", _at(file, wide + 16, 12 * groups)))
    return Coverage(tuple(first for first, _, _ in ranges), tuple(last for _, last, _ in ranges))


def _at(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)
