"""Soundness (规则体检): gaps, clauses left open, overlaps, conflicts and dead rules, over every signature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import reduce

import numpy as np

from guantong.policies.columns import People, Regime
from guantong.policies.inputs import Known
from guantong.policies.kernel import Array
from guantong.policies.law import Mark
from guantong.policies.plan import Plan, PlannedRule
from guantong.policies.rulebook import Rulebook
from guantong.policies.rules import RuleKind
from guantong.policies.signatures import Domain, law_of
from guantong.policies.steps import Step, thresholds
from guantong.policies.table_plan import rule_truths

NO, UNKNOWN, YES = 0, 1, 2


class FindingKind(Enum):
    """What can be found about the rules of one decision."""

    LAWLESS = "lawless"
    GAP = "gap"
    OPEN = "open"
    VALUE = "value"
    OVERLAP = "overlap"
    CONFLICT = "conflict"
    DEAD = "dead"

    @property
    def label(self) -> str:
        """Return the words that a page shows."""
        return _LABELS[self]


_LABELS = {
    FindingKind.LAWLESS: "这些届别没有收录任何规定",
    FindingKind.GAP: "情况都已知道，但没有一条规则回答",
    FindingKind.OPEN: "条文本身没有写明",
    FindingKind.VALUE: "取值没有收录，或几个来源不一致",
    FindingKind.OVERLAP: "两条规则给出同样的结果",
    FindingKind.CONFLICT: "两条规则给出相反的结果",
    FindingKind.DEAD: "这条规则从不改变结果",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found: about which rules and clauses, in how many signatures of which cohorts, with one example."""

    kind: FindingKind
    decision: str
    cohorts: tuple[int, ...]
    signatures: int
    rules: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    example: Mapping[str, Known | None] | None = None
    declared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Case:
    """One law over every signature: what each rule says, and which signatures have no unknown input."""

    domain: Domain
    plan: Plan
    cohorts: tuple[int, ...]
    people: People
    start: int
    truths: Mapping[str, Array]
    known: Array

    def finding(
        self, kind: FindingKind, where: Array, *planned: PlannedRule, declared: bool = False
    ) -> Iterator[Finding]:
        """Yield the finding, where there is any signature to show."""
        rows = np.flatnonzero(where)
        if len(rows):
            yield Finding(
                kind=kind,
                decision=self.domain.spec.id,
                cohorts=self.cohorts,
                signatures=len(rows) * len(self.cohorts),
                rules=tuple(one.rule.name for one in planned),
                clauses=tuple(dict.fromkeys(one.clause.id for one in planned)),
                example=self.people.inputs_of(self.start + int(rows[0])),
                declared=declared,
            )


def findings_of(domain: Domain, people: People) -> tuple[Finding, ...]:
    """Return everything found about one decision."""
    truths = rule_truths(domain.book, people, domain.spec.id)
    count = len(domain.keys)
    found: list[Finding] = []
    cases: list[_Case] = []
    complete = np.ones(count, np.bool_)
    for column in people.inputs.values():
        complete &= column.codes[:count] != column.unknown
    for law, plan in domain.different.items():
        numbers = [number for number, one in enumerate(domain.plans) if law_of(one) == law]
        rows = slice(numbers[0] * count, (numbers[0] + 1) * count)
        case = _Case(
            domain=domain,
            plan=plan,
            cohorts=tuple(sorted({domain.regimes[number][0] for number in numbers})),
            people=people,
            start=rows.start,
            truths={name: array[rows] for name, array in truths.items()},
            known=complete,
        )
        cases.append(case)
        found += _findings(case)
    return (*found, *_dead(domain, cases))


def dead_clauses(book: Rulebook, findings: Sequence[Finding], regimes: Sequence[Regime]) -> tuple[str, ...]:
    """Return the clauses marked as rules of which no rule changes any answer for any of the cohorts."""
    dead = {name for one in findings if one.kind is FindingKind.DEAD for name in one.rules}
    alive = {
        rule.clause
        for rule in book.rules
        if rule.name not in dead
        and any(book.clauses[rule.clause].basis_for(cohort, year) is not None for cohort, year in regimes)
    }
    return tuple(clause.id for clause in book.clauses.values() if clause.mark is Mark.RULE and clause.id not in alive)


def _findings(case: _Case) -> Iterator[Finding]:
    if not case.plan.has_conditions:
        yield from case.finding(FindingKind.LAWLESS, np.ones_like(case.known))
        return
    values = [one for one in case.plan.rules if one.rule.kind is RuleKind.VALUE]
    yield from _value_findings(case, values) if values else _verdict_findings(case)


def _verdict_findings(case: _Case) -> Iterator[Finding]:
    for one in case.plan.rules:
        unknown = case.known & (case.truths[one.rule.name] == UNKNOWN)
        yield from case.finding(_cause(one.step), unknown, one)
    conditions = [one for one in case.plan.rules if one.rule.kind is RuleKind.CONDITION]
    holding = reduce(np.minimum, [case.truths[one.rule.name] for one in conditions])
    for bar in case.plan.rules:
        exception = all(one.clause.id == bar.clause.id for one in conditions)
        if bar.rule.kind is RuleKind.BAR and not exception:
            met = [one for one in conditions if set(one.meets) & set(bar.meets)]
            where = case.known & (holding == YES) & (case.truths[bar.rule.name] == YES)
            yield from case.finding(FindingKind.CONFLICT, where, bar, (met or conditions)[0], declared=bool(met))


def _value_findings(case: _Case, values: Sequence[PlannedRule]) -> Iterator[Finding]:
    stand = _stand(case, values)
    sure = _by_value(case, values, {name: truth == YES for name, truth in stand.items()})
    unsettled = case.known & (_answers(case, values) == 0) & (sum(sure.values()) < 2)
    for one in values:
        unknown = unsettled & (case.truths[one.rule.name] == UNKNOWN) & ~sure[one.rule.gives]
        yield from case.finding(_cause(one.step), unknown, one)
    yield from case.finding(FindingKind.GAP, case.known & (reduce(np.maximum, stand.values()) == NO))
    for number, first in enumerate(values):
        for second in values[number + 1 :]:
            declared = bool(set(first.meets) & set(second.meets))
            if first.rule.gives != second.rule.gives:
                both = case.known & (case.truths[first.rule.name] == YES) & (case.truths[second.rule.name] == YES)
                yield from case.finding(FindingKind.CONFLICT, both, first, second, declared=declared)
            else:
                both = case.known & (stand[first.rule.name] == YES) & (stand[second.rule.name] == YES)
                yield from case.finding(FindingKind.OVERLAP, both, first, second)


def _cause(step: Step) -> FindingKind:
    """Tell why a rule is unknown though every input is known: a value of the law, or the clause's own words."""
    disputed = any(len(one.numbers) != 1 for one in thresholds(step))
    return FindingKind.VALUE if disputed else FindingKind.OPEN


def _dead(domain: Domain, cases: Sequence[_Case]) -> Iterator[Finding]:
    """Yield the rules without which every answer would be the same."""
    in_force: dict[str, PlannedRule] = {}
    alive: set[str] = set()
    for case in cases:
        for one in case.plan.rules:
            in_force.setdefault(one.rule.name, one)
            others = [other for other in case.plan.rules if other is not one]
            if one.rule.name not in alive and (_answers(case, case.plan.rules) != _answers(case, others)).any():
                alive.add(one.rule.name)
    cohorts = tuple(sorted({cohort for case in cases for cohort in case.cohorts}))
    for name, one in in_force.items():
        if name not in alive:
            yield Finding(
                kind=FindingKind.DEAD,
                decision=domain.spec.id,
                cohorts=cohorts,
                signatures=domain.signatures,
                rules=(name,),
                clauses=(one.clause.id,),
            )


def _answers(case: _Case, rules: Sequence[PlannedRule]) -> Array:
    """Return an answer per signature from some of a law's rules; values are numbered from 1, 0 is unknown."""
    unknown = np.full(len(case.known), UNKNOWN, np.uint8)
    if all(one.rule.kind is RuleKind.BAR for one in rules):
        return unknown
    if not case.domain.spec.gives_value:
        return reduce(np.minimum, [_said(one)[case.truths[one.rule.name]] for one in rules])
    stand = _stand(case, rules)
    sure = _by_value(case, rules, {name: truth == YES for name, truth in stand.items()})
    may = _by_value(case, rules, {name: truth != NO for name, truth in stand.items()})
    given = np.array(list(sure.values()))
    alone = np.sum(list(may.values()), axis=0) == 1
    return np.where(alone & given.any(axis=0), given.argmax(axis=0) + 1, 0)


def _stand(case: _Case, rules: Sequence[PlannedRule]) -> dict[str, Array]:
    """Return by rule whether it stands against those of the rules that beat it, as `standing` says it of one case."""
    names = {one.rule.name for one in rules}
    return {
        one.rule.name: reduce(
            np.minimum,
            [YES - case.truths[name] for name in one.yields_to if name in names],
            case.truths[one.rule.name],
        )
        for one in rules
    }


def _by_value(case: _Case, rules: Sequence[PlannedRule], masks: Mapping[str, Array]) -> dict[str, Array]:
    """Return by value where the mask of some rule that gives it is set."""
    found = {value: np.zeros(len(case.known), np.bool_) for value in case.domain.spec.values}
    for one in rules:
        found[one.rule.gives] |= masks[one.rule.name]
    return found


def _said(one: PlannedRule) -> Array:
    """Return what a rule says of a verdict, by its truth."""
    if one.rule.kind is not RuleKind.BAR:
        return np.array([NO, UNKNOWN, YES], np.uint8)
    if one.beaten:
        return np.array([YES, YES, YES], np.uint8)
    return np.array([YES, UNKNOWN, UNKNOWN if one.open_with else NO], np.uint8)
