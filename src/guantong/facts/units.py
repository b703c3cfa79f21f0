"""Units (单位): which units measure the same thing, and what a unit of text is worth in the plain one."""

from __future__ import annotations

from decimal import Decimal

_SCALES = (("万", Decimal(10_000)), ("亿", Decimal(100_000_000)))
PERCENT, POINTS = "%", "个百分点"
_COUNTERS = frozenset({"个", "家", "所", "种", "部", "本"})
"""Counting words for one thing: a document counts 家 in one table and 个 in another."""


def scale(unit: str) -> tuple[str, Decimal]:
    """Return the plain unit and how many of it one `unit` is: “万元” is 10,000 元."""
    for prefix, factor in _SCALES:
        if unit.startswith(prefix) and len(unit) > len(prefix):
            return unit.removeprefix(prefix), factor
    return unit, Decimal(1)


def same_kind(unit: str, other: str) -> bool:
    """Tell whether two units measure the same thing, so that their values can be compared."""
    plain, others = scale(unit)[0], scale(other)[0]
    return plain == others or {plain, others} <= _COUNTERS
