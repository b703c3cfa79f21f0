"""Axes (轴): the classes of an input, or of inputs compared with each other, that rules can tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np

from guantong.policies.codes import UNKNOWN_NUMBER, encoded
from guantong.policies.expressions import Op
from guantong.policies.inputs import InputKind, InputSpec, Known
from guantong.policies.kernel import Array
from guantong.policies.steps import Every, Never, Pairwise, Some, Step, thresholds


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

    def dtype(self, spec: InputSpec) -> type[np.generic]:
        """Return a type that holds the codes of every representative of an input."""
        if spec.kind not in (InputKind.SCORE, InputKind.COUNT):
            return np.uint8
        numbers = [value for values in self.values.values() for value in values if isinstance(value, int)]
        return np.int16 if max(numbers, default=0) < np.iinfo(np.int16).max else np.int32

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


def axes_of(specs: Sequence[InputSpec], steps: Sequence[Step]) -> tuple[Axis, ...]:
    """Return the axes of a decision with these inputs and these steps."""
    pairs = {frozenset((pair.input, pair.other)) for step in steps for pair in _pairs(step)}
    by_name = {spec.name: spec for spec in specs}
    return tuple(_axis([by_name[name] for name in group], steps) for group in _groups(list(by_name), pairs))


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
    return sorted(
        (tuple(sorted(group, key=list(names).index)) for group in groups), key=lambda group: names.index(group[0])
    )


def _axis(specs: Sequence[InputSpec], steps: Sequence[Step]) -> Axis:
    cuts = tuple(_cuts(spec, steps) for spec in specs)
    bare = Axis(specs=tuple(specs), cuts=cuts, values={}, size=0)
    starts = sorted({0}.union(*cuts))
    options = [_representatives(spec, starts, len(specs)) for spec in specs]
    size = prod(_classes_of(spec, found) for spec, found in zip(specs, cuts, strict=True))
    size *= 3 ** (len(specs) * (len(specs) - 1) // 2)
    cases = list(product(*options))
    codes = [np.array([encoded(spec, case[at]) for case in cases], np.int64) for at, spec in enumerate(specs)]
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


def _representatives(spec: InputSpec, starts: Sequence[int], together: int) -> tuple[Known | None, ...]:
    """Return enough values to stand for every class, and for every order among inputs compared together."""
    if spec.kind not in (InputKind.SCORE, InputKind.COUNT):
        return (None, *spec.domain())
    return (None, *sorted({start + by for start in starts for by in range(together)}))


def _classes_of(spec: InputSpec, cuts: Sequence[int]) -> int:
    if spec.kind is InputKind.BOOLEAN:
        return 3
    return len(spec.choices) + 1 if spec.kind is InputKind.CHOICE else len(cuts) + 2


def _class(spec: InputSpec, cuts: Sequence[int], codes: Array) -> Array:
    """Return the class of each code: itself, or the interval between cuts, the last class for unknown."""
    if spec.kind not in (InputKind.SCORE, InputKind.COUNT):
        return codes
    total: Array = (codes == UNKNOWN_NUMBER) * (len(cuts) + 1)
    for cut in cuts:
        total = total + (codes >= cut)
    return total
