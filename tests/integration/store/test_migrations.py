"""From the first schema on: what was entered under it is still there, word for word, under the newest."""

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps
from tests.integration.conftest import ENGINES, Cluster, using

from guantong.settings import Settings
from guantong.store import opening

FIRST = ("store", "0001_first")
MOMENT = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
Row = dict[str, Any]


@pytest.fixture(params=ENGINES)
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """A database of each engine without a single table."""
    settings = Settings(data=tmp_path)
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        name = f"bare_{os.urandom(4).hex()}"
        cluster.sql(f"CREATE DATABASE {name}")
        settings = Settings(data=tmp_path, database=cluster.url(name))
    with using(settings):
        yield settings


def value(field: models.Field, row: int) -> object:
    """Something that a column can hold, different in each row."""
    makers: Mapping[str, Callable[[], object]] = {
        "CharField": lambda: f"{row}{'x' * min(8, (field.max_length or 9) - 1)}",
        "TextField": lambda: f"文字{row}",
        "DateField": lambda: date(2026, 9, row),
        "DateTimeField": lambda: MOMENT.replace(day=row),
        "BooleanField": lambda: row == 1,
        "BinaryField": lambda: bytes([row, 0, 255]),
        "JSONField": lambda: {"names": [row, "项"]},
    }
    return makers.get(field.get_internal_type(), lambda: row)()


def filled(apps: StateApps) -> dict[str, list[Row]]:
    """Write two rows into every table of a schema, first what others refer to; return what stands in each."""
    waiting, done = list(apps.get_models()), set[type[models.Model]]()
    tables = [model for model in waiting if model._meta.app_label == "store"]
    while tables:
        ready = [model for model in tables if needs(model) <= done | {model}]
        assert ready, "tables refer to each other in a ring"
        for model in ready:
            for row in (1, 2):
                write(model, row)
        done |= set(ready)
        tables = [model for model in tables if model not in done]
    return {model._meta.model_name or "": rows(model) for model in done}


def needs(model: type[models.Model]) -> set[type[models.Model]]:
    """The tables that a table refers to."""
    found = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    return {other for other in found if isinstance(other, type)}


def write(model: type[models.Model], row: int) -> None:
    """Write one row."""
    given: dict[str, object] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.AutoField):
            continue
        if field.is_relation:
            given[field.attname] = referred(model, field, row)
        else:
            given[field.attname] = value(field, row)
    model(**given).save(force_insert=True)


def referred(model: type[models.Model], field: models.Field, row: int) -> object:
    """The key of the row that a row refers to; a table that may refer to itself does not."""
    other = field.related_model
    assert isinstance(other, type)
    if other is model:
        return None
    return list(other._default_manager.order_by("pk").values_list("pk", flat=True))[row - 1]


def rows(model: type[models.Model]) -> list[Row]:
    """Every row of a table, bytes as bytes on each engine."""
    return [
        {name: bytes(held) if isinstance(held, memoryview) else held for name, held in row.items()}
        for row in model._default_manager.order_by("pk").values()
    ]


def test_what_was_entered_under_the_first_schema_is_intact_under_the_newest(bare: Settings) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([FIRST])
    before = filled(executor.loader.project_state([FIRST]).apps)
    assert len(before) > 10
    opening.migrate()
    assert not opening.pending()
    executor = MigrationExecutor(connection)
    newest = executor.loader.project_state(executor.loader.graph.leaf_nodes("store")).apps
    for name, kept in before.items():
        now = rows(newest.get_model("store", name))
        assert [{column: row[column] for column in kept[0] if column in row} for row in now] == kept


def test_the_migrations_say_all_that_the_models_say(bare: Settings) -> None:
    call_command("makemigrations", "store", check=True, dry_run=True, verbosity=0)
