"""The four keys (密钥): files outside the database, named and fingerprinted inside it.

A database that names a key never gets a new one. What a key protects is lost with its file, so a
missing or foreign file stops the start and is named.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache
from pathlib import Path

from django.conf import settings as django_settings

from guantong.errors import FileRefused, KeyMissing, KeysChanged
from guantong.settings import Settings
from guantong.store.models import JournalHead, KeyName

KEY_BYTES = 32
ID_BYTES = 4


class KeyKind(Enum):
    """What a key is for."""

    FIELD = "field"
    LOOKUP = "lookup"
    JOURNAL = "journal"
    CHECK_CODE = "check-code"


@dataclass(frozen=True, slots=True)
class Ring:
    """Every key by id, and which one is current for each kind (钥匙串)."""

    keys: Mapping[str, bytes]
    current: Mapping[KeyKind, str]
    version: int

    def of(self, kind: KeyKind) -> bytes:
        """Return the current key of a kind."""
        return self.keys[self.current[kind]]


def ring() -> Ring:
    """Return the keys of the database in use; raise `KeyMissing` naming the file that is not there."""
    return _ring(django_settings.GUANTONG)


def forget() -> None:
    """Read the keys anew when they are next asked for."""
    _ring.cache_clear()


def unchanged(version: int, *, sealed_with: int | None = None) -> Ring:
    """Return the keys; raise `KeysChanged` where the database has newer ones, and read those the next time."""
    held = ring()
    if version != held.version or sealed_with not in (None, version):
        forget()
        raise KeysChanged
    return held


def make_first(folder: Path) -> None:
    """Make the four keys of a database that names none; to be called inside a transaction."""
    if not KeyName.objects.exists():
        for kind in KeyKind:
            add(kind, folder)


def add(kind: KeyKind, folder: Path) -> str:
    """Make a key, write its file exclusively, make it the current one of its kind and return its id."""
    name, key = secrets.token_hex(ID_BYTES), secrets.token_bytes(KEY_BYTES)
    write_file(folder, file_name(kind, name), key)
    KeyName.objects.filter(kind=kind.value, current=True).update(current=False)
    KeyName.objects.create(
        id=name, kind=kind.value, fingerprint=fingerprint(key), current=True, since=datetime.now(UTC)
    )
    return name


def replace(kind: KeyKind, folder: Path) -> Ring:
    """Make a new current key of a kind inside a transaction; every process that holds the old ones notices."""
    head = JournalHead.objects.select_for_update().get(pk=1)
    add(kind, folder)
    head.keys_version += 1
    head.save(update_fields=["keys_version"])
    forget()
    return ring()


def file_name(kind: KeyKind, name: str) -> str:
    """Return the name of a key's file."""
    return f"{kind.value}-{name}.key"


def fingerprint(key: bytes) -> str:
    """Return what the database keeps of a key."""
    return hmac.digest(key, b"guantong key fingerprint", hashlib.sha256).hex()


def names() -> dict[str, str]:
    """Return the name of every key's file with the key's fingerprint."""
    return {file_name(KeyKind(row.kind), row.id): row.fingerprint for row in KeyName.objects.order_by("since")}


def write_file(folder: Path, name: str, key: bytes) -> None:
    """Write a key's file, readable by its owner only; raise `FileExistsError` rather than write over another."""
    try:
        for place in (folder.parent, folder):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        if isinstance(fault, FileExistsError) and folder.is_dir():
            raise
        raise FileRefused(
            file=folder / name, fault="写不进去", advice="请检查 GUANTONG_KEYS 指的文件夹和权限。"
        ) from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_file(path: Path, expected: str) -> bytes:
    """Return a key; raise `KeyMissing` where the file is absent, open to others, or not the key that is named."""
    try:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise KeyMissing(file=path, fault="可以被本机其他用户读取，请先执行 chmod 600")
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        raise KeyMissing(file=path, fault="不在那里") from None
    except (OSError, ValueError):
        raise KeyMissing(file=path, fault="无法读取") from None
    if not hmac.compare_digest(fingerprint(key), expected):
        raise KeyMissing(file=path, fault="不是这个数据库的那一把")
    return key


def keys_version() -> int:
    """Return how often the keys of the database were changed."""
    return int(JournalHead.objects.values_list("keys_version", flat=True).get(pk=1))


@lru_cache(maxsize=4)
def _ring(settings: Settings) -> Ring:
    version = keys_version()
    rows = list(KeyName.objects.order_by("since"))
    folder = settings.keys_folder
    keys = {row.id: read_file(folder / file_name(KeyKind(row.kind), row.id), row.fingerprint) for row in rows}
    current = {KeyKind(row.kind): row.id for row in rows if row.current}
    return Ring(keys=keys, current=current, version=version)
