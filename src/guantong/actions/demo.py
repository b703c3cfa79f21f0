"""The demonstration (演示世界): an invented city loaded whole into a database that holds nothing else."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db import transaction

from guantong.actions import demo_people
from guantong.actions.accounts import PASSWORD_BYTES, Credentials
from guantong.actions.attempt import attempt, entry
from guantong.actions.books import contents, law, organisation_title
from guantong.actions.clock import now
from guantong.actions.second_factor import SECRET_BYTES
from guantong.actions.words import Act
from guantong.cohorts.invented import InventedAccount, InventedCity
from guantong.cohorts.rehearsal import rehearse
from guantong.errors import StepRefused
from guantong.journal import Note
from guantong.people import ANY, EVERY, Grant, Person, Right, Role
from guantong.store import accounts, admitting, histories, journal, keys, organisations
from guantong.store.records import Account

SINCE = date(2019, 1, 1)
"""Grants and supervision of a demonstration begin before its first pupil."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """One account with what it is entered with; shown once."""

    role: Role
    organisation: str
    credentials: Credentials


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a demonstration was loaded with."""

    today: date
    pupils: int
    events: int
    accounts: tuple[DemoAccount, ...]


def load_demo(*, share: float = 1.0, keep: Callable[[Loaded], None] | None = None, by: Person) -> Loaded:
    """Fill an empty demonstration, all of it or nothing; raise `StepRefused` where it holds anything.

    `share` takes only a part of each intake. `keep` is called with the new passwords before the last
    moment, so that a demonstration never stands without them.
    """
    law()
    with attempt(Act.DEMO_LOADED, Right.LOAD_DEMO, by=by):
        city = _city()
        made = {account: _new_account(account) for account in city.accounts}
        whose = {(account.organisation, account.role): new.id for account, new in made.items()}
        people = list(demo_people.histories(rehearse(city, law(), share=share), whose))
        ready = histories.prepare(people, keys=keys.ring())
        notes = [note for one in people for note in demo_people.notes(one)]
        loaded = Loaded(
            today=city.seen_on,
            pupils=len(people),
            events=sum(len(one.steps) for one in people),
            accounts=tuple(
                DemoAccount(role=account.role, organisation=account.organisation, credentials=_shown(new))
                for account, new in made.items()
            ),
        )
        with transaction.atomic():
            _require_empty()
            house = [*_enter_organisations(city, by), *_enter_accounts(made, by)]
            admitting.insert(ready)
            journal.append([entry(Act.DEMO_LOADED), *house, *notes], by=by, keys_version=ready.keys_version)
            if keep:
                keep(loaded)
    return loaded


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewAccount:
    """An account about to be written, its secrets in clear."""

    id: str
    login: str
    password: str
    secret: bytes


def _city() -> InventedCity:
    city = contents().invented
    if city is None:
        raise StepRefused(step="载入演示数据", why=f"内容包 {contents().package} 没有演示人物")
    _require_empty()
    return city


def _require_empty() -> None:
    if accounts.any_exist() or histories.any_pupils() or organisations.all_of_them():
        raise StepRefused(step="载入演示数据", why="这个数据库里已有账号、机构或学生；演示只能载入空的数据库")


def _new_account(account: InventedAccount) -> _NewAccount:
    return _NewAccount(
        id=uuid4().hex,
        login=account.login,
        password=secrets.token_urlsafe(PASSWORD_BYTES),
        secret=secrets.token_bytes(SECRET_BYTES),
    )


def _shown(new: _NewAccount) -> Credentials:
    shown = base64.b32encode(new.secret).decode()
    return Credentials(id=new.id, login=new.login, password=new.password, second_factor=shown)


def _enter_organisations(city: InventedCity, by: Person) -> Iterable[Note]:
    read = contents()
    offices = {name for pair in city.supervisors.items() for name in pair}
    for name in sorted(offices | set(read.registry.institutions)):
        school = read.registry.get(name)
        kind = school.kind.value if school else "office"
        organisations.add(name, organisation_title(name), kind, by=by.id, at=now())
        yield entry(Act.ORGANISATION_ENTERED, name)
    for name, supervisor in city.supervisors.items():
        organisations.supervise(name, supervisor, since=SINCE, document="演示〔2019〕1号（虚构）", by=by.id)
        yield entry(Act.SUPERVISOR_ENTERED, name)


def _enter_accounts(made: Mapping[InventedAccount, _NewAccount], by: Person) -> Iterable[Note]:
    for account, new in made.items():
        where = "" if account.organisation == ANY else account.organisation
        row = Account(id=new.id, login=new.login, name=account.name, organisation=where, active=True, grants=())
        accounts.create(row, new.password, new.secret, by=by.id, at=now())
        accounts.give(new.id, [_grant(account)], by=by.id, at=now())
        yield entry(Act.USER_CREATED, new.id)


def _grant(account: InventedAccount) -> Grant:
    return Grant(
        role=account.role,
        organisation=account.organisation,
        since=SINCE,
        projects=EVERY,
        stages=EVERY,
        classes=EVERY,
        sections=EVERY,
    )
