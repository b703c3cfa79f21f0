"""Accounts: made by an operator, entered with password and second factor, dated grants."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from guantong.actions.attempt import attempt, entry
from guantong.actions.clock import now, real_now
from guantong.actions.second_factor import SECRET_BYTES, step_of
from guantong.actions.words import Act
from guantong.errors import NotAllowed, PurposeMissing, SignInRefused, StepRefused
from guantong.people import ANY, Grant, Person, Right, Role, Scope
from guantong.store import accounts, journal, organisations
from guantong.store.records import Account

TOKEN_HOURS = 8
PASSWORD_BYTES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What an operator enters for an account."""

    login: str
    name: str
    organisation: str = ""
    grants: tuple[Grant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a new account is entered with; shown once and kept nowhere in clear."""

    id: str
    login: str
    password: str
    second_factor: str


def create_first_account(new: NewAccount, *, by: Person) -> Credentials:
    """Make the first account, an operator of the whole; raise `StepRefused` where there is one already."""
    with attempt(Act.FIRST_USER_CREATED, Right.MANAGE_PEOPLE, by=by), transaction.atomic():
        if accounts.any_exist():
            raise StepRefused(step="新建首个账号", why="已经有账号，请由系统管理员新建")
        operator = Grant(role=Role.OPERATOR, organisation=ANY, since=now().date())
        return _made(Act.FIRST_USER_CREATED, new, (operator,), by)


def create_account(new: NewAccount, *, by: Person) -> Credentials:
    """Make an account with its grants; the password and the second factor are random and returned once."""
    with attempt(Act.USER_CREATED, Right.MANAGE_PEOPLE, by=by) as scope, transaction.atomic():
        _check_organisation(new.organisation, scope)
        for grant in new.grants:
            _check_grant(grant, scope)
        return _made(Act.USER_CREATED, new, new.grants, by)


def give_grant(user: str, grant: Grant, *, by: Person) -> None:
    """Give an account a dated grant; nobody gives one to themselves."""
    with attempt(Act.GRANT_GIVEN, Right.MANAGE_PEOPLE, by=by) as scope, transaction.atomic():
        account = accounts.get(user, scope=scope)
        _check_grant(grant, scope)
        if account.id == by.id:
            raise NotAllowed(right=Right.MANAGE_PEOPLE.label, why="不能给自己授权，请由另一位系统管理员办理")
        accounts.give(user, [grant], by=by.id, at=now())
        journal.append([entry(Act.GRANT_GIVEN, user)], by=by)


def close_account(user: str, *, by: Person) -> None:
    """Close an account for good; its tokens end at once."""
    with attempt(Act.USER_CLOSED, Right.MANAGE_PEOPLE, by=by) as scope, transaction.atomic():
        accounts.get(user, scope=scope)
        accounts.close(user)
        journal.append([entry(Act.USER_CLOSED, user)], by=by)


def sign_in(login: str, password: str, code: str, *, purpose: str = "", by: Person) -> Person:
    """Return the person whose name, password and second factor fit; raise `SignInRefused`, not saying which."""
    with attempt(Act.SIGNED_IN, Right.SIGN_IN, by=by), transaction.atomic():
        user = accounts.with_password(login.replace("\0", ""), password)
        if user is not None:
            _use_second_factor(user, code)
        person = accounts.person(user or "", purpose=purpose, door=by.door, account=by.account)
        if person is None:
            raise SignInRefused
        journal.append([entry(Act.SIGNED_IN, person.id)], by=person)
    return person


def issue_token(code: str, *, by: Person) -> str:
    """Return a token for the command line of this machine account, after the second factor; good for eight hours."""
    with attempt(Act.TOKEN_ISSUED, Right.OWN_ACCOUNT, by=by), transaction.atomic():
        if not by.purpose:
            raise PurposeMissing(purposes="与登录时相同")
        _use_second_factor(by.id, code)
        token, at = secrets.token_urlsafe(32), real_now()
        until = at + timedelta(hours=TOKEN_HOURS)
        accounts.put_token(token, by.id, purpose=by.purpose, account=by.account, at=at, until=until)
        journal.append([entry(Act.TOKEN_ISSUED, by.id)], by=by)
    return token


def _made(act: Act, new: NewAccount, grants: Iterable[Grant], by: Person) -> Credentials:
    account = Account(
        id=uuid4().hex, login=new.login, name=new.name, organisation=new.organisation, active=True, grants=()
    )
    password, secret = secrets.token_urlsafe(PASSWORD_BYTES), secrets.token_bytes(SECRET_BYTES)
    accounts.create(account, password, secret, by=by.id, at=now())
    accounts.give(account.id, grants, by=by.id, at=now())
    journal.append([entry(act, account.id)], by=by)
    return Credentials(
        id=account.id, login=new.login, password=password, second_factor=base64.b32encode(secret).decode()
    )


def _use_second_factor(user: str, code: str) -> None:
    secret, last = accounts.second_factor(user)
    step = step_of(secret, code, at=real_now())
    if step is None or step <= last:
        raise SignInRefused
    accounts.used_step(user, step)


def _check_organisation(name: str, scope: Scope) -> None:
    if name:
        organisations.check(name)
    if not scope.whole and name not in scope.organisations:
        raise NotAllowed(right=scope.right.label, why="只能管理本单位的账号")


def _check_grant(grant: Grant, scope: Scope) -> None:
    if grant.organisation != ANY:
        organisations.check(grant.organisation)
    if not scope.whole and grant.organisation not in scope.organisations:
        raise NotAllowed(right=scope.right.label, why="只能授予本单位的权限")
