"""A family's own reading (家庭查阅): the school gives out a code; whoever enters it reads one record."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse

from guantong.actions import families
from guantong.actions.books import organisation_title
from guantong.actions.families import GOOD_DAYS, Reader
from guantong.actions.identity import family_member
from guantong.errors import CodeRefused, InputRefused, MethodRefused, Problem
from guantong.people import Door, visitor
from guantong.web.staff import session
from guantong.web.staff.door import guarded
from guantong.web.staff.frame import refusal, shown
from guantong.web.staff.page import StaffAsked, StaffPage
from guantong.web.staff.pupil_words import project_words, stage_words, status_words
from guantong.web.staff.respond import staff
from guantong.web.staff.sent import read_staff_form

MINUTES = 30
LONGEST = 80
_CODE, _SINCE = "family", "family_since"


def family_codes_page(asked: StaffAsked, pupil: str) -> StaffPage:
    """Return what matters before a code is given out; once asked for, the code, this once."""
    if asked.sent is not None:
        reader = next((one for one in Reader if one.value == asked.sent.one("reader")), None)
        if reader is None:
            raise InputRefused([Problem(column="reader", rule="没有选择给谁", remedy="请选择监护人或学生本人。")])
        given = families.issue_family_code(pupil, reader, by=asked.by)
        context: dict[str, object] = {"given": given, "pupil": pupil, "days": GOOD_DAYS, "minutes": MINUTES}
        return StaffPage(title="家庭查阅码", template="guantong/staff/families_given.html", context=context)
    found = families.family_codes(pupil, by=asked.by)
    context = {"found": found, "pupil": pupil, "readers": list(Reader), "days": GOOD_DAYS, "minutes": MINUTES}
    return StaffPage(title=f"{found.name}的家庭查阅", template="guantong/staff/families_codes.html", context=context)


def enter_view(request: HttpRequest) -> HttpResponseBase:
    """Show where the code is entered; a code that holds opens the record."""
    if request.method in ("GET", "HEAD"):
        return shown(request, _door(), None)
    if request.method != "POST":
        return shown(request, refusal(MethodRefused(method=request.method or "")), None)
    try:
        code = families.enter_with_code(read_staff_form(request).one("code")[:LONGEST], by=visitor(Door.WEB))
    except CodeRefused as refused:
        return shown(request, _door(refused), None)
    request.session.flush()
    request.session.update({_CODE: code, _SINCE: session.moment()})
    return HttpResponseRedirect(reverse("desk-family-record"))


def record_view(request: HttpRequest) -> HttpResponseBase:
    """Show the record that the code opened, for half an hour."""
    if request.method not in ("GET", "HEAD"):
        return shown(request, refusal(MethodRefused(method=request.method or "")), None)
    code = request.session.get(_CODE)
    if not code:
        return HttpResponseRedirect(reverse("desk-family"))
    if session.moment() - request.session[_SINCE] > MINUTES * 60:
        request.session.flush()
        return HttpResponseRedirect(reverse("desk-family"))
    try:
        own = families.view_own_record(code, by=family_member(code))
    except CodeRefused:
        request.session.flush()
        return HttpResponseRedirect(reverse("desk-family"))
    state = own.state
    context = {
        "own": own,
        "project": project_words(own.project),
        "stage": stage_words(state.stage.value) if state else "",
        "status": status_words(state.status.value) if state else "",
        "registered_at": organisation_title(state.registered_at) if state and state.registered_at else "",
        "events": [(event.kind.label, event.effective_on) for event in own.events],
        "minutes": MINUTES,
    }
    page = StaffPage(title=own.who.name, template="guantong/staff/families_own.html", context=context)
    return shown(request, page, None)


def leave_view(request: HttpRequest) -> HttpResponseBase:
    """End the reading; a form only."""
    if request.method != "POST":
        return shown(request, refusal(MethodRefused(method=request.method or "")), None)
    if request.session.get(_CODE):
        request.session.flush()
    return HttpResponseRedirect(reverse("desk-family"))


def _door(refused: CodeRefused | None = None) -> StaffPage:
    status = refused.status if refused else 200
    context = {"error": refused, "minutes": MINUTES}
    return StaffPage(title="家庭查阅", template="guantong/staff/families_door.html", context=context, status=status)


addresses = (
    staff("desk/pupils/<str:pupil>/family", family_codes_page, "desk-family-codes", sends=True),
    path("desk/family", guarded(enter_view), name="desk-family"),
    path("desk/family/record", guarded(record_view), name="desk-family-record"),
    path("desk/family/leave", guarded(leave_view), name="desk-family-leave"),
)
