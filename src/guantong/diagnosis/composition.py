"""Composition (构成): which part moved the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class PartMoved:
    """What one part added to the change of a sum; `share` of the whole change, None where the whole stood still."""

    part: str
    moved: Fraction
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class RateMoved:
    """What one group added to the change of a rate (in points of the rate).

    `within` because its own rate changed, `between` because its weight among all changed.
    """

    group: str
    within: Fraction
    between: Fraction


def parts_moved(before: Mapping[str, Fraction], after: Mapping[str, Fraction]) -> tuple[PartMoved, ...]:
    """Return every part of a sum, the one that moved most first. A part that is missing in a year counts as zero.

    The parts' movements add up to the movement of the sum, exactly.
    """
    names = list(dict.fromkeys((*before, *after)))
    moved = {name: after.get(name, Fraction(0)) - before.get(name, Fraction(0)) for name in names}
    whole = sum(moved.values(), Fraction(0))
    parts = [PartMoved(name, moved[name], moved[name] / whole if whole else None) for name in names]
    return tuple(sorted(parts, key=lambda part: (-abs(part.moved), part.part)))


def rate_moved(before: Mapping[str, tuple[int, int]], after: Mapping[str, tuple[int, int]]) -> tuple[RateMoved, ...]:
    """Split the change of a rate between the groups of its denominator; values are (numerator, denominator).

    Within and between of all groups add up to the change of the rate, exactly (both weighted by the
    mean of the two years). Groups stand in both years. Raises `ValueError` for an empty group or year.
    """
    if set(before) != set(after) or not before:
        raise ValueError("a rate is split over the same groups in both years")
    if any(whole <= 0 for year in (before, after) for _, whole in year.values()):
        raise ValueError("a group without people has no rate")
    all_before = sum(whole for _, whole in before.values())
    all_after = sum(whole for _, whole in after.values())
    found = []
    for group, (part, whole) in before.items():
        later_part, later_whole = after[group]
        rates = Fraction(part, whole), Fraction(later_part, later_whole)
        weights = Fraction(whole, all_before), Fraction(later_whole, all_after)
        within = (rates[1] - rates[0]) * sum(weights) / 2
        between = (weights[1] - weights[0]) * sum(rates) / 2
        found.append(RateMoved(group, within, between))
    return tuple(sorted(found, key=lambda one: (-abs(one.within + one.between), one.group)))
