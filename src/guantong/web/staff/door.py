"""The way in (门): size, store, session and CSRF, in this order, for addresses of the work desk and no others.

Django's own middlewares do the work, wrapped around single views: a public page cannot reach them.
Inside, moments are shown in Beijing's time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.decorators import decorator_from_middleware
from django.utils.timezone import override

from guantong.actions.opening import open_as_it_is
from guantong.errors import DatabaseNotReady, FormExpired, GuantongError
from guantong.settings import BEIJING
from guantong.web.staff.frame import refuse_plainly
from guantong.web.staff.sent import check_size

View = Callable[..., HttpResponseBase]
_session = decorator_from_middleware(SessionMiddleware)
_csrf = decorator_from_middleware(CsrfViewMiddleware)
LOST = DatabaseNotReady(fault="连接中断，或写不进去", advice="这一步没有生效。请稍后再试，或告诉系统管理员检查数据库。")


def guarded(view: View) -> View:
    """Let a request in to a view; what goes wrong before or beside the view is answered in words."""
    inner = _session(_csrf(view))

    @wraps(view)
    def answer(request: HttpRequest, **names: str) -> HttpResponseBase:
        try:
            check_size(request)
            open_as_it_is()
            with override(BEIJING):
                response = inner(request, **names)
        except GuantongError as error:
            response = refuse_plainly(request, error)
        except SessionInterrupted:
            response = refuse_plainly(request, FormExpired())
        except (DatabaseError, ImproperlyConfigured):
            response = refuse_plainly(request, LOST)
        return keep_to_itself(request, response)

    return answer


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose mark does not fit: it is too old, or was sent from elsewhere."""
    return refuse_plainly(request, FormExpired())


def keep_to_itself(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Let nothing be stored on the way; over https cookies travel encrypted only."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if request.is_secure():
        for cookie in response.cookies.values():
            cookie["secure"] = True
    return response
