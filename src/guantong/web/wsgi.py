"""The web application for a WSGI server; contents are loaded and static parts rendered before the first visitor."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guantong.web.django_settings")
application = get_wsgi_application()


def _warm() -> None:
    from guantong.web.desk import public_desk
    from guantong.web.fragments import warm

    warm(public_desk())


_warm()
