"""A fact (事实): one checkable statement about one subject in one period, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import Enum

from guantong.evidence import Basis, Grade, Place
from guantong.facts.periods import Period
from guantong.facts.units import same_kind, scale

CITY = "city"
DISTRICT, PROGRAMME = "district:", "programme:"


class Standing(Enum):
    """How far a fact has been read against its passage (核对状态)."""

    PROPOSED = "proposed"
    CHECKED = "checked"
    CONFIRMED = "confirmed"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return {"proposed": "待核对", "checked": "程序已对照原文", "confirmed": "第二人已核对"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One statement: `value` keeps the printed precision, `printed` the printed signs; 28.93:71.07 is text.

    `compared` is the year that a change is measured from. `subject` is "city", "district:<id>", "programme:<id>" or an
    institution's id.
    """

    id: str
    subject: str
    attribute: str
    definition: str
    value: Decimal | str
    printed: str
    unit: str
    period: Period
    scope: frozenset[str]
    place: Place
    grade: Grade
    basis: Basis = Basis.PRINTED
    standing: Standing = Standing.PROPOSED
    compared: int | None = None
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str, str, tuple[str, ...], int]:
        """Return what the statement is about; two facts of one key that differ contradict each other."""
        period = f"{self.period.basis_name}:{self.period.code()}"
        return (self.subject, self.attribute, self.definition, period, tuple(sorted(self.scope)), self.compared or 0)

    @property
    def magnitude(self) -> Decimal | None:
        """Return the value in the plain unit (1.2 万人 is 12,000 人); None for text."""
        return self.value * scale(self.unit)[1] if isinstance(self.value, Decimal) else None

    @property
    def words(self) -> str:
        """Return value and unit as printed, with a scaled unit kept: “3.62 万人”."""
        joint = "" if self.unit in ("%", "", ":1") else " "
        return f"{plain(self.value)}{joint}{self.unit}"

    def agrees(self, other: Fact) -> bool:
        """Tell whether two values can be the same number: the finer one, rounded, is the coarser one."""
        if isinstance(self.value, str) or isinstance(other.value, str):
            return plain(self.value) == plain(other.value)
        coarse, fine = sorted((self, other), key=lambda fact: -_last_place(fact))
        value = fine.magnitude
        if not same_kind(coarse.unit, fine.unit) or value is None:
            return False
        step = _step(coarse)
        nearest = {(value / step).to_integral_value(way) * step for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)}
        return coarse.magnitude in nearest


def finest(facts: Iterable[Fact]) -> Fact:
    """Return the most precise of statements that agree; a table before text, the plainer print before 8874.00."""
    return max(facts, key=lambda fact: (_places(fact), bool(fact.place.table), -len(fact.printed)))


def plain(value: Decimal | str) -> str:
    """Return a value without exponent, its printed places kept."""
    return f"{value:f}" if isinstance(value, Decimal) else value


def _last_place(fact: Fact) -> int:
    """Return the power of ten of the last printed place, in the plain unit."""
    value = fact.value
    assert isinstance(value, Decimal)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent + scale(fact.unit)[1].adjusted()


def _places(fact: Fact) -> int:
    """Return how far down a value is known in the plain unit; a whole number is one, whatever zeros follow it."""
    if isinstance(fact.value, str):
        return 0
    whole = scale(fact.unit)[1] == 1 and fact.value == fact.value.to_integral_value()
    return 0 if whole else -_last_place(fact)


def _step(fact: Fact) -> Decimal:
    """Return the last printed place; trailing zeros say nothing about precision (97.20 beside 97.2)."""
    return Decimal(1).scaleb(_last_place(fact))
