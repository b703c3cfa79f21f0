"""Accounts as they are kept: grants, password hashes, second factors, tokens."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import QuerySet

from guantong.errors import PersonUnknown, StepRefused
from guantong.people import Door, Grant, Person, Role, Scope
from guantong.store import models
from guantong.store.keys import ring
from guantong.store.records import Account
from guantong.store.sealing import seal_bytes, unseal_bytes

_LISTS = ("projects", "stages", "classes", "sections")


def any_exist() -> bool:
    """Tell whether the database has an account at all."""
    return models.User.objects.exists()


def create(account: Account, password: str, second_factor: bytes, *, by: str, at: datetime) -> None:
    """Write a new account; raise `StepRefused` where the login is taken."""
    if models.User.objects.filter(login=account.login).exists():
        raise StepRefused(step="新建账号", why=f"登录名“{account.login}”已被使用")
    models.User.objects.create(
        id=account.id,
        login=account.login,
        name=account.name,
        organisation_id=account.organisation or None,
        password=make_password(password),
        second_factor=seal_bytes(second_factor, f"{account.id}/second_factor", ring()),
        made_at=at,
        made_by=by,
    )


def get(user: str, *, scope: Scope) -> Account:
    """Return an account of an organisation within scope; raise `PersonUnknown`."""
    row = _within(scope).filter(pk=user).first()
    if row is None:
        raise PersonUnknown(user)
    return _account(row)


def listed(*, scope: Scope) -> tuple[Account, ...]:
    """Return every account of the organisations within scope, by login."""
    return tuple(map(_account, _within(scope).order_by("-is_active", "login").prefetch_related("grants")))


def _within(scope: Scope) -> QuerySet[models.User]:
    rows = models.User.objects.all()
    return rows if scope.whole else rows.filter(organisation__in=scope.organisations)


def _account(row: models.User) -> Account:
    grants = sorted(row.grants.all(), key=lambda kept: kept.pk)
    return Account(
        id=row.pk,
        login=row.login,
        name=row.name,
        organisation=row.organisation_id or "",
        active=row.is_active,
        grants=tuple(map(_grant, grants)),
    )


def give(user: str, grants: Iterable[Grant], *, by: str, at: datetime) -> None:
    """Write grants of an account."""
    for grant in grants:
        lists = {name: sorted(getattr(grant, name)) for name in _LISTS}
        models.Grant.objects.create(
            user_id=user,
            role=grant.role.value,
            organisation=grant.organisation,
            since=grant.since,
            until=grant.until,
            given_by=by,
            given_at=at,
            **lists,
        )


def end(user: str, number: int, *, until: date) -> None:
    """Write that a grant, named by its place in the list, ends with a day; one that begins later never held."""
    row = models.Grant.objects.filter(user_id=user).order_by("pk")[number]
    row.until = until if row.until is None else min(row.until, until)
    row.save(update_fields=["until"])


def renew(user: str, password: str, second_factor: bytes) -> None:
    """Write a new password and a new second factor; tokens end."""
    sealed = seal_bytes(second_factor, f"{user}/second_factor", ring())
    fields = {"password": make_password(password), "second_factor": sealed, "last_step": 0}
    models.User.objects.filter(pk=user).update(**fields)
    models.Token.objects.filter(user_id=user).delete()


def change_password(user: str, password: str) -> None:
    """Write a new password; tokens end."""
    models.User.objects.filter(pk=user).update(password=make_password(password))
    models.Token.objects.filter(user_id=user).delete()


def password_fits(user: str, password: str) -> bool:
    """Tell whether a password is that of an open account."""
    row = models.User.objects.filter(pk=user, is_active=True).first()
    return row is not None and check_password(password, row.password)


def close(user: str) -> None:
    """Close an account; its tokens end with it."""
    models.User.objects.filter(pk=user).update(is_active=False)
    models.Token.objects.filter(user_id=user).delete()


def person(user: str, *, purpose: str = "", door: Door = Door.NONE, account: str = "") -> Person | None:
    """Return the person of an open account with every grant; None where there is none."""
    row = models.User.objects.filter(pk=user, is_active=True).first()
    if row is None:
        return None
    grants = tuple(_grant(kept) for kept in row.grants.order_by("pk"))
    return Person(id=row.pk, name=row.name, grants=grants, purpose=purpose, door=door, account=account)


def mark(user: str) -> str:
    """Return a word that changes when the password or the second factor does; "" for a closed account."""
    row = models.User.objects.filter(pk=user, is_active=True).first()
    return _mark(row) if row else ""


def person_of_mark(user: str, wanted: str, *, purpose: str, door: Door) -> Person | None:
    """Return the person of an open account whose mark is still the one given; None where it is not."""
    row = models.User.objects.filter(pk=user, is_active=True).first()
    if row is None or not hmac.compare_digest(_mark(row), wanted):
        return None
    account = _account(row)
    return Person(id=account.id, name=account.name, grants=account.grants, purpose=purpose, door=door)


def _mark(row: models.User) -> str:
    return hashlib.sha256(b"session/" + row.password.encode() + b"/" + bytes(row.second_factor)).hexdigest()[:32]


def names(users: Iterable[str]) -> dict[str, str]:
    """Return the names of accounts by id; who has none is not among them."""
    return dict(models.User.objects.filter(pk__in=list(users)).values_list("id", "name"))


def with_password(login: str, password: str) -> str | None:
    """Return the id of the open account that name and password fit; an unknown name takes as long as a wrong one."""
    row = models.User.objects.filter(login=login, is_active=True).first()
    if row is None:
        make_password(password)
        return None
    return row.pk if check_password(password, row.password) else None


def second_factor(user: str) -> tuple[bytes, int]:
    """Return an account's second factor and the last step it was used in; the row locked until the end."""
    row = models.User.objects.select_for_update().get(pk=user)
    return unseal_bytes(row.second_factor, f"{user}/second_factor", ring()), row.last_step


def used_step(user: str, step: int) -> None:
    """Write that a step of the second factor is used up."""
    models.User.objects.filter(pk=user).update(last_step=step)


def put_token(token: str, user: str, *, purpose: str, account: str, at: datetime, until: datetime) -> None:
    """Write a token by its digest."""
    models.Token.objects.create(
        digest=_digest(token), user_id=user, purpose=purpose, account=account, issued_at=at, expires_at=until
    )


def person_of_token(token: str, *, account: str, at: datetime) -> Person | None:
    """Return the person a token speaks for on the machine account it was issued to; None where it does not hold."""
    row = models.Token.objects.filter(digest=_digest(token), account=account, expires_at__gt=at).first()
    return person(row.user_id, purpose=row.purpose, door=Door.CLI, account=account) if row else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _grant(row: models.Grant) -> Grant:
    lists = {name: frozenset(getattr(row, name)) for name in _LISTS}
    return Grant(role=Role(row.role), organisation=row.organisation, since=row.since, until=row.until, **lists)
