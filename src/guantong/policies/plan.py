"""What governs one decision for one cohort: the rules in force, their thresholds as whole steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from guantong.evidence import Basis
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
    OtherInput,
    values_of,
)
from guantong.policies.inputs import Known
from guantong.policies.law import Clause, DatedValue
from guantong.policies.rulebook import Precedence, Rulebook
from guantong.policies.rules import Rule, RuleKind
from guantong.policies.truth import Truth, all_of, any_of, negated

Inputs: TypeAlias = Mapping[str, Known | None]


@dataclass(frozen=True, slots=True)
class Threshold:
    """An input against a number of the law, in whole steps; several where sources disagree, none where unknown."""

    input: str
    op: Op
    numbers: tuple[int, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Pairwise:
    """An input against another input."""

    input: str
    op: Op
    other: str


@dataclass(frozen=True, slots=True)
class Every:
    """Every part holds."""

    parts: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Never:
    """The part does not hold."""

    part: Step


Step: TypeAlias = Threshold | Pairwise | Among | Every | Some | Never


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRule:
    """A rule in force for a cohort, its clause, how the clause governs, its dated value, and what it meets."""

    rule: Rule
    clause: Clause
    basis: Basis
    step: Step
    value: DatedValue | None
    meets: tuple[Precedence, ...] = ()

    @property
    def open_with(self) -> tuple[str, ...]:
        """Return the clauses with which this one stands in a conflict that nobody has settled."""
        mine = self.clause.id
        return tuple(pair.second if pair.first == mine else pair.first for pair in self.meets if not pair.settled)

    @property
    def beaten_by(self) -> frozenset[str]:
        """Return the clauses in force that beat this one."""
        return frozenset(pair.first for pair in self.meets if pair.settled and pair.second == self.clause.id)

    @property
    def beaten(self) -> bool:
        """Tell whether another clause in force beats this one."""
        return bool(self.beaten_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The rules of one decision that govern one cohort."""

    decision: str
    cohort: int
    rules: tuple[PlannedRule, ...]

    @property
    def has_conditions(self) -> bool:
        """Tell whether any condition or value rule of the cohort's own law is in force."""
        return any(planned.rule.kind is not RuleKind.BAR for planned in self.rules)


@lru_cache(maxsize=1024)
def plan_of(book: Rulebook, decision: str, cohort: int, school_year: int | None = None) -> Plan:
    """Collect the rules in force for a decision of a cohort and resolve their thresholds; kept once made."""
    in_force = {
        rule.name: (rule, book.clauses[rule.clause], basis)
        for rule in book.rules_of(decision)
        if (basis := book.clauses[rule.clause].basis_for(cohort, school_year)) is not None
    }
    clauses = {clause.id for _, clause, _ in in_force.values()}
    pairs = [pair for pair in book.precedences if pair.decision == decision and {pair.first, pair.second} <= clauses]
    planned = []
    for rule, clause, basis in in_force.values():
        names = values_of(rule.node)
        planned.append(
            PlannedRule(
                rule=rule,
                clause=clause,
                basis=basis,
                step=_resolve(rule.node, book, cohort),
                value=book.value(names[0], cohort) if names else None,
                meets=tuple(pair for pair in pairs if clause.id in (pair.first, pair.second)),
            )
        )
    return Plan(decision=decision, cohort=cohort, rules=tuple(planned))


def evaluate(step: Step, inputs: Inputs) -> Truth:
    """Return what a step says of the inputs, in three-valued logic."""
    match step:
        case Threshold(name, op, numbers):
            return _against(inputs.get(name), op, numbers)
        case Among(name, members, unsettled):
            return _among(inputs.get(name), members, unsettled)
        case Every(parts):
            return all_of(evaluate(part, inputs) for part in parts)
        case Some(parts):
            return any_of(evaluate(part, inputs) for part in parts)
        case Never(part):
            return negated(evaluate(part, inputs))
        case Pairwise(name, op, other):
            right = inputs.get(other)
            return _against(inputs.get(name), op, () if right is None else (int(right),))


def unsettled(step: Step, inputs: Inputs, clause: str) -> tuple[str, ...]:
    """Return what would settle an unknown step: inputs, `value:<name>` not enacted, or the clause's own text."""
    if evaluate(step, inputs) is not Truth.UNKNOWN:
        return ()
    match step:
        case Threshold(name, _, _, value):
            absent = (name,) if inputs.get(name) is None else ()
            return absent if absent else (f"value:{value}",)
        case Among(name, _, _):
            return (name,) if inputs.get(name) is None else (clause,)
        case Pairwise(name, _, other):
            return tuple(side for side in (name, other) if inputs.get(side) is None)
        case Never(part):
            return unsettled(part, inputs, clause)
        case Every(parts) | Some(parts):
            return tuple(dict.fromkeys(name for part in parts for name in unsettled(part, inputs, clause)))


def thresholds(step: Step) -> tuple[Threshold, ...]:
    """Return every comparison with a number of the law inside a step."""
    match step:
        case Threshold():
            return (step,)
        case Never(part):
            return thresholds(part)
        case Every(parts) | Some(parts):
            return tuple(found for part in parts for found in thresholds(part))
        case _:
            return ()


def _against(left: Known | None, op: Op, numbers: tuple[int, ...]) -> Truth:
    if left is None or not numbers:
        return Truth.UNKNOWN
    answers = {_holds(int(left), op, number) for number in numbers}
    return Truth.of(answers.pop()) if len(answers) == 1 else Truth.UNKNOWN


def _holds(left: int, op: Op, right: int) -> bool:
    match op:
        case Op.AT_LEAST:
            return left >= right
        case Op.ABOVE:
            return left > right
        case Op.AT_MOST:
            return left <= right
        case Op.BELOW:
            return left < right
        case Op.EQUAL:
            return left == right


def _among(value: Known | None, members: tuple[str | bool, ...], open_members: tuple[str | bool, ...]) -> Truth:
    if value is None or value in open_members:
        return Truth.UNKNOWN
    return Truth.of(value in members)


def _resolve(node: Node, book: Rulebook, cohort: int) -> Step:
    match node:
        case Among():
            return node
        case Compare():
            return _resolve_compare(node, book, cohort)
        case AllOf(parts):
            return Every(tuple(_resolve(part, book, cohort) for part in parts))
        case AnyOf(parts):
            return Some(tuple(_resolve(part, book, cohort) for part in parts))
        case Not(part):
            return Never(_resolve(part, book, cohort))


def _resolve_compare(node: Compare, book: Rulebook, cohort: int) -> Step:
    steps = book.inputs[node.input].steps
    match node.operand:
        case Constant(number):
            return Threshold(node.input, node.op, (steps(number),), "")
        case LawValue(value):
            dated = book.value(value, cohort)
            return Threshold(node.input, node.op, tuple(map(steps, dated.numbers)) if dated else (), value)
        case OtherInput(other):
            return Pairwise(node.input, node.op, other)
