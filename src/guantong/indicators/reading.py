"""Reads the catalogue from its YAML records (contents: `indicators/*.yaml`), with every problem at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from guantong.facts import TimeBasis
from guantong.indicators.catalogue import Table
from guantong.indicators.indicator import Check, CheckKind, Direction, Indicator, Office, Threshold
from guantong.registry import Stage
from guantong.sheets import Record

_NEEDS_OTHERS = {CheckKind.SUM: 2, CheckKind.SUBSET: 1, CheckKind.RATIO: 2}
_NEEDS_MOST = (CheckKind.JUMP, CheckKind.PEER_JUMP)


def read_table(record: Record) -> Table:
    """Read one table's head: `id`, `title`, `number`."""
    table = Table(id=record.text("id"), title=record.text("title"), number=record.whole("number") or 0)
    record.done()
    return table


def read_indicator(record: Record, table: str) -> Indicator:
    """Read one indicator of a table."""
    indicator = Indicator(
        id=record.text("id"),
        code=record.text("code", required=False),
        name=record.text("name"),
        unit=record.text("unit"),
        table=table,
        stages=_stages(record),
        office=record.choice("office", Office),
        basis=record.choice("basis", TimeBasis, TimeBasis.SCHOOL_YEAR),
        direction=record.choice("direction", Direction, Direction.NEUTRAL),
        counted=record.flag("counted"),
        why=record.text("why", required=False),
        definition=record.text("definition", required=False),
        numerator=record.text("numerator", required=False),
        denominator=record.text("denominator", required=False),
        system=record.text("system", required=False),
        checks=tuple(map(_check, record.records("checks"))),
        thresholds=tuple(map(_threshold, record.records("thresholds"))),
        since=record.whole("since", required=False),
        until=record.whole("until", required=False),
        grade=record.grade(),
        place=record.place(required=False),
        reviewed=_day(record, "reviewed"),
        attribute=record.text("attribute", required=False),
        counted_as=record.text("counted_as", required=False),
        scope=record.texts("scope"),
    )
    _check_sense(record, indicator)
    record.done()
    return indicator


def _stages(record: Record) -> frozenset[Stage]:
    names = {stage.value: stage for stage in Stage}
    wanted = record.texts("stages", required=True)
    for name in wanted:
        if name not in names:
            record.complain("stages", f"只能是 {'、'.join(names)} 之一", name)
    return frozenset(names[name] for name in wanted if name in names)


def _check(record: Record) -> Check:
    """Read `{kind, others, per, low, high, most}`; each kind has to have what it needs."""
    check = Check(
        kind=record.choice("kind", CheckKind),
        others=record.texts("others"),
        per=record.whole("per", required=False) or 1,
        low=record.number("low", required=False),
        high=record.number("high", required=False),
        most=record.number("most", required=False),
    )
    record.done()
    least = _NEEDS_OTHERS.get(check.kind, 0)
    if len(check.others) < least or (check.kind is CheckKind.RATIO and len(check.others) != least):
        record.complain("others", f"{check.kind.label}检查要写 {least} 个指标", str(len(check.others)))
    if check.kind in _NEEDS_MOST and check.most is None:
        record.complain("most", f"{check.kind.label}检查要写百分数 most")
    if check.kind is CheckKind.RANGE and check.low is None and check.high is None:
        record.complain("low", "范围检查至少写一头")
    return check


def _threshold(record: Record) -> Threshold:
    threshold = Threshold(
        kind=record.text("kind"),
        met=record.number("met") or Decimal(0),
        limit=record.number("limit", required=False),
        grade=record.grade(),
        place=record.place(required=False),
    )
    record.done()
    return threshold


def _day(record: Record, key: str) -> date | None:
    text = record.text(key, required=False)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        record.complain(key, "应是日期，如 2026-11-01", text)
        return None


def _check_sense(record: Record, indicator: Indicator) -> None:
    if indicator.thresholds and indicator.direction is Direction.NEUTRAL:
        record.complain("direction", "有标准的指标要写明方向")
    for threshold in indicator.thresholds:
        if threshold.limit is not None and (threshold.met > threshold.limit) != (indicator.direction is Direction.UP):
            record.complain("thresholds", "限制招生线应在合格线差的一侧", threshold.kind)
    if indicator.since and indicator.until and indicator.since > indicator.until:
        record.complain("until", "结束年份早于开始年份", str(indicator.until))
