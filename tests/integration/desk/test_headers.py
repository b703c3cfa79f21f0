"""What every answer of the work desk carries, whoever asks; and that no form is taken from elsewhere."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk import REGISTRAR, SCHOOL, admit, organisations_of_the_desk, person_of
from tests.permissions import routes
from tests.staff import account_of, signed_in

from guantong.people import Role
from guantong.settings import Settings
from guantong.store import models
from guantong.web.staff import session

HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def there(names: tuple[str, ...]) -> dict[str, str]:
    """What stands in an address: nothing that there is."""
    return dict.fromkeys(names, "0")


def wrong_headers(response: Any) -> list[str]:
    """What an answer lacks."""
    found = [name for name, value in HEADERS.items() if response.headers.get(name) != value]
    policy = response.headers.get("Content-Security-Policy", "")
    kept = "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    return found if kept else [*found, "Content-Security-Policy"]


@pytest.mark.parametrize("signed", [False, True])
def test_every_answer_is_stored_nowhere_and_framed_by_nobody(signed: bool, desk: Settings) -> None:
    organisations_of_the_desk()
    client, wrong = signed_in(REGISTRAR) if signed else Client(), {}
    for method, name, names in routes():
        if name == "desk-sign-out":
            continue
        address = reverse(name, kwargs=there(names))
        for sent in ("PUT", "HEAD") if method == "GET" else (method,):
            if found := wrong_headers(client.generic(sent, address)):
                wrong[f"{sent} {address}"] = found
    assert wrong == {}


def test_a_download_and_an_unknown_address_are_stored_nowhere(desk: Settings) -> None:
    organisations_of_the_desk()
    client = signed_in(REGISTRAR)
    handed_out = client.get("/desk/roster/template.xlsx")
    assert (handed_out.status_code, wrong_headers(handed_out)) == (200, [])
    assert handed_out.headers["Content-Disposition"].startswith("attachment;")
    unknown = client.get("/desk/no-such-page")
    assert unknown.status_code == 404
    assert unknown.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in unknown.headers["Cache-Control"]


def test_no_form_is_taken_without_its_mark(desk: Settings) -> None:
    organisations_of_the_desk()
    (pupil,) = admit()
    client, taken = signed_in(REGISTRAR, Client(enforce_csrf_checks=True)), {}
    before = models.JournalEntry.objects.count()
    for method, name, names in routes():
        if method == "POST":
            address = reverse(name, kwargs={part: pupil if part == "pupil" else "0" for part in names})
            response = client.post(address, {"seen": "1", "kind": "enrolment", "reader": "pupil", "sure": "yes"})
            if response.status_code != 403:
                taken[name] = response.status_code
    assert taken == {}
    assert models.JournalEntry.objects.count() == before


def test_a_mark_from_before_signing_in_is_worth_nothing_afterwards(made: Any) -> None:
    from tests.staff import entering

    client = Client(enforce_csrf_checks=True)
    client.get("/desk/sign-in")
    before = client.cookies["guantong_form"].value
    client.post("/desk/sign-in", {**entering(made), "csrfmiddlewaretoken": before}, HTTP_REFERER="http://testserver/")
    assert client.cookies["guantong_desk"].value
    assert client.cookies["guantong_form"].value != before


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "https://evil.example",
        "/desk/../..//evil.example\n",
        "/\\evil",
        "/desk\\@evil",
        "javascript:x",
        "/plan",
    ],
)
def test_nobody_is_led_away_from_the_desk(address: str, desk: Settings) -> None:
    organisations_of_the_desk()
    client = signed_in(REGISTRAR, purpose="")
    answer = client.post("/desk/purpose", {"next": address, "_purpose": "status-change"})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


def test_a_forwarded_address_counts_only_behind_a_proxy_of_ours(made: Any) -> None:
    from tests.staff import entering

    client = Client()
    answers = [
        client.post(
            "/desk/sign-in", entering(made, code="000000"), HTTP_X_FORWARDED_FOR=f"192.0.2.{number}"
        ).status_code
        for number in range(7)
    ]
    assert answers[0] == 401
    assert answers[-1] == 429


def test_a_network_of_one_caller_is_one_caller_at_the_door(made: Any) -> None:
    from tests.staff import entering

    client = Client()
    answers = [
        client.post("/desk/sign-in", entering(made, code="000000"), REMOTE_ADDR=f"2001:db8:0:1::{number:x}").status_code
        for number in range(7)
    ]
    assert answers[-1] == 429


def test_a_grant_that_ended_opens_nothing_in_a_session_that_goes_on(desk: Settings) -> None:
    organisations_of_the_desk()
    (pupil,) = admit()
    person = account_of(person_of(Role.REGISTRAR, SCHOOL))
    client = signed_in(person)
    assert client.get(f"/desk/pupils/{pupil}").status_code == 200
    models.Grant.objects.filter(user_id=person.id).update(until="2020-01-01")
    assert client.get(f"/desk/pupils/{pupil}").status_code == 403
    models.User.objects.filter(pk=person.id).update(is_active=False)
    assert client.get(f"/desk/pupils/{pupil}").status_code == 302
    assert session.LONGEST_HOURS == 8
