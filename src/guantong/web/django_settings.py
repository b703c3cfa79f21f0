"""Django's settings, built from our own. Sessions and cookies are the work desk's alone: `guantong.web.staff.door`."""

from __future__ import annotations

import os

from csp.constants import NONE, SELF
from django.utils.functional import SimpleLazyObject

from guantong.actions.configuration import django_parts, session_secret
from guantong.settings import Settings

GUANTONG = Settings.from_environment(os.environ)

DEBUG = GUANTONG.debug
SECRET_KEY = SimpleLazyObject(lambda: session_secret(GUANTONG.keys_folder))
"""Signs sessions of the work desk; the file is made when the first of them begins. Public pages sign nothing."""

globals().update(django_parts(GUANTONG))

ALLOWED_HOSTS = list(GUANTONG.hosts)
ROOT_URLCONF = "guantong.web.urls"
WSGI_APPLICATION = "guantong.web.wsgi.application"
INSTALLED_APPS: list[str] = [
    *django_parts(GUANTONG)["INSTALLED_APPS"],  # type: ignore[misc]
    "django.contrib.staticfiles",
    "django_htmx",
    "guantong.web",
]
MIDDLEWARE = [
    "guantong.web.middleware.harden",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "guantong.web.middleware.only_reading",
]
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
"""A sent table is read in memory: no handler here could write it to a disk."""
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
"""Bounds of the work desk's longest form; public pages take less (`guantong.web.sent`)."""

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "guantong_desk"
SESSION_COOKIE_PATH = "/desk"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "guantong_form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = GUANTONG.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if GUANTONG.https else None
AXES_CLIENT_IP_CALLABLE = "guantong.web.staff.caller.caller_network"
CSRF_FAILURE_VIEW = "guantong.web.staff.door.csrf_refused"
SILENCED_SYSTEM_CHECKS = ["axes.W002", "axes.W003"]
"""Lock-out is asked by the sign-in page itself (`guantong.web.staff.sign_in`): no middleware, no backend of theirs."""

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
