"""One's own account (本人账号): the password, and a token for the command line."""

from __future__ import annotations

from dataclasses import replace

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from guantong.actions import accounts
from guantong.actions.accounts import TOKEN_HOURS
from guantong.errors import GuantongError, InputRefused, Problem, SignInRefused, TooManyTries
from guantong.web.staff import session
from guantong.web.staff.frame import labelled, places_of
from guantong.web.staff.page import StaffAsked, StaffPage, StaffSent
from guantong.web.staff.respond import staff

HERE = "/desk/own"
LONGEST_ACCOUNT = 60


def own_page(asked: StaffAsked, request: HttpRequest) -> StaffPage:
    """Return the two forms; do what one of them asks, a wrong factor counted as at the door."""
    if asked.sent is None:
        return _page(asked)
    try:
        return _done(asked, asked.sent, request)
    except InputRefused as refused:
        return _page(asked, refused)
    except SignInRefused:
        _count(request, asked)
        remedy = "请核对后再试；动态口令要等下一个。"
        return _page(asked, InputRefused([Problem(rule="密码或动态口令不对，或者已经用过", remedy=remedy)]))


def _done(asked: StaffAsked, sent: StaffSent, request: HttpRequest) -> StaffPage:
    if not AxesProxyHandler.is_allowed(request, {"login": asked.by.id}):
        raise TooManyTries
    if sent.one("do") == "token":
        return _token(asked, sent)
    new = sent.fields.get("new_password", ("",))[-1]
    if new != sent.fields.get("again", ("",))[-1]:
        raise InputRefused([Problem(column="again", rule="两次写的新密码不一样", remedy="请重写一遍。")])
    accounts.change_password(sent.fields.get("old_password", ("",))[-1], new, sent.one("code"), by=asked.by)
    session.keep_after_change(request, asked.by)
    return StaffPage(redirect=HERE, notice="密码已更换。在别处登录的都已退出。")


def _token(asked: StaffAsked, sent: StaffSent) -> StaffPage:
    account = sent.one("account")
    if not account or len(account) > LONGEST_ACCOUNT:
        remedy = "请写使用命令行的那台电脑上的用户名，例如在终端里执行 whoami 看到的。"
        raise InputRefused([Problem(column="account", rule="没有写电脑上的用户名", remedy=remedy)])
    token = accounts.issue_token(sent.one("code"), by=replace(asked.by, account=account))
    context = {"token": token, "account": account, "hours": TOKEN_HOURS}
    return StaffPage(title="命令行通行证", template="guantong/staff/own_token.html", context=context)


def _count(request: HttpRequest, asked: StaffAsked) -> None:
    user_login_failed.send(sender=__name__, credentials={"login": asked.by.id}, request=request)


def _page(asked: StaffAsked, refused: GuantongError | None = None) -> StaffPage:
    context = {
        "places": places_of(asked),
        "problems": labelled(refused) if refused else (),
        "least": accounts.LEAST_PASSWORD,
        "hours": TOKEN_HOURS,
        "account": asked.sent.one("account") if asked.sent else "",
    }
    status = refused.status if refused else 200
    return StaffPage(title="本人账号", template="guantong/staff/own.html", context=context, status=status)


addresses = (staff("desk/own", own_page, "desk-own", sends=True, with_request=True),)
