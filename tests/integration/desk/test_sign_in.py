"""The door of the work desk: two factors and a purpose let in; everything else is answered alike."""

import re
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from tests.desk import OPERATOR
from tests.staff import code_of, entering, signed_in, text_of

from guantong.actions import accounts
from guantong.actions.accounts import Credentials
from guantong.actions.identity import person_of_session
from guantong.settings import BEIJING
from guantong.store import models
from guantong.web.staff import session

DOOR = "/desk/sign-in"


@pytest.fixture
def client(made: Credentials) -> Client:
    return Client(raise_request_exception=True)


def test_name_password_code_and_purpose_open_the_desk(client: Client, made: Credentials) -> None:
    response = client.post(DOOR, entering(made))
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    page = client.get("/desk/")
    assert page.status_code == 200
    assert "演示学籍员，您好" in page.content.decode()
    assert "办理学籍变动" in page.content.decode()


@pytest.mark.parametrize("path", ["/desk/", "/desk/own", "/desk/accounts", "/desk/journal"])
def test_whoever_has_not_signed_in_is_led_to_the_door_and_back(client: Client, made: Credentials, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    door = client.get(response["Location"])
    assert door.status_code == 200
    back = client.post(response["Location"], entering(made, next=path))
    assert back["Location"] == path


@pytest.mark.parametrize(
    "onward",
    ["https://example.com/", "//example.com", "/desk/../x\\", "/plan", "/desk/sign-in", "/desk//\nx", "javascript:1"],
)
def test_the_way_back_never_leads_away_from_the_desk(client: Client, made: Credentials, onward: str) -> None:
    assert client.post(DOOR, entering(made, next=onward))["Location"] == "/desk/"


def test_whichever_factor_is_wrong_the_answer_is_the_same(client: Client, made: Credentials) -> None:
    wrong: list[dict[str, Any]] = [{"password": "x"}, {"code": "000000"}, {"code": ""}, {"password": "x", "code": "x"}]
    answers = [client.post(DOOR, entering(made, **fault)) for fault in wrong]
    unknown = client.post(DOOR, entering(made, login="nobody"))
    assert {answer.status_code for answer in [*answers, unknown]} == {401}
    assert len({text_of(answer) for answer in answers}) == 1
    assert text_of(unknown).replace('value="nobody"', 'value="li"') == text_of(answers[0])


def test_neither_password_nor_code_comes_back_to_the_page(client: Client, made: Credentials) -> None:
    page = client.post(DOOR, entering(made, password="a secret word", code="918273")).content.decode()
    assert "a secret word" not in page
    assert "918273" not in page


def test_without_a_listed_purpose_nobody_enters(client: Client, made: Credentials) -> None:
    for purpose in ("", "curiosity"):
        assert client.post(DOOR, entering(made, purpose=purpose)).status_code == 422
    assert client.get("/desk/").status_code == 302


def test_the_fifth_failure_closes_the_door_for_an_hour_even_for_the_right_text_of(
    client: Client, made: Credentials
) -> None:
    statuses = [client.post(DOOR, entering(made, password="x")).status_code for _ in range(5)]
    assert statuses == [401, 401, 401, 401, 429]
    closed = client.post(DOOR, entering(made))
    assert closed.status_code == 429
    assert re.search(r"请在 \d+ 月 \d+ 日 \d\d:\d\d 以后再试", closed.content.decode())
    attempt = AccessAttempt.objects.get()
    opens = (attempt.attempt_time + timedelta(hours=1)).astimezone(BEIJING)
    assert f"{opens:%H:%M} 以后再试" in closed.content.decode()
    assert made.password not in repr(vars(attempt))
    attempt.attempt_time -= timedelta(minutes=61)
    attempt.save()
    assert client.post(DOOR, entering(made)).status_code == 302


def test_a_closed_door_is_that_of_one_name_on_one_machine(client: Client, made: Credentials) -> None:
    for _ in range(5):
        client.post(DOOR, entering(made, password="x"))
    assert client.post(DOOR, entering(made), REMOTE_ADDR="192.0.2.9").status_code == 302
    assert client.post(DOOR, entering(made, login="other", password="x")).status_code == 401


def test_failures_are_forgotten_after_a_success(client: Client, made: Credentials) -> None:
    for _ in range(4):
        client.post(DOOR, entering(made, password="x"))
    assert client.post(DOOR, entering(made)).status_code == 302
    assert client.post(DOOR, entering(made, password="x")).status_code == 401


def test_a_session_gets_a_key_of_its_own_at_sign_in(client: Client, made: Credentials) -> None:
    client.cookies["guantong_desk"] = "chosenbyanattackerchosenbyanatta"
    client.post(DOOR, entering(made))
    key = client.cookies["guantong_desk"].value
    assert key != "chosenbyanattackerchosenbyanatta"
    assert [row.pk for row in Session.objects.all()] == [key]


def test_a_refused_sign_in_begins_no_session(client: Client, made: Credentials) -> None:
    client.get(DOOR)
    client.post(DOOR, entering(made, password="x"))
    assert Session.objects.count() == 0


def test_signing_out_forgets_the_session(client: Client, made: Credentials) -> None:
    client.post(DOOR, entering(made))
    assert client.get("/desk/sign-out").status_code == 405
    assert client.get("/desk/").status_code == 200
    assert client.post("/desk/sign-out").status_code == 302
    assert client.get("/desk/").status_code == 302
    assert Session.objects.count() == 0


def later(monkeypatch: pytest.MonkeyPatch, minutes: float) -> None:
    """Let the sessions' clock run ahead."""
    at = session.moment() + int(minutes * 60)
    monkeypatch.setattr(session, "moment", lambda: at)


def test_half_an_hour_away_ends_a_session(made: Credentials, monkeypatch: pytest.MonkeyPatch) -> None:
    there = signed_in(person_of_session(made.id, purpose="filing"))
    later(monkeypatch, 29)
    assert there.get("/desk/").status_code == 200
    later(monkeypatch, 29)
    assert there.get("/desk/").status_code == 200
    later(monkeypatch, 31)
    assert there.get("/desk/").status_code == 302
    assert Session.objects.count() == 0


def test_eight_hours_end_a_session_however_busy(made: Credentials, monkeypatch: pytest.MonkeyPatch) -> None:
    there = signed_in(person_of_session(made.id, purpose="filing"))
    for _ in range(23):
        later(monkeypatch, 20)
        assert there.get("/desk/").status_code == 200
    later(monkeypatch, 21)
    assert there.get("/desk/").status_code == 302


def test_a_purpose_is_good_for_an_hour_and_then_asked_again(made: Credentials, monkeypatch: pytest.MonkeyPatch) -> None:
    there = signed_in(person_of_session(made.id, purpose="filing"))
    for _ in range(3):
        later(monkeypatch, 21)
        page = there.get("/desk/").content.decode()
    assert "用途待说明" in page
    asked = there.post("/desk/own", {"do": "token", "account": "li", "code": code_of(made)})
    assert asked.status_code == 422
    assert "请说明用途" in asked.content.decode()
    assert '<input type="hidden" name="account" value="li">' in asked.content.decode()
    again = {"do": "token", "account": "li", "code": code_of(made), "_purpose": "audit"}
    assert "命令行通行证" in there.post("/desk/own", again).content.decode()
    assert models.Token.objects.get().purpose == "audit"
    assert "用途：审计与检查" in there.get("/desk/").content.decode()


def test_the_purpose_page_leads_back(made: Credentials) -> None:
    there = signed_in(person_of_session(made.id, purpose="filing"))
    assert there.get("/desk/purpose?next=/desk/own").status_code == 422
    answer = there.post("/desk/purpose", {"_purpose": "audit", "next": "/desk/own"})
    assert answer["Location"] == "/desk/own"
    assert there.post("/desk/purpose", {"_purpose": "nothing", "next": "/desk/own"}).status_code == 422


def test_a_closed_account_is_out_at_once(made: Credentials) -> None:
    there = signed_in(person_of_session(made.id, purpose="filing"))
    accounts.close_account(made.id, by=OPERATOR)
    assert there.get("/desk/").status_code == 302
    assert Session.objects.count() == 0


def test_renewed_credentials_end_every_session_and_open_the_door(made: Credentials) -> None:
    there = signed_in(person_of_session(made.id, purpose="filing"))
    renewed = accounts.renew_credentials(made.id, by=OPERATOR)
    assert there.get("/desk/").status_code == 302
    assert there.post(DOOR, entering(made)).status_code == 401
    assert there.post(DOOR, entering(renewed)).status_code == 302


NEW = "four plain words together"


def change(made: Credentials, later: int = 0, **other: str) -> dict[str, str]:
    """What the form sends that changes a password."""
    right = {"old_password": made.password, "new_password": NEW, "again": NEW, "code": code_of(made, later)}
    return {"do": "password", **right, **other}


def test_a_password_is_changed_by_its_owner_and_every_other_session_ends(made: Credentials) -> None:
    person = person_of_session(made.id, purpose="filing")
    here, elsewhere = signed_in(person), signed_in(person)
    assert here.post("/desk/own", change(made))["Location"] == "/desk/own"
    assert "密码已更换" in here.get("/desk/own").content.decode()
    assert "密码已更换" not in here.get("/desk/own").content.decode()
    assert elsewhere.get("/desk/").status_code == 302
    assert Client().post(DOOR, entering(made, later=1, password=NEW)).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"old_password": "x"}, "密码或动态口令不对"),
        ({"code": "x"}, "密码或动态口令不对"),
        ({"again": "x"}, "两次写的新密码不一样"),
        ({"new_password": "short", "again": "short"}, "少于 12 个字符"),
        ({"new_password": "a" * 12, "again": "a" * 12}, "不同的字符太少"),
    ],
)
def test_a_password_stays_where_anything_is_wrong(made: Credentials, wrong: dict[str, Any], said: str) -> None:
    here = signed_in(person_of_session(made.id, purpose="filing"))
    answer = here.post("/desk/own", change(made, **wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Client().post(DOOR, entering(made, later=1)).status_code == 302


def test_codes_cannot_be_guessed_from_inside_either(made: Credentials) -> None:
    here = signed_in(person_of_session(made.id, purpose="filing"))
    guesses = [here.post("/desk/own", change(made, code="000000")).status_code for _ in range(6)]
    assert guesses == [422, 422, 422, 422, 422, 429]
    assert here.post("/desk/own", change(made)).status_code == 429
