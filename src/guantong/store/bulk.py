"""Many rows of one table at once: values prepared first, so that the database is held only for the insertion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models


@dataclass(frozen=True, slots=True)
class Prepared:
    """An insertion with its values, as the database in use takes them."""

    table: str
    columns: tuple[str, ...]
    values: Sequence[Sequence[Any]]


def prepare(model: type[models.Model], rows: Iterable[object]) -> Prepared:
    """Return rows of a table as values; whatever has the fields' names serves as a row.

    A number that the database gives itself is left out.
    """
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    read = [(attrgetter(field.attname), field.get_db_prep_save) for field in fields]
    database = connections[DEFAULT_DB_ALIAS]
    values = [[prepared(get(row), database) for get, prepared in read] for row in rows]
    return Prepared(table=model._meta.db_table, columns=tuple(str(field.column) for field in fields), values=values)


def insert(prepared: Prepared) -> None:
    """Insert prepared rows: PostgreSQL takes them as one stream, others one by one in the database's own loop."""
    if not prepared.values:
        return
    name = connection.ops.quote_name
    columns = ", ".join(map(name, prepared.columns))
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name(prepared.table)} ({columns}) FROM STDIN") as stream:
                for row in prepared.values:
                    stream.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(prepared.columns))
            cursor.executemany(f"INSERT INTO {name(prepared.table)} ({columns}) VALUES ({marks})", prepared.values)
