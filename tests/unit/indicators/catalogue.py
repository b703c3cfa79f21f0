"""A small catalogue to check with: graduates and what became of them, a rate, a survey, a pay."""

from dataclasses import replace
from decimal import Decimal

from guantong.evidence import Grade
from guantong.facts import TimeBasis
from guantong.indicators import Catalogue, Check, CheckKind, Direction, Indicator, Office, Table, Threshold
from guantong.registry import Stage

REQUIRED = Check(kind=CheckKind.REQUIRED)
PERCENT = Check(kind=CheckKind.RANGE, low=Decimal(0), high=Decimal(100))


def indicator(name: str, *checks: Check, unit: str = "人", **fields: object) -> Indicator:
    """An indicator of table `t`."""
    base = Indicator(
        id=name,
        code="",
        name=f"指标{name}",
        unit=unit,
        table="t",
        stages=frozenset({Stage.COLLEGE}),
        office=Office.PLACEMENT,
        basis=TimeBasis.SCHOOL_YEAR,
        direction=Direction.UP,
        counted=unit == "人",
        why="",
        definition="",
        numerator="",
        denominator="",
        system="",
        checks=checks,
        thresholds=(),
        since=None,
        until=None,
        grade=Grade.PENDING,
        place=None,
        reviewed=None,
    )
    return replace(base, **fields)  # type: ignore[arg-type]


GRADUATES = indicator("graduates", REQUIRED, Check(kind=CheckKind.UNIT), Check(kind=CheckKind.JUMP, most=Decimal(50)))
PLACED = indicator("placed", REQUIRED, Check(kind=CheckKind.SUBSET, others=("graduates",)))
STUDY = indicator("study")
WORK = indicator("work")
WHOLE = indicator("whole", Check(kind=CheckKind.SUM, others=("study", "work")))
RATE = indicator(
    "rate",
    PERCENT,
    Check(kind=CheckKind.RATIO, others=("placed", "graduates"), per=100),
    Check(kind=CheckKind.PEER_JUMP, most=Decimal(30)),
    unit="%",
    thresholds=(Threshold(kind="工科", met=Decimal(90), limit=Decimal(70), grade=Grade.OFFICIAL),),
)
SATISFIED = indicator("satisfied", PERCENT, Check(kind=CheckKind.SAMPLE, most=Decimal(30)), unit="%")
PUPILS = indicator("pupils", Check(kind=CheckKind.EQUAL_ACROSS))
RATIO = indicator("ratio", unit=":1", direction=Direction.DOWN)
CATALOGUE = Catalogue(
    [Table(id="t", title="表", number=1)],
    [GRADUATES, PLACED, STUDY, WORK, WHOLE, RATE, SATISFIED, PUPILS, RATIO],
)
