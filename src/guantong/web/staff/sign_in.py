"""Sign-in and sign-out (登录): name, password, second factor and purpose; too many failures close the door for an hour.

Lock-out and its counting are django-axes' own: it hears of a failure or a success by Django's signals.
"""

from __future__ import annotations

from datetime import datetime

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse

from guantong.actions import accounts
from guantong.actions.books import purposes
from guantong.errors import MethodRefused, SignInRefused
from guantong.people import Door, visitor
from guantong.web.query import read_query
from guantong.web.staff import session
from guantong.web.staff.door import guarded
from guantong.web.staff.frame import refusal, shown
from guantong.web.staff.page import StaffAsked, StaffPage, StaffSent
from guantong.web.staff.purpose import PURPOSE_FIELD, purpose_form
from guantong.web.staff.respond import HOME, local, staff
from guantong.web.staff.sent import read_staff_form

TEMPLATE = "guantong/staff/sign_in.html"
REFUSED = "登录名、密码或动态口令不对，或者动态口令已经用过。请等下一个口令，核对后再试。"
NO_PURPOSE = "请选择用途。"
LOCKED_STATUS = 429
LONGEST = 200


def sign_in_view(request: HttpRequest) -> HttpResponseBase:
    """Show the form; let in whoever fits all of it; answer everything else alike."""
    given = read_query(request.META.get("QUERY_STRING", ""))
    onward = local(given.get("next", [""])[-1])
    if request.method in ("GET", "HEAD"):
        return shown(request, _form(onward), None)
    if request.method != "POST":
        return shown(request, refusal(MethodRefused(method=request.method or "")), None)
    sent = read_staff_form(request)
    return _enter(request, sent, local(sent.one("next")))


def sign_out_view(request: HttpRequest) -> HttpResponseBase:
    """End the session; a form only, so that no link can do it."""
    if request.method != "POST":
        return shown(request, refusal(MethodRefused(method=request.method or "")), None)
    session.end(request)
    return HttpResponseRedirect(f"{reverse('desk-sign-in')}?out=yes")


def state_purpose_page(asked: StaffAsked) -> StaffPage:
    """Ask for the purpose and lead back; what was stated is kept by the adapter."""
    back = local((asked.sent.one("next") if asked.sent else "") or asked.one("next"))
    if asked.sent is None or asked.sent.one(PURPOSE_FIELD) not in purposes():
        return purpose_form(StaffAsked(by=asked.by, today=asked.today, path=asked.path), back=back)
    return StaffPage(redirect=back)


def _enter(request: HttpRequest, sent: StaffSent, onward: str) -> HttpResponse:
    login = sent.one("login")[:LONGEST]
    credentials = {"login": login}
    if not AxesProxyHandler.is_allowed(request, credentials):
        return shown(request, _locked(login), None)
    if sent.one("purpose") not in purposes():
        return shown(request, _form(onward, login=login, fault=NO_PURPOSE), None)
    try:
        person = accounts.sign_in(
            login, sent.fields.get("password", ("",))[-1][:LONGEST], sent.one("code")[:LONGEST],
            purpose=sent.one("purpose"), by=visitor(Door.WEB),
        )  # fmt: skip
    except SignInRefused:
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        if not AxesProxyHandler.is_allowed(request, credentials):
            return shown(request, _locked(login), None)
        return shown(request, _form(onward, login=login, purpose=sent.one("purpose"), fault=REFUSED), None)
    session.begin(request, person)
    user_logged_in.send(sender=__name__, request=request, user=get_user_model()._default_manager.get(pk=person.id))
    return HttpResponseRedirect(onward)


def _form(onward: str, *, login: str = "", purpose: str = "", fault: str = "") -> StaffPage:
    context = {"next": "" if onward == HOME else onward, "login": login, "fault": fault}
    choices = [(name, words, name == purpose) for name, words in purposes().items()]
    status = 422 if fault == NO_PURPOSE else 401 if fault else 200
    return StaffPage(title="登录工作台", template=TEMPLATE, context={**context, "purposes": choices}, status=status)


def _locked(login: str) -> StaffPage:
    """Return the page of a closed door, saying when it opens again."""
    latest = AccessAttempt.objects.filter(username=login).order_by("-attempt_time").first()
    cool_off = get_cool_off()
    until: datetime | None = latest.attempt_time + cool_off if latest and cool_off else None
    context = {"until": until, "limit": 5}
    return StaffPage(title="暂时不能登录", template="guantong/staff/locked.html", context=context, status=LOCKED_STATUS)


addresses = (
    path("desk/sign-in", guarded(sign_in_view), name="desk-sign-in"),
    path("desk/sign-out", guarded(sign_out_view), name="desk-sign-out"),
    staff("desk/purpose", state_purpose_page, "desk-purpose", sends=True),
)
