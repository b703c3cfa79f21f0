"""A scope in the query finds exactly the pupils that the grants cover."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.people import EVERY, Grant, Person, Right, Role, Standing
from guantong.store import models
from guantong.store.reach import parts, past, present

pytestmark = pytest.mark.usefixtures("database")

DAY = date(2026, 11, 20)
PLACES, PROJECTS, STAGES, CLASSES = ("s", "t", "u"), ("p", "q"), ("secondary", "college"), ("1班", "2班")
STANDINGS = [
    Standing(project=project, stage=stage, class_name=name, kept_at=kept, taught_at=taught)
    for project, stage, name, kept, taught in product(PROJECTS, STAGES, CLASSES, PLACES, PLACES)
]


def put_everybody() -> dict[str, Standing]:
    """Write one pupil of every standing, each with a past stage at the place that does not keep the pupil now."""
    everybody = {f"{number:032x}": standing for number, standing in enumerate(STANDINGS)}
    for pupil, standing in everybody.items():
        models.Pupil.objects.create(
            id=pupil,
            cohort=2023,
            class_year=2023,
            kind="zhongben",
            registered_at=standing.kept_at,
            status="enrolled",
            in_project=True,
            version=1,
            **{name: getattr(standing, name) for name in Standing.__dataclass_fields__},
        )
        before = {"pupil_id": pupil, "project": standing.project, "stage": "secondary", "since": DAY - timedelta(900)}
        models.StageKept.objects.create(kept_at="v", until=DAY - timedelta(100), **before)
    return everybody


def sets(names: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    """Every name, or some."""
    return st.one_of(st.just(EVERY), st.frozensets(st.sampled_from(names)))


grants = st.builds(
    Grant,
    role=st.sampled_from([Role.REGISTRAR, Role.CLASS_TEACHER, Role.UNIVERSITY_HEAD]),
    organisation=st.sampled_from([*PLACES, "v"]),
    since=st.just(date(2020, 1, 1)),
    projects=sets(PROJECTS),
    stages=sets(STAGES),
    classes=sets(CLASSES),
)


def test_the_query_finds_whom_the_grants_cover_and_nobody_else() -> None:
    everybody = put_everybody()

    @settings(max_examples=150, deadline=None)
    @given(held=st.lists(grants, min_size=1, max_size=3))
    def compared(held: list[Grant]) -> None:
        scope = Person(id="p", name="某人", grants=tuple(held)).scope(Right.READ_PUPIL, on=DAY)
        found = set(models.Pupil.objects.filter(present(scope)).values_list("pk", flat=True))
        assert found == {pupil for pupil, standing in everybody.items() if scope.covers(standing)}
        in_parts = [
            pk for part in parts(scope) for pk in models.Pupil.objects.filter(part).values_list("pk", flat=True)
        ]
        assert sorted(in_parts) == sorted(found)

    compared()


def test_the_past_is_found_by_registrars_of_that_place_stage_and_project_only() -> None:
    everybody = put_everybody()

    def found(role: Role, **fields: object) -> set[str]:
        wide = {"organisation": "v", "since": date(2020, 1, 1), "projects": EVERY, "stages": EVERY, "classes": EVERY}
        grant = Grant(role=role, **{**wide, **fields})  # type: ignore[arg-type]
        scope = Person(id="p", name="某人", grants=(grant,)).scope(Right.READ_PUPIL, on=DAY)
        return set(models.Pupil.objects.filter(past(scope)).values_list("pk", flat=True))

    assert found(Role.REGISTRAR) == set(everybody)
    assert found(Role.REGISTRAR, projects=frozenset({"p"})) == {
        pupil for pupil, standing in everybody.items() if standing.project == "p"
    }
    assert found(Role.REGISTRAR, stages=frozenset({"college"})) == set()
    assert found(Role.REGISTRAR, organisation="s") == set()
    assert found(Role.SCHOOL_HEAD) == set()


def test_a_stage_that_still_lasts_is_not_past() -> None:
    put_everybody()
    models.StageKept.objects.update(until=None)
    grant = Grant(role=Role.REGISTRAR, organisation="v", since=date(2020, 1, 1), projects=EVERY, stages=EVERY)
    scope = Person(id="p", name="某人", grants=(grant,)).scope(Right.READ_PUPIL, on=DAY)
    assert not models.Pupil.objects.filter(past(scope)).exists()


def test_a_right_that_reaches_no_pupil_finds_none() -> None:
    put_everybody()
    grant = Grant(role=Role.REGISTRAR, organisation="s", since=date(2020, 1, 1), projects=EVERY, stages=EVERY)
    scope = Person(id="p", name="某人", grants=(grant,)).scope(Right.READ_COUNTS, on=DAY)
    for condition in (present(scope), past(scope), *parts(scope)):
        assert not models.Pupil.objects.filter(condition).exists()
