"""A rulebook (规则册): inputs, clauses, dated values and rules that decide one family of questions.

It only holds definitions: `plan` selects what governs a cohort, `decide` answers a case, and
`conflicts`, `cases` and `canonical` check, exercise and keep the same definitions.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from guantong.errors import ClauseUnknown, DecisionUnknown
from guantong.policies.inputs import InputSpec
from guantong.policies.law import Clause, DatedValue
from guantong.policies.rules import Rule

DEFAULT_DECISION = "may_apply"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionSpec:
    """One question that the rulebook answers, with a verdict or with one of a few values."""

    id: str
    title: str
    inputs: tuple[str, ...]
    words: Mapping[str, str]
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def gives_value(self) -> bool:
        """Tell whether the answer is a value rather than yes or no."""
        return bool(self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedence:
    """Two clauses that meet in one decision: the first beats the second, or nobody has settled it."""

    decision: str
    first: str
    second: str
    settled: bool
    note: str


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True, eq=False)
class Rulebook:
    """Everything that decides, in one frozen object, compared by identity."""

    id: str
    title: str
    documents: tuple[str, ...]
    inputs: Mapping[str, InputSpec]
    decisions: Mapping[str, DecisionSpec]
    clauses: Mapping[str, Clause]
    values: tuple[DatedValue, ...]
    rules: tuple[Rule, ...]
    precedences: tuple[Precedence, ...] = ()

    def decision(self, name: str) -> DecisionSpec:
        """Return a decision by its id; raise `DecisionUnknown` with near names."""
        if name not in self.decisions:
            raise DecisionUnknown(name, difflib.get_close_matches(name, self.decisions, n=2, cutoff=0.4))
        return self.decisions[name]

    def clause(self, name: str) -> Clause:
        """Return a clause by its id; raise `ClauseUnknown` with near names."""
        if name not in self.clauses:
            raise ClauseUnknown(name, difflib.get_close_matches(name, self.clauses, n=2))
        return self.clauses[name]

    def value(self, name: str, cohort: int) -> DatedValue | None:
        """Return the value that stands for a cohort; None where none was enacted: it is never carried."""
        return next((value for value in self.values if value.name == name and cohort in value.cohorts), None)

    def highest(self, spec: InputSpec, cohort: int) -> Decimal | None:
        """Return the largest paper total of a cohort that bounds an input; None where it is not known."""
        value = self.value(spec.upper, cohort) if spec.upper else None
        return max(value.out_of, default=None) if value else None

    def rules_of(self, decision: str) -> tuple[Rule, ...]:
        """Return the rules of one decision, in the order in which they are written."""
        return tuple(rule for rule in self.rules if rule.decision == decision)

    def without_value(self, name: str, cohort: int) -> Rulebook:
        """Return the rulebook as it would be if one dated value were not known."""
        kept = tuple(value for value in self.values if not (value.name == name and cohort in value.cohorts))
        return replace(self, values=kept)

    def with_values(self, values: tuple[DatedValue, ...]) -> Rulebook:
        """Return the rulebook with other dated values."""
        return replace(self, values=values)
