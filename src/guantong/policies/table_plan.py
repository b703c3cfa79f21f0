"""A decision as a program (成批方案): the rules of one or several decisions, joined, for the regimes that occur."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

import numpy as np

from guantong.policies.columns import People, Regime
from guantong.policies.kernel import Array, Program, assemble
from guantong.policies.lowering import Lowering, Shape, by_rule, says, steps_of
from guantong.policies.plan import plan_of
from guantong.policies.rulebook import DecisionSpec, Rulebook
from guantong.policies.rules import Rule
from guantong.policies.table_values import Rows, ValueMasks
from guantong.policies.tape import MASK, TRUTH, Tape

VALUE_UNKNOWN = 255
FAILED, OPEN, HELD = "failed", "open", "held"
MOST_RULES = 64


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
    lowering = Lowering(tape, dict(_known_shapes(book, shapes)), regime_dtype)
    rules: dict[str, tuple[Rule, ...]] = {}
    lawless: dict[str, tuple[int, ...]] = {}
    for decision in decisions:
        plans = [plan_of(book, decision, cohort, year) for cohort, year in regimes]
        lawless[decision] = tuple(at for at, plan in enumerate(plans) if not plan.has_conditions)
        found = by_rule(plans, [rule.name for rule in book.rules_of(decision)])
        rules[decision] = tuple({rule.name: rule for rule in book.rules_of(decision)}.values())
        join = _value if book.decision(decision).gives_value else _verdict
        nodes = join(lowering, book.decision(decision), list(found.values()), [plan.has_conditions for plan in plans])
        for kind, node in nodes.items():
            if kind == "" or reasons:
                name = f"{decision}.{kind}" if kind else decision
                wanted[name], types[name] = node, TRUTH if kind == "" else _width(len(found))
    program = assemble(tape, wanted)
    return TablePlan(program=program, outputs=tuple(types.items()), rules=rules, lawless=lawless)


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
        nodes[kind] = _bits(tape, [tape.both(mask, law) for mask in masks], width)
    return nodes


def _value(lowering: Lowering, spec: DecisionSpec, rows: Rows, lawful: Sequence[bool]) -> dict[str, int]:
    """Give the only value that may be given, where a rule of it stands; else unknown (255)."""
    tape, width, masks = lowering.tape, _width(len(rows)), ValueMasks(lowering, list(spec.values), rows)
    return {"": masks.answer, OPEN: _bits(tape, masks.opened, width), HELD: _bits(tape, masks.held, width)}


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


def rule_truths(book: Rulebook, people: People, decision: str) -> dict[str, Array]:
    """Return the truth of each rule by itself, for each person; meaningless where the rule is not in force."""
    plans = [plan_of(book, decision, cohort, year) for cohort, year in people.regimes]
    tape = Tape()
    lowering = Lowering(tape, dict(_known_shapes(book, shapes_of(people, people.inputs))), people.regime.dtype.str[1:])
    found = by_rule(plans, [rule.name for rule in book.rules_of(decision)])
    nodes = {name: lowering.truth(steps_of(row)) for name, row in found.items()}
    outputs = make_outputs([(name, TRUTH) for name in nodes], people.rows)
    assemble(tape, nodes).run(people.arrays(), outputs, people.rows)
    return outputs


def shapes_of(people: People, names: Iterable[str]) -> tuple[tuple[str, str, bool], ...]:
    """Return what a program must know of each column: its name, the type of its codes, whether it is complete."""
    columns = ((name, people.inputs[name]) for name in names)
    return tuple((name, column.codes.dtype.str[1:], column.complete) for name, column in columns)


def _known_shapes(book: Rulebook, shapes: Iterable[tuple[str, str, bool]]) -> Iterator[tuple[str, Shape]]:
    return ((name, Shape(book.inputs[name], dtype, complete)) for name, dtype, complete in shapes)


def make_outputs(wanted: Sequence[tuple[str, str]], rows: int) -> dict[str, Array]:
    """Return the arrays to fill, cut from one piece of memory: one large piece is much cheaper to get than many."""
    ordered = sorted(wanted, key=lambda output: -np.dtype(output[1]).itemsize)
    whole = np.empty(sum(np.dtype(dtype).itemsize for _, dtype in ordered) * rows, np.uint8)
    outputs, start = {}, 0
    for name, dtype in ordered:
        stop = start + np.dtype(dtype).itemsize * rows
        outputs[name] = whole[start:stop].view(dtype)
        start = stop
    return outputs
