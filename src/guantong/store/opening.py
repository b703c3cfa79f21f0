"""Opening the store: the database migrated, its world agreed on, its keys found."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
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
_LOOK_AT_THE_FOLDER = "请检查 GUANTONG_DATA 或 DATABASE_URL 指的文件夹、它的权限和磁盘空间。"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What a database belongs to (世界): its world, the contents package it names, and the day it is seen from."""

    world: str
    contents: str
    today: date | None = None


def open_store(world: str = REAL, *, contents: str = "", today: date | None = None) -> None:
    """Make the database usable: SQLite migrates itself; raise `DatabaseNotReady` or `KeyMissing` where it is not.

    A database that has no world yet gets this one, with a contents package (else that of the settings) and a day.
    """
    settings: Settings = django_settings.GUANTONG
    bring_up_to_date()
    _claim(House(world=world, contents=contents or settings.contents, today=today), settings)
    if contents and house().contents != contents:
        raise _elsewhere(f"它用的是内容包 {house().contents}")
    keys.ring()


def open_as_it_is() -> None:
    """Make the database usable in the world it has; raise `DatabaseNotReady` where nobody has given it one yet."""
    _opened(django_settings.GUANTONG)


@lru_cache(maxsize=4)
def _opened(settings: Settings) -> None:
    if not bring_up_to_date():
        advice = "请在本机执行 guantong users create --first 新建首个账号；只想看看，可执行 guantong demo --yes。"
        raise DatabaseNotReady(fault="还没有启用", advice=advice)
    keys.ring()


def bring_up_to_date() -> bool:
    """Migrate a SQLite database; tell whether it has its world. `DatabaseNotReady` for PostgreSQL not migrated."""
    if pending():
        path = sqlite_file(django_settings.GUANTONG)
        if path is None:
            raise DatabaseNotReady(fault="表结构不是当前版本", advice="请先执行 guantong migrate。")
        _migrate_alone(os.fspath(path))
    return World.objects.filter(pk=1).exists()


def place() -> str:
    """Return where the data lie, without names or passwords; "" where no setting tells it."""
    settings: Settings = django_settings.GUANTONG
    if settings.database or settings.data:
        path = sqlite_file(settings)
        return f"{path}" if path else "PostgreSQL（DATABASE_URL）"
    return ""


def pending() -> bool:
    """Tell whether migrations are still to be run; a SQLite file is made, for its owner only, where there is none.

    Raises `DatabaseNotReady` where it cannot be opened, or was written by a newer program.
    """
    if path := sqlite_file(django_settings.GUANTONG):
        _make_file(os.fspath(path))
    try:
        executor = MigrationExecutor(connection)
        loader = executor.loader
        ours = World._meta.app_label
        newer = {name for name in loader.applied_migrations if name[0] == ours} - {*loader.disk_migrations}
        plan = executor.migration_plan(loader.graph.leaf_nodes())
    except DatabaseError:
        advice = "请检查 DATABASE_URL、磁盘空间和数据库服务，然后再试。"
        raise DatabaseNotReady(fault="连接不上，或文件损坏", advice=advice) from None
    if newer:
        advice = "请安装写过它的那一版或更新的 guantong，不要用旧程序打开。"
        raise DatabaseNotReady(fault="表结构比本程序新", advice=advice)
    return bool(plan)


def migrate() -> None:
    """Run every migration that is still to be run; raise `DatabaseNotReady` where the database cannot be reached."""
    if pending():
        call_command("migrate", verbosity=0, interactive=False)


def world() -> str:
    """Return the name of the database's world."""
    return house().world


def house() -> House:
    """Return what the database belongs to; it never changes."""
    return _house(django_settings.GUANTONG)


def require_file() -> None:
    """Raise `DatabaseNotReady` where the file of a SQLite database is gone or was exchanged while it is in use.

    A connection that is open would go on writing into a file that nobody finds any more.
    """
    settings: Settings = django_settings.GUANTONG
    path = sqlite_file(settings)
    if path is None:
        return
    try:
        there = os.stat(path).st_ino == _first_seen(settings)
    except OSError:
        there = False
    if not there:
        advice = "请把原来的文件放回去，或从备份恢复，然后重新启动。"
        raise DatabaseNotReady(fault="数据库文件不见了，或被换成了另一个", advice=advice)


@lru_cache(maxsize=4)
def _first_seen(settings: Settings) -> int:
    path = sqlite_file(settings)
    return os.stat(path).st_ino if path else 0


@lru_cache(maxsize=4)
def _house(settings: Settings) -> House:
    row = World.objects.get(pk=1)
    return House(world=row.name, contents=row.contents, today=row.today)


def _claim(house_to_be: House, settings: Settings) -> None:
    """Give a fresh database its world, its head row and its keys, all or none."""
    name = house_to_be.world
    if not World.objects.filter(pk=1).exists():
        try:
            with transaction.atomic():
                named = {"name": name, "contents": house_to_be.contents, "today": house_to_be.today}
                World.objects.create(id=1, made_at=datetime.now(UTC), **named)
                JournalHead.objects.create(id=1, count=0, digest="", key="", keys_version=1)
                keys.make_first(settings.keys_folder)
        except IntegrityError:  # pragma: no cover -- shown with eight processes of their own
            pass  # another process was first; what it made is read below
    if world() != name:
        raise _elsewhere("它属于" + ("演示世界" if name == REAL else "真实世界"))


def _elsewhere(fault: str) -> DatabaseNotReady:
    return DatabaseNotReady(fault=fault, advice="请改用另一个数据库，两个世界的数据从不混放。")


def _migrate_alone(path: str) -> None:
    """Migrate a SQLite database while every other process that starts at the same moment waits."""
    try:
        with closing(sqlite3.connect(f"{path}.opening", timeout=WAIT_SECONDS * 3, isolation_level=None)) as turn:
            turn.execute("BEGIN EXCLUSIVE")
            migrate()
    except sqlite3.Error:
        raise DatabaseNotReady(fault=f"{path} 旁边不能写文件", advice=_LOOK_AT_THE_FOLDER) from None


def _make_file(path: str) -> None:
    try:
        os.makedirs(os.path.dirname(path) or ".", mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError:
        raise DatabaseNotReady(fault=f"{path} 不能读写", advice=_LOOK_AT_THE_FOLDER) from None
