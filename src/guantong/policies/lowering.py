"""From rules to a program (编译): one decision for several regimes at once, as operations on columns.

Where regimes differ, a small table indexed by regime says so: the threshold, whether a rule is in force,
whether a bar is beaten or open. Where they agree there is no table. What a table holds for a regime in
which nobody looks is left open, so that it costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from guantong.policies.codes import UNKNOWN_NUMBER
from guantong.policies.expressions import Among, Op
from guantong.policies.inputs import InputKind, InputSpec
from guantong.policies.plan import Plan, PlannedRule, Step, Threshold
from guantong.policies.rules import RuleKind
from guantong.policies.steps import Every, Never, Pairwise, Some
from guantong.policies.tape import MASK, TRUTH, Tape

NEVER_EQUAL = -2
_ABSENT = 2


@dataclass(frozen=True, slots=True)
class Shape:
    """What a program must know of a column: its input, the type of its codes, whether nobody's is unknown."""

    spec: InputSpec
    dtype: str
    complete: bool


@dataclass(slots=True)
class Lowering:
    """Turns the steps of a rule, one per regime (None where it is not in force), into nodes of a tape."""

    tape: Tape
    shapes: Mapping[str, Shape]
    regime_dtype: str

    def by_regime(self, entries: Sequence[int | None], dtype: str = TRUTH) -> int:
        """Return the entry of each row's regime."""
        return self.tape.table(self.tape.column("", self.regime_dtype), entries, dtype)

    def truth(self, steps: Sequence[Step | None]) -> int:
        """Return the truth of a rule's step in each row's regime; no where it is in force nowhere."""
        if not any(steps):
            return self.tape.constant(0)
        match next(filter(None, steps)):
            case Among(name, members, unsettled):
                return self._among(self.shapes[name], members, unsettled)
            case Pairwise(name, op, other):
                return self._pairwise(self.shapes[name], op, self.shapes[other])
            case Never():
                return self.tape.negated(self.truth([step and step.part for step in steps]))  # type: ignore[union-attr]
            case Every(parts):
                return self._joined(self.tape.least, steps, len(parts), 2)
            case Some(parts):
                return self._joined(self.tape.most, steps, len(parts), 0)
            case Threshold():
                return self._threshold([step if isinstance(step, Threshold) else None for step in steps])
            case _:  # pragma: no cover - every step is one of the above
                raise TypeError(steps)

    def _joined(self, join: Callable[[int, int], int], steps: Sequence[Step | None], size: int, empty: int) -> int:
        parts = [self.truth([step and step.parts[number] for step in steps]) for number in range(size)]  # type: ignore[union-attr]
        return reduce(join, parts, self.tape.constant(empty))

    def _among(self, shape: Shape, members: Sequence[object], unsettled: Sequence[object]) -> int:
        column, spec = self.tape.column(shape.spec.name, shape.dtype), shape.spec
        answers = [1 if value in unsettled else 2 * (value in members) for value in spec.domain()]
        if spec.kind is InputKind.BOOLEAN:
            yes, no = answers
            if (no, yes) == (0, 2):
                return column
            if (no, yes) == (2, 0):
                return self.tape.negated(column)
            return self.tape.table(column, (no, None if shape.complete else 1, yes))
        return self.tape.table(column, answers if shape.complete else [*answers, 1])

    def _pairwise(self, left: Shape, op: Op, right: Shape) -> int:
        first, second = (self.tape.column(side.spec.name, side.dtype) for side in (left, right))
        truth = self._doubled(self.tape.apply(_COMPARISONS[op], first, second, MASK))
        for side, column in ((left, first), (right, second)):
            truth = truth if side.complete else self._unknown_where(truth, self._is(column, side, UNKNOWN_NUMBER))
        return truth

    def _threshold(self, steps: Sequence[Threshold | None]) -> int:
        known = next(step for step in steps if step is not None)
        shape, numbers = self.shapes[known.input], [None if step is None else step.numbers for step in steps]
        if known.op is Op.EQUAL:
            return self._equal(shape, numbers)
        strictly = known.op in (Op.ABOVE, Op.AT_MOST)
        truth = self._at_least(
            shape, [None if found is None else tuple(number + strictly for number in found) for found in numbers]
        )
        return self.tape.negated(truth) if known.op in (Op.AT_MOST, Op.BELOW) else truth

    def _at_least(self, shape: Shape, numbers: Sequence[tuple[int, ...] | None]) -> int:
        """Compare with the lowest and the highest of the law's numbers: yes needs both, no neither.

        Unknown is −1: below every highest number and, read without a sign, above every lowest one.
        """
        top = int(np.iinfo(shape.dtype).max)
        lows = [None if found is None else min(max(min(found, default=0), 0), top) for found in numbers]
        highs = [None if found is None else min(max(max(found, default=top), 0), top) for found in numbers]
        column = self.tape.column(shape.spec.name, shape.dtype)
        above = self.tape.apply("greater_equal", column, self.by_regime(highs, shape.dtype), MASK)
        if shape.complete and lows == highs:
            return self._doubled(above)
        unsigned = shape.dtype.replace("i", "u")
        bare = self.tape.column(shape.spec.name, unsigned)
        reached = self.tape.apply("greater_equal", bare, self.by_regime(lows, unsigned), MASK)
        return self.tape.apply("add", reached, above)

    def _equal(self, shape: Shape, numbers: Sequence[tuple[int, ...] | None]) -> int:
        """Equal to the only number is yes, to one of several is unknown, to none of them is no."""
        top, column = int(np.iinfo(shape.dtype).max), self.tape.column(shape.spec.name, shape.dtype)
        distinct = [None if found is None else tuple(sorted(set(found))) for found in numbers]
        most = max(2, *(len(found or ()) for found in distinct))
        truth = self.tape.constant(0)
        for place in range(most):
            entries = [None if found is None else _nth(found, place, top) for found in distinct]
            same = self.tape.apply("equal", column, self.by_regime(entries, shape.dtype), MASK)
            truth = same if place == 0 else self.tape.apply("add", truth, same)
        if any(found == () for found in numbers):
            truth = self._unknown_where(
                truth, self.by_regime([None if found is None else int(not found) for found in numbers])
            )
        return truth if shape.complete else self._unknown_where(truth, self._is(column, shape, UNKNOWN_NUMBER))

    def _doubled(self, mask: int) -> int:
        return self.tape.apply("add", mask, mask)

    def _is(self, column: int, shape: Shape, code: int) -> int:
        return self.tape.apply("equal", column, self.tape.constant(code, shape.dtype), MASK)

    def _unknown_where(self, truth: int, mask: int) -> int:
        """Return unknown where the mask is 1, the truth elsewhere."""
        return self.tape.most(self.tape.least(truth, self.tape.negated(mask)), mask)


def says(lowering: Lowering, rules: Sequence[PlannedRule | None], lawful: Sequence[bool]) -> int:
    """Return what one rule says for a verdict: yes where it is not in force or its bar is beaten."""
    if not any(rules):
        return lowering.tape.constant(_ABSENT)
    truth = lowering.truth(steps_of(rules))
    known = next(planned for planned in rules if planned is not None)
    floors: list[int | None] = []
    for planned, law in zip(rules, lawful, strict=True):
        floor = _ABSENT if planned is None else 0
        if planned is not None and known.rule.kind is RuleKind.BAR:
            floor = 2 if planned.beaten else 1 if planned.open_with else 0
        floors.append(floor if law else None)
    sign = lowering.tape.negated(truth) if known.rule.kind is RuleKind.BAR else truth
    return lowering.tape.most(sign, lowering.by_regime(floors))


def steps_of(rules: Sequence[PlannedRule | None]) -> list[Step | None]:
    """Return the step of a rule in each regime; None where it is not in force."""
    return [None if planned is None else planned.step for planned in rules]


def by_rule(plans: Sequence[Plan], order: Sequence[str]) -> dict[str, list[PlannedRule | None]]:
    """Return for each rule its plan in each regime, None where it is not in force, in the order given."""
    found = [{planned.rule.name: planned for planned in plan.rules} for plan in plans]
    return {name: [rules.get(name) for rules in found] for name in order}


def _nth(numbers: tuple[int, ...], place: int, top: int) -> int:
    number = numbers[0] if len(numbers) == 1 and place < 2 else numbers[place] if place < len(numbers) else NEVER_EQUAL
    return number if 0 <= number < top else NEVER_EQUAL


_COMPARISONS = {
    Op.AT_LEAST: "greater_equal", Op.ABOVE: "greater", Op.AT_MOST: "less_equal", Op.BELOW: "less", Op.EQUAL: "equal",
}  # fmt: skip
