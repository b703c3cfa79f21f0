"""What a list of pupils can be narrowed to: the cohorts, projects and classes that occur within a scope.

`SELECT DISTINCT` would read every pupil of an institution to find a handful of values. Here an index is
followed from each value to the next greater one: as many steps as there are values, however many pupils.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from guantong.people import Reach, Scope
from guantong.store.models import Pupil
from guantong.store.reach import by_tie
from guantong.store.records import ListChoices, PupilFilter

Question = tuple[str, tuple[str | int, ...]]


def offered(wanted: PupilFilter, *, scope: Scope) -> ListChoices:
    """Return the cohorts and projects within scope, and the classes of the cohort and project that are chosen."""
    text, values = _question(connection.vendor, scope.reaches, wanted.cohort, wanted.project)
    if not text:
        return ListChoices()
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.execute(text, values)
        found = set(cursor.fetchall())
    cohorts, projects, classes = (
        sorted(value for column, value in found if column == asked) for asked in ("cohort", "project", "class_name")
    )
    return ListChoices(
        cohorts=tuple(sorted(map(int, cohorts), reverse=True)), projects=tuple(projects), classes=tuple(classes)
    )


@lru_cache(maxsize=1024)
def _question(vendor: str, reaches: tuple[Reach, ...], cohort: int | None, project: str) -> Question:
    """Return the question in the words of a database (`vendor`); it holds conditions and nothing that was found."""
    walks, told, values = list[str](), list[str](), list[str | int]()
    for column, rows in _asked(reaches, cohort, project):
        name = f"walk_{len(walks)}"
        try:
            walk, given = _walk(name, column, rows)
        except EmptyResultSet:
            continue
        walks.append(walk)
        told.append(f"SELECT '{column}', CAST(value AS text) FROM {name} WHERE value IS NOT NULL")
        values += given
    return (f"WITH RECURSIVE {', '.join(walks)} {' UNION ALL '.join(told)}", tuple(values)) if walks else ("", ())


def _asked(reaches: tuple[Reach, ...], cohort: int | None, project: str) -> Iterator[tuple[str, QuerySet[Pupil]]]:
    """Yield each column whose values are wanted, with the pupils among whom they are looked for."""
    chosen = {name: value for name, value in (("cohort", cohort), ("project", project)) if value}
    for condition in by_tie(reaches):
        rows = Pupil.objects.filter(condition)
        yield from (("cohort", rows), ("project", rows))
        if chosen:
            yield "class_name", rows.filter(**chosen)


def _walk(name: str, column: str, rows: QuerySet[Pupil]) -> Question:
    """Return the walk over one column, from its least value to the next greater one; it ends with NULL."""
    greater = rows.filter(**{f"{column}__gt": RawSQL(f"{name}.value", ())})
    least = [among.order_by(column).values(column)[:1].query.sql_with_params() for among in (rows, greater)]
    (first, given), (following, given_then) = least
    steps = f"SELECT ({first}) UNION ALL SELECT ({following}) FROM {name} WHERE {name}.value IS NOT NULL"
    return f"{name}(value) AS ({steps})", (*given, *given_then)
