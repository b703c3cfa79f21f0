"""Counts: today's census from the projection is the count of all events; past days are refolded; nobody is shown."""

from datetime import UTC, date, datetime

import pytest
from tests.desk import (
    CITY,
    DISTRICT,
    HEAD,
    INTAKE,
    OPERATOR,
    OTHER_PROJECT,
    OTHER_REGISTRAR,
    OTHER_SCHOOL,
    PROJECT,
    REGISTRAR,
    SCHOOL,
    UNIVERSITY,
    UNIVERSITY_REGISTRAR,
    admit,
    organisations_of_the_desk,
    person_of,
    row,
)
from tests.reporting import small_register, walk

from guantong.actions import counts, events, organisations
from guantong.actions.events import NewEvent
from guantong.actions.roster import Intake
from guantong.cohorts import EventKind, Moment, Status, census_of
from guantong.errors import NotAllowed
from guantong.people import Person, Role
from guantong.registry import Stage
from guantong.settings import Settings
from guantong.store import models

TODAY = date(2026, 11, 20)
ELSEWHERE = f"{SCHOOL}:{UNIVERSITY}:zhongben:710202"


@pytest.fixture
def register(database: Settings) -> tuple[str, ...]:
    """Four pupils of one school and two of another, at one university."""
    intake = Intake(project=OTHER_PROJECT, cohort=2023, school=OTHER_SCHOOL, on=INTAKE.on)
    admit(row(11), row(12), intake=intake, by=OTHER_REGISTRAR)
    return small_register()


def seen(by: Person) -> dict[str, int]:
    """How many pupils of which project somebody is told of."""
    return {row.project: row.census.pupils for row in counts.census_today(by=by).rows}


@pytest.mark.parametrize(
    ("by", "projects"),
    [
        (REGISTRAR, {PROJECT: 4}),
        (OTHER_REGISTRAR, {OTHER_PROJECT: 2}),
        (UNIVERSITY_REGISTRAR, {PROJECT: 4, OTHER_PROJECT: 2}),
        (CITY, {PROJECT: 4, OTHER_PROJECT: 2}),
        (DISTRICT, {PROJECT: 4}),
        (person_of(Role.DISTRICT, "district:haidian"), {}),
        (person_of(Role.QUALITY_OFFICER, SCHOOL), {PROJECT: 4}),
        (person_of(Role.REGISTRAR, SCHOOL, projects=frozenset({"x:y:zhongben:z"})), {}),
        (person_of(Role.REGISTRAR, SCHOOL, projects=frozenset()), {}),
    ],
    ids=["school", "other school", "partner", "city", "district", "other district", "quality", "no project", "none"],
)
@pytest.mark.usefixtures("register")
def test_everybody_counts_what_they_may_and_no_more(by: Person, projects: dict[str, int]) -> None:
    assert seen(by) == projects
    rows = counts.count_cohorts(Moment(on=TODAY), by=by)
    assert {row.project: row.counts.pupils for row in rows} == projects


@pytest.mark.usefixtures("register")
def test_a_supervisor_counts_the_schools_that_were_put_under_it() -> None:
    organisations_of_the_desk((OTHER_SCHOOL, SCHOOL, "city"))
    assert seen(person_of(Role.SUPERVISOR, SCHOOL)) == {}
    organisations.name_supervisor(OTHER_SCHOOL, SCHOOL, since=date(2020, 1, 1), document="演示文件", by=OPERATOR)
    assert seen(person_of(Role.SUPERVISOR, SCHOOL)) == {OTHER_PROJECT: 2}


@pytest.mark.usefixtures("register")
def test_the_census_says_who_stands_where_and_how_far_they_came() -> None:
    (found,) = counts.census_today(by=REGISTRAR).rows
    assert (found.census.at(Stage.SECONDARY), found.census.at(Stage.COLLEGE)) == (1, 1)
    assert (found.census.by_status[Status.ADMITTED], found.census.present) == (1, 4)
    assert (found.census.funnel.secondary, found.census.funnel.college) == (3, 0)


@pytest.mark.usefixtures("register")
def test_a_read_of_counts_leaves_one_entry_and_no_index() -> None:
    before = models.JournalIndex.objects.count()
    counts.census_today(by=CITY)
    counts.count_cohorts(Moment(on=TODAY), by=CITY)
    assert models.JournalEntry.objects.filter(action="counts-read", actor=CITY.id).count() == 2
    assert models.JournalIndex.objects.count() == before


@pytest.mark.usefixtures("register")
def test_who_may_not_count_is_refused() -> None:
    with pytest.raises(NotAllowed):
        counts.census_today(by=OPERATOR)


def test_a_past_day_is_told_as_it_was_and_as_it_was_known(register: tuple[str, ...]) -> None:
    (found,) = counts.count_cohorts(Moment(on=date(2026, 2, 28)), by=REGISTRAR)
    assert (found.counts.by_status[Status.SUSPENDED], found.counts.by_status[Status.ENROLLED]) == (0, 3)
    assert counts.count_cohorts(Moment(on=TODAY, known=datetime(2023, 1, 1, tzinfo=UTC)), by=REGISTRAR) == ()


def the_same(by: Person) -> bool:
    """Tell whether the census of today is the full count of today."""
    census = {(row.project, row.cohort): row.census for row in counts.census_today(by=by).rows}
    full = {(row.project, row.cohort): census_of(row.counts) for row in counts.count_cohorts(Moment(on=TODAY), by=by)}
    return census == full


def test_the_census_agrees_with_the_count_of_all_events(register: tuple[str, ...]) -> None:
    college: dict[str, object] = {"stage": "college", "institution": "dianke"}
    walk(register[0], [(EventKind.REGISTERED, "2026-09-01", college)], UNIVERSITY_REGISTRAR)
    (last,) = models.Event.objects.filter(pupil=register[1], kind="suspended")
    events.reverse_event(last.pk, "记错了", seen=version(register[1]), by=REGISTRAR)
    for by in (REGISTRAR, UNIVERSITY_REGISTRAR, CITY):
        assert the_same(by)
    assert counts.census_today(by=REGISTRAR).rows[0].census.funnel.college == 1


def test_an_event_of_a_day_to_come_is_not_counted_yet(register: tuple[str, ...]) -> None:
    walk(register[2], [(EventKind.SUSPENDED, "2027-03-01", {"reason": "参军"})])
    assert models.Pupil.objects.get(pk=register[2]).status == "suspended"
    (found,) = counts.census_today(by=REGISTRAR).rows
    assert found.census.by_status[Status.SUSPENDED] == 1
    assert the_same(REGISTRAR)


def test_an_admission_that_was_undone_counts_for_nobody(register: tuple[str, ...]) -> None:
    (admitted,) = models.Event.objects.filter(pupil=register[3], kind="admitted")
    events.reverse_event(admitted.pk, "重复录入", seen=version(register[3]), by=REGISTRAR)
    assert seen(CITY)[PROJECT] == 3
    assert the_same(CITY)


def change_major(pupil: str) -> None:
    """Let a pupil change to another project of the school, on the school's document."""
    paper = {"document_number": "演示〔2026〕1号", "document_date": "2026-09-01", "document_issuer": "演示教委"}
    details = {"project": ELSEWHERE, "major": "710202", **paper}
    new = NewEvent(kind=EventKind.CHANGED_MAJOR, on=date(2026, 9, 10), details=details)
    waiting = events.propose_event(pupil, new, seen=version(pupil), by=REGISTRAR)
    events.confirm_event(waiting.event.id, seen=waiting.version, by=HEAD)


def test_a_pupil_counts_in_the_project_of_the_day(register: tuple[str, ...]) -> None:
    change_major(register[2])
    only_old = person_of(Role.REGISTRAR, SCHOOL, projects=frozenset({PROJECT}))
    only_new = person_of(Role.REGISTRAR, SCHOOL, projects=frozenset({ELSEWHERE}))
    assert (seen(only_old), seen(only_new)) == ({PROJECT: 3}, {ELSEWHERE: 1})
    for on, old, new in ((date(2026, 9, 9), {PROJECT: 4}, {}), (TODAY, {PROJECT: 3}, {ELSEWHERE: 1})):
        for by, counted in ((only_old, old), (only_new, new)):
            found = counts.count_cohorts(Moment(on=on), by=by)
            assert {row.project: row.counts.pupils for row in found} == counted
    assert the_same(only_old)


def test_what_was_known_before_a_correction_is_told_as_it_was(register: tuple[str, ...]) -> None:
    change_major(register[2])
    (changed,) = models.Event.objects.filter(pupil=register[2], kind="changed_major")
    between = datetime.now(UTC).replace(year=2027)
    events.reverse_event(changed.pk, "记错了", seen=version(register[2]), by=REGISTRAR)
    models.Event.objects.filter(kind="corrected").update(recorded_at=between.replace(year=2028))
    only_new = person_of(Role.REGISTRAR, SCHOOL, projects=frozenset({ELSEWHERE}))
    (found,) = counts.count_cohorts(Moment(on=TODAY, known=between), by=only_new)
    assert (found.project, found.counts.pupils) == (ELSEWHERE, 1)
    assert counts.count_cohorts(Moment(on=TODAY), by=only_new) == ()


def test_a_registration_that_was_undone_is_not_counted(register: tuple[str, ...]) -> None:
    (registered,) = models.Event.objects.filter(pupil=register[2], kind="registered")
    events.reverse_event(registered.pk, "记错了", seen=version(register[2]), by=REGISTRAR)
    assert counts.census_today(by=REGISTRAR).rows[0].census.funnel.secondary == 2
    assert the_same(REGISTRAR)


def version(pupil: str) -> int:
    """The version of a pupil's record."""
    return models.Pupil.objects.get(pk=pupil).version
