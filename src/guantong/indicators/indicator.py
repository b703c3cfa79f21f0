"""An indicator (指标): what is counted, by whom, how it is checked, and how well its definition is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from guantong.evidence import Grade, Place
from guantong.facts import TimeBasis
from guantong.registry import Stage


class Direction(Enum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NEUTRAL = "neutral"

    @property
    def label(self) -> str:
        """Return the words that a page shows."""
        return {"up": "越高越好", "down": "越低越好", "neutral": "高低不表示好坏"}[self.value]


class Office(Enum):
    """The office of a school that answers for a figure (责任处室)."""

    TEACHING = "teaching"
    STUDENTS = "students"
    PLACEMENT = "placement"
    PERSONNEL = "personnel"
    FINANCE = "finance"
    RESEARCH = "research"
    ASSETS = "assets"
    COOPERATION = "cooperation"
    INTERNATIONAL = "international"
    NETWORK = "network"
    QUALITY = "quality"

    @property
    def label(self) -> str:
        """Return the office's name."""
        return _OFFICES[self]


class CheckKind(Enum):
    """The closed list of checks (DESIGN §7)."""

    REQUIRED = "required"
    UNIT = "unit"
    SUM = "sum"
    SUBSET = "subset"
    RATIO = "ratio"
    RANGE = "range"
    JUMP = "jump"
    PEER_JUMP = "peer-jump"
    SAMPLE = "sample"
    EQUAL_ACROSS = "equal-across"

    @property
    def label(self) -> str:
        """Return the words that a list of findings shows."""
        return _CHECKS[self]

    @property
    def hard(self) -> bool:
        """Tell whether it blocks; the others ask for an explanation that travels along."""
        return self not in (CheckKind.UNIT, CheckKind.JUMP, CheckKind.PEER_JUMP, CheckKind.EQUAL_ACROSS)


_OFFICES = {
    Office.TEACHING: "教务处",
    Office.STUDENTS: "学生处",
    Office.PLACEMENT: "就业办",
    Office.PERSONNEL: "人事处",
    Office.FINANCE: "财务处",
    Office.RESEARCH: "科研处",
    Office.ASSETS: "资产处",
    Office.COOPERATION: "校企合作办",
    Office.INTERNATIONAL: "国际交流处",
    Office.NETWORK: "信息中心",
    Office.QUALITY: "质量办",
}
_CHECKS = {
    CheckKind.REQUIRED: "必填",
    CheckKind.UNIT: "单位",
    CheckKind.SUM: "合计",
    CheckKind.SUBSET: "其中项",
    CheckKind.RATIO: "比例",
    CheckKind.RANGE: "范围",
    CheckKind.JUMP: "与上年相比",
    CheckKind.PEER_JUMP: "与同类学校相比",
    CheckKind.SAMPLE: "样本",
    CheckKind.EQUAL_ACROSS: "多处一致",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check of an indicator against others, named by id.

    `others` are the parts of a sum, the whole of a subset, numerator and denominator of a ratio, or
    what must equal it; `per` multiplies a ratio; `low` and `high` bound a range in the indicator's
    unit; `most` is a jump in percent, or the smallest sample.
    """

    kind: CheckKind
    others: tuple[str, ...] = ()
    per: int = 1
    low: Decimal | None = None
    high: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """Two levels of one indicator for one kind of school (两级标准): reached, and where intake is limited.

    `met` is the level of 合格 or 达标; `limit` that of 限制招生, None where the source names none.
    Between them points are interpolated in a straight line.
    """

    kind: str
    met: Decimal
    limit: Decimal | None
    grade: Grade
    place: Place | None = None

    def points(self, value: Decimal, direction: Direction) -> Decimal:
        """Return 1 where the level is met, 0 at the limit and beyond, a straight line between.

        Without a limit there is nothing between. Raises `ValueError` for an indicator without a direction.
        """
        if direction is Direction.NEUTRAL:
            raise ValueError("a threshold needs a direction")
        sign = 1 if direction is Direction.UP else -1
        short = (self.met - value) * sign
        if short <= 0:
            return Decimal(1)
        if self.limit is None:
            return Decimal(0)
        return max(Decimal(0), 1 - short / ((self.met - self.limit) * sign))


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator of one table, with everything that a form, a check and a reader need.

    `grade` marks how well the definition is known: a recalled one is `pending`. `since` and `until`
    are reporting years, both included; None leaves an end open. `attribute`, `counted_as` (its way of
    counting) and `scope` say which published facts carry it, "" where none do.
    """

    id: str
    code: str
    name: str
    unit: str
    table: str
    stages: frozenset[Stage]
    office: Office
    basis: TimeBasis
    direction: Direction
    counted: bool
    why: str
    definition: str
    numerator: str
    denominator: str
    system: str
    checks: tuple[Check, ...]
    thresholds: tuple[Threshold, ...]
    since: int | None
    until: int | None
    grade: Grade
    place: Place | None
    reviewed: date | None
    attribute: str = ""
    counted_as: str = ""
    scope: tuple[str, ...] = ()

    @property
    def surveyed(self) -> bool:
        """Tell whether a value needs its sample size and method beside it."""
        return any(check.kind is CheckKind.SAMPLE for check in self.checks)

    def asked_in(self, year: int, stage: Stage) -> bool:
        """Tell whether a school of a stage is asked for it in a reporting year."""
        begun = self.since is None or self.since <= year
        return stage in self.stages and begun and (self.until is None or year <= self.until)
