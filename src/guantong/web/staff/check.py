"""The check page (证明核验): number and code, by form only; valid, invalid or expired, and nothing else."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path

from guantong.actions import proofs
from guantong.actions.proofs import Answer
from guantong.errors import CheckedTooOften, GuantongError, MethodRefused
from guantong.people import Door, visitor
from guantong.web.staff.caller import caller_address
from guantong.web.staff.door import guarded
from guantong.web.staff.frame import refusal, shown
from guantong.web.staff.page import StaffPage
from guantong.web.staff.sent import read_staff_form

_WORDS = {
    Answer.VALID: ("yes", "有效", "这份证明由所列学校开具，在有效期内。请再核对纸上的姓名和内容与持有人相符。"),
    Answer.INVALID: (
        "no",
        "无效",
        "编号与校验码对不上，或证明已经作废、情况已经变化。请核对后再试，或请持有人重新开具。",
    ),
    Answer.EXPIRED: ("unknown", "已过有效期", "证明是真的，但有效期已过，请持有人重新开具。"),
}


def check_view(request: HttpRequest) -> HttpResponseBase:
    """Show the form, or answer what it sent; whoever asks need not sign in."""
    if request.method in ("GET", "HEAD"):
        return shown(request, _page(), None)
    if request.method != "POST":
        return shown(request, refusal(MethodRefused(method=request.method or "")), None)
    try:
        sent = read_staff_form(request)
        caller = caller_address(request)
        answer = proofs.check_proof(sent.one("number"), sent.one("code"), caller=caller, by=visitor(Door.WEB))
    except CheckedTooOften as error:
        return shown(request, _page(fault=f"{error.message}{error.next}", status=error.status), None)
    except GuantongError as error:
        return shown(request, refusal(error), None)
    return shown(request, _page(answer=_WORDS[answer]), None)


def _page(answer: tuple[str, str, str] | None = None, fault: str = "", status: int = 200) -> StaffPage:
    context = {"answer": answer, "fault": fault}
    return StaffPage(title="证明核验", template="guantong/staff/proofs_check.html", context=context, status=status)


addresses = (path("check", guarded(check_view), name="check"),)
