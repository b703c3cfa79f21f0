"""A rulebook as canonical data and back, so that a released one can be kept and replayed for ever."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, cast

from guantong.evidence import Basis, Grade, Place
from guantong.policies.expressions import (
    AllOf,
    Among,
    AnyOf,
    Compare,
    Constant,
    LawValue,
    Node,
    Not,
    Op,
    Operand,
    OtherInput,
)
from guantong.policies.inputs import InputKind, InputSpec
from guantong.policies.law import Clause, DatedValue, Mark
from guantong.policies.rulebook import DecisionSpec, Precedence, Rulebook
from guantong.policies.rules import Rule, RuleKind


def canonical_json(data: object) -> str:
    """Return the one JSON text of some data: keys sorted, no white space, Chinese unescaped."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """Return "sha256:…" of a text."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def book_to_data(book: Rulebook) -> dict[str, object]:
    """Return everything that decides, as plain data."""
    return {
        "id": book.id,
        "title": book.title,
        "documents": list(book.documents),
        "inputs": [_plain(spec) for spec in book.inputs.values()],
        "decisions": [_plain(spec) for spec in book.decisions.values()],
        "clauses": [_plain(clause) for clause in book.clauses.values()],
        "values": [_plain(value) for value in book.values],
        "rules": [{**_fields(rule, "node"), "node": node_to_data(rule.node)} for rule in book.rules],
        "precedences": [_plain(pair) for pair in book.precedences],
    }


@lru_cache(maxsize=256)
def book_digest(book: Rulebook) -> str:
    """Return the digest by which a released rulebook is kept."""
    return digest_of(canonical_json(book_to_data(book)))


def book_from_data(data: Mapping[str, object]) -> Rulebook:
    """Return the rulebook that `book_to_data` wrote."""
    rows = {key: cast("list[dict[str, object]]", data[key]) for key in _TABLES}
    inputs = [_build(InputSpec, row) for row in rows["inputs"]]
    decisions = [_build(DecisionSpec, row) for row in rows["decisions"]]
    clauses = [_build(Clause, row) for row in rows["clauses"]]
    return Rulebook(
        id=str(data["id"]),
        title=str(data["title"]),
        documents=tuple(map(str, cast("list[str]", data["documents"]))),
        inputs={spec.name: spec for spec in inputs},
        decisions={spec.id: spec for spec in decisions},
        clauses={clause.id: clause for clause in clauses},
        values=tuple(_build(DatedValue, row) for row in rows["values"]),
        rules=tuple(_build(Rule, row) for row in rows["rules"]),
        precedences=tuple(_build(Precedence, row) for row in rows["precedences"]),
    )


def node_to_data(node: Node) -> dict[str, object]:
    """Return an expression as data."""
    match node:
        case Compare(name, op, operand):
            return {"compare": [name, op.value, _operand_to_data(operand)]}
        case Among(name, members, unsettled):
            return {"among": [name, list(members), list(unsettled)]}
        case AllOf(parts):
            return {"all": [node_to_data(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [node_to_data(part) for part in parts]}
        case Not(part):
            return {"not": node_to_data(part)}


def node_from_data(data: Mapping[str, object]) -> Node:
    """Return the expression that `node_to_data` wrote."""
    ((kind, body),) = data.items()
    if kind == "not":
        return Not(node_from_data(cast("Mapping[str, object]", body)))
    parts = cast("list[object]", body)
    if kind in ("all", "any"):
        nodes = tuple(node_from_data(cast("Mapping[str, object]", part)) for part in parts)
        return AllOf(nodes) if kind == "all" else AnyOf(nodes)
    if kind == "among":
        members, unsettled = (tuple(cast("list[str | bool]", part)) for part in parts[1:])
        return Among(str(parts[0]), members, unsettled)
    ((side, name),) = cast("dict[str, str]", parts[2]).items()
    return Compare(str(parts[0]), Op(parts[1]), _operand_from_data(side, name))


def _operand_to_data(operand: Operand) -> dict[str, str]:
    match operand:
        case Constant(number):
            return {"number": str(number)}
        case LawValue(name):
            return {"value": name}
        case OtherInput(name):
            return {"input": name}


def _operand_from_data(side: str, name: str) -> Operand:
    if side == "number":
        return Constant(Decimal(name))
    return LawValue(name) if side == "value" else OtherInput(name)


_TABLES = ("inputs", "decisions", "clauses", "values", "rules", "precedences")
_ENUMS: dict[str, type[Enum]] = {
    "grade": Grade, "out_of_grade": Grade, "reading": Grade, "basis": Basis, "mark": Mark,
}  # fmt: skip


if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_DECIMALS = ("step",)
_DECIMAL_LISTS = ("numbers", "out_of")
Built = TypeVar("Built")


def _fields(part: DataclassInstance, *without: str) -> dict[str, object]:
    return {field.name: _plain(getattr(part, field.name)) for field in fields(part) if field.name not in without}


def _plain(part: object) -> object:
    if is_dataclass(part) and not isinstance(part, type):
        return _fields(part)
    if isinstance(part, Enum):
        return part.value
    if isinstance(part, Decimal):
        return str(part)
    if isinstance(part, Mapping):
        return {str(key): _plain(value) for key, value in part.items()}
    if isinstance(part, (tuple, list)):
        return [_plain(value) for value in part]
    return part


def _build(kind: type[Built], row: Mapping[str, object]) -> Built:
    return kind(**{name: _typed(kind, name, value) for name, value in row.items()})


def _typed(kind: type, name: str, value: object) -> object:
    if value is None or name in _DECIMALS:
        return None if value is None else Decimal(str(value))
    if name == "kind":
        return InputKind(value) if kind is InputSpec else RuleKind(value)
    if name in _ENUMS:
        return _ENUMS[name](value)
    if name == "place":
        return Place(**cast("dict[str, str]", value))
    if name == "node":
        return node_from_data(cast("Mapping[str, object]", value))
    if not isinstance(value, list):
        return value
    if name in _DECIMAL_LISTS:
        return tuple(Decimal(str(number)) for number in value)
    return tuple(tuple(part) if isinstance(part, list) else part for part in value)
