"""The demonstration as it stands: everybody invented, every kind of event, every figure sound, every role signed in."""

from base64 import b32decode
from collections import Counter
from datetime import date

from tests.desk import OPERATOR
from tests.integration.demo.conftest import Loading

from guantong.actions import accounts, clock, journal, pupils
from guantong.actions.books import contents
from guantong.actions.events import confirm_event
from guantong.actions.identity_numbers import fault
from guantong.actions.second_factor import SECONDS, code_at
from guantong.cohorts import EventKind, Standing, Status
from guantong.people import Door, Person, Role, visitor
from guantong.registry import Stage
from guantong.store import accounts as kept_accounts
from guantong.store import events, models, personal
from guantong.store import pupils as kept_pupils
from guantong.store.records import PupilFilter


def somebody(city: Loading, role: Role) -> Person:
    """The first account of a role, as a person at the web door with a purpose."""
    made = next(one for one in city.loaded.accounts if one.role is role)
    person = kept_accounts.person(made.credentials.id, purpose="status-change", door=Door.WEB)
    assert person is not None
    return person


def test_the_cohorts_of_five_years_stand_as_seen_from_one_day(city: Loading) -> None:
    if city.whole:
        assert city.loaded.pupils == 1500
    counted = Counter(models.Pupil.objects.values_list("cohort", flat=True))
    assert set(counted) == {2019, 2020, 2023, 2024, 2025}
    assert sum(counted.values()) == city.loaded.pupils
    assert clock.today() == city.loaded.today == date(2026, 11, 20)
    assert not models.Event.objects.filter(effective_on__gt=clock.today()).exists()


def test_every_kind_of_event_occurs(city: Loading) -> None:
    assert set(models.Event.objects.values_list("kind", flat=True)) == {kind.value for kind in EventKind}
    assert set(models.Event.objects.values_list("standing", flat=True)) == {standing.value for standing in Standing}


def test_some_wait_for_confirmation_and_count_as_waiting(city: Loading) -> None:
    waiting = models.Event.objects.filter(outcome=events.WAITING)
    assert waiting.count() >= 3
    assert set(waiting.values_list("standing", flat=True)) == {"approved", "on_document"}
    assert models.Pupil.objects.filter(pending__gt=0).count() == waiting.values("pupil").distinct().count()


def test_only_the_cohort_of_2019_holds_undergraduate_diplomas_and_none_of_them_by_rule(city: Loading) -> None:
    graduates = models.Pupil.objects.filter(status=Status.GRADUATED.value, stage=Stage.UNDERGRADUATE.value)
    assert set(graduates.values_list("cohort", flat=True)) == {2019}
    applied = events.applied_to(graduates.values_list("pk", flat=True))
    diplomas = [
        event
        for history in applied.values()
        for event in history
        if event.kind is EventKind.GRADUATED and event.stage is Stage.UNDERGRADUATE
    ]
    assert len(diplomas) == graduates.count() > 0
    assert {event.standing for event in diplomas} == {Standing.ON_DOCUMENT}


def test_every_projection_is_the_fold_of_its_events_and_the_chain_holds(city: Loading) -> None:
    found = journal.check_cohorts(by=OPERATOR)
    assert (found.pupils, found.differences) == (city.loaded.pupils, ())
    assert journal.verify_journal(by=OPERATOR).ok


def test_what_the_law_did_not_allow_rests_on_paper_that_the_head_confirmed(city: Loading) -> None:
    on_paper = models.Event.objects.filter(standing__in=("approved", "on_document"), outcome=events.APPLIED)
    assert not on_paper.filter(confirmed_by="").exists()
    assert not models.Event.objects.filter(standing="by_rule", receipt=None).exists()
    approved = models.Event.objects.filter(standing="approved")
    assert models.Attachment.objects.filter(event__in=approved).count() == approved.count() > 0


def test_nobody_in_it_exists(city: Loading) -> None:
    people = personal.of_pupils(kept_pupils.all_ids())
    assert len({who.identity for who in people.values()}) == city.loaded.pupils
    assert all(fault(who.identity, demo=True) == "" for who in people.values())
    assert all(who.name.startswith("演示学生") and who.phone == "000-00000000" for who in people.values())
    assert all("演示" in school.name for school in contents().registry.institutions.values())
    assert all("演示" in user.name for user in models.User.objects.all())


def test_every_role_has_an_account_that_signs_in(city: Loading) -> None:
    roles = {one.role for one in city.loaded.accounts}
    assert roles == set(Role) - {Role.PUBLIC, Role.FAMILY}
    for role in (Role.REGISTRAR, Role.CITY):
        made = next(one.credentials for one in city.loaded.accounts if one.role is role)
        code = code_at(b32decode(made.second_factor), int(clock.real_now().timestamp()) // SECONDS)
        person = accounts.sign_in(made.login, made.password, code, by=visitor(Door.WEB))
        assert person.grants[0].role is role


def test_a_registrar_sees_the_pupils_of_the_own_school_only(city: Loading) -> None:
    registrar = somebody(city, Role.REGISTRAR)
    page = pupils.list_pupils(PupilFilter(), most=200, by=registrar)
    school = registrar.grants[0].organisation
    assert 0 < page.total < city.loaded.pupils
    assert all(school in (line.registered_at or school, line.taught_at) for line in page.lines)


def test_a_waiting_change_can_be_confirmed_by_the_head_of_the_school(city: Loading) -> None:
    head = somebody(city, Role.SCHOOL_HEAD)
    school = head.grants[0].organisation
    row = models.Event.objects.filter(
        outcome=events.WAITING, pupil__kept_at=school, kind=EventKind.RESUMED.value
    ).first()
    assert row is not None
    confirmed = confirm_event(row.pk, seen=row.pupil.version, by=head)
    assert confirmed.outcome == events.APPLIED
    assert journal.check_cohorts(by=OPERATOR).differences == ()
