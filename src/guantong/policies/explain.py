"""Everyone's full trace (逐人说明): each signature that occurs is traced once, and stands for all who have it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from guantong.policies.columns import Columns, People, read_people, school_day
from guantong.policies.decide import Decision, decide_known
from guantong.policies.kernel import Array
from guantong.policies.rulebook import DEFAULT_DECISION, DecisionSpec, Rulebook
from guantong.policies.signatures import domain_of, table_keys


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Explanation:
    """Everyone's full trace: which signature each person has, how many have it, and its decision."""

    people: People
    of: Array
    counts: Array
    decisions: tuple[Decision, ...]

    def __getitem__(self, row: int) -> Decision:
        """Return one person's decision with its trace, over the person's own inputs."""
        decision = self.decisions[int(self.of[row])]
        mine = self.people.inputs_of(row)
        return replace(decision, inputs={name: mine[name] for name in decision.spec.inputs})


def explain_table(
    book: Rulebook, columns: Columns | People, decision: str = DEFAULT_DECISION, *, on: date | None = None
) -> Explanation:
    """Trace one decision for everyone by tracing each signature that occurs once."""
    people = columns if isinstance(columns, People) else read_people(book, columns, (decision,), on=on)
    domain = domain_of(book, decision, people.regimes)
    keys = table_keys(domain, people)
    counted = np.bincount(keys, minlength=domain.size * len(people.regimes))
    seen = np.flatnonzero(counted)
    numbers = np.zeros(len(counted), np.int32)
    numbers[seen] = np.arange(len(seen))
    first = np.zeros(len(seen), np.int64)
    first[numbers[keys[::-1]]] = np.arange(people.rows - 1, -1, -1)
    decisions = tuple(_traced(book, domain.spec, people, int(row)) for row in first)
    return Explanation(people=people, of=numbers[keys], counts=counted[seen], decisions=decisions)


def _traced(book: Rulebook, spec: DecisionSpec, people: People, row: int) -> Decision:
    cohort, year = people.regime_of(row)
    inputs = {name: people.inputs[name].at(row) for name in spec.inputs}
    return decide_known(book, spec, inputs, cohort=cohort, on=school_day(year))
