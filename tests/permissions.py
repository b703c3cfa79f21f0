"""The table of permissions: read from tests/spec/permissions.csv, and what there is to be permitted, listed by code."""

import csv
import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from tests.desk import person_of

import guantong.actions
from guantong.people import Door, Person, Role, visitor

TABLE = Path(__file__).parent / "spec" / "permissions.csv"
SIGNED_OUT = "signed_out"
PLACES = {
    Role.FAMILY: "changping-zhiye",
    Role.SECTION_FILLER: "changping-zhiye",
    Role.CLASS_TEACHER: "changping-zhiye",
    Role.REGISTRAR: "changping-zhiye",
    Role.QUALITY_OFFICER: "changping-zhiye",
    Role.SCHOOL_HEAD: "changping-zhiye",
    Role.UNIVERSITY_REGISTRAR: "dianke",
    Role.UNIVERSITY_HEAD: "dianke",
    Role.ADVISER: "changping-zhiye",
    Role.DISTRICT: "district:changping",
    Role.SUPERVISOR: "district:changping",
    Role.CITY: "city",
    Role.REVIEWER: "city",
    Role.REPORT_TEAM: "city",
    Role.AUDITOR: "*",
    Role.OPERATOR: "*",
}
"""Where each role of the table sits; `signed_out` is a visitor."""
INSIDE = {
    "attempt": "the frame of every action",
    "collection_state": "steps inside actions of collection",
    "task_steps": "steps inside actions of rectification",
}
"""Modules whose functions are told who acts, and are called by actions only."""
COLUMNS = (SIGNED_OUT, *(role.value for role in PLACES))


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that may be done, and the expected answer per column."""

    kind: str
    name: str
    answers: Mapping[str, str]


def rows(kind: str) -> list[Row]:
    """The rows of one kind: route, action or command."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    return [Row(row.pop("kind"), row.pop("name"), row) for row in table if row["kind"] == kind]


def who(column: str) -> Person:
    """The person of a column."""
    if column == SIGNED_OUT:
        return visitor(Door.WEB)
    return person_of(Role(column), PLACES[Role(column)])


def routes() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every address of the work desk: method, name, and the names in the address."""
    from guantong.web.staff.urls import urlpatterns

    for pattern in urlpatterns:
        names = tuple(pattern.pattern.converters)
        for method in ("GET", "POST"):
            if method in getattr(pattern.callback, "methods", ("GET", "POST")):
                yield method, str(pattern.name), names


def actions() -> Iterator[str]:
    """Every public function of the actions that somebody does: it asks who by keyword, without a default."""
    for found in pkgutil.iter_modules(guantong.actions.__path__):
        module = importlib.import_module(f"guantong.actions.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_") or found.name in INSIDE:
                continue
            by = inspect.signature(function).parameters.get("by")
            if by and by.kind is by.KEYWORD_ONLY and by.annotation in ("Person", Person):
                yield f"{found.name}.{name}"


def commands() -> Iterator[tuple[str, Any]]:
    """Every command of the program with its words."""
    from guantong.cli.app import app

    def within(command: Any, words: str) -> Iterator[tuple[str, Any]]:
        if parts := getattr(command, "commands", {}):
            for name, part in parts.items():
                yield from within(part, f"{words} {name}".strip())
        else:
            yield words, command

    yield from within(typer.main.get_command(app), "")
