"""Similar majors as a school entered them, and the 贯通 majors of the class to come as the pupils of it show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from guantong.cohorts.majors import SimilarMajors
from guantong.cohorts.projects import ProjectKind
from guantong.store import models

_GUANTONG = tuple(kind.value for kind in ProjectKind if kind.is_guantong)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarPair:
    """Two majors of a school's table, and the document by which it holds them to be similar."""

    school: str
    first: str
    second: str
    document: str


def pairs_of(schools: Iterable[str]) -> tuple[SimilarPair, ...]:
    """Return the tables of some schools, in order."""
    rows = models.SimilarMajor.objects.filter(school__in=sorted(schools)).order_by("school", "first", "second")
    return tuple(
        SimilarPair(school=row.school, first=row.first, second=row.second, document=row.document) for row in rows
    )


def table_of(school: str) -> SimilarMajors:
    """Return a school's table; an empty one leaves the national code families to decide."""
    listed: dict[str, set[str]] = {}
    for pair in pairs_of([school]):
        listed.setdefault(pair.first, set()).add(pair.second)
    return SimilarMajors(listed=listed)


def put(pair: SimilarPair, *, by: str, at: datetime) -> bool:
    """Write a pair; False where it stands already."""
    first, second = sorted((pair.first, pair.second))
    _, made = models.SimilarMajor.objects.get_or_create(
        school=pair.school,
        first=first,
        second=second,
        defaults={"document": pair.document, "entered_at": at, "entered_by": by},
    )
    return made


def remove(school: str, first: str, second: str) -> bool:
    """Take a pair out of a school's table; False where it does not stand there."""
    one, other = sorted((first, second))
    gone, _ = models.SimilarMajor.objects.filter(school=school, first=one, second=other).delete()
    return gone > 0


def of_class(school: str, class_year: int) -> tuple[str, ...]:
    """Return the 贯通 majors in which a school has pupils of a class; none says only that none is on record."""
    rows = models.Pupil.objects.filter(taught_at=school, class_year=class_year, kind__in=_GUANTONG, in_project=True)
    return tuple(rows.order_by("major").values_list("major", flat=True).distinct())
