"""Accounts by their pages: opened with credentials shown once, granted, narrowed, renewed, closed."""

import re
from datetime import date

import pytest
from django.test import Client
from tests.desk import OPERATOR, OTHER_SCHOOL, SCHOOL, UNIVERSITY, grant_of, organisations_of_the_desk, person_of
from tests.staff import account_of, code_of, entering, signed_in, text_of

from guantong.actions import accounts, organisations
from guantong.actions.accounts import Credentials, NewAccount
from guantong.actions.identity import person_of_session, person_of_token
from guantong.people import EVERY, Role
from guantong.settings import Settings
from guantong.store import models

LIST = "/desk/accounts"
GRANT = {
    "role": "class_teacher",
    "organisation": SCHOOL,
    "stages": ["secondary"],
    "projects": "全部",
    "classes": "2023级机电1班、2023级机电2班",
    "sections": "全部",
    "since": "2026-09-01",
    "until": "2027-07-31",
}
NEW = {"login": "wang", "name": "演示班主任", "home": SCHOOL, **GRANT}


@pytest.fixture
def operator(desk: Settings) -> Client:
    """An operator of the whole, signed in, with the organisations entered."""
    organisations_of_the_desk()
    return signed_in(person_of(Role.OPERATOR, "*"))


def shown(client: Client, path: str) -> str:
    """The text of a page that opens."""
    response = client.get(path)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def secrets(page: str) -> list[str]:
    """The words that are shown once."""
    return re.findall(r'<dd class="secret">([^<]+)</dd>', page)


def test_a_new_account_gets_credentials_once_and_opens_the_door(operator: Client) -> None:
    page = operator.post(f"{LIST}/new", NEW).content.decode()
    login, password, factor = secrets(page)
    assert 'class="qr"' in page
    made = Credentials(id="", login=login, password=password, second_factor=factor)
    assert Client().post("/desk/sign-in", entering(made)).status_code == 302
    user = models.User.objects.get(login="wang")
    assert password not in shown(operator, f"{LIST}/{user.pk}")
    grant = person_of_session(user.pk, purpose="").grants[0]
    assert (grant.role, grant.organisation, grant.projects) == (Role.CLASS_TEACHER, SCHOOL, EVERY)
    assert (grant.classes, grant.stages) == (frozenset({"2023级机电1班", "2023级机电2班"}), frozenset({"secondary"}))
    assert (grant.since, grant.until) == (date(2026, 9, 1), date(2027, 7, 31))


def test_everything_that_is_wrong_with_a_new_account_is_told_at_once(operator: Client) -> None:
    wrong = {
        **NEW,
        "login": "Wang Li",
        "name": "",
        "role": "family",
        "projects": "我校的",
        "classes": "",
        "until": "2020-01-01",
    }
    answer = operator.post(f"{LIST}/new", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in ("登录名不合要求", "姓名要写", "没有选择角色", "不是项目编号", "没有写明范围", "早于起始日期"):
        assert said in page
    assert 'value="Wang Li"' in page
    assert not models.User.objects.filter(name="演示班主任").exists()


def test_a_login_that_is_taken_is_refused(operator: Client) -> None:
    operator.post(f"{LIST}/new", NEW)
    again = operator.post(f"{LIST}/new", NEW)
    assert again.status_code == 409
    assert "已被使用" in again.content.decode()


def test_a_grant_is_given_and_taken_back_after_it_was_shown(operator: Client) -> None:
    user = account_of(person_of(Role.REGISTRAR, SCHOOL), "li").id
    assert operator.post(f"{LIST}/{user}", GRANT)["Location"] == f"{LIST}/{user}"
    page = shown(operator, f"{LIST}/{user}")
    assert "已授权" in page
    assert "班级：2023级机电1班、2023级机电2班" in page
    asked = shown(operator, f"{LIST}/{user}/grants/1/end")
    assert "班主任 · 北京市昌平职业学校" in asked
    assert len(person_of_session(user, purpose="").grants) == 2
    operator.post(f"{LIST}/{user}/grants/1/end")
    kept = person_of_session(user, purpose="").grants
    assert [grant.holds(date(2026, 11, 20)) for grant in kept] == [True, False]
    assert operator.post(f"{LIST}/{user}/grants/7/end").status_code == 409


def test_credentials_are_renewed_only_after_a_question(operator: Client) -> None:
    person = account_of(person_of(Role.REGISTRAR, SCHOOL), "li")
    there = signed_in(person)
    assert "立刻失效" in shown(operator, f"{LIST}/{person.id}/renew")
    assert there.get("/desk/").status_code == 200
    assert len(secrets(operator.post(f"{LIST}/{person.id}/renew").content.decode())) == 3
    assert there.get("/desk/").status_code == 302


def test_a_closed_account_stays_closed(operator: Client) -> None:
    user = account_of(person_of(Role.REGISTRAR, SCHOOL), "li").id
    assert "不能再打开" in shown(operator, f"{LIST}/{user}/close")
    assert operator.post(f"{LIST}/{user}/close")["Location"] == LIST
    assert "已关闭" in shown(operator, f"{LIST}/{user}")
    assert operator.post(f"{LIST}/{user}/renew").status_code == 409


def test_nobody_changes_their_own_grants_or_credentials(desk: Settings) -> None:
    organisations_of_the_desk()
    person = account_of(person_of(Role.OPERATOR, "*"), "me")
    me = signed_in(person)
    assert "您自己的账号" in shown(me, f"{LIST}/{person.id}")
    for step, given in (("", GRANT), ("/grants/0/end", {}), ("/renew", {})):
        assert me.post(f"{LIST}/{person.id}{step}", given).status_code == 403


def test_a_schools_operator_sees_and_touches_that_school_only(desk: Settings) -> None:
    organisations_of_the_desk()
    new = [NewAccount(login=place, name="演示", organisation=place) for place in (SCHOOL, OTHER_SCHOOL)]
    own, other = (accounts.create_account(one, by=OPERATOR) for one in new)
    there = signed_in(person_of(Role.OPERATOR, SCHOOL))
    page = shown(there, LIST)
    assert (f"{LIST}/{own.id}" in page, f"{LIST}/{other.id}" in page) == (True, False)
    for path in ("", "/renew", "/close", "/grants/0/end"):
        missing, foreign = there.get(f"{LIST}/{'0' * 32}{path}"), there.get(f"{LIST}/{other.id}{path}")
        assert (missing.status_code, foreign.status_code) == (404, 404)
        assert text_of(missing).replace("0" * 32, other.id) == text_of(foreign)
        assert there.post(f"{LIST}/{other.id}{path}", GRANT).status_code in (403, 404)
    wide = {**NEW, "organisation": OTHER_SCHOOL}
    assert there.post(f"{LIST}/new", wide).status_code == 403


def test_a_schools_operator_cannot_enter_as_somebody_with_wider_rights(desk: Settings) -> None:
    organisations_of_the_desk()
    grants = (grant_of(Role.REGISTRAR, SCHOOL), grant_of(Role.AUDITOR, "*"))
    wide = accounts.create_account(NewAccount(login="a", name="演示", organisation=SCHOOL, grants=grants), by=OPERATOR)
    there = signed_in(person_of(Role.OPERATOR, SCHOOL))
    assert there.post(f"{LIST}/{wide.id}/renew").status_code == 403


def test_the_list_is_narrowed_by_words(operator: Client) -> None:
    account_of(person_of(Role.REGISTRAR, SCHOOL), "first-one")
    account_of(person_of(Role.REGISTRAR, UNIVERSITY), "second-one")
    page = shown(operator, f"{LIST}?words=second")
    assert ("second-one" in page, "first-one" in page) == (True, False)


def test_organisations_are_entered_by_id_and_get_supervisors_by_document(operator: Client) -> None:
    page = "/desk/organisations"
    assert operator.post(page, {"id": "nowhere"}).status_code == 422
    assert operator.post(page, {"id": "district:changping"})["Location"] == page
    assert "昌平区教委" in shown(operator, page)
    given = {"supervisor": "district:changping", "since": "2020-01-01", "document": "京编〔2020〕1号"}
    refused = operator.post(f"{page}/{SCHOOL}/supervisor", {**given, "since": "x", "document": ""})
    assert refused.status_code == 422
    assert operator.post(f"{page}/{SCHOOL}/supervisor", given)["Location"] == page
    rows = {row.id: row for row in organisations.list_supervision(by=OPERATOR)}
    assert (rows[SCHOOL].supervisor, rows[SCHOOL].document) == ("昌平区教委", "京编〔2020〕1号")
    assert rows[UNIVERSITY].supervisor == ""
    assert operator.get(f"{page}/nowhere/supervisor").status_code == 404


def test_a_token_for_the_command_line_is_shown_once_and_speaks_for_its_owner(made: Credentials) -> None:
    there = signed_in(person_of_session(made.id, purpose="filing"))
    assert there.post("/desk/own", {"do": "token", "code": code_of(made)}).status_code == 422
    page = there.post("/desk/own", {"do": "token", "account": "li-at-work", "code": code_of(made)}).content.decode()
    (token,) = re.findall(r'<p class="secret">([^<]+)</p>', page)
    assert person_of_token(token, account="li-at-work").id == made.id
    assert token not in shown(there, "/desk/own")
