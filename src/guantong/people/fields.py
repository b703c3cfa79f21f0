"""The field catalogue (个人信息目录): every column that is kept, what it says of whom, why, how long, who sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from guantong.people.rights import Labelled

FILE = "fields.yaml"
EVERY_COLUMN = "*"


class FieldClass(Labelled):
    """How much a column says of somebody."""

    GENERAL = "general", "一般"
    PERSONAL = "personal", "个人身份"
    SENSITIVE = "sensitive", "敏感"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Why a column may be kept (依据), with clauses as "<rulebook>/<clause>"; `unread`: a law that is not loaded."""

    words: str
    clauses: tuple[str, ...] = ()
    unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Some columns of one table that are alike."""

    columns: tuple[str, ...]
    words: str
    kind: FieldClass
    purpose: str
    ground: Ground
    retention: str
    seen_by: str
    sealed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table with all its columns, or the reason why nothing in it is about anybody."""

    name: str
    about: str
    fields: tuple[Field, ...] = ()
    nothing: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column that is told about, in the order of the catalogue."""
        return tuple(column for field in self.fields for column in field.columns)


@cache
def field_catalogue() -> tuple[Table, ...]:
    """Return every table; a name that the file does not declare is a bug and raises KeyError."""
    whole = yaml.safe_load(resources.files("guantong.people").joinpath(FILE).read_text("utf-8"))
    grounds = {name: Ground(**_tuples(given)) for name, given in whole["grounds"].items()}
    return tuple(_table(given, grounds, whole["retentions"]) for given in whole["tables"])


def _table(given: Mapping[str, Any], grounds: Mapping[str, Ground], retentions: Mapping[str, str]) -> Table:
    fields = tuple(_field(dict(field), grounds, retentions) for field in given.get("fields", ()))
    return Table(name=given["table"], about=given["about"], nothing=given.get("nothing", ""), fields=fields)


def _field(given: dict[str, Any], grounds: Mapping[str, Ground], retentions: Mapping[str, str]) -> Field:
    kind = FieldClass(given.pop("class"))
    ground, retention = grounds[given.pop("ground")], retentions[given.pop("retention")]
    return Field(kind=kind, ground=ground, retention=retention, **_tuples(given))


def _tuples(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
