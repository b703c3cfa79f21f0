"""Why an answer is what it is, and the nearest single change that would flip it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guantong.policies.decide import Decision, Finding, decide_known
from guantong.policies.expressions import inputs_of
from guantong.policies.inputs import InputKind, InputSpec, Known
from guantong.policies.plan import thresholds
from guantong.policies.truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One input, from what it is to what would flip the verdict."""

    input: str
    before: Known | None
    after: Known


def why(decision: Decision) -> tuple[str, ...]:
    """Return one plain Chinese line per finding: what was asked, what was found, by which clause."""
    return tuple(f"{_MARKS[finding.says]} {_sentence(decision, finding)}" for finding in decision.findings)


def change_one(decision: Decision, only: tuple[str, ...] = ()) -> Change | None:
    """Return the nearest single change that flips a yes or a no; None where no single change does.

    Numbers come first, by distance in steps; then choices in the order in which they are declared.
    `only` limits the inputs that may change.
    """
    if not isinstance(decision.answer, Truth) or decision.answer is Truth.UNKNOWN:
        return None
    wanted = Truth.NO if decision.answer is Truth.YES else Truth.YES
    for change in _candidates(decision, only or decision.spec.inputs):
        inputs = {**decision.inputs, change.input: change.after}
        other = decide_known(decision.book, decision.spec, inputs, cohort=decision.cohort, on=decision.on)
        if other.answer is wanted:
            return change
    return None


_MARKS = {Truth.YES: "✓", Truth.NO: "✗", Truth.UNKNOWN: "？"}


def _candidates(decision: Decision, names: tuple[str, ...]) -> Iterator[Change]:
    numeric: list[tuple[int, Change]] = []
    for name in names:
        before = decision.inputs.get(name)
        spec = decision.book.inputs[name]
        if spec.kind in (InputKind.SCORE, InputKind.COUNT) and before is not None:
            for number in _near_numbers(decision, spec):
                change = Change(input=name, before=before, after=number)
                numeric.append((abs(number - int(before)), change))
    yield from (change for _, change in sorted(numeric, key=lambda pair: pair[0]))
    for name in names:
        before = decision.inputs.get(name)
        for value in decision.book.inputs[name].domain():
            if before is not None and value != before:
                yield Change(input=name, before=before, after=value)


def _near_numbers(decision: Decision, spec: InputSpec) -> set[int]:
    name = spec.name
    highest = decision.book.highest(spec, decision.cohort)
    last = None if highest is None else spec.steps(highest)
    marks = {
        number
        for finding in decision.findings
        for threshold in thresholds(finding.planned.step)
        if threshold.input == name
        for number in threshold.numbers
    }
    others = [decision.inputs.get(other) for other in decision.spec.inputs if other != name]
    marks |= {value for value in others if isinstance(value, int) and not isinstance(value, bool)}
    near = {number + by for number in marks for by in (-1, 0, 1)} - {decision.inputs.get(name)}
    return {number for number in near if number >= 0 and (last is None or number <= last)}


def _sentence(decision: Decision, finding: Finding) -> str:
    planned = finding.planned
    found = "、".join(
        f"{spec.label}：{spec.words(decision.inputs.get(spec.name))}" for spec in operands(decision, finding)
    )
    limit = ""
    if planned.value:
        numbers = " 或 ".join(f"{number.normalize():f}" for number in planned.value.numbers)
        limit = f"；标准 {numbers} {planned.value.unit}（{planned.value.since} 级）"
    return f"{planned.rule.title}（{found}{limit}；依据 {planned.clause.number}，{finding.grade.label}）"


def operands(decision: Decision, finding: Finding) -> tuple[InputSpec, ...]:
    """Return the declared inputs that a finding's rule reads, in the decision's order."""
    names = inputs_of(finding.planned.rule.node)
    return tuple(decision.book.inputs[name] for name in decision.spec.inputs if name in names)
