"""What a list of pupils can be narrowed to: the cohorts, projects and classes that occur within a scope.

`SELECT DISTINCT` reads every pupil of an institution to find a handful of values. Here an index is followed
instead, from each value to the next greater one: as many steps as there are values, however many pupils.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from operator import or_

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from guantong.people import Reach, Scope
from guantong.store import models
from guantong.store.reach import ties
from guantong.store.records import ListChoices, PupilFilter

Question = tuple[str, tuple[object, ...]]


def offered(wanted: PupilFilter, *, scope: Scope) -> ListChoices:
    """Return the cohorts and projects within scope, and the classes of the cohort and project that are chosen."""
    found: dict[str, set[object]] = {"cohort": set(), "project": set(), "class_name": set()}
    text, values = _question(connection.vendor, scope.reaches, wanted.cohort, wanted.project)
    if text:
        with connection.cursor() as cursor:
            cursor.execute(text, values)
            for column, value in cursor.fetchall():
                found[column].add(int(value) if column == "cohort" else value)
    cohorts, projects, classes = (sorted(values) for values in found.values())  # type: ignore[type-var]
    return ListChoices(cohorts=tuple(reversed(cohorts)), projects=tuple(projects), classes=tuple(classes))  # type: ignore[arg-type]
