"""What every answer carries, and what no page accepts."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from guantong.errors import MethodRefused
from guantong.web.respond import refuse

Handler = Callable[[HttpRequest], HttpResponseBase]

READING = ("GET", "HEAD")
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
    """Answer GET and HEAD only: the public desk changes nothing."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method in READING:
            return handle(request)
        response = refuse(request, MethodRefused(method=request.method or ""))
        response["Allow"] = ", ".join(READING)
        return response

    return answer
