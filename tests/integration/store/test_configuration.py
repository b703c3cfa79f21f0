"""What Django is told of the database: from one address, without opening or making anything."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from guantong.actions.configuration import session_secret, set_up
from guantong.errors import SettingRefused
from guantong.settings import Settings
from guantong.store.configuration import database_settings, django_parts, sqlite_file


def default(url: str, **fields: str) -> dict[str, object]:
    """Django's settings of the one database."""
    return database_settings(Settings(database=url, **fields))["default"]  # type: ignore[arg-type]


def test_without_an_address_a_sqlite_file_in_the_data_folder_is_meant(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert database_settings(settings)["default"]["NAME"] == str(tmp_path / "guantong.sqlite3")
    assert sqlite_file(settings) == tmp_path / "guantong.sqlite3"
    assert list(tmp_path.iterdir()) == []


def test_sqlite_is_told_to_wait_to_write_ahead_and_to_overwrite_what_is_erased() -> None:
    options = default("sqlite:///a/b.sqlite3", sqlite_init="PRAGMA max_page_count=9")["OPTIONS"]
    assert isinstance(options, dict)
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    pragmas = options["init_command"].split(";")
    assert pragmas[0] == "PRAGMA journal_mode=WAL"
    assert "PRAGMA secure_delete=ON" in pragmas
    assert pragmas[-1] == "PRAGMA max_page_count=9"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p%40ss@db.example:5433/desk", ("desk", "u", "p@ss", "db.example", "5433")),
        ("postgresql:///desk?host=run/pg&user=u", ("desk", "u", "", "run/pg", "")),
        ("postgresql://db.example/desk", ("desk", "", "", "db.example", "")),
    ],
)
def test_a_postgresql_address_is_taken_apart(url: str, expected: tuple[str, ...]) -> None:
    found = default(url)
    assert tuple(found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected


def test_further_parts_of_an_address_are_options_of_the_connection() -> None:
    options = default("postgresql://db.example/desk?sslmode=verify-full")["OPTIONS"]
    assert isinstance(options, dict)
    assert (options["sslmode"], options["application_name"]) == ("verify-full", "guantong")


@pytest.mark.parametrize(
    "url", ["sqlite:///", "sqlite:///:memory:", "postgresql://host", "postgresql://u:secret@h:x/d"]
)
def test_an_address_that_cannot_be_used_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(SettingRefused, match="DATABASE_URL") as refused:
        default(url)
    assert "secret" not in str(refused.value)


def test_without_any_folder_there_is_no_database_and_nothing_fails() -> None:
    parts = django_parts(Settings())
    assert (parts["DATABASES"], parts["AUTH_USER_MODEL"]) == ({}, "store.User")


def test_a_process_whose_django_is_ready_is_left_as_it_is() -> None:
    before = dict(os.environ)
    set_up()
    assert dict(os.environ) == before


def test_the_session_secret_is_made_once_for_its_owner_and_shared(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: session_secret(folder), range(16)))
    assert len(made) == 1
    assert [path.name for path in folder.iterdir()] == ["session.secret"]
    assert stat.S_IMODE((folder / "session.secret").stat().st_mode) == 0o600
