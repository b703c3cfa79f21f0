"""Diagnosis of schools: every yardstick over every indicator, said in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from guantong.diagnosis.composition import parts_moved
from guantong.diagnosis.findings import Finding, FindingKind, Severity, ranked
from guantong.diagnosis.panel import Observed, Panel
from guantong.diagnosis.yardsticks import FEWEST_PEOPLE, Trend, percentile, trend_of
from guantong.evidence import Grade
from guantong.facts.units import PERCENT, POINTS
from guantong.indicators import Catalogue, CheckKind, Direction, Fault, Indicator, Threshold
from guantong.reconciliation import figure

STEADY = 0.8
"""So many pairs of years must agree before a slope is called a trend."""
SLOW, FAST = 0.05, 0.15
"""A slope of 5 % of the level a year is worth a look; 15 % is grave."""
LOW_TENTH, LOWEST = 10.0, 5.0
"""The share of peers below which a school is told."""
MOST_OF_IT = Fraction(1, 2)
"""A part that explains half of a change is named."""
WORTH_SAYING = Fraction(1, 10)
"""A whole that moved by less than a tenth is not taken apart."""


def diagnose_all(
    panel: Panel, catalogue: Catalogue, year: int, faults: Mapping[str, Sequence[Fault]] | None = None
) -> dict[str, tuple[Finding, ...]]:
    """Return the findings of every school of a panel for a reporting year."""
    known = faults or {}
    return {name: diagnose(panel, catalogue, name, year, known.get(name, ())) for name in panel.schools}


def diagnose(
    panel: Panel, catalogue: Catalogue, school: str, year: int, faults: Sequence[Fault] = ()
) -> tuple[Finding, ...]:
    """Return one school's findings, the gravest first; `faults` are what its form's checks found."""
    found: list[Finding] = list(_consistency(school, year, faults))
    for indicator in catalogue.asked(year, panel.schools[school].stage):
        now = panel.get(school, indicator.id, year)
        if now is None:
            continue
        if now.people is not None and now.people < FEWEST_PEOPLE:
            found.append(_too_few(indicator, now))
            continue
        found += _thresholds(panel, indicator, now)
        found += _trend(panel, indicator, now)
        found += _peers(panel, indicator, now)
        found += _composition(panel, catalogue, indicator, now)
    return ranked(found)


def _consistency(school: str, year: int, faults: Sequence[Fault]) -> Iterator[Finding]:
    """Return one finding an indicator: its gravest fault first, the others beside it."""
    by_indicator: dict[str, list[Fault]] = {}
    for fault in faults:
        by_indicator.setdefault(fault.indicator.id, []).append(fault)
    for name, own in by_indicator.items():
        hard = any(fault.kind.hard for fault in own)
        open_ = any(fault.blocks for fault in own)
        severity = Severity.GRAVE if hard else Severity.WATCH if open_ else Severity.NOTE
        texts = "；".join(dict.fromkeys(fault.problem.rule for fault in own))
        said = [fault.explanation.rstrip("。") for fault in own if fault.explanation and not fault.kind.hard]
        told = "；".join(dict.fromkeys(said))
        indicator = own[0].indicator.name
        text = ("" if texts.startswith(indicator) else f"{indicator}：") + f"{texts}。"
        text += f"学校说明：{told}。" if told else ""
        yield Finding(
            subject=school,
            year=year,
            indicator=name,
            kind=FindingKind.CONSISTENCY,
            severity=severity,
            evidence=(),
            text=text,
            weight=float(len(own)),
        )


def _thresholds(panel: Panel, indicator: Indicator, now: Observed) -> Iterator[Finding]:
    kind = panel.schools[now.school].kind
    for threshold in indicator.thresholds:
        if threshold.kind not in (kind, "*"):
            continue
        points = threshold.points(now.value.value, indicator.direction)
        if points == 1:
            continue
        limited = _beyond(threshold, now.value.value, indicator.direction)
        severity = Severity.GRAVE if limited else Severity.WATCH
        if threshold.grade is Grade.PENDING:
            severity = Severity.WATCH if limited else Severity.NOTE
        yield _finding(
            now,
            FindingKind.THRESHOLD,
            severity,
            f"{_says(indicator, now)}，{_level(indicator, threshold, limited=limited)}。",
            float(1 - points),
        )


def _beyond(threshold: Threshold, value: Decimal, direction: Direction) -> bool:
    if threshold.limit is None:
        return False
    return value < threshold.limit if direction is Direction.UP else value > threshold.limit


def _level(indicator: Indicator, threshold: Threshold, *, limited: bool) -> str:
    sign = "不低于" if indicator.direction is Direction.UP else "不高于"
    words = f"合格标准是{sign} {threshold.met}{indicator.unit}"
    if limited:
        words += f"，限制招生线是 {threshold.limit}{indicator.unit}"
    return words + ("（标准待核实）" if threshold.grade is Grade.PENDING else "")


def _trend(panel: Panel, indicator: Indicator, now: Observed) -> Iterator[Finding]:
    series = panel.series(now.school, indicator.id, now.year)
    if any(one.people is not None and one.people < FEWEST_PEOPLE for one in series):
        return
    trend = trend_of([(one.year, float(one.value.value)) for one in series])
    if trend is None or trend.relative is None or trend.agreement < STEADY or abs(trend.relative) < SLOW:
        return
    rises = trend.slope > 0
    worse = indicator.direction is not Direction.NEUTRAL and rises is (indicator.direction is Direction.DOWN)
    severity = (Severity.GRAVE if abs(trend.relative) >= FAST else Severity.WATCH) if worse else Severity.NOTE
    course = "上升" if rises else "下降"
    text = (
        f"{indicator.name}{series[0].year}—{now.year} 年{course}：{series[0].value} → {now.value}{indicator.unit}，"
        f"每年约{course} {_pace(indicator, trend)}（{trend.years} 个年份，稳健斜率）。"
    )
    yield _finding(now, FindingKind.TREND, severity, text, abs(trend.relative), [one.fact for one in series])


def _pace(indicator: Indicator, trend: Trend) -> str:
    """Return how fast a series moves in a year: a share in 个百分点, which no reader takes for a share of a share."""
    if indicator.unit == PERCENT:
        return f"{figure(abs(Fraction(trend.slope)), 1)} {POINTS}"
    return f"{abs(trend.relative or 0):.0%}"


def _peers(panel: Panel, indicator: Indicator, now: Observed) -> Iterator[Finding]:
    if indicator.direction is Direction.NEUTRAL:
        return
    peers = [
        one
        for one in panel.peers(now.school, indicator.id, now.year)
        if one.people is None or one.people >= FEWEST_PEOPLE
    ]
    place = percentile(float(now.value.value), [float(one.value.value) for one in peers])
    if place is None:
        return
    good = place if indicator.direction is Direction.UP else 100 - place
    if good > LOW_TENTH:
        return
    severity = Severity.WATCH if good <= LOWEST else Severity.NOTE
    text = f"{_says(indicator, now)}，在同类同规模的 {len(peers)} 所学校中处于后 {max(good, 1):.0f}% 的位置。"
    yield _finding(now, FindingKind.PEERS, severity, text, (LOW_TENTH - good) / LOW_TENTH)


def _composition(panel: Panel, catalogue: Catalogue, indicator: Indicator, now: Observed) -> Iterator[Finding]:
    """Say which part moved a sum that moved by a tenth or more since last year."""
    before = panel.get(now.school, indicator.id, now.year - 1)
    names = next((check.others for check in indicator.checks if check.kind is CheckKind.SUM), ())
    if before is None or not names or now.year in panel.breaks.get(indicator.id, ()):
        return
    moved = Fraction(now.value.value) - Fraction(before.value.value)
    if abs(moved) < WORTH_SAYING * abs(Fraction(before.value.value)) or not moved:
        return
    years = [{name: panel.get(now.school, name, year) for name in names} for year in (now.year - 1, now.year)]
    if any(one is None for year in years for one in year.values()):
        return
    then, later = ({name: Fraction(one.value.value) for name, one in year.items() if one} for year in years)
    first = parts_moved(then, later)[0]
    if first.share is None or first.share < MOST_OF_IT:
        return
    part = catalogue.get(first.part)
    course = "增加" if moved > 0 else "减少"
    text = (
        f"{indicator.name}比上年{course} {figure(abs(moved), now.value.decimals)}{indicator.unit}，"
        f"主要来自{part.name}（{course} {figure(abs(first.moved), now.value.decimals)}{part.unit}）。"
    )
    evidence = [one.fact for year in years for one in year.values() if one and one.indicator == first.part]
    yield _finding(
        now,
        FindingKind.COMPOSITION,
        Severity.NOTE,
        text,
        min(float(first.share), 2.0),
        [before.fact, now.fact, *evidence],
    )


def _too_few(indicator: Indicator, now: Observed) -> Finding:
    text = f"{indicator.name}只有 {now.people} 人，少于 {FEWEST_PEOPLE} 人，不据此作判断。"
    return _finding(now, FindingKind.TOO_FEW, Severity.NOTE, text, 0)


def _says(indicator: Indicator, now: Observed) -> str:
    people = f"（{now.people} 人）" if now.people is not None else ""
    return f"{indicator.name} {now.value}{indicator.unit}{people}"


def _finding(
    now: Observed, kind: FindingKind, severity: Severity, text: str, weight: float, evidence: Sequence[str] = ()
) -> Finding:
    return Finding(
        subject=now.school,
        year=now.year,
        indicator=now.indicator,
        kind=kind,
        severity=severity,
        evidence=tuple(evidence) or (now.fact,),
        text=text,
        weight=weight,
    )
