"""Rounds of grading as they are kept: majors that schools entered, every reviewer's points, grades once closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from guantong.errors import GradingUnknown, StepRefused
from guantong.indicators.grading import Graded, MajorGrade, Review
from guantong.store import models
from guantong.store.collection import Reached


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRecord:
    """A round of grading: its year, its rubric by id and digest, and when it was closed."""

    year: int
    rubric: str
    rubric_digest: str
    closed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MajorRecord:
    """A major of a round; grade None and points "" until the round is closed."""

    id: str
    year: int
    organisation: str
    code: str
    title: str
    grade: MajorGrade | None
    points: str
    spread: str
    reviews: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRecord:
    """One reviewer's points of a major as they count now."""

    major: str
    reviewer: str
    name: str
    points: Mapping[str, Decimal]
    remark: str


def open_round(year: int, rubric: str, digest: str, *, by: str, at: datetime) -> None:
    """Write a round; raise `StepRefused` where the year has one."""
    if models.GradingRound.objects.filter(pk=year).exists():
        raise StepRefused(step="开始专业评定", why=f"{year} 年的评定已经开始")
    models.GradingRound.objects.create(year=year, rubric=rubric, rubric_digest=digest, opened_by=by, opened_at=at)


def get_round(year: int, *, taken: bool = False) -> RoundRecord:
    """Return a round, its row locked where it is taken; raise `GradingUnknown`."""
    rows = models.GradingRound.objects.select_for_update() if taken else models.GradingRound.objects.all()
    row = rows.filter(pk=year).first()
    if row is None:
        raise GradingUnknown(str(year))
    return RoundRecord(year=year, rubric=row.rubric, rubric_digest=row.rubric_digest, closed_on=row.closed_on)


def years() -> tuple[int, ...]:
    """Return the years of rounds, newest first."""
    return tuple(models.GradingRound.objects.order_by("-year").values_list("year", flat=True))


def enter(record: MajorRecord, *, by: str, at: datetime) -> None:
    """Write a major; raise `StepRefused` where the school entered it already."""
    same = {"round_id": record.year, "organisation": record.organisation, "code": record.code}
    if models.GradedMajor.objects.filter(**same).exists():
        raise StepRefused(step="申报参评专业", why="这个专业已经申报")
    models.GradedMajor.objects.create(
        **same, id=record.id, title=record.title, grade="", points="", spread="", entered_by=by, entered_at=at
    )


def majors(year: int, *, reached: Reached) -> tuple[MajorRecord, ...]:
    """Return the majors of a round within reach, by school and code."""
    rows = _within(models.GradedMajor.objects.filter(round_id=year), reached)
    return tuple(map(_major, rows.order_by("organisation", "code").prefetch_related("reviews")))


def major(name: str, *, taken: bool = False) -> MajorRecord:
    """Return a major by id; raise `GradingUnknown`."""
    rows = models.GradedMajor.objects.select_for_update() if taken else models.GradedMajor.objects.all()
    row = rows.filter(pk=name).first()
    if row is None:
        raise GradingUnknown(name)
    return _major(row)


def review(record: ReviewRecord, *, at: datetime) -> None:
    """Write a reviewer's points; earlier ones stay and no longer count."""
    rows = models.MajorReview.objects.filter(major_id=record.major, reviewer=record.reviewer)
    number = rows.count() + 1
    rows.filter(current=True).update(current=False)
    models.MajorReview.objects.create(
        major_id=record.major,
        reviewer=record.reviewer,
        name=record.name,
        number=number,
        current=True,
        points={name: str(points) for name, points in record.points.items()},
        remark=record.remark,
        at=at,
    )


def reviews(year: int, *, reviewer: str = "") -> tuple[ReviewRecord, ...]:
    """Return the reviews of a round that count, of one reviewer where given."""
    rows = models.MajorReview.objects.filter(major__round_id=year, current=True)
    rows = rows.filter(reviewer=reviewer) if reviewer else rows
    return tuple(
        ReviewRecord(
            major=row.major_id,
            reviewer=row.reviewer,
            name=row.name,
            points={name: Decimal(points) for name, points in row.points.items()},
            remark=row.remark,
        )
        for row in rows.order_by("major__organisation", "major__code", "pk")
    )


def as_reviews(found: Sequence[ReviewRecord]) -> list[Review]:
    """Return reviews as the rubric weighs them."""
    return [Review(reviewer=one.reviewer, major=one.major, points=one.points) for one in found]


def close(year: int, graded: Sequence[Graded], *, by: str, on: date) -> None:
    """Write every grade, and that the round is closed."""
    for one in graded:
        models.GradedMajor.objects.filter(pk=one.major).update(
            grade=one.grade.value, points=f"{float(one.points):.2f}", spread=f"{float(one.spread):.2f}"
        )
    models.GradingRound.objects.filter(pk=year).update(closed_on=on, closed_by=by)


def grade_again(name: str, year: int) -> MajorGrade | None:
    """Return the grade of the same school's same major in another year; None where it has none."""
    row = models.GradedMajor.objects.filter(pk=name).first()
    if row is None:
        return None
    again = models.GradedMajor.objects.filter(round_id=year, organisation=row.organisation, code=row.code)
    found = again.exclude(grade="").values_list("grade", flat=True).first()
    return MajorGrade(found) if found else None


def home_of(user: str) -> str:
    """Return the organisation to which an account belongs, "" for none."""
    return str(models.User.objects.filter(pk=user).values_list("organisation_id", flat=True).first() or "")


def _within(rows: QuerySet[models.GradedMajor], reached: Reached) -> QuerySet[models.GradedMajor]:
    return rows if reached is None else rows.filter(organisation__in=list(reached))


def _major(row: models.GradedMajor) -> MajorRecord:
    return MajorRecord(
        id=row.pk,
        year=row.round_id,
        organisation=row.organisation,
        code=row.code,
        title=row.title,
        grade=MajorGrade(row.grade) if row.grade else None,
        points=row.points,
        spread=row.spread,
        reviews=sum(one.current for one in row.reviews.all()),
    )
