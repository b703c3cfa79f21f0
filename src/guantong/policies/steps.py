"""Steps: a rule's expression with its numbers in place, as data and as a function of the inputs."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from guantong.policies.expressions import Among, Op
from guantong.policies.inputs import Known
from guantong.policies.truth import Truth, negated

Inputs: TypeAlias = Mapping[str, Known | None]
Check: TypeAlias = Callable[[Inputs], Truth]


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


def evaluate(step: Step, inputs: Inputs) -> Truth:
    """Return what a step says of the inputs, in three-valued logic."""
    return checker(step)(inputs)


def checker(step: Step) -> Check:
    """Turn a step into a function of the inputs, nested once, so that a case is answered without walking the tree."""
    match step:
        case Threshold(name, op, numbers):
            return _threshold_check(name, _HOLDS[op], numbers)
        case Among(name, members, open_members):
            return _among_check(name, frozenset(members), frozenset(open_members))
        case Every(parts):
            return _joined(min, tuple(map(checker, parts)), Truth.YES)
        case Some(parts):
            return _joined(max, tuple(map(checker, parts)), Truth.NO)
        case Never(part):
            inner = checker(part)
            return lambda inputs: _NEGATED[inner(inputs)]
        case Pairwise(name, op, other):
            return _pairwise_check(name, _HOLDS[op], other)


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


def _threshold_check(name: str, holds: Callable[[int, int], bool], numbers: tuple[int, ...]) -> Check:
    """Return the check of an input against the law's numbers; decided only where all of them agree."""
    if not numbers:
        return lambda inputs: Truth.UNKNOWN
    first, others = numbers[0], numbers[1:]

    def check(inputs: Inputs) -> Truth:
        left = inputs.get(name)
        if left is None:
            return Truth.UNKNOWN
        held = holds(int(left), first)
        if others and any(holds(int(left), number) is not held for number in others):
            return Truth.UNKNOWN
        return Truth.YES if held else Truth.NO

    return check


def _pairwise_check(name: str, holds: Callable[[int, int], bool], other: str) -> Check:
    def check(inputs: Inputs) -> Truth:
        left, right = inputs.get(name), inputs.get(other)
        if left is None or right is None:
            return Truth.UNKNOWN
        return Truth.YES if holds(int(left), int(right)) else Truth.NO

    return check


def _among_check(name: str, members: frozenset[str | bool], open_members: frozenset[str | bool]) -> Check:
    def check(inputs: Inputs) -> Truth:
        value = inputs.get(name)
        if value is None or value in open_members:
            return Truth.UNKNOWN
        return Truth.YES if value in members else Truth.NO

    return check


def _joined(choose: Callable[..., Truth], parts: tuple[Check, ...], empty: Truth) -> Check:
    return lambda inputs: choose([part(inputs) for part in parts], default=empty)


_HOLDS: Mapping[Op, Callable[[int, int], bool]] = {
    Op.AT_LEAST: operator.ge,
    Op.ABOVE: operator.gt,
    Op.AT_MOST: operator.le,
    Op.BELOW: operator.lt,
    Op.EQUAL: operator.eq,
}
_NEGATED = {truth: negated(truth) for truth in Truth}
