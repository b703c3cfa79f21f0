"""Accounts through the actions: made by operators, entered with two factors, narrowed by dated grants."""

import base64
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.desk import (
    CITY,
    OPERATOR,
    OTHER_SCHOOL,
    SCHOOL,
    first_account,
    grant_of,
    organisations_of_the_desk,
    person_of,
)

from guantong.actions import accounts, organisations
from guantong.actions.accounts import Credentials, NewAccount
from guantong.actions.clock import real_now
from guantong.actions.identity import person_of_session, person_of_token
from guantong.actions.second_factor import SECONDS, code_at
from guantong.errors import (
    InputRefused,
    NotAllowed,
    OrganisationUnknown,
    PersonUnknown,
    PurposeMissing,
    SignInRefused,
    StepRefused,
)
from guantong.people import Door, Person, Right, Role, visitor
from guantong.settings import Settings
from guantong.store import models
from guantong.store import organisations as kept_organisations

pytestmark = pytest.mark.usefixtures("database")

REGISTRAR_GRANT = grant_of(Role.REGISTRAR, SCHOOL)


@pytest.fixture
def made(database: Settings) -> Credentials:
    """A registrar's account."""
    organisations_of_the_desk()
    new = NewAccount(login="li", name="演示学籍员", organisation=SCHOOL, grants=(REGISTRAR_GRANT,))
    return accounts.create_account(new, by=OPERATOR)


def code(made: Credentials, later: int = 0) -> str:
    """The second factor's digits now, or some steps later."""
    return code_at(base64.b32decode(made.second_factor), int(real_now().timestamp()) // SECONDS + later)


def enter(made: Credentials, *, password: str = "", digits: str = "") -> Person:
    """Sign in at the web door."""
    given = password or made.password, digits or code(made)
    return accounts.sign_in(made.login, *given, purpose="filing", by=visitor(Door.WEB))


def test_the_first_account_operates_the_whole_and_is_made_once() -> None:
    first = first_account()
    person = person_of_session(first.id, purpose="audit")
    assert person.scope(Right.MANAGE_PEOPLE, on=date(2026, 11, 20)).whole
    with pytest.raises(StepRefused, match="已经有账号"):
        first_account()


def test_password_and_second_factor_open_the_door(made: Credentials) -> None:
    person = enter(made)
    assert (person.id, person.name, person.purpose, person.door) == (made.id, "演示学籍员", "filing", Door.WEB)
    assert person.grants == (REGISTRAR_GRANT,)


@pytest.mark.parametrize("wrong", [{"password": "x"}, {"digits": "000000x"}, {"digits": "１２３４５６"}])
def test_a_wrong_factor_is_refused_without_saying_which(made: Credentials, wrong: dict[str, str]) -> None:
    with pytest.raises(SignInRefused) as refused:
        enter(made, **wrong)
    assert str(refused.value) == str(SignInRefused())
    entry = models.JournalEntry.objects.order_by("-number")[0]
    assert (entry.action, entry.actor, entry.subject) == ("signed-in-refused", "visitor", "")


def test_an_unknown_login_gets_the_same_answer(made: Credentials) -> None:
    with pytest.raises(SignInRefused):
        accounts.sign_in("nobody", made.password, code(made), by=visitor(Door.WEB))


def test_a_code_is_good_once(made: Credentials) -> None:
    digits = code(made)
    enter(made, digits=digits)
    with pytest.raises(SignInRefused):
        enter(made, digits=digits)
    assert enter(made, digits=code(made, 1))


@pytest.mark.parametrize("later", [-3, 3])
def test_a_code_of_another_minute_is_refused(made: Credentials, later: int) -> None:
    with pytest.raises(SignInRefused):
        enter(made, digits=code(made, later))


def test_secrets_lie_in_the_database_hashed_or_sealed(made: Credentials) -> None:
    row = models.User.objects.get(pk=made.id)
    assert row.password.startswith("argon2$")
    assert base64.b32decode(made.second_factor) not in bytes(row.second_factor)


def test_a_token_speaks_for_its_person_on_its_machine_account_until_it_runs_out(made: Credentials) -> None:
    person = replace(enter(made), account="li-at-work")
    token = accounts.issue_token(code(made, 1), by=person)
    found = person_of_token(token, account="li-at-work")
    assert (found.id, found.door, found.purpose, found.account) == (made.id, Door.CLI, "filing", "li-at-work")
    with pytest.raises(SignInRefused):
        person_of_token(token, account="other")
    models.Token.objects.update(expires_at=real_now() - timedelta(seconds=1))
    with pytest.raises(SignInRefused):
        person_of_token(token, account="li-at-work")


def test_the_token_itself_is_not_kept(made: Credentials) -> None:
    token = accounts.issue_token(code(made, 1), by=enter(made))
    assert token not in repr(list(models.Token.objects.values_list()))


def test_a_token_needs_a_purpose_and_the_second_factor(made: Credentials) -> None:
    person = enter(made)
    with pytest.raises(SignInRefused):
        accounts.issue_token("000000", by=person)
    with pytest.raises(PurposeMissing):
        accounts.issue_token(code(made, 1), by=person_of_session(made.id, purpose=""))


def test_a_closed_account_opens_no_door(made: Credentials) -> None:
    token = accounts.issue_token(code(made, 1), by=enter(made))
    accounts.close_account(made.id, by=OPERATOR)
    for attempt in (
        lambda: enter(made, digits=code(made, 1)),
        lambda: person_of_session(made.id, purpose="filing"),
        lambda: person_of_token(token, account=""),
    ):
        with pytest.raises(SignInRefused):
            attempt()


def test_a_login_is_taken_once(made: Credentials) -> None:
    with pytest.raises(StepRefused, match="已被使用"):
        accounts.create_account(NewAccount(login="li", name="另一人"), by=OPERATOR)


def test_a_grant_is_added_and_ends_with_its_last_day(made: Credentials) -> None:
    accounts.give_grant(made.id, grant_of(Role.AUDITOR, SCHOOL, until=date(2026, 1, 1)), by=OPERATOR)
    person = person_of_session(made.id, purpose="audit")
    assert person.may(Right.READ_JOURNAL, on=date(2026, 1, 1))
    assert not person.may(Right.READ_JOURNAL, on=date(2026, 1, 2))


def test_nobody_grants_to_themselves(made: Credentials) -> None:
    accounts.give_grant(made.id, grant_of(Role.OPERATOR, SCHOOL), by=OPERATOR)
    with pytest.raises(NotAllowed, match="不能给自己授权"):
        accounts.give_grant(made.id, REGISTRAR_GRANT, by=person_of_session(made.id, purpose=""))


def test_a_schools_operator_manages_that_school_only(made: Credentials) -> None:
    operator = person_of(Role.OPERATOR, OTHER_SCHOOL)
    with pytest.raises(PersonUnknown):
        accounts.close_account(made.id, by=operator)
    with pytest.raises(NotAllowed):
        accounts.create_account(NewAccount(login="a", name="甲", organisation=SCHOOL), by=operator)
    elsewhere = NewAccount(login="a", name="甲", organisation=OTHER_SCHOOL, grants=(REGISTRAR_GRANT,))
    with pytest.raises(NotAllowed):
        accounts.create_account(elsewhere, by=operator)
    assert accounts.create_account(NewAccount(login="a", name="甲", organisation=OTHER_SCHOOL), by=operator)


def test_an_organisation_is_entered_by_its_id_in_the_contents() -> None:
    organisations_of_the_desk([SCHOOL, "city", "district:changping"])
    assert organisations.list_organisations(by=OPERATOR) == (
        (SCHOOL, "北京市昌平职业学校", "secondary"),
        ("city", "市教委", "office"),
        ("district:changping", "昌平区教委", "office"),
    )
    for unknown in ("nowhere", "district:nowhere"):
        with pytest.raises(OrganisationUnknown):
            organisations.add_organisation(unknown, by=OPERATOR)
    with pytest.raises(StepRefused, match="已经录入"):
        organisations.add_organisation(SCHOOL, by=OPERATOR)


def test_a_supervisor_holds_from_a_day_until_the_next_is_entered() -> None:
    organisations_of_the_desk([SCHOOL, "city", "district:changping"])
    for supervisor, since in (("district:changping", date(2020, 1, 1)), ("city", date(2025, 1, 1))):
        organisations.name_supervisor(SCHOOL, supervisor, since=since, document="京编〔2020〕1号", by=OPERATOR)
    days = [date(2019, 1, 1), date(2020, 1, 1), date(2024, 12, 31), date(2025, 1, 1)]
    found = [kept_organisations.supervisor(SCHOOL, day) for day in days]
    assert found == ["", "district:changping", "district:changping", "city"]


def test_authorities_do_not_manage_accounts() -> None:
    with pytest.raises(NotAllowed):
        accounts.create_first_account(NewAccount(login="a", name="甲"), by=CITY)


def test_an_operator_of_the_whole_may_make_another(made: Credentials) -> None:
    accounts.give_grant(made.id, grant_of(Role.OPERATOR, "*"), by=OPERATOR)
    assert person_of_session(made.id, purpose="").scope(Right.MANAGE_PEOPLE, on=date(2026, 11, 20)).whole


def test_only_organisations_that_are_entered_take_part() -> None:
    organisations_of_the_desk([SCHOOL])
    with pytest.raises(OrganisationUnknown):
        organisations.name_supervisor(SCHOOL, "city", since=date(2020, 1, 1), document="", by=OPERATOR)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("login", ["", "a b", "a\0", "a\nb", "x" * 65])
def test_a_login_that_cannot_be_written_is_told_and_no_account_is_made(login: str) -> None:
    with pytest.raises(InputRefused, match="登录名"):
        accounts.create_account(NewAccount(login=login, name="演示人员"), by=OPERATOR)
    assert not models.User.objects.exists()
