"""A backup brought back (恢复) into an empty database, all of it or nothing.

Not an action like the others: before it there is no journal to write to. It leaves its entry in the
journal that it brings back.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings as django_settings
from django.db import connection, transaction

from guantong.actions.attempt import entry
from guantong.actions.backup_file import STEP, Manifest, Watch, read_rows
from guantong.actions.clock import real_now
from guantong.actions.words import Act
from guantong.errors import StepRefused
from guantong.journal import Verification, verify
from guantong.people import Person, Right
from guantong.settings import BEIJING, Settings
from guantong.store import dump, journal, keys, opening
from guantong.store.configuration import sqlite_file

SQLITE_FILES = ("", "-wal", "-shm", ".opening")


def restore(path: Path, passphrase: str, *, watch: Watch | None = None, by: Person) -> Manifest:
    """Bring a backup back; the keys were brought back before (`import_keys`).

    The whole file is examined before anything is touched. Raises `StepRefused` for a file that is
    cut, altered or of another version and for a target that is not empty, `KeyMissing` naming a key
    file that is not there, `DatabaseNotReady` for PostgreSQL that is not migrated.
    """
    by.scope(Right.BACK_UP, on=real_now().astimezone(BEIJING).date())
    settings: Settings = django_settings.GUANTONG
    manifest = _examined(path, passphrase)
    for name, fingerprint in manifest.keys.items():
        keys.read_file(settings.keys_folder / name, fingerprint)
    _require_empty(settings)
    opening.bring_up_to_date()
    try:
        with transaction.atomic():
            _insert(path, passphrase, watch)
            _require_sound(manifest)
            journal.append([entry(Act.RESTORED)], by=by)
    except BaseException:
        keys.forget()
        raise
    return manifest


def _examined(path: Path, passphrase: str) -> Manifest:
    """Read a backup from its first line to its last, and return its manifest."""
    read = _rows_of(path, passphrase)
    manifest, _, _ = next(read)
    if list(manifest.migrations) != dump.migrations_of_program() or set(manifest.rows) != set(dump.tables()):
        why = f"备份由 {manifest.version} 版写出，表结构与本程序不同；请用那一版程序恢复，再升级"
        raise StepRefused(step=STEP, why=why)
    for _ in read:
        pass
    return manifest


def _rows_of(path: Path, passphrase: str) -> Iterator[tuple[Manifest, str, list[list[object]]]]:
    try:
        yield from read_rows(path, passphrase)
    except (ValueError, TypeError, KeyError):
        raise StepRefused(step=STEP, why="文件内容读不懂") from None


def _require_empty(settings: Settings) -> None:
    """Raise `StepRefused` where the target holds anything but its keys."""
    file = sqlite_file(settings)
    if file and file.parent.is_dir():
        ours = {file.name + end for end in SQLITE_FILES} | {settings.keys_folder.name}
        if others := sorted(found.name for found in file.parent.iterdir() if found.name not in ours):
            raise StepRefused(step=STEP, why=f"文件夹 {file.parent} 里已有 {'、'.join(others[:5])}")
    if (file is None or file.exists()) and dump.anything_kept():
        raise StepRefused(step=STEP, why="数据库里已有内容，备份只恢复到空的数据库")


def _insert(path: Path, passphrase: str, watch: Watch | None) -> None:
    tables, done = dump.tables(), 0
    for manifest, name, rows in _rows_of(path, passphrase):
        if rows:
            dump.insert(tables[name], rows)
            done += len(rows)
        if watch:
            watch(done, manifest.total)
    dump.number_on()


def _require_sound(manifest: Manifest) -> None:
    """Raise `StepRefused` unless every row is there and the journal holds up to the head that the backup names."""
    keys.forget()
    counted = {name: dump.count(table) for name, table in dump.tables().items()}
    found: Verification = verify(journal.entries(), journal.chain_keys(), manifest.journal)
    whole = found.ok and found.entries == manifest.journal.count and journal.head() == manifest.journal
    if counted != dict(manifest.rows) or not whole or journal.first_bad_index() is not None:
        raise StepRefused(step=STEP, why=f"恢复后的日志核验不通过（{found.reason.label}）")
    connection.check_constraints()
