"""Backups (备份): everything people entered, of one moment, sealed with a passphrase; never a key among it."""

from __future__ import annotations

from typing import BinaryIO

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.backup_file import Manifest, Watch, write_rows
from guantong.actions.words import Act
from guantong.people import Person, Right
from guantong.store.sealed_stream import check_passphrase


def backup(stream: BinaryIO, passphrase: str, *, watch: Watch | None = None, by: Person) -> Manifest:
    """Write a backup to a stream; the caller keeps it only when this returns, because the entry is left last.

    Raises `StepRefused` for a passphrase that is too short.
    """
    with attempt(Act.BACKED_UP, Right.BACK_UP, by=by):
        check_passphrase(passphrase, step="备份")
        manifest = write_rows(stream, passphrase, watch)
        leave_entry(entry(Act.BACKED_UP), by=by)
    return manifest
