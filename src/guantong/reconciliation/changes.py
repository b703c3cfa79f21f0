"""Two moments and more: changes, jumps, suspected units, and what a text says of a course."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from guantong.reconciliation.cells import Cell, Disagreement, Kind, check_measure, disagreement, words_of
from guantong.reconciliation.figures import Span
from guantong.reconciliation.parts import PERCENT

WRONG_UNITS = (100, 1_000, 10_000)
"""Factors between units that are often mixed up: share and percent, 元 and 千元, 元 and 万元."""
CLOSE = Fraction(2)
"""A quotient this near to such a factor (by multiplication) is suspected of a wrong unit."""


class Course(Enum):
    """What a text says of a series (走势)."""

    RISES = "rises"
    FALLS = "falls"

    @property
    def label(self) -> str:
        """Return the words that a finding uses."""
        return {"rises": "逐年上升", "falls": "逐年下降"}[self.value]


def change_of(change: Cell, before: Cell, after: Cell) -> Disagreement | None:
    """Compare a relative change in percent with the two numbers; from zero there is none, so nothing is said."""
    check_measure(before, after)
    try:
        possible = ((after.span / before.span) - Span.of(1)).times(PERCENT)
    except ZeroDivisionError:
        return None
    return _changed(change, before, after, possible)


def points_of(change: Cell, before: Cell, after: Cell) -> Disagreement | None:
    """Compare an absolute change (个, 个百分点 …) with the two numbers."""
    check_measure(before, after)
    return _changed(change, before, after, after.span - before.span)


def jump(now: Cell, before: Cell, most: Fraction | int) -> Disagreement | None:
    """Say where a number changed by more than `most` percent against an earlier one or a peer's."""
    check_measure(now, before)
    limit = Fraction(most) / PERCENT
    if before.span.low <= 0 <= before.span.high:
        return None
    moved = now.span / before.span - Span.of(1)
    if moved.low <= limit and moved.high >= -limit:
        return None
    text = f"{now.words}，{before.words}，变化超过 {float(Fraction(most)):g}%"
    return disagreement(Kind.JUMP, now, (before,), text, None)


def suspect_unit(now: Cell, before: Cell) -> Disagreement | None:
    """Say where two numbers of one thing differ by about the factor of a wrong unit."""
    check_measure(now, before)
    first, second = abs(Fraction(now.number.value)), abs(Fraction(before.number.value))
    if not first or not second:
        return None
    quotient = max(first / second, second / first)
    for factor in WRONG_UNITS:
        if factor / CLOSE <= quotient <= factor * CLOSE:
            text = f"{now.words}，{before.words}，相差约 {factor:,} 倍，请核对单位"
            return disagreement(Kind.UNIT, now, (before,), text, None)
    return None


def moves(course: Course, series: Sequence[Cell]) -> Disagreement | None:
    """Compare the words “every year up (or down)” with a series in order of years; the first step against it counts."""
    for before, after in pairwise(series):
        against = after.span.low > before.span.high if course is Course.FALLS else after.span.high < before.span.low
        if against:
            text = f"文字说{course.label}，但 {before.words} 之后是 {after.words}"
            return disagreement(Kind.TREND, after, (before,), text, None)
    return None


def _changed(change: Cell, before: Cell, after: Cell, possible: Span) -> Disagreement | None:
    if possible.meets(change.number.span):
        return None
    text = f"{change.words}，但 {before.words}、{after.words} 得 {words_of(possible, change, more=1)}"
    return disagreement(Kind.CHANGE, change, (before, after), text, possible)
