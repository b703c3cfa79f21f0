"""What Django must be told so that the store works; imports no model, opens no connection, makes no file."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from guantong.errors import SettingRefused
from guantong.settings import Settings

SQLITE = "sqlite:///"
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA cache_size=-20000",
    "PRAGMA secure_delete=ON",
)
"""Readers beside one writer; what is erased is overwritten on the disk."""

WAIT_SECONDS = 20
KEEP_SECONDS = 600
SESSION = f"-c lock_timeout={WAIT_SECONDS}s -c random_page_cost=1.1 -c max_parallel_workers_per_gather=0 -c jit=off"
"""PostgreSQL: many short questions; an index is followed, no helper process is started for one page."""

APPS = (
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "axes",
    "guantong.store",
)


def database_settings(settings: Settings) -> dict[str, dict[str, object]]:
    """Return Django's DATABASES for the address in the settings; raise `SettingRefused` for one that cannot be used."""
    url = settings.database_url
    default = _sqlite(url, settings.sqlite_init) if url.startswith(SQLITE) else _postgresql(urlsplit(url))
    return {"default": default}


def django_parts(settings: Settings) -> dict[str, object]:
    """Return every Django setting that the store brings; a door's settings module takes them over."""
    return {
        "DATABASES": database_settings(settings) if settings.database or settings.data else {},
        "INSTALLED_APPS": list(APPS),
        "AUTH_USER_MODEL": "store.User",
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "AUTHENTICATION_BACKENDS": [
            "axes.backends.AxesStandaloneBackend",
            "django.contrib.auth.backends.ModelBackend",
        ],
        "AXES_SENSITIVE_PARAMETERS": ["login", "password", "code", "token"],
        "AXES_USERNAME_FORM_FIELD": "login",
        "AXES_FAILURE_LIMIT": 5,
        "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
        "AXES_RESET_ON_SUCCESS": True,
        "AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT": False,
        "AXES_DISABLE_ACCESS_LOG": True,
        "AXES_COOLOFF_TIME": 1,
        "AXES_VERBOSE": False,
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
    }


def sqlite_file(settings: Settings) -> Path | None:
    """Return the file of a SQLite database; None for PostgreSQL."""
    url = settings.database_url
    return Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else None


def _sqlite(url: str, more_pragmas: str) -> dict[str, object]:
    path = url.removeprefix(SQLITE)
    if not path or path == ":memory:":
        raise _refused("sqlite:/// 后面要写文件的路径")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": WAIT_SECONDS,
            "init_command": ";".join((*PRAGMAS, more_pragmas)),
        },
    }


def _postgresql(url: SplitResult) -> dict[str, object]:
    name = unquote(url.path.removeprefix("/"))
    if not name:
        raise _refused("缺少数据库名称")
    given = dict(parse_qsl(url.query))
    try:
        port = str(url.port or given.pop("port", ""))
    except ValueError:
        raise _refused("端口应是数字") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(url.username or given.pop("user", "")),
        "PASSWORD": unquote(url.password or given.pop("password", "")),
        "HOST": unquote(url.hostname or given.pop("host", "")),
        "PORT": port,
        "CONN_MAX_AGE": KEEP_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": SESSION, "application_name": "guantong", **given},
    }


def _refused(rule: str) -> SettingRefused:
    return SettingRefused(name="DATABASE_URL", value="（不显示）", rule=rule, help="选择数据库。")
