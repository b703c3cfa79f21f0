"""Enrolment history (历年招生): a school's or a major's places year by year, never across unequal coverage.

A year whose plan is not loaded, or does not cover the type, is a gap; years whose plans cover
different things stand in different segments, and no line or change joins two segments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from guantong.evidence import Grade, Place, Source, weakest
from guantong.registry import Plans, Programme, ProjectType

LISTED, NOT_LISTED, NOT_COVERED, NOT_LOADED = "listed", "not_listed", "not_covered", "not_loaded"
STATES = {
    LISTED: "计划中有",
    NOT_LISTED: "计划中没有",
    NOT_COVERED: "这一年的计划没有收录这一类",
    NOT_LOADED: "这一年没有载入分专业计划",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One year: its places and how many were admitted, None where that is not known; `state` says why."""

    year: int
    state: str
    quota: int | None = None
    actual: int | None = None
    programmes: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    grade: Grade | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Why two years that follow each other in a series may not be joined."""

    after: int
    before: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The years of one school, one type and, where asked, one major.

    `segments` are runs of years of equal coverage: only within one may a line be drawn, and only
    between years that follow each other in the calendar.
    """

    school_id: str
    type: ProjectType
    major: str
    points: tuple[Point, ...]
    segments: tuple[tuple[int, ...], ...]
    breaks: tuple[Break, ...]


def history(plans: Plans, school_id: str, *, major: str = "") -> tuple[Series, ...]:
    """Return one series for each type under which a plan lists the school, and the major where one is named.

    A major is matched by its national code or by its exact printed name; names are never guessed.
    """
    return tuple(
        _series(plans, school_id, kind, major)
        for kind in ProjectType
        if any(_rows(plans, year, school_id, kind, major) for year in plans.years)
    )


def history_json(series: Sequence[Series], sources: Mapping[str, Source]) -> list[dict[str, object]]:
    """Return the series as JSON data: every point with its state, and where the line breaks and why."""
    return [
        {
            "school_id": part.school_id,
            "type": part.type.value,
            "type_text": part.type.label,
            "major": part.major or None,
            "points": [_point_json(point, sources) for point in part.points],
            "segments": [list(segment) for segment in part.segments],
            "breaks": [{"after": gap.after, "before": gap.before, "reason": gap.reason} for gap in part.breaks],
        }
        for part in series
    ]


def _series(plans: Plans, school_id: str, kind: ProjectType, major: str) -> Series:
    first, last = plans.years[0], plans.years[-1]
    points = tuple(_point(plans, year, school_id, kind, major) for year in range(first, last + 1))
    return Series(
        school_id=school_id,
        type=kind,
        major=major,
        points=points,
        segments=tuple(_segments(plans, points)),
        breaks=tuple(_breaks(plans, points)),
    )


def _rows(plans: Plans, year: int, school_id: str, kind: ProjectType, major: str) -> list[Programme]:
    rows = (row for row in plans.of(year, kind) if row.school_id == school_id)
    return [row for row in rows if not major or major == row.code or major in (row.major, *row.majors)]


def _point(plans: Plans, year: int, school_id: str, kind: ProjectType, major: str) -> Point:
    file = plans.files.get(year)
    if file is None or not file.covers(kind):
        return Point(year=year, state=NOT_LOADED if file is None else NOT_COVERED)
    rows = _rows(plans, year, school_id, kind, major)
    if not rows:
        return Point(year=year, state=NOT_LISTED, quota=0)
    return Point(
        year=year,
        state=LISTED,
        quota=_sum([row.quota for row in rows]),
        actual=_sum([row.actual for row in rows]),
        programmes=tuple(row.id for row in rows),
        places=tuple(dict.fromkeys(row.place for row in rows)),
        grade=weakest(row.grade for row in rows),
    )


def _sum(numbers: Sequence[int | None]) -> int | None:
    """Return the sum; None where one of the numbers is not known."""
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _known(points: Sequence[Point]) -> list[int]:
    return [point.year for point in points if point.state in (LISTED, NOT_LISTED)]


def _segments(plans: Plans, points: Sequence[Point]) -> Iterator[tuple[int, ...]]:
    segment: list[int] = []
    for year in _known(points):
        if segment and not plans.comparable(segment[-1], year):
            yield tuple(segment)
            segment = []
        segment.append(year)
    yield tuple(segment)


def _breaks(plans: Plans, points: Sequence[Point]) -> Iterator[Break]:
    known = _known(points)
    for after, before in pairwise(known):
        lacking = [point for point in points if after < point.year < before]
        if not plans.comparable(after, before):
            yield Break(after=after, before=before, reason="两年的计划收录范围不同，不能相比")
        elif lacking:
            years = "、".join(str(point.year) for point in lacking)
            yield Break(after=after, before=before, reason=f"{years} 年没有可用的分专业计划，两边不能连起来看")


def _point_json(point: Point, sources: Mapping[str, Source]) -> dict[str, object]:
    return {
        "year": point.year,
        "state": point.state,
        "state_text": STATES[point.state],
        "quota": point.quota,
        "actual": point.actual,
        "programmes": list(point.programmes),
        "places": [place.as_json(sources.get(place.document)) for place in point.places],
        "grade": point.grade.value if point.grade else None,
    }
