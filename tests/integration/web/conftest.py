"""The whole application behind Django's test client, on a fixed day, with every road to a database closed."""

import sqlite3
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client, override_settings

from guantong.settings import Settings
from guantong.web import wsgi
from guantong.web.desk import PublicDesk, public_desk

TODAY = date(2026, 11, 20)
assert wsgi.application


@pytest.fixture(autouse=True)
def _fixed_day() -> Iterator[None]:
    with override_settings(GUANTONG=Settings(today=TODAY)):
        yield


@pytest.fixture(autouse=True)
def _no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the public desk opened a database")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.connect", refuse)


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=True)


@pytest.fixture(scope="session")
def desk() -> PublicDesk:
    return public_desk()
