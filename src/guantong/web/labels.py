"""Words for what has no label of its own: fields of a query, and what an open answer is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from guantong.pathways.planner import COHORT_MISSING, ENTRY_RULES
from guantong.policies.decide import NO_LAW, Decision
from guantong.policies.law import DatedValue
from guantong.policies.rulebook import Rulebook
from guantong.policies.truth import Truth

FIELDS = {
    "pupil_grade": "现在的年级",
    "cohort": "中考年份",
    "score": "中考总分",
    "out_of": "试卷总分",
    "household": "户籍",
    "exam_eligible": "升学资格",
    "district": "所在区",
    "interest": "兴趣方向",
    "max_years": "最多读几年",
    "target": "想达到",
    "sort": "排列次序",
    "year": "年份",
    "type": "类型",
    "school": "学校",
    "partner": "合作高校",
    "category": "专业方向",
    "words": "关键词",
    "kind": "学校类别",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """What would settle an open answer, in words, and where on the desk to go for it."""

    text: str
    href: str


def field_label(name: str) -> str:
    """Return a field's name as a page shows it; an unknown one as it was given."""
    return FIELDS.get(name, name)


def missing_words(name: str, book: Rulebook) -> Missing:
    """Return what one entry of `missing` means to a family."""
    if name in book.inputs:
        return Missing(book.inputs[name].label, f"#field-{name}")
    if name in book.clauses:
        clause = book.clauses[name]
        return Missing(f"条款{clause.number}没有写明这种情况", f"/policies/{book.id}/clauses/{clause.id}")
    if name.startswith("value:"):
        return Missing("这一年的分数线没有收录，或几种说法结论不同", "/plans")
    return {
        NO_LAW: Missing("这一年的规则没有收录", "/plans"),
        COHORT_MISSING: Missing("年级或中考年份", "#field-cohort"),
        ENTRY_RULES: Missing("当年的报名规则没有收录", ""),
    }[name]


def failed_titles(decision: Decision) -> tuple[str, ...]:
    """Return the titles of the rules that say no."""
    return tuple(finding.planned.rule.title for finding in decision.findings if finding.says is Truth.NO)


def plain(number: Decimal) -> str:
    """Return a number without trailing zeros."""
    return f"{number.normalize():f}"


def numbers_words(value: DatedValue) -> str:
    """Return a value's numbers with the unit; disagreeing ones joined by 或."""
    return f"{' 或 '.join(map(plain, value.numbers))} {value.unit}".strip()


def totals_words(value: DatedValue) -> str:
    """Return the paper totals that a value refers to; "" where there are none."""
    return f"{' 或 '.join(map(plain, value.out_of))} {value.unit}".strip() if value.out_of else ""


def share_words(value: DatedValue) -> str:
    """Return the share of the paper total in per cent, as a range where totals disagree; "" without a total."""
    shares = sorted(number / total * 100 for number in value.numbers for total in value.out_of if total)
    if not shares:
        return ""
    ends = dict.fromkeys(f"{share:.1f}%" for share in (shares[0], shares[-1]))
    return "–".join(ends)


def year_ranges(years: tuple[int, ...]) -> str:
    """Return years as “2020、2023–2025”."""
    return "、".join(f"{first}–{last}" if last > first else str(first) for first, last in _runs(sorted(years)))


def _runs(years: list[int]) -> Iterator[tuple[int, int]]:
    if not years:
        return
    first = years[0]
    for year, following in pairwise([*years, years[-1] + 2]):
        if following != year + 1:
            yield first, year
            first = following
