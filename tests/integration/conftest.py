"""Real databases: a SQLite file and a private PostgreSQL cluster, each test in a copy of its own."""

# ruff: noqa: E402

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.integration.django_settings")

import django

django.setup()

from django.db import connections
from django.test import override_settings

from guantong.settings import Settings
from guantong.store import keys, opening
from guantong.store.configuration import database_settings

TODAY = date(2026, 11, 20)
ENGINES = ["sqlite", "postgresql"]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running PostgreSQL of this test run alone: reached through a socket in its own folder."""

    socket: Path

    def url(self, name: str) -> str:
        """Address of one of its databases."""
        return f"postgresql:///{name}?host={self.socket}&user=guantong"

    def sql(self, *statements: str) -> None:
        """Run statements outside any transaction."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def postgresql_program(name: str) -> Path:
    """One of PostgreSQL's own programs; missing, it fails the tests and is never skipped."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if elsewhere := shutil.which(name):
        found.append(Path(elsewhere))
    assert found, "PostgreSQL is missing: see packages.txt"
    return found[-1]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="guantong-pg-"))
    owner = "postgres" if os.geteuid() == 0 else None
    if owner:
        shutil.chown(folder, owner)

    def run(program: str, *arguments: str) -> None:
        command = [str(postgresql_program(program)), *arguments]
        subprocess.run(command, user=owner, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "guantong", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=50"
    run("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield Cluster(folder)
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


@contextmanager
def using(settings: Settings) -> Iterator[Settings]:
    """Let Django work with the database of these settings, in every thread that begins meanwhile."""
    before = connections.settings
    connections["default"].close()
    del connections["default"]
    connections.settings = connections.configure_settings(database_settings(settings))
    keys.forget()
    try:
        with override_settings(GUANTONG=settings):
            yield settings
    finally:
        connections["default"].close()
        del connections["default"]
        connections.settings = before


def template_settings(folder: Path, database: str) -> Settings:
    """Settings of a database in a folder, keys beside it."""
    return Settings(data=folder, keys=folder / "keys", database=database, today=TODAY)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template-sqlite")
    with using(template_settings(folder, "")):
        opening.open_store(opening.DEMO)
    return folder


@pytest.fixture(scope="session")
def postgresql_template(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template-postgresql")
    cluster.sql("CREATE DATABASE template_guantong")
    with using(template_settings(folder, cluster.url("template_guantong"))):
        opening.migrate()
        opening.open_store(opening.DEMO)
    return folder


Fresh = Callable[[str], Settings]


@pytest.fixture
def fresh(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Fresh]:
    """Make a database that nobody has used, migrated, of the demonstration's world, with keys of its own."""
    made: list[str] = []

    def make(engine: str) -> Settings:
        folder = tmp_path / "data"
        shutil.copytree(request.getfixturevalue(f"{engine}_template"), folder)
        if engine == "sqlite":
            return template_settings(folder, "")
        cluster: Cluster = request.getfixturevalue("cluster")
        name = f"test_{len(made)}_{os.urandom(4).hex()}"
        cluster.sql(f"CREATE DATABASE {name} TEMPLATE template_guantong")
        made.append(name)
        return template_settings(folder, cluster.url(name))

    yield make
    if made:
        request.getfixturevalue("cluster").sql(*(f"DROP DATABASE {name} WITH (FORCE)" for name in made))


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, fresh: Fresh) -> Iterator[Settings]:
    """A database of each engine in turn."""
    with using(fresh(request.param)) as settings:
        yield settings
