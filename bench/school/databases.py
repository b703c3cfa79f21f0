"""Databases to measure on: SQLite files, and a PostgreSQL cluster of this run alone, with its usual safety."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Database:
    """An engine, and the environment of a process that works with one database of it."""

    engine: str
    variables: dict[str, str]


Make = Callable[[str], Database]


@contextmanager
def each_database(engine: str, folder: str) -> Iterator[Make]:
    """Give a maker of databases that nobody has used, migrated."""
    root = Path(folder)
    if engine == "SQLite":
        yield lambda name: Database(engine, _variables(root / name))
        return
    with _cluster(root) as address:
        yield lambda name: _postgresql(root / name, name, address)


def _variables(data: Path, url: str = "") -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("GUANTONG_", "DJANGO_"))}
    kept.pop("DATABASE_URL", None)
    return {**kept, "GUANTONG_DATA": str(data), "PYTHONUTF8": "1", **({"DATABASE_URL": url} if url else {})}


def _postgresql(data: Path, name: str, address: str) -> Database:
    _run_as_owner("psql", "-h", address, "-U", "guantong", "-d", "postgres", "-qc", f"CREATE DATABASE {name}")
    made = Database("PostgreSQL", _variables(data, f"postgresql:///{name}?host={address}&user=guantong"))
    subprocess.run([sys.executable, "-m", "guantong", "migrate"], env=made.variables, check=True, capture_output=True)
    return made


@contextmanager
def _cluster(root: Path) -> Iterator[str]:
    """Start a cluster reached through a socket in its own folder."""
    folder = root / "pg"
    folder.mkdir()
    root.chmod(0o711)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    _run_as_owner("initdb", "-D", data, "-U", "guantong", "-A", "trust", "-E", "UTF8", "--locale=C")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
    _run_as_owner("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield str(folder)
    finally:
        _run_as_owner("pg_ctl", "-D", data, "-m", "fast", "-w", "stop")


def _run_as_owner(program: str, *arguments: str) -> None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    path = str(found[-1]) if found else shutil.which(program)
    if path is None:
        raise SystemExit("没有 PostgreSQL：请先安装 packages.txt 里的 postgresql。")
    owner = "postgres" if os.geteuid() == 0 else None
    subprocess.run([path, *arguments], user=owner, cwd="/", check=True, stdout=subprocess.DEVNULL)
