"""Accounts: made by an operator, entered with password and second factor, dated grants."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import purposes
from guantong.actions.clock import now, real_now
from guantong.actions.second_factor import SECRET_BYTES, step_of
from guantong.actions.words import Act
from guantong.errors import InputRefused, NotAllowed, Problem, PurposeMissing, SignInRefused, StepRefused
from guantong.people import ANY, Grant, Person, Right, Role, Scope
from guantong.store import accounts, journal, organisations
from guantong.store.records import Account

TOKEN_HOURS = 8
PASSWORD_BYTES = 12
MOST_LOGIN, MOST_NAME = 64, 64
LEAST_PASSWORD, MOST_PASSWORD, LEAST_DIFFERENT = 12, 200, 5


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


def end_grant(user: str, number: int, *, by: Person) -> None:
    """End a grant with yesterday, by its place in the account's list; nobody ends one of their own."""
    with attempt(Act.GRANT_ENDED, Right.MANAGE_PEOPLE, by=by) as scope, transaction.atomic():
        account = accounts.get(user, scope=scope)
        if account.id == by.id:
            raise NotAllowed(right=Right.MANAGE_PEOPLE.label, why="不能改动自己的授权，请由另一位系统管理员办理")
        if not 0 <= number < len(account.grants):
            raise StepRefused(step="收回授权", why="没有这项授权")
        _check_grant(account.grants[number], scope)
        accounts.end(user, number, until=now().date() - timedelta(days=1))
        journal.append([entry(Act.GRANT_ENDED, user)], by=by)


def list_accounts(*, by: Person) -> tuple[Account, ...]:
    """Return every account of the organisations within scope, by login, with all grants."""
    with attempt(Act.USERS_LISTED, Right.MANAGE_PEOPLE, by=by) as scope:
        found = accounts.listed(scope=scope)
        leave_entry(entry(Act.USERS_LISTED), by=by)
    return found


def view_account(user: str, *, by: Person) -> Account:
    """Return one account with every grant; raise `PersonUnknown` out of scope."""
    with attempt(Act.USER_READ, Right.MANAGE_PEOPLE, by=by) as scope:
        account = accounts.get(user, scope=scope)
        leave_entry(entry(Act.USER_READ, user), by=by)
    return account


def renew_credentials(user: str, *, by: Person) -> Credentials:
    """Give an account a new random password and second factor, returned once; its tokens and old ones end at once."""
    with attempt(Act.CREDENTIALS_RENEWED, Right.MANAGE_PEOPLE, by=by) as scope, transaction.atomic():
        account = accounts.get(user, scope=scope)
        if account.id == by.id:
            raise NotAllowed(right=Right.MANAGE_PEOPLE.label, why="不能重置自己的登录方式，请由另一位系统管理员办理")
        for grant in account.grants:
            _check_grant(grant, scope)
        if not account.active:
            raise StepRefused(step="重新开通", why="账号已经关闭")
        password, secret = secrets.token_urlsafe(PASSWORD_BYTES), secrets.token_bytes(SECRET_BYTES)
        accounts.renew(user, password, secret)
        journal.append([entry(Act.CREDENTIALS_RENEWED, user)], by=by)
    return _credentials(account, password, secret)


def change_password(old: str, new: str, code: str, *, by: Person) -> None:
    """Change one's own password, with the old one and the second factor; tokens end, every other session too."""
    with attempt(Act.PASSWORD_CHANGED, Right.OWN_ACCOUNT, by=by), transaction.atomic():
        if problems := _password_problems(new, old):
            raise InputRefused(problems)
        if not accounts.password_fits(by.id, old):
            raise SignInRefused
        _use_second_factor(by.id, code)
        accounts.change_password(by.id, new)
        journal.append([entry(Act.PASSWORD_CHANGED, by.id)], by=by)


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
        token = _new_token(by)
        journal.append([entry(Act.TOKEN_ISSUED, by.id)], by=by)
    return token


def take_token(login: str, password: str, code: str, *, purpose: str, by: Person) -> str:
    """Return a token for the command line to whom name, password and second factor fit; good for eight hours.

    Raises `SignInRefused`, not saying which does not fit, and `PurposeMissing`.
    """
    with attempt(Act.TOKEN_ISSUED, Right.SIGN_IN, by=by), transaction.atomic():
        if purpose not in purposes():
            raise PurposeMissing(purposes="、".join(purposes()))
        user = accounts.with_password(login.replace("\0", ""), password)
        if user is not None:
            _use_second_factor(user, code)
        person = accounts.person(user or "", purpose=purpose, door=by.door, account=by.account)
        if person is None:
            raise SignInRefused
        token = _new_token(person)
        journal.append([entry(Act.TOKEN_ISSUED, person.id)], by=person)
    return token


def _new_token(person: Person) -> str:
    token, at = secrets.token_urlsafe(32), real_now()
    until = at + timedelta(hours=TOKEN_HOURS)
    accounts.put_token(token, person.id, purpose=person.purpose, account=person.account, at=at, until=until)
    return token


def _made(act: Act, new: NewAccount, grants: Iterable[Grant], by: Person) -> Credentials:
    if problems := _account_problems(new):
        raise InputRefused(problems)
    account = Account(
        id=uuid4().hex, login=new.login, name=new.name, organisation=new.organisation, active=True, grants=()
    )
    password, secret = secrets.token_urlsafe(PASSWORD_BYTES), secrets.token_bytes(SECRET_BYTES)
    accounts.create(account, password, secret, by=by.id, at=now())
    accounts.give(account.id, grants, by=by.id, at=now())
    journal.append([entry(act, account.id)], by=by)
    return _credentials(account, password, secret)


def _credentials(account: Account, password: str, secret: bytes) -> Credentials:
    shown = base64.b32encode(secret).decode()
    return Credentials(id=account.id, login=account.login, password=password, second_factor=shown)


def _account_problems(new: NewAccount) -> list[Problem]:
    """Return what keeps a login or a name from being written, whichever door it came through."""
    login = new.login.isprintable() and new.login == "".join(new.login.split()) and len(new.login) <= MOST_LOGIN
    name = new.name.isprintable() and len(new.name) <= MOST_NAME
    rules = (
        (login and bool(new.login), "login", f"登录名要写，没有空格，不超过 {MOST_LOGIN} 个字符", "请改写登录名。"),
        (name and bool(new.name.strip()), "name", f"姓名要写成一行，不超过 {MOST_NAME} 字", "请填写姓名。"),
    )
    return [Problem(column=column, rule=rule, remedy=remedy) for fits, column, rule, remedy in rules if not fits]


def _password_problems(new: str, old: str) -> list[Problem]:
    rules = (
        (len(new) < LEAST_PASSWORD, f"新密码少于 {LEAST_PASSWORD} 个字符", "请用更长的，例如几个不相干的词。"),
        (len(new) > MOST_PASSWORD, f"新密码超过 {MOST_PASSWORD} 个字符", "请短一些。"),
        (len(set(new)) < LEAST_DIFFERENT, "新密码里不同的字符太少", "请不要重复同几个字符。"),
        (new == old, "新密码和原来的一样", "请换一个。"),
    )
    return [Problem(column="new_password", rule=rule, remedy=remedy) for wrong, rule, remedy in rules if wrong]


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
