"""Words for what has no label of its own: fields of a query, and what an open answer is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from guantong.pathways.calendar import Event
from guantong.pathways.planner import COHORT_MISSING, ENTRY_RULES
from guantong.pathways.wording import missing_text
from guantong.policies.decide import Decision
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
    "number": "分数线",
    "id": "要对照的内容",
    "route": "路径",
    "programme": "招生专业",
    "project": "3+2 项目",
    "verdict": "结论",
    "file": "名单",
    "table": "表格",
    "label": "座号",
    "count": "人数",
    "cumulative": "累计",
    "source": "来源",
    "population": "哪里的考生",
    "login": "登录名",
    "name": "姓名",
    "organisation": "机构",
    "role": "角色",
    "projects": "项目",
    "classes": "班级",
    "sections": "栏目",
    "since": "起始日期",
    "until": "截止日期",
    "supervisor": "主管部门",
    "document": "依据的文件",
    "new_password": "新密码",
    "again": "再写一遍新密码",
    "account": "电脑上的用户名",
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
    """Return what one entry of `missing` means to a family, with where to go for it."""
    text = missing_text(name, book)
    if name in book.inputs:
        return Missing(text, f"#field-{name}")
    if name in book.clauses:
        return Missing(text, f"/policies/{book.id}/clauses/{name}")
    if name == COHORT_MISSING:
        return Missing(text, "#field-cohort")
    return Missing(text, "" if name == ENTRY_RULES else "/plans")


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


def day_words(event: Event) -> str:
    """Return an event's day or days as people write them."""
    first, last = _day(event.day), _day(event.until)
    return f"{first}至 {last}" if last else first


def _day(day: str) -> str:
    year, month, number = (*day.split("-"), "", "")[:3]
    if not year:
        return ""
    return f"{year} 年" + (f" {int(month)} 月" if month else "") + (f" {int(number)} 日" if number else "")


def _runs(years: list[int]) -> Iterator[tuple[int, int]]:
    if not years:
        return
    first = years[0]
    for year, following in pairwise([*years, years[-1] + 2]):
        if following != year + 1:
            yield first, year
            first = following
