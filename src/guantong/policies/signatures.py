"""Signatures (签名): the finite set of cases that a decision can tell apart, unknown included.

A number enters a decision only through its thresholds and through comparisons with another input; every
other input is a small choice. What is left is finite. Each distinct case is answered once, by the scalar
evaluator; a table is answered by looking each row's case up, and explained by tracing each case once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import product
from math import prod

import numpy as np

from guantong.policies.cells import UNKNOWN_NUMBER, Column, decoded, encoded, unknown_code
from guantong.policies.columns import Columns, People, Regime, read_people
from guantong.policies.decide import Decision, answer_known, decide_known
from guantong.policies.inputs import InputKind, InputSpec, Known
from guantong.policies.kernel import Array
from guantong.policies.plan import Inputs, Plan, plan_of, thresholds
from guantong.policies.rulebook import DEFAULT_DECISION, DecisionSpec, Rulebook
from guantong.policies.steps import Every, Never, Op, Pairwise, Some, Step
from guantong.policies.table import VALUE_UNKNOWN
from guantong.policies.truth import Truth

IMPOSSIBLE = 254
_ROWS_AT_ONCE = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Axis:
    """Inputs that are classed together: one, or several that are compared with each other.

    `cuts` are, per input, the numbers at which a comparison changes; choices and booleans have none.
    `values` holds one representative per class that can occur, by the number of the class.
    """

    specs: tuple[InputSpec, ...]
    cuts: tuple[tuple[int, ...], ...]
    values: Mapping[int, tuple[Known | None, ...]]
    size: int

    def classes(self, codes: Sequence[Array]) -> Array:
        """Return the class of each row."""
        total = np.zeros(len(codes[0]), np.int64)
        for spec, cuts, column in zip(self.specs, self.cuts, codes, strict=True):
            total = total * _classes_of(spec, cuts) + _class(spec, cuts, column)
        for first in range(len(codes)):
            for second in range(first + 1, len(codes)):
                order = np.sign(codes[first].astype(np.int64) - codes[second]) + 1
                known = (codes[first] >= 0) & (codes[second] >= 0)
                total = total * 3 + np.where(known, order, 0)
        return total


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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
                codes = np.array([encoded(spec, values[at]) for values in axis.values.values()], _dtype(spec, axis))
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
        cases = list(self.inputs())
        codes = {answer: self.code(answer) for answer in (*Truth, *self.spec.values, Truth.UNKNOWN.word)}
        return {
            law: np.fromiter((codes[answer_known(self.spec, plan, case)] for case in cases), np.uint8, len(cases))
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
    pairs = {frozenset((pair.input, pair.other)) for step in steps for pair in _pairs(step)}
    axes = tuple(_axis([book.inputs[name] for name in group], steps) for group in _groups(spec.inputs, pairs))
    return Domain(book=book, spec=spec, regimes=tuple(regimes), plans=plans, axes=axes)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Explanation:
    """Everyone's full trace: which signature each person has, how many have it, and its decision."""

    people: People
    of: Array
    counts: Array
    decisions: tuple[Decision, ...]

    def __getitem__(self, row: int) -> Decision:
        """Return one person's decision with its trace, over the person's own inputs."""
        decision = self.decisions[int(self.of[row])]
        mine = self.people.inputs_of(row)
        return replace(decision, inputs={name: mine[name] for name in decision.spec.inputs})


def explain_table(
    book: Rulebook, columns: Columns | People, decision: str = DEFAULT_DECISION, *, on: date | None = None
) -> Explanation:
    """Trace one decision for everyone by tracing each signature that occurs once."""
    people = columns if isinstance(columns, People) else read_people(book, columns, (decision,), on=on)
    domain = domain_of(book, decision, people.regimes)
    keys = _table_keys(domain, people)
    counted = np.bincount(keys, minlength=domain.size * len(people.regimes))
    seen = np.flatnonzero(counted)
    numbers = np.zeros(len(counted), np.int32)
    numbers[seen] = np.arange(len(seen))
    first = np.zeros(len(seen), np.int64)
    first[numbers[keys[::-1]]] = np.arange(people.rows - 1, -1, -1)
    decisions = tuple(_traced(book, domain.spec, people, int(row)) for row in first)
    return Explanation(people=people, of=numbers[keys], counts=counted[seen], decisions=decisions)


def decide_by_signature(domain: Domain, people: People) -> Array:
    """Answer a table by looking up each row's signature among the scalar evaluator's answers."""
    table = np.full((len(domain.regimes), domain.size), IMPOSSIBLE, np.uint8)
    answers = domain.answers()
    for number, plan in enumerate(domain.plans):
        table[number, domain.keys] = answers[law_of(plan)]
    return table.ravel()[_table_keys(domain, people)]


def _table_keys(domain: Domain, people: People) -> Array:
    keys = np.empty(people.rows, np.int32 if domain.size * len(domain.regimes) < 2**31 else np.int64)
    for start in range(0, people.rows, _ROWS_AT_ONCE):
        rows = slice(start, min(start + _ROWS_AT_ONCE, people.rows))
        keys[rows] = domain.keys_of(people, rows) + people.regime[rows].astype(np.int64) * domain.size
    return keys


def _traced(book: Rulebook, spec: DecisionSpec, people: People, row: int) -> Decision:
    cohort, year = people.regime_of(row)
    inputs = {name: people.inputs[name].at(row) for name in spec.inputs}
    return decide_known(book, spec, inputs, cohort=cohort, on=None if year is None else date(year, 9, 1))


def _pairs(step: Step) -> Iterator[Pairwise]:
    if isinstance(step, Pairwise):
        yield step
    elif isinstance(step, Never):
        yield from _pairs(step.part)
    elif isinstance(step, Every | Some):
        for part in step.parts:
            yield from _pairs(part)


def _groups(names: Sequence[str], pairs: set[frozenset[str]]) -> list[tuple[str, ...]]:
    """Join the inputs that are compared with each other, directly or through others."""
    groups = [{name} for name in names]
    for pair in pairs:
        joined = set().union(*(group for group in groups if group & pair))
        groups = [group for group in groups if not group & pair] + [joined]
    return sorted((tuple(sorted(group, key=list(names).index)) for group in groups), key=lambda group: names.index(group[0]))


def _axis(specs: Sequence[InputSpec], steps: Sequence[Step]) -> Axis:
    cuts = tuple(_cuts(spec, steps) for spec in specs)
    bare = Axis(specs=tuple(specs), cuts=cuts, values={}, size=0)
    options = [_representatives(spec, found, len(specs)) for spec, found in zip(specs, cuts, strict=True)]
    size = prod(_classes_of(spec, found) for spec, found in zip(specs, cuts, strict=True))
    size *= 3 ** (len(specs) * (len(specs) - 1) // 2)
    cases = list(product(*options))
    codes = [
        np.array([encoded(spec, case[at]) for case in cases], np.int64) for at, spec in enumerate(specs)
    ]
    values: dict[int, tuple[Known | None, ...]] = {}
    for number, case in zip(bare.classes(codes).tolist(), cases, strict=True):
        values.setdefault(number, case)
    return Axis(specs=bare.specs, cuts=cuts, values=dict(sorted(values.items())), size=size)


def _cuts(spec: InputSpec, steps: Sequence[Step]) -> tuple[int, ...]:
    """Return the numbers at which a comparison with the law can change: each threshold and the next number."""
    if spec.kind not in (InputKind.SCORE, InputKind.COUNT):
        return ()
    found: set[int] = set()
    for threshold in (one for step in steps for one in thresholds(step) if one.input == spec.name):
        at = (0, 1) if threshold.op is Op.EQUAL else (int(threshold.op in (Op.ABOVE, Op.AT_MOST)),)
        found |= {number + by for number in threshold.numbers for by in at}
    return tuple(sorted(number for number in found if number > 0))


def _representatives(spec: InputSpec, cuts: Sequence[int], together: int) -> tuple[Known | None, ...]:
    """Return enough values to stand for every class, and for every order among inputs compared together."""
    if spec.kind not in (InputKind.SCORE, InputKind.COUNT):
        return (None, *spec.domain())
    return (None, *sorted({start + by for start in (0, *cuts) for by in range(together)}))


def _classes_of(spec: InputSpec, cuts: Sequence[int]) -> int:
    if spec.kind is InputKind.BOOLEAN:
        return 3
    return len(spec.choices) + 1 if spec.kind is InputKind.CHOICE else len(cuts) + 2


def _class(spec: InputSpec, cuts: Sequence[int], codes: Array) -> Array:
    """Return the class of each code: itself, or the interval between cuts, the last class for unknown."""
    if spec.kind not in (InputKind.SCORE, InputKind.COUNT):
        return codes
    total = (codes == UNKNOWN_NUMBER) * (len(cuts) + 1)
    for cut in cuts:
        total = total + (codes >= cut)
    return total


def _dtype(spec: InputSpec, axis: Axis) -> type[np.generic]:
    if spec.kind not in (InputKind.SCORE, InputKind.COUNT):
        return np.uint8
    largest = max((int(value) for values in axis.values.values() for value in values if isinstance(value, int)), default=0)
    return np.int16 if largest < np.iinfo(np.int16).max else np.int32
