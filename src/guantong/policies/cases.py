"""Cases (案例): plain sentences with an input and an answer, contestable by anyone who reads Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from guantong.policies.decide import Decision, decide
from guantong.policies.rulebook import Rulebook
from guantong.policies.truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One sentence, its cohort and inputs, and what the rulebook is to answer.

    `missing` and `clauses` are asserted where they are given; `clauses` are those that say no,
    each once.
    """

    name: str
    cohort: int
    decision: str
    given: Mapping[str, object]
    expect: str
    on: date | None = None
    missing: tuple[str, ...] | None = None
    clauses: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """A case and what the rulebook answers to it."""

    case: Case
    decision: Decision

    @property
    def answered(self) -> str:
        """Return the verdict or the value."""
        return self.decision.value if self.decision.value is not None else self.decision.verdict

    @property
    def faults(self) -> tuple[str, ...]:
        """Return what differs from the case, one line each; empty where the case passes."""
        no = (finding.planned.clause.id for finding in self.decision.findings if finding.says is Truth.NO)
        said_no = tuple(dict.fromkeys(no))
        pairs = (
            ("answer", self.case.expect, self.answered),
            ("missing", self.case.missing, self.decision.missing),
            ("clauses", self.case.clauses, said_no),
        )
        return tuple(f"{name}: expected {want}, got {got}" for name, want, got in pairs if want not in (None, got))


def run_cases(book: Rulebook, cases: Iterable[Case]) -> tuple[CaseResult, ...]:
    """Answer every case."""
    return tuple(
        CaseResult(
            case=case,
            decision=decide(book, case.given, cohort=case.cohort, decision=case.decision, on=case.on),
        )
        for case in cases
    )
