"""The file of a backup (备份文件): lines of JSON inside `store.sealed_stream`, the same for SQLite and PostgreSQL.

First a manifest, then each table with its rows, at the end the SHA-256 of all that stands before.
Nothing here is an action: it neither asks a right nor writes a journal entry.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from guantong import __version__
from guantong.actions.clock import real_now
from guantong.errors import StepRefused
from guantong.journal import Head
from guantong.settings import BEIJING
from guantong.store import dump, journal, keys, opening
from guantong.store.sealed_stream import SealedWriter, unsealed_lines

MARK = b"guantong backup 1\n"
STEP = "恢复备份"

Watch = Callable[[int, int], None]
"""Told how many rows are done, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself: who wrote it and when, which world, how far its journal reaches, which keys."""

    version: str
    made_at: str
    world: str
    migrations: tuple[str, ...]
    journal: Head
    keys: Mapping[str, str]
    rows: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return how many rows there are in all."""
        return sum(self.rows.values())


def file_name() -> str:
    """Return a name for a backup made now."""
    return f"guantong-{opening.world()}-{datetime.now(BEIJING):%Y%m%d-%H%M%S}.backup"


def write_rows(stream: BinaryIO, passphrase: str, watch: Watch | None = None) -> Manifest:
    """Write everything that the database holds at this moment; others go on working meanwhile."""
    with dump.snapshot():
        manifest = _manifest()
        _write(SealedWriter(stream, MARK, passphrase), manifest, watch)
    return manifest


def read_manifest(first: bytes) -> Manifest:
    """Return the manifest that the first line of a backup holds."""
    told = json.loads(first)["manifest"]
    return Manifest(**{**told, "migrations": tuple(told["migrations"]), "journal": Head(**told["journal"])})


def read_rows(path: Path, passphrase: str) -> Iterator[tuple[Manifest, str, list[list[object]]]]:
    """Return a backup table by table, in batches of rows; first comes the manifest with no rows.

    Raises `StepRefused` at the first line that is not as it was written, at the latest at the end.
    """
    digest, seen = hashlib.sha256(), {}
    with path.open("rb") as stream:
        lines = unsealed_lines(stream, MARK, passphrase, step=STEP)
        first = next(lines, b"{}")
        digest.update(first + b"\n")
        manifest = read_manifest(first)
        yield manifest, "", []
        for table, wanted in manifest.rows.items():
            seen[table] = 0
            while batch := list(islice(lines, min(dump.BATCH, wanted - seen[table]))):
                for line in batch:
                    digest.update(line + b"\n")
                seen[table] += len(batch)
                yield manifest, table, [json.loads(line) for line in batch]
        end = list(lines)
    if seen != dict(manifest.rows) or len(end) != 1 or json.loads(end[0]) != {"sha256": digest.hexdigest()}:
        raise StepRefused(step=STEP, why="文件内容与它的清单不符")


def _manifest() -> Manifest:
    return Manifest(
        version=__version__,
        made_at=real_now().isoformat(timespec="seconds"),
        world=opening.world(),
        migrations=tuple(dump.migrations()),
        journal=journal.head(),
        keys=keys.names(),
        rows={name: dump.count(table) for name, table in dump.tables().items()},
    )


def _write(out: SealedWriter, manifest: Manifest, watch: Watch | None) -> None:
    digest = hashlib.sha256()
    for done, line in enumerate(_lines(manifest)):
        digest.update(line)
        out.write(line)
        if watch and done % dump.BATCH == 0:
            watch(done, manifest.total)
    out.write(_line({"sha256": digest.hexdigest()}))
    out.close()
    if watch:
        watch(manifest.total, manifest.total)


def _lines(manifest: Manifest) -> Iterable[bytes]:
    yield _line({"manifest": asdict(manifest)})
    for table in dump.tables().values():
        for row in dump.rows(table):
            yield _line(row)


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"
