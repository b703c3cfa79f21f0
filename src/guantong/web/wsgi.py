"""The web application for a WSGI server; what visitors share is rendered before the first of them."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guantong.web.django_settings")
application = get_wsgi_application()


def _warm() -> None:
    """Load the contents and answer, to nobody, one family of each year."""
    from guantong.web.desk import public_desk

    for year in ("", *public_desk().parts.plans.figures):
        request = HttpRequest()
        request.method, request.path = "GET", "/plan"
        request.META = {"QUERY_STRING": f"cohort={year}", "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
        resolve("/plan").func(request)


_warm()
gc.collect()
gc.freeze()  # the contents live as long as the process: no collection needs to walk them again
