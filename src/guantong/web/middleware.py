"""What every answer carries, and what no page accepts."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from guantong.errors import MethodRefused
from guantong.web.respond import refuse

Handler = Callable[[HttpRequest], HttpResponseBase]

READING = ("GET", "HEAD")
SENDING = ("/class", "/scores")
"""The forms that send a table: the answer is made of what is sent, and nothing is kept or changed (decision 0006)."""
DESK = ("/desk/", "/check")
"""Where the work desk's own door decides what may be sent."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}


def harden(handle: Handler) -> Handler:
    """Set the headers that keep a page to itself; a page's own stricter ones stay."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = handle(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer


def only_reading(handle: Handler) -> Handler:
    """Answer GET and HEAD, and POST where a table is sent: the public pages change nothing."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        allowed = (*READING, "POST") if request.path in SENDING else READING
        if request.method in allowed or request.path.startswith(DESK):
            return handle(request)
        response = refuse(request, MethodRefused(method=request.method or ""))
        response["Allow"] = ", ".join(allowed)
        return response

    return answer
