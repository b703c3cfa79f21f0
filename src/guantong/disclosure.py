"""Disclosure (抑制): small counts in published tables, and what would reveal them.

A table of counts with totals is published with small cells hidden; then further cells are hidden until
no hidden small count can be computed from what is shown. Official submissions carry exact counts and
never pass through here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

FEWEST = 5
"""Counts from 1 to 4 are hidden; a zero says nothing about anybody."""
HIDDEN = "*"
"""What stands for a count that is hidden."""
Place = tuple[int, int]
"""Row and column of a cell; the last of each holds totals."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as it may be published: rows of counts with None for what is hidden; totals are those of the counts."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None

    @property
    def hidden(self) -> int:
        """Return how many inner cells are hidden."""
        return sum(cell is None for row in self.cells for cell in row)


def suppress(cells: Sequence[Sequence[int]], fewest: int = FEWEST) -> Shown:
    """Return a table of counts (rows of equal length) with what must not be seen hidden, totals included.

    Every hidden cell has another possible value: it lies on a ring of hidden cells. Hidden cells of a
    line never add up to a small remainder that is shown. Raises `ValueError` for ragged rows and
    negative counts.
    """
    if len({len(row) for row in cells}) > 1 or any(count < 0 for row in cells for count in row):
        raise ValueError("a table of counts has rows of one length and no negative count")
    grid = _with_totals(cells)
    hidden = {(row, column) for row, line in enumerate(grid) for column, count in enumerate(line) if 0 < count < fewest}
    while more := _one_more(grid, hidden, fewest):
        hidden.add(more)
    shown = [
        [None if (row, column) in hidden else count for column, count in enumerate(line)]
        for row, line in enumerate(grid)
    ]
    return Shown(
        cells=tuple(tuple(line[:-1]) for line in shown[:-1]),
        row_totals=tuple(line[-1] for line in shown[:-1]),
        column_totals=tuple(shown[-1][:-1]),
        total=shown[-1][-1],
    )


def _with_totals(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in cells]
    width = len(rows[0]) if rows else 1
    return [*rows, [sum(row[column] for row in rows) for column in range(width)]]


def _one_more(grid: list[list[int]], hidden: set[Place], fewest: int) -> Place | None:
    """Return a cell that has to be hidden too; None when every hidden cell keeps its secret."""
    for line in _lines(grid):
        secret = [place for place in line if place in hidden]
        inner = sum(grid[row][column] for row, column in secret)
        told = len(secret) == 1 or (secret and line[-1] not in hidden and inner < fewest)
        if told and (found := _smallest(grid, hidden, line)):
            return found
    for place in sorted(hidden):
        if not _in_a_ring(place, hidden):
            row, column = place
            near = [*((row, other) for other in range(len(grid[0]))), *((other, column) for other in range(len(grid)))]
            everywhere = [(line, other) for line in range(len(grid)) for other in range(len(grid[0]))]
            return _smallest(grid, hidden, near) or _smallest(grid, hidden, everywhere)
    return None


def _lines(grid: list[list[int]]) -> Iterator[list[Place]]:
    """Return the places of every row and every column, the total last."""
    yield from ([(row, column) for column in range(len(grid[0]))] for row in range(len(grid)))
    yield from ([(row, column) for row in range(len(grid))] for column in range(len(grid[0])))


def _smallest(grid: list[list[int]], hidden: set[Place], among: Iterable[Place]) -> Place | None:
    """Return the cell that costs least to hide: first one that another lonely hidden cell needs, then the smallest.

    A zero hides nothing, so it is never taken.
    """
    rows, columns = Counter(row for row, _ in hidden), Counter(column for _, column in hidden)
    free = [place for place in among if place not in hidden and grid[place[0]][place[1]]]

    def cost(place: Place) -> tuple[int, int, Place]:
        row, column = place
        return -((rows[row] == 1) + (columns[column] == 1)), grid[row][column], place

    return min(free, key=cost, default=None)


def _in_a_ring(place: Place, hidden: set[Place]) -> bool:
    """Tell whether a hidden cell lies on a ring of hidden cells, rows and columns alternating.

    Only then may it be one more or one less with every shown number the same.
    """
    row, column = place
    reached, waiting = {("row", row)}, [("row", row)]
    while waiting:
        side, line = waiting.pop()
        for cell in hidden - {place}:
            here, there = (cell[0], ("column", cell[1])) if side == "row" else (cell[1], ("row", cell[0]))
            if here == line and there not in reached:
                reached.add(there)
                waiting.append(there)
    return ("column", column) in reached
