"""Signatures (签名): the finite set of cases that a decision can tell apart, unknown included.

A number enters a decision only through its thresholds and through comparisons with another input; every
other input is a small choice. What is left is finite. Each distinct case is answered once, by the scalar
evaluator; a table is answered by looking each row's case up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

import numpy as np

from guantong.policies.axes import Axis, axes_of
from guantong.policies.codes import Column, encoded, unknown_code
from guantong.policies.columns import People, Regime
from guantong.policies.decide import answer_known
from guantong.policies.inputs import Known
from guantong.policies.kernel import Array
from guantong.policies.plan import Plan, plan_of
from guantong.policies.rulebook import DecisionSpec, Rulebook
from guantong.policies.table import VALUE_UNKNOWN
from guantong.policies.truth import Truth

IMPOSSIBLE = 254
_ROWS_AT_ONCE = 1 << 18


@dataclass(frozen=True, kw_only=True, eq=False)
class Domain:
    """Every case that one decision can tell apart within some regimes, whatever the cohort."""

    book: Rulebook
    spec: DecisionSpec
    regimes: tuple[Regime, ...]
    plans: tuple[Plan, ...]
    axes: tuple[Axis, ...]

    @property
    def size(self) -> int:
        """Return how many keys there are; some of them cannot occur."""
        return prod(axis.size for axis in self.axes)

    @cached_property
    def keys(self) -> Array:
        """Return the keys that can occur."""
        keys = np.zeros(1, np.int64)
        for axis in self.axes:
            keys = (keys[:, None] * axis.size + np.array(list(axis.values))[None, :]).ravel()
        return keys

    @property
    def signatures(self) -> int:
        """Return how many signatures there are: cases that can occur, in each regime."""
        return len(self.keys) * len(self.regimes)

    @cached_property
    def different(self) -> dict[tuple[object, ...], Plan]:
        """Return the plans that differ; cohorts under the same rules and numbers share one."""
        return {law_of(plan): plan for plan in self.plans}

    def inputs(self) -> Iterator[dict[str, Known | None]]:
        """Yield a representative of every key, in the order of `keys`."""
        names = [spec.name for axis in self.axes for spec in axis.specs]
        for combination in product(*(axis.values.values() for axis in self.axes)):
            yield dict(zip(names, (value for part in combination for value in part), strict=True))

    def keys_of(self, people: People, rows: slice) -> Array:
        """Return the key of each person."""
        total = np.zeros(len(range(*rows.indices(people.rows))), np.int64)
        for axis in self.axes:
            total = total * axis.size + axis.classes([people.inputs[spec.name].codes[rows] for spec in axis.specs])
        return total

    def people(self) -> People:
        """Return one person per signature: every key, regime after regime."""
        count, inputs, before = len(self.keys), {}, 1
        for axis in self.axes:
            after = count // before // len(axis.values)
            for at, spec in enumerate(axis.specs):
                codes = np.array([encoded(spec, values[at]) for values in axis.values.values()], axis.dtype(spec))
                codes = np.tile(np.repeat(codes, after), before * len(self.regimes))
                inputs[spec.name] = Column(spec=spec, codes=codes, complete=not (codes == unknown_code(spec)).any())
            before *= len(axis.values)
        regime = np.repeat(np.arange(len(self.regimes), dtype=np.uint16), count)
        return People(rows=len(regime), inputs=inputs, regime=regime, regimes=self.regimes)

    def code(self, answer: Truth | str) -> int:
        """Return the byte by which the table evaluator gives an answer."""
        if isinstance(answer, Truth):
            return int(answer)
        return list(self.spec.values).index(answer) if answer in self.spec.values else VALUE_UNKNOWN

    def answers(self) -> dict[tuple[object, ...], Array]:
        """Return, for each law that differs, the scalar evaluator's answer to every key that can occur."""
        cases = list(self.inputs()) if any(plan.rules for plan in self.different.values()) else []
        codes = {answer: self.code(answer) for answer in (*Truth, *self.spec.values, Truth.UNKNOWN.word)}
        nothing = codes[Truth.UNKNOWN.word if self.spec.gives_value else Truth.UNKNOWN]
        return {
            law: np.fromiter((codes[answer_known(self.spec, plan, case)] for case in cases), np.uint8, len(cases))
            if plan.rules
            else np.full(len(self.keys), nothing, np.uint8)
            for law, plan in self.different.items()
        }


def law_of(plan: Plan) -> tuple[object, ...]:
    """Return what a plan answers by: plans with the same are one law, though one be carried and one enacted."""
    return tuple((planned.rule.name, planned.step, planned.meets) for planned in plan.rules)


def domain_of(book: Rulebook, decision: str, regimes: Sequence[Regime]) -> Domain:
    """Enumerate the signatures of a decision for some cohorts and school years."""
    spec = book.decision(decision)
    plans = tuple(plan_of(book, decision, cohort, year) for cohort, year in regimes)
    steps = [planned.step for plan in plans for planned in plan.rules]
    axes = axes_of([book.inputs[name] for name in spec.inputs], steps)
    return Domain(book=book, spec=spec, regimes=tuple(regimes), plans=plans, axes=axes)


def decide_by_signature(
    domain: Domain, people: People, answers: Mapping[tuple[object, ...], Array] | None = None
) -> Array:
    """Answer a table by looking up each row's signature among the scalar evaluator's answers."""
    table = np.full((len(domain.regimes), domain.size), IMPOSSIBLE, np.uint8)
    answers = answers or domain.answers()
    for number, plan in enumerate(domain.plans):
        table[number, domain.keys] = answers[law_of(plan)]
    return table.ravel()[table_keys(domain, people)]


def table_keys(domain: Domain, people: People) -> Array:
    """Return each person's signature as one number: regime after regime, then the key within it."""
    keys = np.empty(people.rows, np.int32 if domain.size * len(domain.regimes) < 2**31 else np.int64)
    for start in range(0, people.rows, _ROWS_AT_ONCE):
        rows = slice(start, min(start + _ROWS_AT_ONCE, people.rows))
        keys[rows] = domain.keys_of(people, rows) + people.regime[rows].astype(np.int64) * domain.size
    return keys
