"""Every row of the store as plain values and back, the same for each engine: what a backup holds."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from guantong.store import bulk
from guantong.store.models import CheckTry, PutAside, Token

BATCH = 1_000
LEFT_OUT = (Token, PutAside, CheckTry)
"""What runs out within hours stays behind: whoever works on after a restore signs in again."""

_BEGIN = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}

Table = type[models.Model]


def tables() -> dict[str, Table]:
    """Return every table of the store that a backup holds, by name."""
    found = [model for model in apps.get_app_config("store").get_models() if model not in LEFT_OUT]
    return {model._meta.db_table: model for model in sorted(found, key=lambda model: model._meta.db_table)}


@contextmanager
def snapshot() -> Iterator[None]:
    """Let everything that is read inside be of one moment, while others go on writing."""
    if connection.in_atomic_block:
        raise RuntimeError("a snapshot is not taken inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def columns(table: Table) -> list[str]:
    """Return the columns of a table in the order of its rows."""
    return [str(field.column) for field in table._meta.concrete_fields]


def count(table: Table) -> int:
    """Return how many rows a table has."""
    return int(table._base_manager.count())


def rows(table: Table) -> Iterator[list[object]]:
    """Return the rows of a table as values that JSON can hold."""
    fields = table._meta.concrete_fields
    read = [_out(field) for field in fields]
    query = table._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    for row in query.iterator(chunk_size=BATCH):
        yield [plain(value) for plain, value in zip(read, row, strict=True)]


def insert(table: Table, found: Sequence[Sequence[Any]]) -> None:
    """Insert rows that `rows` gave, their own numbers kept."""
    fields, database = table._meta.concrete_fields, connections[DEFAULT_DB_ALIAS]
    ways = [(_in(field), field.get_db_prep_save) for field in fields]
    values = [
        [prepared(back(value), database) for (back, prepared), value in zip(ways, row, strict=True)] for row in found
    ]
    bulk.insert(bulk.Prepared(table=table._meta.db_table, columns=tuple(columns(table)), values=values))


def number_on() -> None:
    """Let numbers that the database gives go on after those that were inserted."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables().values())):
            cursor.execute(statement)


def anything_kept() -> bool:
    """Tell whether the database holds a row of the store, whichever of its tables are there already."""
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in tables():
            if table in there:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")
                if cursor.fetchone():
                    return True
    return False


def migrations() -> list[str]:
    """Return the names of the store's migrations that the database went through."""
    return sorted(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "store")


def migrations_of_program() -> list[str]:
    """Return the names of the store's migrations that this program has."""
    loader = MigrationLoader(None)
    return sorted(name for app, name in loader.graph.nodes if app == "store")


def _out(field: models.Field[Any, Any]) -> Callable[[Any], object]:
    if isinstance(field, models.BinaryField):
        return lambda value: None if value is None else base64.b64encode(bytes(value)).decode()
    return _plain


def _plain(value: object) -> object:
    if isinstance(value, date):  # a moment is a date too
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _in(field: models.Field[Any, Any]) -> Callable[[Any], object]:
    if isinstance(field, models.BinaryField):
        return lambda value: None if value is None else base64.b64decode(value)
    if isinstance(field, models.JSONField):
        return lambda value: value
    back: Callable[[Any], object] = field.to_python
    return back
