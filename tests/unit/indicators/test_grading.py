"""Grading: the rubric decides, every incomplete review is told, and the table adds up whatever the grades."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.contents import Contents
from guantong.errors import InputRefused, Problem
from guantong.indicators.grading import (
    GradeTable,
    MajorGrade,
    Review,
    Rubric,
    grade_majors,
    grade_table,
    points_of,
    read_rubric,
    table_of_counts,
)
from guantong.sheets import Record

RUBRIC: Rubric = Contents("guantong_beijing").rubrics["new-majors"]
NAMES = [one.id for one in RUBRIC.criteria]


def review(subject: str, points: int, reviewer: str = "一", **own: int) -> Review:
    """A review with the same points everywhere, but for some."""
    whole = {name: Decimal(own.get(name, points)) for name in NAMES}
    return Review(reviewer=reviewer, major=subject, points=whole)


def panel(major: str, *points: int) -> list[Review]:
    """One review a reviewer."""
    return [review(major, one, f"专家{number}") for number, one in enumerate(points)]


def test_a_major_has_the_grade_of_the_mean_of_its_reviewers() -> None:
    graded = grade_majors(RUBRIC, [*panel("甲", 95, 95, 94), *panel("乙", 100, 80, 90), *panel("丙", 10, 20, 30)])
    assert [(one.major, one.grade.value, one.reviews) for one in graded] == [
        ("甲", "A", 3),
        ("乙", "A", 3),
        ("丙", "C-", 3),
    ]
    assert [graded[1].points, graded[1].spread] == [Fraction(90), Fraction(20)]


def test_a_grade_begins_exactly_at_its_floor() -> None:
    at, below = grade_majors(RUBRIC, [*panel("甲", 95, 95, 95), *panel("乙", 95, 95, 94)])
    assert (at.grade, below.grade) == (MajorGrade.A_PLUS, MajorGrade.A)


def test_points_are_weighted() -> None:
    assert points_of(RUBRIC, review("甲", 0, major=100)) == Fraction(20)


@pytest.mark.parametrize(
    ("reviews", "rule"),
    [
        (panel("甲", 90, 90), "不少于 3 位"),
        ([*panel("甲", 90, 90, 90), review("甲", 90, "专家0")], "评了 2 次"),
        ([*panel("甲", 90, 90), review("甲", 90, "三", major=101)], "0 到 100"),
        ([*panel("甲", 90, 90), Review(reviewer="三", major="甲", points={"major": Decimal(1)})], "缺少这一项"),
        (
            [
                *panel("甲", 90, 90),
                Review(reviewer="三", major="甲", points={**review("甲", 9).points, "x": Decimal(1)}),
            ],
            "没有这一项",
        ),
    ],
)
def test_reviews_that_do_not_fit_are_all_told(reviews: list[Review], rule: str) -> None:
    with pytest.raises(InputRefused) as refused:
        grade_majors(RUBRIC, reviews)
    assert any(rule in problem.rule for problem in refused.value.problems)


@given(st.lists(st.sampled_from(list(MajorGrade)), min_size=1, max_size=300), st.integers(0, 2))
def test_the_table_adds_up_whatever_the_grades(grades: list[MajorGrade], decimals: int) -> None:
    table: GradeTable = grade_table(grades, decimals)
    counted = Counter(grades)
    groups = [row.group_count for row in table.rows if row.group_count is not None]
    assert sum(row.count for row in table.rows) == sum(groups) == table.total == len(grades)
    assert all(row.count == counted[row.grade] for row in table.rows)
    for row in table.rows:
        exact = Fraction(row.count * 100, len(grades))
        assert abs(Fraction(row.share) - exact) <= Fraction(1, 2 * 10**decimals)
    assert {row.grade.group for row in table.rows} == {grade.group for grade in grades}


def test_nothing_graded_makes_no_table() -> None:
    with pytest.raises(ValueError, match="positive whole"):
        table_of_counts({})


def test_c_and_c_minus_ask_for_a_plan_of_their_own() -> None:
    assert [grade.value for grade in MajorGrade if grade.asks_for_plan] == ["C", "C-"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"criteria": [{"id": "a", "title": "甲", "weight": 90}]}, "权重之和"),
        ({"criteria": [{"id": "a", "title": "甲", "weight": 50}, {"id": "a", "title": "乙", "weight": 50}]}, "重复"),
        (
            {"criteria": [{"id": "a", "title": "甲", "weight": 110}, {"id": "b", "title": "乙", "weight": -10}]},
            "大于 0",
        ),
        ({"floors": {"A+": 95}}, "九个等级"),
        ({"floors": {grade.value: 50 for grade in MajorGrade}}, "逐级降低"),
        ({"floors": {"S": 1}}, "不认识这个键"),
    ],
)
def test_a_rubric_that_does_not_add_up_is_refused(change: dict[str, object], rule: str) -> None:
    sound: dict[str, object] = {
        "id": "r",
        "title": "评价表",
        "reviewers": 1,
        "grade": "pending",
        "criteria": [{"id": "a", "title": "甲", "weight": 100}],
        "floors": {grade.value: 80 - 10 * at for at, grade in enumerate(MajorGrade)},
    }
    problems: list[Problem] = []
    read_rubric(Record(sound, "f", "", problems))
    assert problems == []
    read_rubric(Record({**sound, **change}, "f", "", problems))
    assert any(rule in problem.rule for problem in problems)
