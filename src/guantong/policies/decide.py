"""One case, answered with its trace (判断): the scalar evaluator.

A verdict is the Kleene *and* of its conditions and of *not* each bar. A bar in unsettled conflict
with a condition makes the answer unknown where it holds. Value rules stand against each other as
`standing` says. A cohort without any condition of its own in force answers unknown: nothing is
carried that is not declared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from guantong.errors import InputRefused, Problem
from guantong.evidence import Grade, weakest
from guantong.policies.inputs import Known, unknown_names
from guantong.policies.plan import Inputs, Plan, PlannedRule, plan_of, unsettled
from guantong.policies.rulebook import DEFAULT_DECISION, DecisionSpec, Rulebook
from guantong.policies.rules import RuleKind
from guantong.policies.standing import UNKNOWN_VALUE, in_doubt, standing, value_given
from guantong.policies.truth import Truth, all_of, negated
from guantong.years import SchoolYear

NO_LAW = "law"
"""Stands in `missing` where nothing is enacted or carried for the cohort, or nothing of it speaks of the case."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the trace: a rule in force and what its expression says of the inputs."""

    planned: PlannedRule
    truth: Truth

    @property
    def says(self) -> Truth:
        """Return what the rule contributes: for a bar the opposite, unknown where its conflict is unsettled."""
        return says(self.planned, self.truth)

    @property
    def grade(self) -> Grade:
        """Return the weakest of the clause's grade, the value's grade and our reading's."""
        value = self.planned.value
        grades = (self.planned.clause.grade, value and value.grade, self.planned.rule.reading)
        return weakest(grade for grade in grades if grade) or self.planned.clause.grade


@dataclass(frozen=True)
class Decision:
    """The answer to one case, with everything that led to it."""

    book: Rulebook
    spec: DecisionSpec
    cohort: int
    school_year: int | None
    on: date | None
    inputs: Inputs
    answer: Truth | str
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        """Return "yes", "no" or "unknown"; for a value decision whether the value is known."""
        if isinstance(self.answer, Truth):
            return self.answer.word
        return Truth.UNKNOWN.word if self.answer == UNKNOWN_VALUE else Truth.YES.word

    @property
    def value(self) -> str | None:
        """Return the value of a value decision ("unknown" where it is open); None for a verdict."""
        return None if isinstance(self.answer, Truth) else self.answer

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Return what would settle an unknown answer.

        Names of inputs; `value:<name>` for a value not enacted or disputed; a clause id where its
        own text leaves the case open or a conflict waits for a ruling (of values: once both hold);
        `law` where the cohort has nothing in force that speaks of the case. An unknown answer
        always names something.
        """
        if self.verdict != Truth.UNKNOWN.word:
            return ()
        if not any(finding.planned.rule.kind is not RuleKind.BAR for finding in self.findings):
            return (NO_LAW,)
        contradicted = self.value and all(finding.truth is not Truth.UNKNOWN for finding in self.findings)
        names: list[str] = []
        for finding in self.findings:
            if finding.truth is Truth.YES and (contradicted or finding.says is Truth.UNKNOWN):
                names += (finding.planned.clause.id, *finding.planned.open_with)
            if finding.says is Truth.UNKNOWN:
                names += unsettled(finding.planned.step, self.inputs, finding.planned.clause.id)
        return tuple(dict.fromkeys(names)) or (NO_LAW,)

    @property
    def grade(self) -> Grade | None:
        """Return the weakest grade among the findings; None where nothing is in force."""
        return weakest(finding.grade for finding in self.findings)

    @property
    def words(self) -> str:
        """Return the answer in the fixed public words."""
        if self.value is not None:
            return self.spec.values.get(self.value, self.spec.words["unknown"])
        return self.spec.words[self.verdict]


def decide(
    book: Rulebook,
    given: Mapping[str, object],
    *,
    cohort: int,
    decision: str = DEFAULT_DECISION,
    on: date | None = None,
) -> Decision:
    """Answer one case of a cohort from raw inputs; an input left out or null is unknown.

    `on` is the day the question is about; it selects standing rules by school year. Raises
    `DecisionUnknown`, and `InputRefused` with every unreadable input at once.
    """
    spec = book.decision(decision)
    inputs = read_inputs(book, spec, given, cohort, on)
    return decide_known(book, spec, inputs, cohort=cohort, on=on)


def decide_known(
    book: Rulebook, spec: DecisionSpec, inputs: Inputs, *, cohort: int, on: date | None = None
) -> Decision:
    """Answer one case from inputs that were read before."""
    school_year = SchoolYear.of(on).start if on else None
    plan = plan_of(book, spec.id, cohort, school_year)
    findings = tuple([Finding(planned, planned.check(inputs)) for planned in plan.rules])
    if spec.gives_value:
        answer, findings = _value(findings)
        return Decision(book, spec, cohort, school_year, on, inputs, answer, findings)
    return Decision(book, spec, cohort, school_year, on, inputs, verdict_of(plan, findings), findings)


def answer_known(spec: DecisionSpec, plan: Plan, inputs: Inputs) -> Truth | str:
    """Return the bare answer of a plan, without its trace."""
    truths = [planned.check(inputs) for planned in plan.rules]
    if spec.gives_value:
        return value_given(plan.rules, standing(plan.rules, truths))
    if not plan.has_conditions:
        return Truth.UNKNOWN
    return min(map(says, plan.rules, truths))


def says(planned: PlannedRule, truth: Truth) -> Truth:
    """Return what a rule contributes to a verdict: for a bar the opposite, unknown where its conflict is unsettled."""
    if planned.rule.kind is not RuleKind.BAR:
        return truth
    if planned.beaten:
        return Truth.YES
    if truth is Truth.YES and planned.open_with:
        return Truth.UNKNOWN
    return negated(truth)


def read_inputs(
    book: Rulebook, spec: DecisionSpec, given: Mapping[str, object], cohort: int, on: date | None = None
) -> dict[str, Known | None]:
    """Read what a person gave for a decision; raise `InputRefused` with every problem at once."""
    problems = unknown_names(given, spec.inputs)
    inputs: dict[str, Known | None] = {}
    for name in spec.inputs:
        declared = book.inputs[name]
        raw = declared.derived(given.get(name), on)
        value = raw if isinstance(raw, Problem) else declared.read(raw, book.highest(declared, cohort))
        if isinstance(value, Problem):
            problems.append(value)
        else:
            inputs[name] = value
    if problems:
        raise InputRefused(problems)
    return inputs


def verdict_of(plan: Plan, findings: tuple[Finding, ...]) -> Truth:
    """Combine the findings of a verdict decision; unknown where the cohort has no condition in force."""
    return all_of(finding.says for finding in findings) if plan.has_conditions else Truth.UNKNOWN


def _value(findings: tuple[Finding, ...]) -> tuple[str, tuple[Finding, ...]]:
    """Return the value given and the findings that matter for it: those that hold unbeaten, and those in doubt."""
    rules = [finding.planned for finding in findings]
    stand = standing(rules, [finding.truth for finding in findings])
    doubted = in_doubt(rules, stand)
    matter = tuple(
        finding
        for finding, stands in zip(findings, stand, strict=True)
        if (finding.truth is Truth.YES and stands is not Truth.NO)
        or (finding.truth is Truth.UNKNOWN and finding.planned.rule.name in doubted)
    )
    return value_given(rules, stand), matter or findings
