"""Django's settings, built from our own: no database, no session, no cookie."""

from __future__ import annotations

import os
import secrets

from csp.constants import NONE, SELF

from guantong.settings import Settings

GUANTONG = Settings.from_environment(os.environ)

DEBUG = GUANTONG.debug
SECRET_KEY = secrets.token_urlsafe(48)
"""Random per process: nothing is signed, because nothing is kept."""

ALLOWED_HOSTS = list(GUANTONG.hosts)
ROOT_URLCONF = "guantong.web.urls"
WSGI_APPLICATION = "guantong.web.wsgi.application"
INSTALLED_APPS = ["django.contrib.staticfiles", "django_htmx", "guantong.web"]
MIDDLEWARE = [
    "guantong.web.middleware.harden",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "guantong.web.middleware.only_reading",
]
DATABASES: dict[str, object] = {}

FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
"""A sent table is read in memory: no handler here could write it to a disk."""
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
DATA_UPLOAD_MAX_NUMBER_FILES = 1

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"])],
            "builtins": ["guantong.web.templatetags.guantong", "guantong.web.templatetags.second"],
        },
    }
]

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 31_536_000
"""A year: every address of a static file carries the digest of its bytes."""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "CRITICAL"},
    },
}
"""Faults only, with the path: query strings may describe a child and are never written down."""
