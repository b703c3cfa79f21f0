"""The field catalogue and the database say the same: no column without an entry, no entry without a column."""

import pytest
from django.apps import apps
from django.db import models as orm

from guantong.contents import Contents
from guantong.people.fields import EVERY_COLUMN, FieldClass, Table, field_catalogue
from guantong.store import models, resealing

WITHOUT_PEOPLE = {"ContentType", "Permission", "Group"}
"""Tables of Django's own that this program never writes."""
TABLES = {table.name: table for table in field_catalogue()}


def kept() -> dict[str, type[orm.Model]]:
    """Every table of the database by the name of its model."""
    return {model.__name__: model for model in apps.get_models() if model.__name__ not in WITHOUT_PEOPLE}


def columns(model: type[orm.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def test_every_table_has_an_entry_and_every_entry_a_table() -> None:
    assert set(kept()) == set(TABLES)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_column_has_exactly_one_entry(name: str) -> None:
    table, model = TABLES[name], kept()[name]
    if table.nothing or table.columns == (EVERY_COLUMN,):
        assert table.nothing or model._meta.app_label != "store"
        return
    assert sorted(table.columns) == sorted(columns(model))


def test_what_is_sealed_is_said_to_be_and_nothing_else() -> None:
    said = {(table.name, column) for table in TABLES.values() for field in table.fields if field.sealed
            for column in field.columns}  # fmt: skip
    sealed = {(model.__name__, column) for model, column, _ in resealing._SEALED}
    assert said == sealed


def test_only_the_erasable_and_sealed_columns_are_sensitive_and_every_such_is_seen_by_few() -> None:
    for table in TABLES.values():
        for field in table.fields:
            if field.kind is FieldClass.SENSITIVE and not field.sealed:
                assert (table.name, field.columns[0]) in {
                    ("Personal", "identity_lookup"), ("User", "password")
                }  # fmt: skip


def test_every_ground_names_clauses_that_exist_or_says_that_its_law_is_not_loaded() -> None:
    contents = Contents("guantong_beijing")
    for table in TABLES.values():
        for field in table.fields:
            for name in field.ground.clauses:
                book, _, clause = name.partition("/")
                assert clause in contents.rulebook(book).clauses
            assert field.ground.clauses or field.ground.unread or "不描述任何人" in field.ground.words


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_entry_says_what_why_how_long_and_who(table: Table) -> None:
    assert table.about
    for field in table.fields:
        assert all((field.words, field.purpose, field.retention, field.seen_by))
    assert bool(table.nothing) != bool(table.fields)


def test_nothing_personal_stands_outside_the_erasable_table_in_clear() -> None:
    """Names, numbers and addresses of pupils: one table, and sealed lines of lists."""
    for model in (models.Pupil, models.Event, models.Proof, models.Handover, models.WorkingCopy):
        assert not {"name", "student_number", "identity", "phone", "address", "guardian"} & columns(model)
