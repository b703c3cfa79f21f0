"""A whole city at once (成批判断): the table evaluator.

The rules of each decision become one straight-line program over narrow columns, run block by block;
people of different cohorts stand in one table, each under the law of their own. Answers are bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from guantong.policies.columns import Columns, People, inputs_for, read_people
from guantong.policies.kernel import Array
from guantong.policies.rulebook import DEFAULT_DECISION, DecisionSpec, Rulebook
from guantong.policies.rules import Rule
from guantong.policies.table_plan import FAILED, HELD, OPEN, VALUE_UNKNOWN, make_outputs, shapes_of, table_plan
from guantong.policies.truth import Truth

__all__ = ["FAILED", "HELD", "OPEN", "VALUE_UNKNOWN", "TableAnswer", "TableRun", "decide_table"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TableAnswer:
    """What a table run says of one decision.

    `codes` hold 0 no, 1 unknown, 2 yes; for a value decision the number of the value, 255 for unknown.
    `lawless` counts the rows for whose cohort nothing is in force: they are unknown, and no error.
    Reasons are bits, one per rule in `rules`: `failed` says no, `open` is unknown, `held` gives the value.
    """

    spec: DecisionSpec
    rules: tuple[Rule, ...]
    codes: Array
    lawless: int
    reasons: Mapping[str, Array]

    @property
    def words(self) -> tuple[str, ...]:
        """Return the word of each code, with the word for unknown at 255."""
        if not self.spec.gives_value:
            return tuple(truth.word for truth in Truth)
        return tuple(self.spec.values)

    def word(self, row: int) -> str:
        """Return one person's answer: yes, no, unknown or the value."""
        return self.word_of(int(self.codes[row]))

    def word_of(self, code: int) -> str:
        """Return the word of a code."""
        return Truth.UNKNOWN.word if code == VALUE_UNKNOWN else self.words[code]

    def counts(self) -> dict[str, int]:
        """Return how many people have each answer."""
        counted = np.bincount(self.codes, minlength=VALUE_UNKNOWN + 1)
        named = {word: int(counted[code]) for code, word in enumerate(self.words)}
        unknown = Truth.UNKNOWN.word
        return {**named, unknown: named.get(unknown, 0) + int(counted[VALUE_UNKNOWN])}

    def clauses(self, bits: int) -> tuple[str, ...]:
        """Return the clauses of the rules whose bits are set, in the order of the rulebook, each once."""
        return tuple(dict.fromkeys(rule.clause for at, rule in enumerate(self.rules) if bits >> at & 1))

    def first_failed(self) -> Array:
        """Return the number of each person's first rule that says no; the number of rules where none does."""
        failed = self.reasons[FAILED].astype(np.uint64)
        lowest: Array = np.bitwise_count((failed & -failed) - np.uint64(1))
        first: Array = np.minimum(lowest, np.uint8(len(self.rules)))
        return first


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TableRun:
    """A table answered: the people and, by decision, the answers."""

    book: Rulebook
    people: People
    answers: Mapping[str, TableAnswer]

    def __getitem__(self, decision: str) -> TableAnswer:
        """Return the answers to one decision."""
        return self.answers[decision]


def decide_table(
    book: Rulebook,
    columns: Columns | People,
    decisions: Sequence[str] = (DEFAULT_DECISION,),
    *,
    on: date | None = None,
    reasons: bool = True,
) -> TableRun:
    """Answer some decisions for everyone in a table, or in one that was read before.

    Raises `DecisionUnknown`, and `TableRefused` with every fault of the table.
    """
    specs = [book.decision(name) for name in decisions]
    people = columns if isinstance(columns, People) else read_people(book, columns, decisions, on=on)
    shapes = shapes_of(people, inputs_for(book, decisions))
    plan = table_plan(book, tuple(decisions), people.regimes, shapes, people.regime.dtype.str[1:], reasons)
    outputs = make_outputs(plan.outputs, people.rows)
    plan.program.run(people.arrays(), outputs, people.rows)
    answers = {
        spec.id: TableAnswer(
            spec=spec,
            rules=plan.rules[spec.id],
            codes=outputs[spec.id],
            lawless=_count(people, plan.lawless[spec.id]),
            reasons={
                kind: outputs[f"{spec.id}.{kind}"] for kind in (FAILED, OPEN, HELD) if f"{spec.id}.{kind}" in outputs
            },
        )
        for spec in specs
    }
    return TableRun(book=book, people=people, answers=answers)


def _count(people: People, regimes: Sequence[int]) -> int:
    """Count the people of some regimes."""
    if not regimes:
        return 0
    return int(np.bincount(people.regime, minlength=len(people.regimes))[list(regimes)].sum())
