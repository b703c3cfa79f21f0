"""Who is at the door: from a session or a token to a `Person`. Not an action: it shows and changes nothing."""

from __future__ import annotations

from datetime import date

from guantong.actions.clock import real_now
from guantong.errors import SignInRefused
from guantong.people import ANY, Door, Grant, Person, Role
from guantong.store import accounts

FAMILY_PURPOSE = "family-request"


def person_of_session(user: str, *, purpose: str) -> Person:
    """Return the person of a web session; raise `SignInRefused` where the account is closed or gone."""
    person = accounts.person(user, purpose=purpose, door=Door.WEB)
    if person is None:
        raise SignInRefused
    return person


def mark_of(user: str) -> str:
    """Return the word by which a session holds: it changes with the password and the second factor."""
    return accounts.mark(user)


def person_of_mark(user: str, mark: str, *, purpose: str) -> Person:
    """Return the person of a web session that was begun with this mark; raise `SignInRefused` where it has changed."""
    person = accounts.person_of_mark(user, mark, purpose=purpose, door=Door.WEB)
    if person is None:
        raise SignInRefused
    return person


def person_of_token(token: str, *, account: str) -> Person:
    """Return the person of a token on the machine account it was issued to; raise `SignInRefused`."""
    person = accounts.person_of_token(token, account=account, at=real_now())
    if person is None:
        raise SignInRefused
    return person


def family_member(code: str) -> Person:
    """Return whoever reads with a code: the code names them, and what they may do is read this one record."""
    grant = Grant(role=Role.FAMILY, organisation=ANY, since=date.min)
    return Person(id=f"family-{code}", name="学生与家长", grants=(grant,), purpose=FAMILY_PURPOSE, door=Door.WEB)
