"""Grading of majors (专业质量监测): reviewers' points against a weighted rubric, A+ to C-, and the table of grades.

The rubric and its bands are data. The table adds up by construction: groups are sums of grades, every
share is rounded from its own count.
Shape: tables 2-2 and 2-3 of the Beijing annual report, edition 2025.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from guantong.errors import InputRefused, Problem
from guantong.evidence import Grade as Evidence
from guantong.evidence import Place
from guantong.reconciliation import rounded_shares
from guantong.sheets import Record

FULL = 100


class MajorGrade(Enum):
    """A major's grade, best first."""

    A_PLUS = "A+"
    A = "A"
    A_MINUS = "A-"
    B_PLUS = "B+"
    B = "B"
    B_MINUS = "B-"
    C_PLUS = "C+"
    C = "C"
    C_MINUS = "C-"

    @property
    def group(self) -> str:
        """Return the letter."""
        return self.value[0]

    @property
    def asks_for_plan(self) -> bool:
        """Tell whether it leads to a plan of its own (一校一专一策)."""
        return self in (MajorGrade.C, MajorGrade.C_MINUS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One line of a rubric: its weight of 100, and what is looked at."""

    id: str
    title: str
    weight: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """Criteria whose weights add up to 100, and from how many points each grade begins.

    `floors` go from the best grade down; the last one begins at 0.
    """

    id: str
    title: str
    criteria: tuple[Criterion, ...]
    floors: Mapping[MajorGrade, Decimal]
    reviewers: int
    grade: Evidence
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One reviewer's points of one major: each criterion from 0 to 100."""

    reviewer: str
    major: str
    points: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A major's weighted points (the mean of its reviewers), its grade, and how far reviewers lie apart."""

    major: str
    points: Fraction
    grade: MajorGrade
    reviews: int
    spread: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRow:
    """One row of the table; the group's count and share stand in the group's first row only."""

    grade: MajorGrade
    count: int
    share: str
    group_count: int | None
    group_share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeTable:
    """How many majors have each grade; `total` is the sum of the rows and of the groups."""

    rows: tuple[GradeRow, ...]
    total: int


def read_rubric(record: Record) -> Rubric:
    """Read a rubric: criteria with weights, `floors` as `{grade: points}`. Problems are collected in the record."""
    criteria = tuple(_criterion(part) for part in record.records("criteria", required=True))
    floors = record.record("floors")
    names = {grade.value: grade for grade in MajorGrade}
    found: dict[MajorGrade, Decimal] = {}
    for name in floors.raw_keys() if floors else ():
        if floors and name in names:
            found[names[name]] = floors.number(name) or Decimal(0)
    rubric = Rubric(
        id=record.text("id"),
        title=record.text("title"),
        criteria=criteria,
        floors=dict(sorted(found.items(), key=lambda item: list(MajorGrade).index(item[0]))),
        reviewers=record.whole("reviewers") or 1,
        grade=record.grade(),
        place=record.place(required=False),
    )
    if floors:
        floors.done()
    _check_rubric(record, rubric)
    record.done()
    return rubric


def grade_majors(rubric: Rubric, reviews: Sequence[Review]) -> tuple[Graded, ...]:
    """Return every major with its grade, in the order of their first review.

    Raises `InputRefused` with every review that is incomplete, out of range, doubled, and every major
    with fewer reviewers than the rubric asks for.
    """
    if problems := list(_review_problems(rubric, reviews)):
        raise InputRefused(problems)
    by_major: dict[str, list[Fraction]] = {}
    for review in reviews:
        by_major.setdefault(review.major, []).append(points_of(rubric, review))
    return tuple(_graded(rubric, major, points) for major, points in by_major.items())


def points_of(rubric: Rubric, review: Review) -> Fraction:
    """Return the weighted points of one review, 0 to 100, exactly."""
    parts = (Fraction(one.weight) * Fraction(review.points[one.id]) for one in rubric.criteria)
    return sum(parts, Fraction(0)) / FULL


def grade_table(grades: Iterable[MajorGrade], decimals: int = 2) -> GradeTable:
    """Count grades into the table, with shares in percent; grades of groups that nobody has are left out."""
    counted = Counter(grades)
    return table_of_counts({grade: counted[grade] for grade in MajorGrade}, decimals)


def table_of_counts(counts: Mapping[MajorGrade, int], decimals: int = 2) -> GradeTable:
    """Return the table of some counts; raise `ValueError` where nothing was graded."""
    groups: dict[str, int] = {}
    for grade in MajorGrade:
        groups[grade.group] = groups.get(grade.group, 0) + counts.get(grade, 0)
    shown = [grade for grade in MajorGrade if groups[grade.group]]
    total = sum(groups.values())
    shares = rounded_shares([counts.get(grade, 0) for grade in shown], total, decimals)
    group_shares = dict(zip(groups, rounded_shares(list(groups.values()), total, decimals), strict=True))
    rows = []
    for grade, share in zip(shown, shares, strict=True):
        first = grade.value == f"{grade.group}+"
        rows.append(
            GradeRow(
                grade=grade,
                count=counts.get(grade, 0),
                share=share,
                group_count=groups[grade.group] if first else None,
                group_share=group_shares[grade.group] if first else "",
            )
        )
    return GradeTable(rows=tuple(rows), total=total)


def _criterion(record: Record) -> Criterion:
    criterion = Criterion(
        id=record.text("id"), title=record.text("title"), weight=record.number("weight") or Decimal(0)
    )
    record.done()
    return criterion


def _check_rubric(record: Record, rubric: Rubric) -> None:
    whole = sum((one.weight for one in rubric.criteria), Decimal(0))
    if whole != FULL:
        record.complain("criteria", f"各项权重之和应是 {FULL}", str(whole))
    if any(one.weight <= 0 for one in rubric.criteria):
        record.complain("criteria", "权重应大于 0")
    if len({one.id for one in rubric.criteria}) < len(rubric.criteria):
        record.complain("criteria", "观测点编号重复")
    floors = list(rubric.floors.values())
    if set(rubric.floors) != set(MajorGrade):
        record.complain("floors", "九个等级都要写起点分")
    elif sorted(floors, reverse=True) != floors or len(set(floors)) < len(floors) or floors[-1] != 0:
        record.complain("floors", "起点分应逐级降低，最低一级从 0 起")


def _review_problems(rubric: Rubric, reviews: Sequence[Review]) -> Iterable[Problem]:
    known = {one.id for one in rubric.criteria}
    seen: Counter[tuple[str, str]] = Counter((review.reviewer, review.major) for review in reviews)
    for row, review in enumerate(reviews, 1):
        for name in sorted(known - set(review.points)):
            yield Problem(row=row, column=name, rule=f"{review.major}缺少这一项的分数", remedy="请补上。")
        for name, points in review.points.items():
            if name not in known:
                yield Problem(row=row, column=name, rule="评价表没有这一项", remedy="请删去。")
            elif not 0 <= points <= FULL:
                yield Problem(row=row, column=name, value=str(points), rule="分数应在 0 到 100 之间", remedy="请改正。")
    for (reviewer, major), times in seen.items():
        if times > 1:
            yield Problem(
                column="reviewer", value=reviewer, rule=f"{major}被同一专家评了 {times} 次", remedy="请只留一次。"
            )
    enough = Counter(major for _, major in seen)
    for major, count in enough.items():
        if count < rubric.reviewers:
            rule = f"{major}只有 {count} 位专家评分，应不少于 {rubric.reviewers} 位"
            yield Problem(column="reviewer", rule=rule, remedy="请等评分完成后再定级。")


def _graded(rubric: Rubric, major: str, points: Sequence[Fraction]) -> Graded:
    mean = sum(points, Fraction(0)) / len(points)
    grade = next(grade for grade, floor in rubric.floors.items() if mean >= Fraction(floor))
    return Graded(major=major, points=mean, grade=grade, reviews=len(points), spread=max(points) - min(points))
