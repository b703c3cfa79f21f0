"""What an open answer is missing, in the words that every door uses."""

from __future__ import annotations

from guantong.pathways.planner import COHORT_MISSING, ENTRY_RULES
from guantong.policies.decide import NO_LAW
from guantong.policies.rulebook import Rulebook

_OTHERS = {
    NO_LAW: "这一年的规则（没有收录）",
    COHORT_MISSING: "年级或中考年份",
    ENTRY_RULES: "当年的报名规则（没有收录）",
}


def missing_text(name: str, book: Rulebook) -> str:
    """Return what one entry of `missing` means to a family."""
    if name in book.inputs:
        return book.inputs[name].label
    if name in book.clauses:
        return f"条款{book.clauses[name].number}怎样适用（没有定论）"
    if name.startswith("value:"):
        return "这一年的取值（没有收录，或几种说法结论不同）"
    return _OTHERS[name]
