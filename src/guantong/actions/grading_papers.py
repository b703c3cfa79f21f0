"""What grading looks at: whether a major and a review are as they should be, and a rubric's digest. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from guantong.errors import Problem
from guantong.indicators.grading import FULL, Rubric
from guantong.policies.canonical import canonical_json, digest_of
from guantong.reports.personal import personal_in
from guantong.store.grading import MajorRecord

LONGEST_TITLE, LONGEST_REMARK, LONGEST_POINTS = 60, 1_000, 6
_CODE = re.compile(r"\d{6}(?:[A-Z]{1,2})?", re.ASCII)


def rubric_digest(rubric: Rubric) -> str:
    """Return the digest of everything by which points become a grade."""
    data = {
        "id": rubric.id,
        "criteria": [[one.id, one.title, str(one.weight)] for one in rubric.criteria],
        "floors": [[grade.value, str(points)] for grade, points in rubric.floors.items()],
        "reviewers": rubric.reviewers,
    }
    return digest_of(canonical_json(data))


def major_problems(code: str, title: str) -> Iterator[Problem]:
    """Yield what is wrong with a major as a school enters it."""
    if not _CODE.fullmatch(code.strip()):
        yield Problem(column="code", value=code[:20], rule="专业代码应是六位数字", remedy="请按专业目录填写。")
    name = title.strip()
    if not name or len(name) > LONGEST_TITLE:
        rule = "没有写专业名称" if not name else f"专业名称不超过 {LONGEST_TITLE} 字"
        yield Problem(column="title", value=name[:20], rule=rule, remedy="请按专业目录填写。")


def review_problems(
    rubric: Rubric, points: Mapping[str, str], remark: str
) -> tuple[Mapping[str, Decimal], list[Problem]]:
    """Return points as numbers, and everything that is wrong with a review."""
    given: dict[str, Decimal] = {}
    problems = list(personal_in(remark))
    if len(remark) > LONGEST_REMARK:
        problems.append(Problem(column="remark", rule=f"评语不超过 {LONGEST_REMARK} 字", remedy="请写短一些。"))
    for one in rubric.criteria:
        text = points.get(one.id, "").strip()
        number = _number(text)
        if number is None or not 0 <= number <= FULL:
            rule = f"{one.title}应是 0 到 {FULL} 的分数，最多两位小数"
            problems.append(Problem(column=one.id, value=text[:20], rule=rule, remedy="请改正。"))
        else:
            given[one.id] = number
    known = {one.id for one in rubric.criteria}
    problems += [
        Problem(column=name[:40], rule="评价表没有这一项", remedy="请删去。") for name in points if name not in known
    ]
    return given, problems


def unreviewed(majors: Iterable[MajorRecord], rubric: Rubric) -> Iterator[Problem]:
    """Yield every major that has fewer reviewers than the rubric asks for, and a round without any major."""
    found = list(majors)
    if not found:
        yield Problem(column="major", rule="没有学校申报专业", remedy="请先由学校申报。")
    for one in found:
        if one.reviews < rubric.reviewers:
            rule = f"只有 {one.reviews} 位专家评分，应不少于 {rubric.reviewers} 位"
            yield Problem(column=f"{one.title}（{one.code}）", rule=rule, remedy="请等评分完成后再定级。")


def _number(text: str) -> Decimal | None:
    if not text or len(text) > LONGEST_POINTS:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    exponent = number.as_tuple().exponent
    return number if number.is_finite() and isinstance(exponent, int) and exponent >= -2 else None
