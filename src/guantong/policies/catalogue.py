"""A rulebook as JSON data for people: clauses with whom they govern, values, rules in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from guantong.evidence import Source
from guantong.policies.canonical import book_digest, node_to_data
from guantong.policies.expressions import AllOf, Among, AnyOf, Compare, Constant, LawValue, Node, Not, Op, values_of
from guantong.policies.law import Clause, DatedValue
from guantong.policies.rulebook import Rulebook
from guantong.policies.rules import Rule

Sources = Mapping[str, Source]
_OPS = {Op.AT_LEAST: "不低于", Op.ABOVE: "高于", Op.AT_MOST: "不高于", Op.BELOW: "低于", Op.EQUAL: "等于"}


def book_json(book: Rulebook, sources: Sources, *, brief: bool = False) -> dict[str, object]:
    """Return a rulebook; `brief` leaves out clauses, values and rules."""
    head: dict[str, object] = {
        "id": book.id,
        "title": book.title,
        "digest": book_digest(book),
        "documents": list(book.documents),
        "decisions": [
            {"id": spec.id, "title": spec.title, "inputs": list(spec.inputs), "words": dict(spec.words)}
            | {"values": dict(spec.values)}
            for spec in book.decisions.values()
        ],
    }
    if brief:
        return head
    return head | {
        "inputs": [
            {"id": spec.name, "label": spec.label, "kind": spec.kind.value, "unit": spec.unit or None}
            | {"choices": [{"id": name, "label": label} for name, label in spec.choices]}
            for spec in book.inputs.values()
        ],
        "clauses": [clause_json(clause, book, sources) for clause in book.clauses.values()],
        "precedences": [
            {"decision": pair.decision, "first": pair.first, "second": pair.second, "settled": pair.settled}
            | {"note": pair.note}
            for pair in book.precedences
        ],
    }


def clause_json(clause: Clause, book: Rulebook, sources: Sources) -> dict[str, object]:
    """Return a clause with its paraphrase, whom it governs, the values that cite it and its rules in words."""
    return {
        "id": clause.id,
        "number": clause.number,
        "title": clause.title,
        "paraphrase": clause.paraphrase,
        "mark": clause.mark.value,
        "mark_text": clause.mark.label,
        "enacted": list(clause.enacted),
        "carried": list(clause.carried),
        "standing_from": clause.standing_from,
        "grade": clause.grade.value,
        "place": clause.place.as_json(sources.get(clause.place.document)),
        "values": [value_json(value, sources) for value in values_of_clause(clause, book)],
        "rules": [rule_json(rule, book) for rule in book.rules if rule.clause == clause.id],
    }


def values_of_clause(clause: Clause, book: Rulebook) -> tuple[DatedValue, ...]:
    """Return the values that a clause gives, or that its rules compare with."""
    names = {name for rule in book.rules if rule.clause == clause.id for name in values_of(rule.node)}
    return tuple(value for value in book.values if value.clause == clause.id or value.name in names)


def value_json(value: DatedValue, sources: Sources) -> dict[str, object]:
    """Return a dated value, with its share of each paper total in per cent to one decimal."""
    shares = {f"{number / total * 100:.1f}" for number in value.numbers for total in value.out_of}
    return {
        "name": value.name,
        "cohorts": list(value.cohorts),
        "value": [_number(number) for number in value.numbers],
        "unit": value.unit,
        "out_of": [_number(total) for total in value.out_of],
        "share_percent": sorted(shares),
        "clause": value.clause,
        "grade": value.grade.value,
        "out_of_grade": value.out_of_grade.value if value.out_of_grade else None,
        "basis": value.basis.value,
        "place": value.place.as_json(sources.get(value.place.document)),
    }


def rule_json(rule: Rule, book: Rulebook) -> dict[str, object]:
    """Return a rule as data and as one Chinese phrase."""
    return {
        "name": rule.name,
        "decision": rule.decision,
        "title": rule.title,
        "kind": rule.kind.value,
        "gives": rule.gives or None,
        "reading": rule.reading.value if rule.reading else None,
        "note": rule.note or None,
        "words": node_words(rule.node, book),
        "expression": node_to_data(rule.node),
    }


def node_words(node: Node, book: Rulebook) -> str:
    """Return an expression as one Chinese phrase."""
    match node:
        case Compare(name, op, operand):
            label = book.inputs[name].label
            if isinstance(operand, Constant):
                return f"{label}{_OPS[op]} {operand.number}"
            other = "当届取值" if isinstance(operand, LawValue) else book.inputs[operand.name].label
            return f"{label}{_OPS[op]}{other}"
        case Among(name, members, unsettled):
            spec = book.inputs[name]
            words = "、".join(spec.words(member) for member in members)
            left = "；".join(f"{spec.words(member)}时条文未写明" for member in unsettled)
            return f"{spec.label}是{words}" + (f"（{left}）" if left else "")
        case AllOf(parts):
            return "，并且".join(node_words(part, book) for part in parts)
        case AnyOf(parts):
            return "，或者".join(node_words(part, book) for part in parts)
        case Not(part):
            return f"不成立：{node_words(part, book)}"


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
