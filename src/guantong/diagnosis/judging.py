"""Whether a yardstick can be applied at all: no finding is only good news where one could have been found."""

from __future__ import annotations

from guantong.diagnosis.findings import FindingKind
from guantong.diagnosis.panel import Panel
from guantong.diagnosis.yardsticks import FEWEST_PEERS, FEWEST_PEOPLE, FEWEST_YEARS
from guantong.indicators import Indicator


def why_not_judged(panel: Panel, indicator: Indicator, school: str, year: int, kind: FindingKind) -> str:
    """Return why a yardstick cannot be applied to an indicator of a school in a year; "" where it can."""
    now = panel.get(school, indicator.id, year)
    if now is None:
        return f"{year} 年没有“{indicator.name}”的数"
    if kind is FindingKind.CONSISTENCY:
        return ""
    if now.people is not None and now.people < FEWEST_PEOPLE:
        return f"只有 {now.people} 人，少于 {FEWEST_PEOPLE} 人，不据此作判断"
    if kind is FindingKind.THRESHOLD:
        own = panel.schools[school].kind
        return "" if any(one.kind in (own, "*") for one in indicator.thresholds) else "没有适用于这类学校的标准"
    if kind is FindingKind.TREND:
        years = len(panel.series(school, indicator.id, year))
        return "" if years >= FEWEST_YEARS else f"同一口径只有 {years} 个年份，看不出趋势"
    if kind is FindingKind.PEERS:
        peers = [
            one for one in panel.peers(school, indicator.id, year) if (one.people or FEWEST_PEOPLE) >= FEWEST_PEOPLE
        ]
        return "" if len(peers) >= FEWEST_PEERS else f"同类同规模只有 {len(peers)} 所学校有数，不作比较"
    return ""
