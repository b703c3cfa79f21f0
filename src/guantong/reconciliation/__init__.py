"""Reconciliation (核对): does it agree with itself and with others. Sums, shares, changes, text against table.

The arithmetic of checks lives here and nowhere else: printed facts and entered data are compared by the
same functions. A printed number stands for every value that rounds to it (`Printed`), so what two
precisions alone explain is never called a fault, and what they cannot explain always is.
"""

from guantong.reconciliation.cells import Cell, Disagreement, Kind
from guantong.reconciliation.changes import change_of, jump, moves, points_of, suspect_unit
from guantong.reconciliation.figures import Printed, Span, figure
from guantong.reconciliation.parts import equal, ratio_of, same_fraction, share_of, subset_of, sum_of, within
from guantong.reconciliation.rounding import rounded_shares
from guantong.reconciliation.tables import ShareTable, check_shares

__all__ = [
    "Cell",
    "Disagreement",
    "Kind",
    "Printed",
    "ShareTable",
    "Span",
    "change_of",
    "check_shares",
    "equal",
    "figure",
    "jump",
    "moves",
    "points_of",
    "ratio_of",
    "rounded_shares",
    "same_fraction",
    "share_of",
    "subset_of",
    "sum_of",
    "suspect_unit",
    "within",
]
