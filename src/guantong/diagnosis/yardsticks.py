"""The yardsticks themselves (量尺): a robust slope, a percentile with its n. No words, no severity."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

FEWEST_YEARS = 4
"""Fewer years of one definition are no trend."""
FEWEST_PEERS = 8
"""Fewer schools of one kind and size give no percentile."""
FEWEST_PEOPLE = 30
"""Fewer people behind a rate say nothing about a school: one person moves it by more than three points."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A robust slope: units a year, its size against the median level, and how many pairs of years agree with it.

    `relative` is None where the median level is zero; `agreement` is between 0 and 1.
    """

    slope: float
    relative: float | None
    agreement: float
    years: int


def trend_of(points: Sequence[tuple[int, float]]) -> Trend | None:
    """Return the slope of Theil and Sen: the median of the slopes of all pairs; None for too few years.

    One wild year of six moves it little. Source: Sen, P. K. (1968), J. Am. Stat. Assoc. 63, 1379–1389.
    """
    if len(points) < FEWEST_YEARS:
        return None
    slopes = [(later[1] - former[1]) / (later[0] - former[0]) for former, later in combinations(sorted(points), 2)]
    slope = median(slopes)
    level = abs(median([value for _, value in points]))
    agreeing = sum(one * slope > 0 for one in slopes)
    return Trend(slope, slope / level if level else None, agreeing / len(slopes) if slope else 0.0, len(points))


def percentile(value: float, values: Sequence[float]) -> float | None:
    """Return the share of a group that lies below a value, equal ones counted by half, in percent.

    The group holds the value itself. None for a group that is too small.
    """
    if len(values) < FEWEST_PEERS:
        return None
    order = sorted(values)
    below, upto = bisect_left(order, value), bisect_right(order, value)
    return 50.0 * (below + upto) / len(order)
