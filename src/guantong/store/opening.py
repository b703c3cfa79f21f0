"""Opening the store: the database migrated, its world agreed on, its keys found."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from functools import lru_cache

from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from guantong.errors import DatabaseNotReady
from guantong.settings import Settings
from guantong.store import keys
from guantong.store.configuration import WAIT_SECONDS, sqlite_file
from guantong.store.models import JournalHead, World

REAL, DEMO = "beijing", "demo"
"""The worlds: a database belongs to one of them for ever."""


def open_store(world: str = REAL) -> None:
    """Make the database usable: SQLite migrates itself; raise `DatabaseNotReady` or `KeyMissing` where it is not."""
    settings: Settings = django_settings.GUANTONG
    if pending():
        path = sqlite_file(settings)
        if path is None:
            raise DatabaseNotReady(fault="表结构不是当前版本", advice="请先执行 guantong migrate。")
        _migrate_alone(os.fspath(path))
    _claim(world, settings)
    keys.ring()


def pending() -> bool:
    """Tell whether migrations are still to be run; a SQLite file is made, for its owner only, where there is none."""
    if path := sqlite_file(django_settings.GUANTONG):
        _make_file(os.fspath(path))
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        advice = "请检查 DATABASE_URL、磁盘空间和数据库服务，然后再试。"
        raise DatabaseNotReady(fault="连接不上，或文件损坏", advice=advice) from None


def migrate() -> None:
    """Run every migration."""
    call_command("migrate", verbosity=0, interactive=False)


def world() -> str:
    """Return the name of the database's world."""
    return _world(django_settings.GUANTONG)


@lru_cache(maxsize=4)
def _world(settings: Settings) -> str:
    return str(World.objects.values_list("name", flat=True).get(pk=1))


def _claim(name: str, settings: Settings) -> None:
    """Give a fresh database its world, its head row and its keys, all or none."""
    if not World.objects.filter(pk=1).exists():
        try:
            with transaction.atomic():
                World.objects.create(id=1, name=name, contents=settings.contents, made_at=datetime.now(UTC))
                JournalHead.objects.create(id=1, count=0, digest="", key="", keys_version=1)
                keys.make_first(settings.keys_folder)
        except IntegrityError:  # pragma: no cover -- shown with eight processes of their own
            pass  # another process was first; what it made is read below
    if world() != name:
        other = "演示世界" if name == REAL else "真实世界"
        raise DatabaseNotReady(fault=f"它属于{other}", advice="请改用另一个数据库，两个世界的数据从不混放。")


def _migrate_alone(path: str) -> None:
    """Migrate a SQLite database while every other process that starts at the same moment waits."""
    with closing(sqlite3.connect(f"{path}.opening", timeout=WAIT_SECONDS * 3, isolation_level=None)) as turn:
        turn.execute("BEGIN EXCLUSIVE")
        if pending():
            migrate()


def _make_file(path: str) -> None:
    os.makedirs(os.path.dirname(path) or ".", mode=0o700, exist_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
