"""The session of somebody signed in: who, for which purpose, since when; in the database, an id in a cookie."""

from __future__ import annotations

import time

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from guantong.actions.identity import mark_of, person_of_mark
from guantong.people import Person

LONGEST_HOURS, IDLE_MINUTES, PURPOSE_MINUTES = 8, 30, 60
_USER, _MARK, _PURPOSE, _PURPOSE_AT = "user", "mark", "purpose", "purpose_at"
_SINCE, _SEEN, _NOTICE = "since", "seen", "notice"
_SEEN_STEP = 60
"""Seconds between two writings of when somebody was last seen: not every look at a page is a write."""


def moment() -> int:
    """Return the moment, in whole seconds."""
    return int(time.time())


def begin(request: HttpRequest, person: Person) -> None:
    """Begin a session of its own key for a person who has just signed in; marks of forms begin anew as well."""
    request.session.flush()
    request.session.update(of(person))
    rotate_token(request)


def of(person: Person) -> dict[str, object]:
    """Return what a session of a person begins with."""
    at, mark = moment(), mark_of(person.id)
    return {
        _USER: person.id, _MARK: mark, _SINCE: at, _SEEN: at, _PURPOSE: person.purpose, _PURPOSE_AT: at
    }  # fmt: skip


def keep_after_change(request: HttpRequest, person: Person) -> None:
    """Let this one session go on, under a new key, after the person's own password was changed."""
    request.session.cycle_key()
    request.session[_MARK] = mark_of(person.id)


def end(request: HttpRequest) -> None:
    """End the session and forget it."""
    request.session.flush()


def state_purpose(request: HttpRequest, purpose: str) -> None:
    """Keep the purpose for the next hour."""
    request.session.update({_PURPOSE: purpose, _PURPOSE_AT: moment()})


def person_there(request: HttpRequest) -> Person | None:
    """Return who is signed in; None where nobody is, or was away too long; `SignInRefused` for a closed account."""
    user, at = request.session.get(_USER), moment()
    if not user:
        return None
    if at - request.session[_SINCE] > LONGEST_HOURS * 3600 or at - request.session[_SEEN] > IDLE_MINUTES * 60:
        end(request)
        return None
    if at - request.session[_SEEN] >= _SEEN_STEP:
        request.session[_SEEN] = at
    fresh = at - request.session[_PURPOSE_AT] <= PURPOSE_MINUTES * 60
    purpose = request.session[_PURPOSE] if fresh else ""
    return person_of_mark(user, request.session[_MARK], purpose=purpose)


def leave_notice(request: HttpRequest, words: str) -> None:
    """Keep a notice for the next page."""
    if words:
        request.session[_NOTICE] = words


def take_notice(request: HttpRequest) -> str:
    """Return the notice that was left, once."""
    return str(request.session.pop(_NOTICE, "")) if _NOTICE in request.session else ""
