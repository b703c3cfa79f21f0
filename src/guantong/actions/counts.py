"""Counts: how many pupils of which project and cohort are what, today or on a past day; nobody is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from guantong.actions import project_scope
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.clock import today
from guantong.actions.project_words import planned, seats
from guantong.actions.words import Act
from guantong.cohorts import (
    Census,
    Counts,
    Moment,
    Planned,
    count_by_project,
    take_census,
)
from guantong.people import Person, Right
from guantong.store import counts
from guantong.store.project_reach import any_covers


@dataclass(frozen=True, slots=True, kw_only=True)
class CensusRow:
    """One project and cohort today, with what was planned."""

    project: str
    cohort: int
    planned: Planned
    census: Census


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """One project and cohort at a moment, with events and certificates, and what was planned."""

    project: str
    cohort: int
    planned: Planned
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class CityCounts:
    """The projects × cohorts of a scope on a day, in the order of projects; `names` of the institutions in them."""

    on: date
    whole: bool
    rows: tuple[CensusRow, ...]
    names: Mapping[str, str]


def census_today(*, by: Person) -> CityCounts:
    """Return how many pupils of each project and cohort stand where today, and how far each cohort came."""
    with attempt(Act.COUNTS_READ, Right.READ_COUNTS, by=by) as scope:
        reaches, on = project_scope.counted(scope), today()
        found = take_census(counts.whereabouts(reaches, on))
        rows = tuple(
            CensusRow(project=project, cohort=cohort, planned=planned(project, cohort), census=census)
            for (project, cohort), census in found.items()
        )
        leave_entry(entry(Act.COUNTS_READ), by=by)
    return CityCounts(
        on=on, whole=project_scope.whole_city(reaches), rows=rows, names=seats(row.project for row in rows)
    )


def count_cohorts(moment: Moment, *, by: Person) -> tuple[CountRow, ...]:
    """Return full counts of each project and cohort at a moment, refolded from the events known then."""
    with attempt(Act.COUNTS_READ, Right.READ_COUNTS, by=by) as scope:
        reaches = project_scope.counted(scope)
        found = count_by_project(counts.histories(reaches), moment)
        rows = tuple(
            CountRow(project=project, cohort=cohort, planned=planned(project, cohort), counts=counted)
            for (project, cohort), counted in found.items()
            if any_covers(reaches, project)
        )
        leave_entry(entry(Act.COUNTS_READ), by=by)
    return rows
