"""Monitoring of new majors (新增专业质量监测): schools enter majors, reviewers give points, the city closes the round.

Until a round is closed every reviewer sees only their own points, and nobody reviews the own school.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

from django.db import transaction

from guantong.actions import task_steps
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import CITY, contents
from guantong.actions.clock import now, today
from guantong.actions.collection_scope import reached
from guantong.actions.grading_papers import major_problems, review_problems, rubric_digest, unreviewed
from guantong.actions.words import Act
from guantong.errors import GradingUnknown, InputRefused, NotAllowed, StepRefused
from guantong.indicators.grading import Graded, GradeTable, Rubric, grade_majors, grade_table
from guantong.people import ANY, Person, Right
from guantong.store import grading, journal, tasks
from guantong.store.grading import MajorRecord, ReviewRecord, RoundRecord
from guantong.store.tasks import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round as somebody may see it: its majors within reach, and the table of grades once it is closed."""

    record: RoundRecord
    rubric: Rubric
    majors: tuple[MajorRecord, ...]
    table: GradeTable | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing:
    """What lies before a reviewer: majors that may be reviewed, and the own points by major."""

    record: RoundRecord
    rubric: Rubric
    majors: tuple[MajorRecord, ...]
    own: Mapping[str, ReviewRecord]


def open_grading(year: int, rubric: str, *, by: Person) -> None:
    """Open a year's round by a rubric of the contents; raise `GradingUnknown` for another one."""
    with attempt(Act.GRADING_OPENED, Right.MANAGE_GRADING, by=by), transaction.atomic():
        found = contents().rubrics.get(rubric)
        if found is None:
            raise GradingUnknown(rubric)
        grading.open_round(year, rubric, rubric_digest(found), by=by.id, at=now())
        journal.append([entry(Act.GRADING_OPENED, str(year))], by=by)


def enter_major(year: int, organisation: str, code: str, title: str, *, by: Person) -> str:
    """Enter a major of the own school and return its id."""
    with attempt(Act.MAJOR_ENTERED, Right.ENTER_MAJORS, by=by) as scope, transaction.atomic():
        names = reached(scope)
        if names is not None and organisation not in names:
            raise NotAllowed(right=scope.right.label, why="只能申报本校的专业")
        _open_round(year, "申报参评专业")
        if problems := list(major_problems(code, title)):
            raise InputRefused(problems)
        record = MajorRecord(
            id=uuid4().hex,
            year=year,
            organisation=organisation,
            code=code.strip(),
            title=title.strip(),
            grade=None,
            points="",
            spread="",
            reviews=0,
        )
        grading.enter(record, by=by.id, at=now())
        journal.append([entry(Act.MAJOR_ENTERED, record.id)], by=by)
    return record.id


def review_major(major: str, points: Mapping[str, str], remark: str, *, by: Person) -> None:
    """Give a major points by the rubric, each criterion from 0 to 100; nobody reviews a major of their own school."""
    with attempt(Act.MAJOR_REVIEWED, Right.REVIEW_MAJORS, by=by) as scope, transaction.atomic():
        record = grading.major(major, taken=True)
        if record.organisation in _own_schools(by):
            raise NotAllowed(right=scope.right.label, why="不能评审本单位的专业")
        opened = _open_round(record.year, "评审专业")
        given, problems = review_problems(_rubric(opened), points, remark)
        if problems:
            raise InputRefused(problems)
        grading.review(
            ReviewRecord(major=major, reviewer=by.id, name=by.name, points=given, remark=remark.strip()), at=now()
        )
        journal.append([entry(Act.MAJOR_REVIEWED, major)], by=by)


def read_own_reviews(year: int, *, by: Person) -> Reviewing:
    """Return the majors that a reviewer may review and the points given so far, nobody else's."""
    with attempt(Act.REVIEWS_READ, Right.REVIEW_MAJORS, by=by):
        record, without = grading.get_round(year), _own_schools(by)
        found = Reviewing(
            record=record,
            rubric=_rubric(record),
            majors=tuple(
                replace(one, reviews=0) for one in grading.majors(year, reached=None) if one.organisation not in without
            ),
            own={one.major: one for one in grading.reviews(year, reviewer=by.id)},
        )
        leave_entry(entry(Act.REVIEWS_READ, str(year)), by=by)
    return found


def close_grading(year: int, *, by: Person) -> GradeTable:
    """Grade every major of a round; C and C- each open a task of their own (一校一专一策).

    Raises `InputRefused` with every major that has too few reviewers.
    """
    with attempt(Act.GRADING_CLOSED, Right.MANAGE_GRADING, by=by), transaction.atomic():
        opened = _open_round(year, "汇总定级")
        rubric = _rubric(opened)
        majors = {one.id: one for one in grading.majors(year, reached=None)}
        if problems := list(unreviewed(majors.values(), rubric)):
            raise InputRefused(problems)
        graded = grade_majors(rubric, grading.as_reviews(grading.reviews(year)))
        grading.close(year, graded, by=by.id, on=today())
        opened_tasks = [_plan_of(majors[one.major], one) for one in graded if one.grade.asks_for_plan]
        notes = [entry(Act.TASK_OPENED, name) for name in opened_tasks]
        journal.append([entry(Act.GRADING_CLOSED, str(year)), *notes], by=by)
    return grade_table([one.grade for one in graded])


def read_grading(year: int, *, by: Person) -> Round:
    """Return a round with the majors within reach; the table counts every major, and only once it is closed."""
    with attempt(Act.GRADES_READ, Right.READ_GRADES, by=by) as scope:
        record = grading.get_round(year)
        everyone = grading.majors(year, reached=None) if record.closed_on else ()
        grades = [one.grade for one in everyone if one.grade]
        found = Round(
            record=record,
            rubric=_rubric(record),
            majors=grading.majors(year, reached=reached(scope)),
            table=grade_table(grades) if grades else None,
        )
        leave_entry(entry(Act.GRADES_READ, str(year)), by=by)
    return found


def read_reviews(year: int, *, by: Person) -> tuple[ReviewRecord, ...]:
    """Return every reviewer's points of a closed round."""
    with attempt(Act.GRADES_READ, Right.MANAGE_GRADING, by=by):
        if grading.get_round(year).closed_on is None:
            raise StepRefused(step="查看专家评分", why="定级以前，专家评分只有本人能看")
        found = grading.reviews(year)
        leave_entry(entry(Act.GRADES_READ, str(year)), by=by)
    return found


def list_gradings(*, by: Person) -> tuple[RoundRecord, ...]:
    """Return every round, newest first."""
    with attempt(Act.GRADES_READ, Right.LIST_GRADINGS, by=by):
        found = tuple(map(grading.get_round, grading.years()))
        leave_entry(entry(Act.GRADES_READ), by=by)
    return found


def _plan_of(major: MajorRecord, graded: Graded) -> str:
    title = f"{major.title}（{major.code}）{major.year} 年评定为 {graded.grade.value}，须制定一校一专一策"
    record = task_steps.fresh(major.organisation, major.year, Origin.MAJOR, major.id, title=title)
    tasks.add(record)
    return record.id


def _open_round(year: int, step: str) -> RoundRecord:
    found = grading.get_round(year, taken=True)
    if found.closed_on:
        raise StepRefused(step=step, why=f"{year} 年的评定已于 {found.closed_on} 定级")
    return found


def _rubric(record: RoundRecord) -> Rubric:
    """Return the rubric of a round as it was when the round was opened; raise `StepRefused` where it is another."""
    rubric = contents().rubrics.get(record.rubric)
    if rubric is None or rubric_digest(rubric) != record.rubric_digest:
        raise StepRefused(step="按评价表评定", why=f"{record.year} 年评定开始后，评价表被改过；请恢复原来的评价表")
    return rubric


def _own_schools(by: Person) -> frozenset[str]:
    """Return the organisations that somebody has to do with, by account or by any grant."""
    named = {grant.organisation for grant in by.grants} | {grading.home_of(by.id)}
    return frozenset(named - {ANY, CITY, ""})
