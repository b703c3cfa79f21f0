"""What a list can be narrowed to is exactly what occurs among the pupils that the grants cover."""

from datetime import date
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.integration.store.test_reach import DAY, PROJECTS, grants, put_everybody

from guantong.people import EVERY, Grant, Person, Right, Role, Scope
from guantong.store import choices, models
from guantong.store.records import ListChoices, PupilFilter

pytestmark = pytest.mark.usefixtures("database")

COHORTS = (2019, 2020, 2023)


def scope_of(*held: Grant) -> Scope:
    """What somebody with these grants may read."""
    return Person(id="p", name="某人", grants=held).scope(Right.READ_PUPIL, on=DAY)


def test_it_offers_what_occurs_within_the_scope_and_nothing_else() -> None:
    everybody, years = put_everybody(), {}
    for pupil, year in zip(everybody, cycle(COHORTS), strict=False):
        models.Pupil.objects.filter(pk=pupil).update(cohort=year)
        years[pupil] = year

    @settings(max_examples=150, deadline=None)
    @given(
        held=st.lists(grants, min_size=1, max_size=3),
        cohort=st.sampled_from([None, *COHORTS, 2031]),
        project=st.sampled_from(["", *PROJECTS, "nobody's"]),
    )
    def compared(held: list[Grant], cohort: int | None, project: str) -> None:
        scope = scope_of(*held)
        there = {pupil: standing for pupil, standing in everybody.items() if scope.covers(standing)}
        named = {
            standing.class_name
            for pupil, standing in there.items()
            if (cohort or project) and cohort in (None, years[pupil]) and project in ("", standing.project)
        }
        assert choices.offered(PupilFilter(cohort=cohort, project=project), scope=scope) == ListChoices(
            cohorts=tuple(sorted({years[pupil] for pupil in there}, reverse=True)),
            projects=tuple(sorted({standing.project for standing in there.values()})),
            classes=tuple(sorted(named)),
        )

    compared()


def test_a_grant_over_no_project_at_all_offers_nothing() -> None:
    put_everybody()
    none = Grant(role=Role.REGISTRAR, organisation="s", since=date(2020, 1, 1), projects=frozenset())

    assert choices.offered(PupilFilter(cohort=2023), scope=scope_of(none)) == ListChoices()


def test_a_pupil_who_comes_or_moves_is_offered_at_once() -> None:
    put_everybody()
    since = date(2020, 1, 1)
    wide = Grant(role=Role.REGISTRAR, organisation="s", since=since, projects=EVERY, stages=EVERY, classes=EVERY)
    before = choices.offered(PupilFilter(), scope=scope_of(wide))
    moved = models.Pupil.objects.filter(kept_at="s").order_by("pk").values_list("pk", flat=True)[0]
    models.Pupil.objects.filter(pk=moved).update(cohort=2026, project="r")
    after = choices.offered(PupilFilter(), scope=scope_of(wide))

    assert (before.cohorts, before.projects) == ((2023,), PROJECTS)
    assert (after.cohorts, after.projects) == ((2026, 2023), (*PROJECTS, "r"))
