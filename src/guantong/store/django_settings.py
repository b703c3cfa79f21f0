"""Django's settings for work with the store and without a web door: commands and tests."""

from __future__ import annotations

import os
import secrets

from guantong.settings import Settings
from guantong.store.configuration import django_parts

GUANTONG = Settings.from_environment(os.environ)

SECRET_KEY = secrets.token_urlsafe(48)
"""Random per process: commands sign nothing."""

SILENCED_SYSTEM_CHECKS = ["axes.W002", "axes.W003"]
"""No page is served from here, so no middleware is set up."""

globals().update(django_parts(GUANTONG))
