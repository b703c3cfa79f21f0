"""Shares that a table may print: each rounded for itself, so that it can be checked cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from guantong.reconciliation.figures import figure
from guantong.reconciliation.parts import PERCENT


def rounded_shares(counts: Sequence[int], whole: int, decimals: int) -> tuple[str, ...]:
    """Return each count's share of a whole in percent, rounded half up, as text with its decimals.

    Shares are not bent to add up to 100: a reader recomputes each from its own count.
    Raises `ValueError` for a whole that is not positive.
    """
    if whole <= 0:
        raise ValueError("a share needs a positive whole")
    return tuple(figure(Fraction(count * PERCENT, whole), decimals) for count in counts)
