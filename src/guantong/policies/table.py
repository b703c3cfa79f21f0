"""A whole city at once (成批判断): the table evaluator.

The rules of each decision become one straight-line program over narrow columns, run block by block;
people of different cohorts stand in one table, each under the law of their own. Answers are bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from itertools import combinations

import numpy as np

from guantong.policies.columns import Columns, People, Regime, inputs_for, read_people
from guantong.policies.expressions import Among
from guantong.policies.kernel import MASK, TRUTH, Array, Program, Tape, assemble
from guantong.policies.lowering import Lowering, Shape, by_rule, says
from guantong.policies.plan import PlannedRule, Step, plan_of
from guantong.policies.rulebook import DEFAULT_DECISION, DecisionSpec, Rulebook
from guantong.policies.rules import Rule
from guantong.policies.steps import Every, Never
from guantong.policies.truth import Truth

VALUE_UNKNOWN = 255
FAILED, OPEN, HELD = "failed", "open", "held"
MOST_RULES = 64


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TableAnswer:
    """What a table run says of one decision.

    `codes` hold 0 no, 1 unknown, 2 yes; for a value decision the number of the value, 255 for unknown.
    `lawless` counts the rows for whose cohort nothing is in force: they are unknown, and no error.
    Reasons are bits, one per rule in `rules`: `failed` says no, `open` is unknown, `held` gives the value.
    """

    spec: DecisionSpec
    rules: tuple[Rule, ...]
    codes: Array
    lawless: int
    reasons: Mapping[str, Array]

    @property
    def words(self) -> tuple[str, ...]:
        """Return the word of each code, with the word for unknown at 255."""
        if not self.spec.gives_value:
            return tuple(truth.word for truth in Truth)
        return tuple(self.spec.values)

    def word(self, row: int) -> str:
        """Return one person's answer: yes, no, unknown or the value."""
        code = int(self.codes[row])
        return Truth.UNKNOWN.word if code == VALUE_UNKNOWN else self.words[code]

    def counts(self) -> dict[str, int]:
        """Return how many people have each answer."""
        counted = np.bincount(self.codes, minlength=VALUE_UNKNOWN + 1)
        named = {word: int(counted[code]) for code, word in enumerate(self.words)}
        unknown = Truth.UNKNOWN.word
        return {**named, unknown: named.get(unknown, 0) + int(counted[VALUE_UNKNOWN])}

    def clauses(self, bits: int) -> tuple[str, ...]:
        """Return the clauses of the rules whose bits are set, in the order of the rulebook, each once."""
        return tuple(dict.fromkeys(rule.clause for at, rule in enumerate(self.rules) if bits >> at & 1))

    def first_failed(self) -> Array:
        """Return the number of each person's first rule that says no; the number of rules where none does."""
        failed = self.reasons[FAILED].astype(np.uint64)
        lowest = np.bitwise_count((failed & -failed) - np.uint64(1))
        return np.minimum(lowest, np.uint8(len(self.rules)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TableRun:
    """A table answered: the people and, by decision, the answers."""

    book: Rulebook
    people: People
    answers: Mapping[str, TableAnswer]

    def __getitem__(self, decision: str) -> TableAnswer:
        """Return the answers to one decision."""
        return self.answers[decision]


def decide_table(
    book: Rulebook,
    columns: Columns | People,
    decisions: Sequence[str] = (DEFAULT_DECISION,),
    *,
    on: date | None = None,
    reasons: bool = True,
) -> TableRun:
    """Answer some decisions for everyone in a table, or in one that was read before.

    Raises `DecisionUnknown`, and `TableRefused` with every fault of the table.
    """
    specs = [book.decision(name) for name in decisions]
    people = columns if isinstance(columns, People) else read_people(book, columns, decisions, on=on)
    shapes = tuple(
        (name, people.inputs[name].codes.dtype.str[1:], people.inputs[name].complete)
        for name in inputs_for(book, decisions)
    )
    plan = table_plan(book, tuple(decisions), people.regimes, shapes, people.regime.dtype.str[1:], reasons)
    outputs = _outputs(plan.outputs, people.rows)
    plan.program.run(people.arrays(), outputs, people.rows)
    counted = np.bincount(people.regime, minlength=len(people.regimes)) if people.regimes else np.zeros(0, int)
    answers = {
        spec.id: TableAnswer(
            spec=spec,
            rules=plan.rules[spec.id],
            codes=outputs[spec.id],
            lawless=int(sum(counted[at] for at in plan.lawless[spec.id])),
            reasons={kind: outputs[f"{spec.id}.{kind}"] for kind in (FAILED, OPEN, HELD) if f"{spec.id}.{kind}" in outputs},
        )
        for spec in specs
    }
    return TableRun(book=book, people=people, answers=answers)


def _outputs(wanted: Sequence[tuple[str, str]], rows: int) -> dict[str, Array]:
    """Return the arrays to fill, cut from one piece of memory: one large piece is much cheaper to get than many."""
    ordered = sorted(wanted, key=lambda output: -np.dtype(output[1]).itemsize)
    whole = np.empty(sum(np.dtype(dtype).itemsize for _, dtype in ordered) * rows, np.uint8)
    outputs, start = {}, 0
    for name, dtype in ordered:
        stop = start + np.dtype(dtype).itemsize * rows
        outputs[name] = whole[start:stop].view(dtype)
        start = stop
    return outputs


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TablePlan:
    """A program for some decisions and regimes, with the arrays it fills."""

    program: Program
    outputs: tuple[tuple[str, str], ...]
    rules: Mapping[str, tuple[Rule, ...]]
    lawless: Mapping[str, tuple[int, ...]]


@lru_cache(maxsize=64)
def table_plan(
    book: Rulebook,
    decisions: tuple[str, ...],
    regimes: tuple[Regime, ...],
    shapes: tuple[tuple[str, str, bool], ...],
    regime_dtype: str,
    reasons: bool,
) -> TablePlan:
    """Compile some decisions for the regimes that occur and the columns as they are; kept once made."""
    tape, wanted, types = Tape(), {}, {}
    known = {name: Shape(book.inputs[name], dtype, complete) for name, dtype, complete in shapes}
    lowering = Lowering(tape, known, regime_dtype, len(regimes))
    rules: dict[str, tuple[Rule, ...]] = {}
    lawless: dict[str, tuple[int, ...]] = {}
    for decision in decisions:
        plans = [plan_of(book, decision, cohort, year) for cohort, year in regimes]
        lawless[decision] = tuple(at for at, plan in enumerate(plans) if not plan.has_conditions)
        found = by_rule(plans, [rule.name for rule in book.rules_of(decision)])
        rules[decision] = tuple(next(planned.rule for planned in row if planned) for row in found.values())
        join = _value if book.decision(decision).gives_value else _verdict
        nodes = join(lowering, book.decision(decision), list(found.values()), [plan.has_conditions for plan in plans])
        for kind, node in nodes.items():
            if kind == "" or reasons:
                name = f"{decision}.{kind}" if kind else decision
                wanted[name], types[name] = node, TRUTH if kind == "" else _width(len(found))
    program = assemble(tape, wanted)
    return TablePlan(program=program, outputs=tuple(types.items()), rules=rules, lawless=lawless)


Rows = Sequence[Sequence[PlannedRule | None]]


def _verdict(lowering: Lowering, spec: DecisionSpec, rows: Rows, lawful: Sequence[bool]) -> dict[str, int]:
    """Join the rules by *and*; where the cohort has no law, unknown."""
    tape, width = lowering.tape, _width(len(rows))
    said = [says(lowering, row, lawful) for row in rows]
    verdict = reduce(tape.least, said, tape.constant(2))
    verdict = tape.least(verdict, lowering.by_regime([2 if law else 1 for law in lawful]))
    verdict = tape.most(verdict, lowering.by_regime([0 if law else 1 for law in lawful]))
    law = lowering.by_regime([1 if known else 0 for known in lawful])
    nodes = {"": verdict}
    for kind, code in ((FAILED, 0), (OPEN, 1)):
        masks = [tape.apply("equal", node, tape.constant(code), MASK) for node in said]
        nodes[kind] = _bits(tape, [_both(tape, mask, law) for mask in masks], width)
    return nodes


def _value(lowering: Lowering, spec: DecisionSpec, rows: Rows, lawful: Sequence[bool]) -> dict[str, int]:
    """Give the value of the rules that hold; two different ones, or none, are unknown (255)."""
    tape, width = lowering.tape, _width(len(rows))
    truths = [lowering.truth([planned and planned.step for planned in row]) for row in rows]
    held, opened = [], []
    for row, truth in zip(rows, truths, strict=True):
        active = lowering.by_regime([1 if planned and not planned.beaten else 0 for planned in row])
        present = lowering.by_regime([1 if planned else 0 for planned in row])
        held.append(_both(tape, tape.apply("equal", truth, tape.constant(2), MASK), active))
        opened.append(_both(tape, tape.apply("equal", truth, tape.constant(1), MASK), present))
    gives = [next(planned.rule.gives for planned in row if planned) for row in rows]
    anything = reduce(tape.most, held, tape.constant(0))
    nothing = tape.apply("subtract", tape.constant(1), anything)
    return {
        "": _chosen_value(tape, list(spec.values), gives, held, _may_meet(rows, gives)),
        OPEN: _bits(tape, [_both(tape, mask, nothing) for mask in opened], width),
        HELD: _bits(tape, held, width),
    }


def _chosen_value(tape: Tape, values: list[str], gives: Sequence[str], held: Sequence[int], may_meet: bool) -> int:
    by_value = {value: [mask for mask, given in zip(held, gives, strict=True) if given == value] for value in values}
    masks = {at: reduce(tape.most, found) for at, (_, found) in enumerate(by_value.items()) if found}
    total = tape.constant(0)
    for at, mask in masks.items():
        part = mask if at == 0 else tape.apply("multiply", mask, tape.constant(at + 1))
        total = part if tape.value(total) == 0 else tape.apply("add", total, part)
    if may_meet:
        count = reduce(lambda left, right: tape.apply("add", left, right), masks.values())
        total = tape.apply("multiply", total, tape.apply("equal", count, tape.constant(1), MASK))
    return tape.apply("subtract", total, tape.constant(1))


def _may_meet(rows: Rows, gives: Sequence[str]) -> bool:
    """Tell whether two rules with different values could hold at once, as far as their choices show."""
    allowed = [_choices([planned.step for planned in row if planned]) for row in rows]
    return any(
        gives[first] != gives[second]
        and not any(allowed[first][name].isdisjoint(allowed[second][name]) for name in set(allowed[first]) & set(allowed[second]))
        for first, second in combinations(range(len(rows)), 2)
    )


def _choices(steps: Iterable[Step]) -> dict[str, frozenset[object]]:
    """Return, for each input that a rule limits to a few choices, those for which the rule can hold."""
    found: dict[str, frozenset[object]] = {}
    for step in steps:
        for part in _conjuncts(step):
            if isinstance(part, Among):
                able = frozenset(part.members) - frozenset(part.unsettled)
                found[part.input] = found.get(part.input, able) & able
    return found


def _conjuncts(step: Step) -> Iterator[Step]:
    """Yield the parts that must all hold."""
    if isinstance(step, Every):
        for part in step.parts:
            yield from _conjuncts(part)
    elif isinstance(step, Never) and isinstance(step.part, Among) and step.part.members == (True,):
        yield Among(step.part.input, (False,), step.part.unsettled)
    else:
        yield step


def _both(tape: Tape, mask: int, other: int) -> int:
    """Join two masks of 0 and 1; one that always holds costs nothing."""
    if tape.value(other) == 1:
        return mask
    return tape.constant(0) if tape.value(other) == 0 else tape.apply("bitwise_and", mask, other)


def _bits(tape: Tape, masks: Sequence[int], width: str) -> int:
    """Return the masks as bits of one number, the first rule lowest."""
    total = tape.constant(0, width)
    for at, mask in enumerate(masks):
        if tape.value(mask) != 0:
            bit = tape.apply("multiply", mask, tape.constant(1 << at, width), width)
            total = bit if tape.value(total) == 0 else tape.apply("bitwise_or", total, bit, width)
    return total


def _width(rules: int) -> str:
    if rules > MOST_RULES:
        raise ValueError(f"{rules} rules for one decision; reasons have room for {MOST_RULES}")
    return next(f"u{size}" for size in (1, 2, 4, 8) if rules <= 8 * size)
