"""Accounts (账号): an operator opens them, grants and ends rights, renews what was lost, closes for good."""

from __future__ import annotations

import re

from guantong.actions import accounts, organisations
from guantong.actions.accounts import Credentials, NewAccount
from guantong.errors import InputRefused, Problem
from guantong.people import Grant
from guantong.web.staff.frame import labelled, place_words
from guantong.web.staff.grant_form import STAGES, grant_context, read_grant
from guantong.web.staff.page import StaffAsked, StaffPage, StaffSent
from guantong.web.staff.respond import staff

LIST = "/desk/accounts"
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
MOST_NAME = 40


def accounts_page(asked: StaffAsked) -> StaffPage:
    """Return every account of the operator's organisations, or those whose login, name or place holds some words."""
    words = asked.one("words")
    rows = [
        (found, place_words(found.organisation) if found.organisation else "—", _roles(found.grants, asked))
        for found in accounts.list_accounts(by=asked.by)
    ]
    shown = [row for row in rows if not words or any(words in text for text in (row[0].login, row[0].name, row[1]))]
    context = {"rows": shown, "words": words, "total": len(rows)}
    return StaffPage(title="账号", template="guantong/staff/accounts_list.html", context=context)


def new_account_page(asked: StaffAsked) -> StaffPage:
    """Return the form of a new account; once sent, its credentials, shown this once."""
    known = organisations.list_organisations(by=asked.by)
    if asked.sent is None:
        return _new_form(asked, known)
    try:
        made = accounts.create_account(_read_account(asked.sent, known), by=asked.by)
    except InputRefused as refused:
        return _new_form(asked, known, refused)
    return _shown_once(made, "账号已开通")


def account_page(asked: StaffAsked, user: str) -> StaffPage:
    """Return one account with its grants; a grant that is sent is given."""
    account = accounts.view_account(user, by=asked.by)
    known = organisations.list_organisations(by=asked.by)
    refused: InputRefused | None = None
    if asked.sent is not None:
        try:
            accounts.give_grant(user, read_grant(asked.sent, known), by=asked.by)
            return StaffPage(redirect=f"{LIST}/{user}", notice="已授权。")
        except InputRefused as wrong:
            refused = wrong
    context = {
        "account": account,
        "place": place_words(account.organisation) if account.organisation else "—",
        "grants": [
            (number, grant, _grant_words(grant), _holds(grant, asked)) for number, grant in enumerate(account.grants)
        ],
        "own": account.id == asked.by.id,
        "problems": labelled(refused) if refused else (),
        **grant_context(asked.sent, known, asked.today),
    }  # fmt: skip
    status = refused.status if refused else 200
    return StaffPage(title=account.name, template="guantong/staff/accounts_one.html", context=context, status=status)


def end_grant_page(asked: StaffAsked, user: str, number: int) -> StaffPage:
    """Show which grant ends, then end it."""
    if asked.sent is not None:
        accounts.end_grant(user, number, by=asked.by)
        return StaffPage(redirect=f"{LIST}/{user}", notice="已收回，从今天起不再有效。")
    account = accounts.view_account(user, by=asked.by)
    grant = account.grants[number] if number < len(account.grants) else None
    lines = (f"{account.name}（{account.login}）", *(_grant_words(grant) if grant else ("没有这项授权",)))
    return _confirm("收回授权", lines, "从今天起，这项授权不再有效。账号的其他授权不变。", "收回", f"{LIST}/{user}")


def renew_page(asked: StaffAsked, user: str) -> StaffPage:
    """Show whose credentials are renewed, then show the new ones, this once."""
    if asked.sent is not None:
        return _shown_once(accounts.renew_credentials(user, by=asked.by), "登录方式已重置")
    account = accounts.view_account(user, by=asked.by)
    words = "原来的密码和动态口令立刻失效，正在登录的会退出，命令行的通行证也失效。"
    return _confirm("重置登录方式", (f"{account.name}（{account.login}）",), words, "重置", f"{LIST}/{user}")


def close_page(asked: StaffAsked, user: str) -> StaffPage:
    """Show which account is closed, then close it for good."""
    if asked.sent is not None:
        accounts.close_account(user, by=asked.by)
        return StaffPage(redirect=LIST, notice="账号已关闭。")
    account = accounts.view_account(user, by=asked.by)
    words = "关闭后不能再打开，登录名也不能再用。已经办理的事项和日志都保留。"
    return _confirm("关闭账号", (f"{account.name}（{account.login}）",), words, "关闭", f"{LIST}/{user}")


def _read_account(sent: StaffSent, known: tuple[tuple[str, str, str], ...]) -> NewAccount:
    problems: list[Problem] = []
    login, name, place = sent.one("login"), sent.one("name"), sent.one("home")
    if not _LOGIN.fullmatch(login):
        rule, remedy = "登录名不合要求", "用 2 至 40 个小写字母、数字、点、横线，字母或数字开头。"
        problems.append(Problem(column="login", value=login[:40], rule=rule, remedy=remedy))
    if not name or len(name) > MOST_NAME:
        problems.append(Problem(column="name", rule=f"姓名要写，且不超过 {MOST_NAME} 字", remedy="请填写姓名。"))
    if place and place not in {key for key, _, _ in known}:
        problems.append(Problem(column="organisation", rule="没有这个机构", remedy="请从已录入的机构里选择。"))
    try:
        grants = (read_grant(sent, known),)
    except InputRefused as refused:
        raise InputRefused([*problems, *refused.problems]) from None
    if problems:
        raise InputRefused(problems)
    return NewAccount(login=login, name=name, organisation=place, grants=grants)


def _new_form(
    asked: StaffAsked, known: tuple[tuple[str, str, str], ...], refused: InputRefused | None = None
) -> StaffPage:
    given = asked.sent or StaffSent()
    context = {
        "login": given.one("login"),
        "name": given.one("name"),
        "homes": [(key, title, key == given.one("home")) for key, title, _ in known],
        "problems": labelled(refused) if refused else (),
        **grant_context(asked.sent, known, asked.today),
    }
    status = refused.status if refused else 200
    return StaffPage(title="新开账号", template="guantong/staff/accounts_new.html", context=context, status=status)


def _shown_once(made: Credentials, title: str) -> StaffPage:
    address = f"otpauth://totp/guantong:{made.login}?secret={made.second_factor}&issuer=guantong"
    context = {"made": made, "address": address, "back": f"{LIST}/{made.id}"}
    return StaffPage(title=title, template="guantong/staff/accounts_made.html", context=context)


def _confirm(title: str, lines: tuple[str, ...], words: str, button: str, back: str) -> StaffPage:
    context = {"lines": lines, "words": words, "button": button, "back": back}
    return StaffPage(title=title, template="guantong/staff/confirm.html", context=context)


def _holds(grant: Grant, asked: StaffAsked) -> str:
    if grant.holds(asked.today):
        return "有效"
    return "未开始" if grant.since > asked.today and (not grant.until or grant.until >= grant.since) else "已结束"


def _roles(grants: tuple[Grant, ...], asked: StaffAsked) -> str:
    return "、".join(dict.fromkeys(grant.role.label for grant in grants if grant.holds(asked.today)))


def _grant_words(grant: Grant) -> tuple[str, ...]:
    stages = dict(STAGES)
    named = (
        ("项目", grant.projects), ("学段", frozenset(stages.get(name, name) for name in grant.stages)),
        ("班级", grant.classes), ("栏目", grant.sections),
    )  # fmt: skip
    narrowed = [f"{label}：{'、'.join(sorted(names)) or '无'}" for label, names in named if "*" not in names]
    until = f"至 {grant.until}" if grant.until else "起，未定截止"
    return (f"{grant.role.label} · {place_words(grant.organisation)}", f"{grant.since} {until}", *narrowed)


addresses = (
    staff("desk/accounts", accounts_page, "desk-accounts"),
    staff("desk/accounts/new", new_account_page, "desk-account-new", sends=True),
    staff("desk/accounts/<str:user>", account_page, "desk-account", sends=True),
    staff("desk/accounts/<str:user>/grants/<int:number>/end", end_grant_page, "desk-grant-end", sends=True),
    staff("desk/accounts/<str:user>/renew", renew_page, "desk-account-renew", sends=True),
    staff("desk/accounts/<str:user>/close", close_page, "desk-account-close", sends=True),
)
