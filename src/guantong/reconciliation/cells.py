"""What is compared (单元), and what is said where it does not agree (不符)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from guantong.evidence import Place
from guantong.reconciliation.figures import Printed, Span, figure

MEASURES = {
    "元": ("元", 1),
    "万元": ("元", 10_000),
    "亿元": ("元", 100_000_000),
    "人": ("人", 1),
    "万人": ("人", 10_000),
    "人次": ("人次", 1),
    "万人次": ("人次", 10_000),
    "%": ("%", 1),
    "个百分点": ("个百分点", 1),
}
"""Units that are multiples of one another; a share and a difference of shares are two things."""


class Kind(Enum):
    """Which comparison failed: the closed list of DESIGN §7 as far as it is arithmetic."""

    SUM = "sum"
    SUBSET = "subset"
    RATIO = "ratio"
    RANGE = "range"
    CHANGE = "change"
    JUMP = "jump"
    UNIT = "unit"
    EQUAL = "equal-across"
    TREND = "trend"

    @property
    def label(self) -> str:
        """Return the words that a page shows."""
        return _KINDS[self]


_KINDS = {
    Kind.SUM: "合计与各项之和不符",
    Kind.SUBSET: "其中项大于总数",
    Kind.RATIO: "比例与原数不符",
    Kind.RANGE: "超出可能的范围",
    Kind.CHANGE: "增减与前后两数不符",
    Kind.JUMP: "变化过大",
    Kind.UNIT: "疑似单位有误",
    Kind.EQUAL: "同一数前后不一致",
    Kind.TREND: "文字所说的走势与数据不符",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One number that is compared: a fact's or an entry's id, its name, its unit, and where it stands."""

    id: str
    label: str
    number: Printed
    unit: str = ""
    place: Place | None = None

    @property
    def words(self) -> str:
        """Return name, number and unit as one phrase."""
        return f"{self.label} {self.shown}"

    @property
    def shown(self) -> str:
        """Return number and unit as a page shows them: a space before a unit of characters, none before %."""
        return f"{self.number}{spaced(self.unit)}"

    @property
    def span(self) -> Span:
        """Return every possible value in the smallest unit of its measure."""
        return self.number.span.times(self.factor)

    @property
    def factor(self) -> int:
        """Return how many of the smallest unit one of its own is."""
        return MEASURES.get(self.unit, (self.unit, 1))[1]

    @property
    def measure(self) -> str:
        """Return what is measured: cells of two measures never compare."""
        return MEASURES.get(self.unit, (self.unit, 1))[0]

    def counted(self) -> Cell:
        """Return the same cell as an exact count."""
        return replace(self, number=Printed(self.number.value, exact=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One cell that does not agree with others: what was found, what is possible, and all places.

    `possible` is in the cell's own unit; `distance` says how far outside of it the cell's own
    rounding lies, 0 only for kinds without arithmetic.
    """

    kind: Kind
    cell: Cell
    others: tuple[Cell, ...]
    text: str
    possible: Span | None = None

    @property
    def distance(self) -> Fraction:
        """Return how far the printed value lies from the nearest possible one, in the cell's own unit."""
        if self.possible is None:
            return Fraction(0)
        value = Fraction(self.cell.number.value)
        return max(self.possible.low - value, value - self.possible.high, Fraction(0))

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Return every cell that takes part."""
        return (self.cell, *self.others)


def check_measure(*cells: Cell) -> None:
    """Raise `ValueError` for cells of two measures: a bug of the caller."""
    measures = {cell.measure for cell in cells}
    if len(measures) > 1:
        raise ValueError(f"cells of two measures: {sorted(measures)}")


def disagreement(kind: Kind, cell: Cell, others: Sequence[Cell], text: str, possible: Span | None) -> Disagreement:
    """Return what is said of a cell; `possible` is in the smallest unit of its measure."""
    own = possible.times(Fraction(1, cell.factor)) if possible else None
    return Disagreement(kind=kind, cell=cell, others=tuple(others), text=text + "。", possible=own)


def words_of(possible: Span, cell: Cell, more: int = 0) -> str:
    """Return an interval in a cell's unit, with so many decimals more; one number where both ends print alike."""
    decimals = cell.number.decimals + more
    low, high = (figure(end / cell.factor, decimals) for end in (possible.low, possible.high))
    unit = spaced(cell.unit)
    return f"{low}{unit}" if low == high else f"{low}–{high}{unit}"


def spaced(unit: str) -> str:
    """Return a unit as it follows a number."""
    return f" {unit}" if unit and unit != "%" else unit
