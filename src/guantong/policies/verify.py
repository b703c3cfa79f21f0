"""Verification (核验): every signature of every decision, answered three ways, and what the rules leave open.

The untraced scalar answer, the table and the signature look-up are compared on every signature of every
cohort; the trace on a stated sample. Cohorts under the same rules and numbers share their scalar answers
(the scalar evaluator reads nothing else), the table answers each cohort by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guantong.policies.columns import People, Regime, school_day
from guantong.policies.decide import Decision, decide_known
from guantong.policies.inputs import Known
from guantong.policies.plan import Plan
from guantong.policies.rulebook import Rulebook
from guantong.policies.signatures import Domain, decide_by_signature, domain_of, law_of
from guantong.policies.soundness import Finding, dead_clauses, findings_of
from guantong.policies.table import FAILED, HELD, OPEN, TableAnswer, decide_table
from guantong.policies.truth import Truth

COHORTS = tuple(range(2019, 2029))
TRACED_SAMPLE = 500
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One signature to which two evaluators answer differently."""

    decision: str
    cohort: int
    inputs: dict[str, Known | None]
    scalar: int
    table: int
    signature: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What verification found about one decision."""

    decision: str
    signatures: int
    scalar_cases: int
    traced: int
    different: int
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What verification found about a rulebook."""

    rulebook: str
    cohorts: tuple[int, ...]
    decisions: tuple[Verified, ...]
    dead_clauses: tuple[str, ...]

    @property
    def signatures(self) -> int:
        """Return how many signatures were answered three ways."""
        return sum(decision.signatures for decision in self.decisions)

    @property
    def different(self) -> int:
        """Return how many answers or traces differ; 0 is the only good number."""
        return sum(decision.different for decision in self.decisions)

    def found(self, kind: str) -> tuple[Finding, ...]:
        """Return every finding of one kind: gap, open, overlap, conflict or dead."""
        return tuple(one for decision in self.decisions for one in decision.findings if one.kind.value == kind)


def verify(
    book: Rulebook, cohorts: Sequence[int] = COHORTS, school_years: Sequence[int | None] = (None,)
) -> Verification:
    """Verify every decision over every signature of some cohorts."""
    regimes = [(cohort, year) for cohort in cohorts for year in school_years]
    decisions = tuple(_verified(book, name, regimes) for name in book.decisions)
    return Verification(
        rulebook=book.id,
        cohorts=tuple(cohorts),
        decisions=decisions,
        dead_clauses=dead_clauses(book, [one for decision in decisions for one in decision.findings], regimes),
    )


def _verified(book: Rulebook, decision: str, regimes: Sequence[Regime]) -> Verified:
    domain = domain_of(book, decision, regimes)
    people, scalar = domain.people(), domain.answers()
    answer = decide_table(book, people, (decision,))[decision]
    expected = np.concatenate([scalar[law_of(plan)] for plan in domain.plans])
    looked_up = decide_by_signature(domain, people, scalar)
    wrong = np.flatnonzero((expected != answer.codes) | (expected != looked_up))
    differences = tuple(
        Difference(
            decision=decision,
            cohort=people.regime_of(row)[0],
            inputs=people.inputs_of(row),
            scalar=int(expected[row]),
            table=int(answer.codes[row]),
            signature=int(looked_up[row]),
        )
        for row in map(int, wrong[:_SHOWN])
    )
    rows = _sample(len(expected))
    traces = sum(not _trace_agrees(domain, people, answer, row) for row in rows)
    return Verified(
        decision=decision,
        signatures=domain.signatures,
        scalar_cases=len(domain.keys) * len(domain.different),
        traced=len(rows),
        different=len(wrong) + traces,
        differences=differences,
        findings=findings_of(domain, people),
    )


def _sample(rows: int) -> list[int]:
    """Return evenly spread rows, the first and the last among them."""
    return sorted({int(row) for row in np.linspace(0, rows - 1, min(rows, TRACED_SAMPLE))})


def _trace_agrees(domain: Domain, people: People, answer: TableAnswer, row: int) -> bool:
    """Tell whether the traced decision has the table's answer, and its findings the table's reasons."""
    number = int(people.regime[row])
    inputs = people.inputs_of(row)
    cohort, year = domain.regimes[number]
    traced = decide_known(domain.book, domain.spec, inputs, cohort=cohort, on=school_day(year))
    bits = {kind: int(reasons[row]) for kind, reasons in answer.reasons.items()}
    same = domain.code(traced.answer) == int(answer.codes[row])
    return same and bits == reasons_of(traced, domain.plans[number], answer)


def reasons_of(traced: Decision, plan: Plan, answer: TableAnswer) -> dict[str, int]:
    """Return the reason bits that a traced decision stands for."""
    bit = {rule.name: 1 << at for at, rule in enumerate(answer.rules)}
    lines = traced.findings if plan.has_conditions else ()
    if traced.spec.gives_value:
        opened = [line for line in lines if line.truth is Truth.UNKNOWN]
        kinds = ((OPEN, opened), (HELD, [line for line in lines if line.truth is Truth.YES]))
    else:
        failed = [line for line in lines if line.says is Truth.NO]
        kinds = ((FAILED, failed), (OPEN, [line for line in lines if line.says is Truth.UNKNOWN]))
    return {kind: sum(bit[line.planned.rule.name] for line in chosen) for kind, chosen in kinds}
