"""Where a request comes from, for lock-out and throttling: behind our own proxy, what the proxy says."""

from __future__ import annotations

from django.conf import settings as django_settings
from django.http import HttpRequest

from guantong.actions.check_codes import UNKNOWN, caller_group


def caller_address(request: HttpRequest) -> str:
    """Return the caller's address; a forwarded one counts only where the settings say that a proxy stands in front."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not django_settings.GUANTONG.https:
        return direct
    return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip() or direct


def caller_network(request: HttpRequest) -> str | None:
    """Return what counts as one caller at the door: an address, or the first of an IPv6 network; None for neither."""
    group = caller_group(caller_address(request)).partition("/")[0]
    return None if group == UNKNOWN else group
