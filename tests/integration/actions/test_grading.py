"""Grading of new majors: several reviewers who do not see one another, and grades only once the round is closed."""

import pytest
from tests.collection import CITY, OFFICER
from tests.desk import AUDITOR, OTHER_SCHOOL, SCHOOL, grant_of, organisations_of_the_desk, person_of

from guantong.actions import grading, journal, rectification
from guantong.errors import GradingUnknown, InputRefused, NotAllowed, StepRefused
from guantong.indicators.grading import MajorGrade
from guantong.people import Door, Person, Role
from guantong.store import models

pytestmark = pytest.mark.usefixtures("sqlite")
YEAR = 2026
CRITERIA = ("major", "courses", "teaching", "students", "conditions")
OTHER_OFFICER = person_of(Role.QUALITY_OFFICER, OTHER_SCHOOL)


def reviewer(number: int, *more: object) -> Person:
    """One of several reviewers of the city."""
    grants = (grant_of(Role.REVIEWER, "city"), *more)
    return Person(id=f"reviewer-{number}", name=f"演示专家{number}", grants=grants, door=Door.WEB)  # type: ignore[arg-type]


def entered(*codes: str, organisation: str = SCHOOL, by: Person = OFFICER) -> list[str]:
    """Majors of a school in an open round."""
    if not models.GradingRound.objects.exists():
        organisations_of_the_desk([SCHOOL, OTHER_SCHOOL, "city"])
        grading.open_grading(YEAR, "new-majors", by=CITY)
    return [grading.enter_major(YEAR, organisation, code, f"专业{code}", by=by) for code in codes]


def review(major: str, points: str, *numbers: int) -> None:
    """Give a major the same points in every criterion, by several reviewers."""
    for number in numbers:
        grading.review_major(major, dict.fromkeys(CRITERIA, points), "", by=reviewer(number))


def test_grades_stand_once_the_round_is_closed_and_the_table_adds_up() -> None:
    majors = entered("660301", "660302", "660303", "660304")
    for major, points in zip(majors, ("96", "82.5", "61", "30"), strict=True):
        review(major, points, 1, 2, 3)
    assert grading.read_grading(YEAR, by=OFFICER).table is None
    assert {one.grade for one in grading.read_grading(YEAR, by=OFFICER).majors} == {None}
    table = grading.close_grading(YEAR, by=CITY)
    found = grading.read_grading(YEAR, by=OFFICER)
    assert [one.grade for one in found.majors] == [
        MajorGrade.A_PLUS,
        MajorGrade.B_PLUS,
        MajorGrade.C,
        MajorGrade.C_MINUS,
    ]
    assert found.table == table
    assert table.total == sum(row.count for row in table.rows) == 4
    assert journal.verify_journal(by=AUDITOR).ok


def test_c_and_c_minus_open_a_plan_of_their_own_by_themselves() -> None:
    majors = entered("660301", "660302", "660303")
    for major, points in zip(majors, ("62", "10", "99"), strict=True):
        review(major, points, 1, 2, 3)
    grading.close_grading(YEAR, by=CITY)
    tasks = rectification.list_tasks(by=OFFICER)
    assert {task.finding for task in tasks} == set(majors[:2])
    assert all("一校一专一策" in task.title for task in tasks)
    assert rectification.list_tasks(by=OTHER_OFFICER) == ()


def test_a_plan_is_closed_only_by_the_next_year_s_grade() -> None:
    from datetime import date

    from tests.collection import SCHOOL_HEAD

    (major,) = entered("660301")
    review(major, "62", 1, 2, 3)
    grading.close_grading(YEAR, by=CITY)
    (task,) = rectification.list_tasks(by=OFFICER)
    rectification.assign_task(task.id, "教务处", date(2027, 1, 1), seen=1, by=OFFICER)
    rectification.plan_task(task.id, "调整课程。", seen=2, by=OFFICER)
    rectification.approve_plan(task.id, seen=3, by=SCHOOL_HEAD)
    rectification.prove_task(task.id, "新课程已开。", seen=4, by=OFFICER)
    assert [one.told for one in rectification.verify_tasks(YEAR + 1, by=CITY)] == [False]
    grading.open_grading(YEAR + 1, "new-majors", by=CITY)
    again = grading.enter_major(YEAR + 1, SCHOOL, "660301", "专业", by=OFFICER)
    review(again, "80", 1, 2, 3)
    assert [one.told for one in rectification.verify_tasks(YEAR + 1, by=CITY)] == [False]
    grading.close_grading(YEAR + 1, by=CITY)
    assert [one.closed for one in rectification.verify_tasks(YEAR + 1, by=CITY)] == [True]


def test_a_reviewer_sees_only_the_own_points_and_may_change_them_until_the_end() -> None:
    (major,) = entered("660301")
    review(major, "80", 1)
    assert grading.read_own_reviews(YEAR, by=reviewer(2)).own == {}
    assert [one.reviews for one in grading.read_own_reviews(YEAR, by=reviewer(2)).majors] == [0]
    review(major, "85", 1)
    own = grading.read_own_reviews(YEAR, by=reviewer(1)).own[major]
    assert {str(points) for points in own.points.values()} == {"85"}
    with pytest.raises(StepRefused):
        grading.read_reviews(YEAR, by=CITY)
    review(major, "85", 2, 3)
    grading.close_grading(YEAR, by=CITY)
    assert len(grading.read_reviews(YEAR, by=CITY)) == 3
    with pytest.raises(StepRefused):
        review(major, "90", 1)
    with pytest.raises(StepRefused):
        grading.close_grading(YEAR, by=CITY)
    with pytest.raises(StepRefused):
        entered("660302")


def test_nobody_reviews_a_major_of_their_own_school() -> None:
    (own,) = entered("660301")
    (other,) = entered("660301", organisation=OTHER_SCHOOL, by=OTHER_OFFICER)
    teacher = reviewer(7, grant_of(Role.CLASS_TEACHER, SCHOOL))
    with pytest.raises(NotAllowed, match="本单位"):
        grading.review_major(own, dict.fromkeys(CRITERIA, "99"), "", by=teacher)
    assert [one.id for one in grading.read_own_reviews(YEAR, by=teacher).majors] == [other]
    grading.review_major(other, dict.fromkeys(CRITERIA, "99"), "", by=teacher)


def test_too_few_reviewers_and_wrong_points_are_told() -> None:
    majors = entered("660301", "660302")
    review(majors[0], "80", 1, 2, 3)
    review(majors[1], "80", 1, 2)
    with pytest.raises(InputRefused) as refused:
        grading.close_grading(YEAR, by=CITY)
    assert [problem.column for problem in refused.value.problems] == ["专业660302（660302）"]
    bad = {"major": "101", "courses": "", "teaching": "高", "students": "1e1", "conditions": "80", "luck": "9"}
    with pytest.raises(InputRefused) as wrong:
        grading.review_major(majors[1], bad, "", by=reviewer(3))
    assert {problem.column for problem in wrong.value.problems} == {"major", "courses", "teaching", "luck"}
    assert models.MajorReview.objects.count() == 5


def test_a_school_enters_its_own_majors_once() -> None:
    entered("660301")
    with pytest.raises(StepRefused):
        entered("660301")
    with pytest.raises(NotAllowed):
        grading.enter_major(YEAR, SCHOOL, "660305", "专业", by=OTHER_OFFICER)
    with pytest.raises(InputRefused) as refused:
        grading.enter_major(YEAR, SCHOOL, "66", " ", by=OFFICER)
    assert len(refused.value.problems) == 2
    with pytest.raises(GradingUnknown):
        grading.open_grading(YEAR + 1, "nothing", by=CITY)
    with pytest.raises(StepRefused):
        grading.open_grading(YEAR, "new-majors", by=CITY)


def test_a_rubric_that_was_changed_after_the_round_began_is_not_used() -> None:
    (major,) = entered("660301")
    models.GradingRound.objects.update(rubric_digest="sha256:other")
    with pytest.raises(StepRefused, match="评价表被改过"):
        review(major, "80", 1)
