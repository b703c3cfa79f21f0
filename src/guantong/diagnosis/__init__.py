"""Diagnosis (诊断): where a school stands, with evidence. Consistency, thresholds, trend, peers, composition.

Findings are for the school, its adviser and its authorities; nothing here ranks schools in public.
Where too few people or schools stand behind a number, that is said and nothing is concluded.
"""

from guantong.diagnosis.composition import PartMoved, RateMoved, parts_moved, rate_moved
from guantong.diagnosis.findings import Finding, FindingKind, Severity, findings_json, ranked
from guantong.diagnosis.judging import why_not_judged
from guantong.diagnosis.panel import Observed, Panel, School
from guantong.diagnosis.schools import diagnose, diagnose_all
from guantong.diagnosis.yardsticks import FEWEST_PEERS, FEWEST_PEOPLE, FEWEST_YEARS, Trend, percentile, trend_of

__all__ = [
    "FEWEST_PEERS",
    "FEWEST_PEOPLE",
    "FEWEST_YEARS",
    "Finding",
    "FindingKind",
    "Observed",
    "Panel",
    "PartMoved",
    "RateMoved",
    "School",
    "Severity",
    "Trend",
    "diagnose",
    "diagnose_all",
    "findings_json",
    "parts_moved",
    "percentile",
    "ranked",
    "rate_moved",
    "trend_of",
    "why_not_judged",
]
