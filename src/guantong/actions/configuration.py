"""What a door tells Django so that actions work; safe to import before Django is set up."""

from __future__ import annotations

import os

import django
from django.conf import settings as django_settings

from guantong.store.configuration import database_settings, django_parts
from guantong.store.secret import session_secret

__all__ = ["database_settings", "django_parts", "session_secret", "set_up"]

COMMANDS = "guantong.store.django_settings"


def set_up() -> None:
    """Make Django ready for a command; a web process is ready already."""
    if not django_settings.configured:  # pragma: no cover -- tests of commands run in processes of their own
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", COMMANDS)
        django.setup()
