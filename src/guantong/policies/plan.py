"""What governs one decision for one cohort: the rules in force, their thresholds as whole steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

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
    OtherInput,
    values_of,
)
from guantong.policies.law import Clause, DatedValue
from guantong.policies.rulebook import Precedence, Rulebook
from guantong.policies.rules import Rule, RuleKind
from guantong.policies.steps import (
    Check,
    Every,
    Inputs,
    Never,
    Pairwise,
    Some,
    Step,
    Threshold,
    checker,
    evaluate,
    thresholds,
    unsettled,
)

__all__ = ["Inputs", "Plan", "PlannedRule", "Step", "Threshold", "evaluate", "plan_of", "thresholds", "unsettled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRule:
    """A rule in force for a cohort, its clause, how the clause governs, its dated value, and what it meets."""

    rule: Rule
    clause: Clause
    basis: Basis
    step: Step
    value: DatedValue | None
    check: Check = field(compare=False, repr=False)
    meets: tuple[Precedence, ...] = ()
    yields_to: tuple[str, ...] = ()
    """The names of the rules that give another value and whose clauses beat this one's: it stands only without them."""

    @property
    def open_with(self) -> tuple[str, ...]:
        """Return the clauses with which this one stands in a conflict that nobody has settled."""
        mine = self.clause.id
        return tuple(pair.second if pair.first == mine else pair.first for pair in self.meets if not pair.settled)

    @property
    def beaten(self) -> bool:
        """Tell whether another clause in force beats this one."""
        return any(pair.settled and pair.second == self.clause.id for pair in self.meets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The rules of one decision that govern one cohort."""

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
        step = _resolve(rule.node, book, cohort)
        planned.append(
            PlannedRule(
                rule=rule,
                clause=clause,
                basis=basis,
                step=step,
                check=checker(step),
                value=book.value(names[0], cohort) if names else None,
                meets=tuple(pair for pair in pairs if clause.id in (pair.first, pair.second)),
                yields_to=_winners(rule, [other for other, _, _ in in_force.values()], pairs),
            )
        )
    return Plan(rules=tuple(planned))


def _winners(loser: Rule, rules: Iterable[Rule], pairs: Iterable[Precedence]) -> tuple[str, ...]:
    clauses = {pair.first for pair in pairs if pair.settled and pair.second == loser.clause}
    return tuple(other.name for other in rules if other.clause in clauses and other.gives != loser.gives)


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
