"""A demonstration loaded once for a module: whole on SQLite, a part of each intake on PostgreSQL."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.desk import OPERATOR
from tests.integration.conftest import ENGINES, Cluster, using

from guantong.actions import demo
from guantong.actions.demo import Loaded
from guantong.actions.opening import open_demo
from guantong.settings import Settings
from guantong.store import opening

SHARES = {"sqlite": 1.0, "postgresql": 0.3}


@dataclass(frozen=True, slots=True)
class Loading:
    """A demonstration, and what loading it told."""

    settings: Settings
    loaded: Loaded
    whole: bool


def untouched(engine: str, folder: Path, request: pytest.FixtureRequest) -> Settings:
    """Settings of a database that nobody has used, given to no world yet; without a fixed day."""
    if engine == "sqlite":
        return Settings(data=folder, keys=folder / "keys")
    cluster: Cluster = request.getfixturevalue("cluster")
    name = f"demo_{os.urandom(4).hex()}"
    cluster.sql(f"CREATE DATABASE {name}")
    settings = Settings(data=folder, keys=folder / "keys", database=cluster.url(name))
    with using(settings):
        opening.migrate()
    return settings


@pytest.fixture(scope="module", params=ENGINES)
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loading]:
    settings = untouched(request.param, tmp_path_factory.mktemp("demo"), request)
    with using(settings):
        open_demo()
        share = SHARES[request.param]
        yield Loading(settings, demo.load_demo(share=share, by=OPERATOR), share == 1.0)
