"""Who is at the door: from a session or a token to a `Person`. Not an action: it shows and changes nothing."""

from __future__ import annotations

from guantong.actions.clock import real_now
from guantong.errors import SignInRefused
from guantong.people import Door, Person
from guantong.store import accounts


def person_of_session(user: str, *, purpose: str) -> Person:
    """Return the person of a web session; raise `SignInRefused` where the account is closed or gone."""
    person = accounts.person(user, purpose=purpose, door=Door.WEB)
    if person is None:
        raise SignInRefused
    return person


def person_of_token(token: str, *, account: str) -> Person:
    """Return the person of a token on the machine account it was issued to; raise `SignInRefused`."""
    person = accounts.person_of_token(token, account=account, at=real_now())
    if person is None:
        raise SignInRefused
    return person
