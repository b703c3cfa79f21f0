"""An invented city's figures (演示数据): what its schools would have reported, year by year. Nobody reported them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guantong.indicators.indicator import Indicator
from guantong.registry import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedReporter:
    """One school: how large it is beside the usual one, and what differs from the usual, by year and indicator."""

    organisation: str
    stage: Stage
    kind: str
    size: str
    scale: Decimal
    changes: Mapping[int, Mapping[str, Decimal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedMajor:
    """One major in the round of grading, and the points that each reviewer gives it."""

    organisation: str
    code: str
    title: str
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedYears:
    """The years that are over, the one that is open until a day, the usual figures, and whoever differs from them."""

    past: tuple[int, ...]
    open: int
    due: date
    usual: Mapping[str, Decimal]
    sample: int
    reporters: tuple[InventedReporter, ...]
    tasks: Mapping[str, tuple[str, ...]]
    majors: tuple[InventedMajor, ...]

    def value(self, reporter: InventedReporter, year: int, indicator: Indicator) -> str:
        """Return what a school reports; a count follows its size, what differs in an earlier year stays different."""
        for one in sorted(reporter.changes, reverse=True):
            if one <= year and indicator.id in reporter.changes[one]:
                return f"{reporter.changes[one][indicator.id]:f}"
        usual = self.usual[indicator.id]
        if not indicator.counted:
            return f"{usual:f}"
        return str(int(usual * reporter.scale))
