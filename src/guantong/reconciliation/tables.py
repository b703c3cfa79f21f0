"""A table of counts with their shares (数量与占比): every printed share against its count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guantong.reconciliation.cells import Cell, Disagreement
from guantong.reconciliation.parts import share_of, sum_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTable:
    """Counts and shares of the parts of one total; `groups` add parts up and have shares of their own.

    `rows` are pairs (count, share); each group is (count, share, its rows' positions).
    """

    total: Cell
    rows: Sequence[tuple[Cell, Cell | None]]
    groups: Sequence[tuple[Cell, Cell | None, Sequence[int]]] = ()


def check_shares(table: ShareTable) -> tuple[Disagreement, ...]:
    """Return every share that its counts do not explain and every sum that does not add up, in reading order."""
    counts = [count for count, _ in table.rows]
    found = [sum_of(table.total, counts)]
    found += [share_of(share, count, table.total) for count, share in table.rows if share]
    for count, share, positions in table.groups:
        found.append(sum_of(count, [counts[position] for position in positions]))
        if share:
            found.append(share_of(share, count, table.total))
    return tuple(disagreement for disagreement in found if disagreement)
