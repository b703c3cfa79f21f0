"""What a school enters (填报数据): one entry an indicator; empty stays empty and is never a zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guantong.indicators.indicator import Indicator
from guantong.reconciliation import Cell, Printed
from guantong.registry import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One value as entered, with its sample, its method, and the explanation of what is unusual.

    `row` is the row of the sheet it came from; None from a page.
    """

    indicator: str
    value: Printed | None
    sample: int | None = None
    method: str = ""
    explanation: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What one organisation enters for one reporting year."""

    organisation: str
    year: int
    stage: Stage
    entries: Mapping[str, Entry] = field(default_factory=dict)
    exempt: frozenset[str] = frozenset()
    """Indicators that need no value, such as those of graduates where there are none."""


def cell_of(indicator: Indicator, number: Printed, *, of: str = "") -> Cell:
    """Return an entered number as a cell that can be compared; counts are exact. `of` says whose or when."""
    exact = Printed(number.value, exact=indicator.counted)
    return Cell(id=indicator.id, label=f"{of}{indicator.name}", number=exact, unit=indicator.unit)
