"""One moment: sums, parts of wholes, shares, ranges, and the same number in two places."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import add

from guantong.reconciliation.cells import Cell, Disagreement, Kind, check_measure, disagreement, words_of
from guantong.reconciliation.figures import Span

PERCENT = 100


def sum_of(total: Cell, parts: Sequence[Cell]) -> Disagreement | None:
    """Compare a total with the sum of its parts, each at its own precision. Raises `ValueError` without parts."""
    if not parts:
        raise ValueError("a sum has parts")
    check_measure(total, *parts)
    possible = reduce(add, (part.span for part in parts))
    if possible.meets(total.span):
        return None
    text = f"{total.words}，但各项之和是 {words_of(possible, total)}"
    return disagreement(Kind.SUM, total, parts, text, possible)


def subset_of(part: Cell, whole: Cell) -> Disagreement | None:
    """Compare a part with its whole: it is never larger."""
    check_measure(part, whole)
    if part.span.low <= whole.span.high:
        return None
    return disagreement(Kind.SUBSET, part, [whole], f"{part.words}，大于 {whole.words}", None)


def share_of(share: Cell, part: Cell, whole: Cell) -> Disagreement | None:
    """Compare a share in percent with part and whole."""
    return ratio_of(share, part, whole, per=PERCENT)


def ratio_of(ratio: Cell, numerator: Cell, denominator: Cell, *, per: int = 1) -> Disagreement | None:
    """Compare a quotient (times `per`) with its two numbers; where the divisor may be zero, nothing is said.

    A divisor that is exactly zero leaves no quotient, so a printed one is a disagreement.
    """
    if denominator.span == Span.of(0):
        text = f"{ratio.words}，但 {denominator.words}，算不出比例"
        return disagreement(Kind.RATIO, ratio, (numerator, denominator), text, None)
    try:
        possible = (numerator.span / denominator.span).times(per)
    except ZeroDivisionError:
        return None
    if possible.meets(ratio.span):
        return None
    shown = words_of(possible, ratio, more=1)
    text = f"{ratio.words}，但 {numerator.words}、{denominator.words} 得 {shown}"
    return disagreement(Kind.RATIO, ratio, (numerator, denominator), text, possible)


def within(cell: Cell, low: Decimal | int | None, high: Decimal | int | None) -> Disagreement | None:
    """Compare a number as printed with the range of what can be, in its own unit; None leaves an end open."""
    value = cell.number.value
    if low is not None and value < low:
        return disagreement(Kind.RANGE, cell, (), f"{cell.words}，不应小于 {low}", None)
    if high is not None and value > high:
        return disagreement(Kind.RANGE, cell, (), f"{cell.words}，不应大于 {high}", None)
    return None


def equal(cell: Cell, other: Cell) -> Disagreement | None:
    """Compare the same number in two places, whatever multiple of its unit each uses."""
    check_measure(cell, other)
    if cell.span.meets(other.span):
        return None
    text = f"{cell.words}，另一处是 {other.shown}"
    return disagreement(Kind.EQUAL, cell, (other,), text, other.span)


def same_fraction(shares: Sequence[tuple[Cell, Cell]]) -> tuple[Disagreement, ...]:
    """Compare the shares of equal counts of one whole: equal counts have one share.

    `shares` are pairs (count, share). The first share of a count is what later ones are held against.
    """
    first: dict[Fraction, tuple[Cell, Cell]] = {}
    found: list[Disagreement] = []
    for count, share in shares:
        before = first.setdefault(Fraction(count.number.value), (count, share))
        if not share.span.meets(before[1].span):
            text = f"{count.words}占 {share.shown}，同样数目的{before[0].label}占 {before[1].shown}"
            found.append(disagreement(Kind.EQUAL, share, (count, *before), text, before[1].span))
    return tuple(found)
