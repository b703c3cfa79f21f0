"""The one adapter between page functions of the work desk and HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse

from guantong.actions.books import purposes
from guantong.actions.clock import today
from guantong.errors import GuantongError, MethodRefused, PageUnknown, PurposeMissing, SignInRefused
from guantong.web.query import read_query
from guantong.web.staff import session
from guantong.web.staff.door import guarded
from guantong.web.staff.frame import refusal, shown
from guantong.web.staff.page import Download, StaffAsked, StaffPage
from guantong.web.staff.purpose import PURPOSE_FIELD, purpose_form
from guantong.web.staff.sent import read_staff_form

Make = Callable[..., StaffPage]
READING = ("GET", "HEAD")
HOME = "/desk/"
_WAYS_OUT = ("\\", "//", "/.")


def staff(address: str, make: Make, name: str, *, sends: bool = False, with_request: bool = False) -> URLPattern:
    """Return the address of a page for those who are signed in; `sends` where its form comes back to it by POST.

    `with_request` hands Django's request to the page as well: for one's own session only.
    """
    if not name.startswith("desk"):
        raise ValueError("the name of a page of the work desk begins with desk")
    methods = (*READING, "POST") if sends else READING

    def view(request: HttpRequest, **names: str) -> HttpResponseBase:
        more = {"request": request} if with_request else {}
        return _answer(request, partial(make, **more), names, methods)

    view.methods = methods  # type: ignore[attr-defined]
    return path(address, guarded(view), name=name)


def local(address: str) -> str:
    """Return an address of the work desk as it was given, the home page for any other."""
    plain = address.isprintable() and len(address) < 500 and not any(part in address for part in _WAYS_OUT)
    inside = address.startswith(HOME) and not address.startswith("/desk/sign-")
    return address if plain and inside else HOME


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody who is not signed in to the door, and back to the page afterwards."""
    wanted = local(request.get_full_path()) if request.method in READING else HOME
    address = reverse("desk-sign-in")
    return HttpResponseRedirect(address if wanted == HOME else f"{address}?{urlencode({'next': wanted})}")


def _answer(request: HttpRequest, make: Make, names: dict[str, str], methods: tuple[str, ...]) -> HttpResponseBase:
    try:
        by = session.person_there(request)
    except SignInRefused:
        session.end(request)
        by = None
    if by is None:
        return to_sign_in(request)
    asked = StaffAsked(by=by, today=today(), path=request.path, site=f"{request.scheme}://{request.get_host()}")
    try:
        if not all(str(name).isprintable() for name in names.values()):
            raise PageUnknown(request.path)
        asked = _asked(request, asked, methods)
        page = make(asked, **names)
    except PurposeMissing:
        return _ask_purpose(request, asked)
    except GuantongError as error:
        page = refusal(error)
    response = _given(request, page, asked)
    if page.status == MethodRefused.status:
        response["Allow"] = ", ".join(methods)
    return response


def _asked(request: HttpRequest, asked: StaffAsked, methods: tuple[str, ...]) -> StaffAsked:
    if request.method not in methods:
        raise MethodRefused(method=request.method or "")
    given = read_query(request.META.get("QUERY_STRING", ""))
    sent = read_staff_form(request) if request.method == "POST" else None
    by = asked.by
    if sent is not None and (purpose := sent.one(PURPOSE_FIELD)) in purposes():
        session.state_purpose(request, purpose)
        by = replace(by, purpose=purpose)
    return replace(asked, by=by, given=given, sent=sent)


def _given(request: HttpRequest, page: StaffPage, asked: StaffAsked) -> HttpResponse:
    if page.download is not None:
        return handed_out(page.download)
    if page.redirect:
        session.leave_notice(request, page.notice)
        return HttpResponseRedirect(page.redirect)
    return shown(request, page, asked)


def handed_out(file: Download) -> HttpResponse:
    """Return a file to be saved, never to be opened in the page."""
    name = f"attachment; filename*=UTF-8''{quote(file.name)}"
    return HttpResponse(file.content, content_type=file.kind, headers={"Content-Disposition": name})


def _ask_purpose(request: HttpRequest, asked: StaffAsked) -> HttpResponse:
    """Ask again why records are looked at, and lead back to where one was; a form's words travel along."""
    if asked.sent is None:
        wanted = urlencode({"next": local(request.get_full_path())})
        return HttpResponseRedirect(f"{reverse('desk-purpose')}?{wanted}")
    return shown(request, purpose_form(asked), asked)
