"""Somebody at the work desk: an account with given grants, and a test client signed in as them."""

import base64
import re
from dataclasses import replace
from http.cookies import Morsel
from typing import Any
from uuid import uuid4

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from guantong.actions.accounts import Credentials
from guantong.actions.clock import real_now
from guantong.actions.second_factor import SECONDS, code_at
from guantong.people import Person
from guantong.store import accounts as kept
from guantong.store import models
from guantong.store.records import Account
from guantong.web.staff import session


def account_of(person: Person, login: str = "") -> Person:
    """Write an account that holds what an invented person holds (tests/desk.py); return the person with its id."""
    place = person.grants[0].organisation if person.grants else ""
    entered = models.Organisation.objects.filter(pk=place).exists()
    made = Account(
        id=uuid4().hex,
        login=login or uuid4().hex[:12],
        name=person.name,
        organisation=place if entered else "",
        active=True,
        grants=(),
    )
    kept.create(made, "never used to sign in", b"\0" * 20, by="tests", at=real_now())
    kept.give(made.id, person.grants, by="tests", at=real_now())
    return replace(person, id=made.id)


def signed_in(person: Person, client: Client | None = None, *, purpose: str | None = None) -> Client:
    """Return a client in which this person is signed in, without password and second factor.

    The person's account is made unless its id is one already; the purpose is the person's own unless given.
    """
    if kept.person(person.id) is None:
        person = account_of(person)
    there = client or Client(raise_request_exception=True)
    store = SessionStore()
    store.update(session.of(person if purpose is None else replace(person, purpose=purpose)))
    store.save()
    cookie: Morsel[str] = Morsel()
    cookie.set("guantong_desk", str(store.session_key), str(store.session_key))
    cookie["path"] = "/desk"
    there.cookies["guantong_desk"] = cookie
    return there


def code_of(made: Credentials, later: int = 0) -> str:
    """The second factor's digits of an account now, or some steps later."""
    return code_at(base64.b32decode(made.second_factor), int(real_now().timestamp()) // SECONDS + later)


def entering(made: Credentials, *, purpose: str = "status-change", later: int = 0, **other: str) -> dict[str, str]:
    """What the sign-in form sends for an account; single fields may be put wrong."""
    right = {"login": made.login, "password": made.password, "code": code_of(made, later), "purpose": purpose}
    return {**right, **other}


def text_of(response: Any) -> str:
    """The text of a page without the marks of its forms, which differ each time."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", response.content.decode())
