"""Conflicts of law (冲突): a bar that holds where every condition holds, or two values at once.

A bar of the very clause whose conditions it limits is that clause's own exception, no conflict.
Found by walking the finite domain that the rules can tell apart: each side of every threshold, every
choice; numbers that are compared with each other are walked over the same thresholds. Unknown inputs
need no walk of their own: what holds with an unknown also holds with each of its values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from guantong.policies.inputs import InputKind, InputSpec, Known
from guantong.policies.plan import Inputs, Plan, PlannedRule, evaluate, plan_of, thresholds
from guantong.policies.rulebook import DecisionSpec, Rulebook
from guantong.policies.rules import RuleKind
from guantong.policies.truth import Truth, all_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two clauses that give opposite answers to one case, with the case."""

    decision: str
    cohort: int
    first: str
    second: str
    inputs: Inputs
    declared: bool


def find_conflicts(book: Rulebook, cohorts: tuple[int, ...]) -> tuple[Conflict, ...]:
    """Return every conflict, one per pair of clauses, decision and cohort, declared or not."""
    found: dict[tuple[str, int, str, str], Conflict] = {}
    for spec, cohort in product(book.decisions.values(), cohorts):
        plan = plan_of(book, spec.id, cohort)
        for inputs in cases_of(book, spec, plan):
            for first, second in _meeting(plan, inputs):
                key = (spec.id, cohort, first.clause.id, second.clause.id)
                declared = any(pair in second.meets for pair in first.meets)
                conflict = Conflict(
                    decision=spec.id,
                    cohort=cohort,
                    first=first.clause.id,
                    second=second.clause.id,
                    inputs=inputs,
                    declared=declared,
                )
                found.setdefault(key, conflict)
    return tuple(found.values())


def cases_of(book: Rulebook, spec: DecisionSpec, plan: Plan) -> Iterator[Inputs]:
    """Walk every combination of known inputs that the plan's rules can tell apart."""
    names = spec.inputs
    for values in product(*(_candidates(book.inputs[name], plan) for name in names)):
        yield dict(zip(names, values, strict=True))


def _candidates(spec: InputSpec, plan: Plan) -> tuple[Known, ...]:
    if spec.kind not in (InputKind.SCORE, InputKind.COUNT):
        return spec.domain()
    marks = {number for planned in plan.rules for threshold in thresholds(planned.step) for number in threshold.numbers}
    return tuple(sorted({number + by for number in marks or {1} for by in (-1, 0, 1) if number + by >= 0}))


def _meeting(plan: Plan, inputs: Inputs) -> Iterator[tuple[PlannedRule, PlannedRule]]:
    held = {planned.rule.name: evaluate(planned.step, inputs) for planned in plan.rules}
    conditions = [planned for planned in plan.rules if planned.rule.kind is RuleKind.CONDITION]
    if conditions and all_of(held[planned.rule.name] for planned in conditions) is Truth.YES:
        for planned in plan.rules:
            exception = all(planned.clause.id == condition.clause.id for condition in conditions)
            if planned.rule.kind is RuleKind.BAR and held[planned.rule.name] is Truth.YES and not exception:
                known = [condition for condition in conditions if set(condition.meets) & set(planned.meets)]
                yield planned, (known or conditions)[0]
    values = [
        planned
        for planned in plan.rules
        if planned.rule.kind is RuleKind.VALUE and held[planned.rule.name] is Truth.YES
    ]
    for number, first in enumerate(values):
        for second in values[number + 1 :]:
            if first.rule.gives != second.rule.gives:
                yield first, second
