"""How the store is doing (体检): questions about files, the database and the keys that show nobody's rows."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from guantong.settings import Settings
from guantong.store import keys
from guantong.store.configuration import sqlite_file
from guantong.store.models import JournalEntry, World

PUBLIC = 0o077


def database_file(settings: Settings) -> Path | None:
    """Return the file of a SQLite database, whether it is there or not; None for PostgreSQL."""
    return sqlite_file(settings)


def open_to_others(path: Path) -> bool:
    """Tell whether others than its owner may look at a file or folder; where that cannot be told, no."""
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & PUBLIC)


def free_bytes(folder: Path) -> int:
    """Return how much room is left on the disk of a folder, or of the nearest one above that is there."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def engine() -> str:
    """Return the engine with its version; a database that cannot be reached raises Django's `DatabaseError`."""
    connection.ensure_connection()
    version = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {version}"


def structure(*, full: bool) -> str:
    """Return what SQLite says of its own file, "ok" where it is sound; "ok" for PostgreSQL, which checks its own."""
    if connection.vendor != "sqlite":
        return "ok"
    return str(_one("PRAGMA integrity_check(1)" if full else "PRAGMA quick_check(1)"))


def write_ahead() -> bool:
    """Tell whether readers go on beside one writer: SQLite's WAL, and PostgreSQL always."""
    return connection.vendor != "sqlite" or _one("PRAGMA journal_mode") == "wal"


def world() -> str:
    """Return the name of the database's world; "" where nobody gave it one yet."""
    return str(World.objects.values_list("name", flat=True).filter(pk=1).first() or "")


def key_files(settings: Settings) -> int:
    """Return how many keys the database names, after reading each; raise `KeyMissing` for the first that is wrong."""
    named = keys.names()
    for name, fingerprint in named.items():
        keys.read_file(settings.keys_folder / name, fingerprint)
    return len(named)


def seconds_ahead() -> float:
    """Return how far the latest time that the database knows is ahead of this machine's clock; behind is negative.

    PostgreSQL has a clock of its own; SQLite only the time of its last journal entry, which should be past.
    """
    if connection.vendor == "postgresql":
        theirs = _one("SELECT clock_timestamp()")
        assert isinstance(theirs, datetime)
        return (theirs - datetime.now(UTC)).total_seconds()
    last = JournalEntry.objects.order_by("-number").values_list("at", flat=True).first()
    return max((last - datetime.now(UTC)).total_seconds(), 0.0) if last else 0.0


def _one(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        (answer,) = cursor.fetchone()
    return answer
