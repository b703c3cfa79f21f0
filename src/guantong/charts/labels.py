"""Where the digits beside the marks of a line chart stand, so that neither a line nor other digits run through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

DIGIT, TALL, AIR = 5.8, 10, 4
"""Width and height of a digit and the air around a mark, in pixels of the drawing."""
SAMPLES = 12


@dataclass(frozen=True, slots=True)
class Side:
    """A place for digits beside their mark: how they are aligned and how far their middle is moved, in pixels."""

    align: str
    dx: float
    dy: float


ABOVE, BELOW = Side("center", 0, -10), Side("center", 0, 11)
SIDES = (ABOVE, BELOW, Side("left", -2, -10), Side("right", 2, -10), Side("left", -2, 11), Side("right", 2, 11))
"""All places, the best liked first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark in pixels from the upper left corner, and what stands beside it."""

    x: float
    y: float
    shown: str


@dataclass(frozen=True, slots=True)
class Box:
    """What digits cover."""

    left: float
    right: float
    top: float
    bottom: float

    def holds(self, x: float, y: float, air: float = 0) -> bool:
        """Whether a point lies in the box or closer to it than `air`."""
        return self.left - air < x < self.right + air and self.top - air < y < self.bottom + air

    def meets(self, other: Box) -> bool:
        """Whether two boxes share any point."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def sides_of(runs: Sequence[Sequence[Mark]], height: float) -> list[list[Side]]:
    """Return a side for every mark of every line; the upper marks choose first."""
    order = sorted(((mark.y, run, at) for run, marks in enumerate(runs) for at, mark in enumerate(marks)))
    chosen: dict[tuple[int, int], Side] = {}
    taken: list[Box] = []
    for _, run, at in order:
        mark = runs[run][at]
        faults = [_faults(mark, _box(mark, side), runs, taken, height) for side in SIDES]
        chosen[run, at] = SIDES[faults.index(min(faults))]
        taken.append(_box(mark, chosen[run, at]))
    return [[chosen[run, at] for at in range(len(marks))] for run, marks in enumerate(runs)]


def _box(mark: Mark, side: Side) -> Box:
    wide = DIGIT * len(mark.shown)
    left = mark.x + side.dx - {"left": 0, "center": wide / 2, "right": wide}[side.align]
    middle = mark.y + side.dy
    return Box(left, left + wide, middle - TALL / 2, middle + TALL / 2)


def _faults(mark: Mark, box: Box, runs: Sequence[Sequence[Mark]], taken: Sequence[Box], height: float) -> int:
    """Count what runs through a box; digits over digits, over a mark or over the axis count double."""
    marks = [other for run in runs for other in run if other is not mark]
    over = sum(box.meets(other) for other in taken) + sum(box.holds(other.x, other.y, AIR) for other in marks)
    crossed = sum(_crosses(box, start, end) for run in runs for start, end in pairwise(run))
    return 2 * (over + (box.bottom > height)) + crossed


def _crosses(box: Box, start: Mark, end: Mark) -> bool:
    """Whether the stroke from one mark to the next runs through a box."""
    steps = [step / SAMPLES for step in range(SAMPLES + 1)]
    if end.x > start.x:
        edges = [(x - start.x) / (end.x - start.x) for x in (box.left, (box.left + box.right) / 2, box.right)]
        steps += [edge for edge in edges if 0 <= edge <= 1]
    return any(box.holds(start.x + at * (end.x - start.x), start.y + at * (end.y - start.y), 1) for at in steps)
