"""Comparison (比较): the same people under two laws, or under one law with a value moved: who changes, and why.

A score belongs to the paper of its own cohort. Under the law of a cohort whose paper has another total it
is unknown, never compared as a bare number; `by_share` converts it by its share of the total instead, which
is an assumption and is stated in the result.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np

from guantong.errors import ValueUnknown
from guantong.policies.codes import UNKNOWN_NUMBER, Column
from guantong.policies.columns import Columns, People, read_people
from guantong.policies.kernel import Array
from guantong.policies.law import DatedValue
from guantong.policies.rulebook import DEFAULT_DECISION, Rulebook
from guantong.policies.table import FAILED, HELD, OPEN, TableAnswer, decide_table

SHARE_ASSUMPTION = "分数按占满分的比例换算到另一年的试卷，向下取到最小单位；两年试卷难度是否相同不知道"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """How many people go from one answer to another, and the clauses that say so before and after."""

    before: str
    after: str
    clauses_before: tuple[str, ...]
    clauses_after: tuple[str, ...]
    people: int

    @property
    def changed(self) -> bool:
        """Tell whether the answer is another one."""
        return self.before != self.after


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """Two answers for everyone: the table of changes, who changes, what was assumed.

    `unknown_scores` counts people whose score is unknown under the other law, because the papers differ.
    """

    decision: str
    rows: tuple[ChangeRow, ...]
    changed: Array
    before: TableAnswer
    after: TableAnswer
    assumptions: tuple[str, ...] = ()
    unknown_scores: int = 0

    @property
    def changes(self) -> tuple[ChangeRow, ...]:
        """Return the rows in which the answer is another one."""
        return tuple(row for row in self.rows if row.changed)

    def as_table(self) -> list[dict[str, object]]:
        """Return the rows as data for a page, a sheet or a chart."""
        return [
            {
                "before": row.before,
                "after": row.after,
                "clauses_before": list(row.clauses_before),
                "clauses_after": list(row.clauses_after),
                "people": row.people,
            }
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChange:
    """A dated value of one cohort as it would be: `value="score_floor", cohort=2025, number=385`."""

    value: str
    cohort: int
    number: Decimal


def compare(
    book: Rulebook,
    first: int,
    second: int,
    columns: Columns | People,
    decision: str = DEFAULT_DECISION,
    *,
    on: date | None = None,
    by_share: bool = False,
) -> Comparison:
    """Answer everyone once under the law of cohort `first` and once under that of `second`."""
    people = columns if isinstance(columns, People) else read_people(book, columns, (decision,), on=on)
    moved = [_under(book, people, cohort, by_share) for cohort in (first, second)]
    answers = [decide_table(book, one, (decision,))[decision] for one, _ in moved]
    lost = int(np.count_nonzero(moved[0][1] | moved[1][1]))
    return _compared(decision, answers, (SHARE_ASSUMPTION,) if by_share else (), lost)


def what_if(
    book: Rulebook,
    change: ValueChange,
    columns: Columns | People,
    decision: str = DEFAULT_DECISION,
    *,
    on: date | None = None,
) -> Comparison:
    """Answer everyone by the rulebook as it is and with one dated value changed; raise `ValueUnknown`."""
    people = columns if isinstance(columns, People) else read_people(book, columns, (decision,), on=on)
    other = with_change(book, change)
    answers = [decide_table(one, people, (decision,))[decision] for one in (book, other)]
    return _compared(decision, answers, (), 0)


def with_change(book: Rulebook, change: ValueChange) -> Rulebook:
    """Return the rulebook with one number changed, for one cohort only."""
    value = book.value(change.value, change.cohort)
    if value is None:
        raise ValueUnknown(f"{change.value}（{change.cohort} 级）", sorted({one.name for one in book.values}))
    others = tuple(cohort for cohort in value.cohorts if cohort != change.cohort)
    kept = tuple(one for one in book.values if one is not value)
    rest: tuple[DatedValue, ...] = (replace(value, cohorts=others),) if others else ()
    return book.with_values((*kept, *rest, replace(value, cohorts=(change.cohort,), numbers=(change.number,))))


def _under(book: Rulebook, people: People, cohort: int, by_share: bool) -> tuple[People, Array]:
    """Return the people as of another cohort, and whose score could not be brought over."""
    lost = np.zeros(people.rows, np.bool_)
    inputs: dict[str, Column] = {}
    for name, column in people.inputs.items():
        inputs[name] = column
        if column.spec.upper:
            codes = _on_paper(book, people, column, cohort, by_share)
            lost |= (codes == UNKNOWN_NUMBER) & (column.codes != UNKNOWN_NUMBER)
            inputs[name] = replace(column, codes=codes, complete=not (codes == UNKNOWN_NUMBER).any())
    years = tuple(dict.fromkeys(year for _, year in people.regimes))
    number = np.array([years.index(year) for _, year in people.regimes], people.regime.dtype)
    regimes = tuple((cohort, year) for year in years)
    return replace(people, inputs=inputs, regime=number[people.regime], regimes=regimes), lost


def _on_paper(book: Rulebook, people: People, column: Column, cohort: int, by_share: bool) -> Array:
    """Return the scores on the paper of another cohort; unknown where the totals differ or are not known."""
    spec, codes = column.spec, column.codes.astype(np.int32)
    totals = _totals(book, spec.upper, cohort)
    for number, (own, _) in enumerate(people.regimes):
        mine, rows = _totals(book, spec.upper, own), people.regime == number
        if own == cohort or (mine and mine == totals):
            continue
        if by_share and len(mine) == len(totals) == 1:
            share = Fraction(totals[0]) / Fraction(mine[0])
            moved = codes[rows].astype(np.int64) * share.numerator // share.denominator
            codes[rows] = np.where(codes[rows] == UNKNOWN_NUMBER, UNKNOWN_NUMBER, moved)
        else:
            codes[rows] = UNKNOWN_NUMBER
    return codes


def _totals(book: Rulebook, value: str, cohort: int) -> tuple[Decimal, ...]:
    dated = book.value(value, cohort)
    return tuple(sorted(dated.out_of)) if dated else ()


def _compared(decision: str, answers: list[TableAnswer], assumptions: tuple[str, ...], lost: int) -> Comparison:
    before, after = answers
    seen, counts = _distinct([before.codes, *_grounds(before), after.codes, *_grounds(after)])
    rows = [_row(before, after, key, count) for key, count in zip(seen, counts, strict=True)]
    return Comparison(
        decision=decision,
        rows=_gathered(rows),
        changed=before.codes != after.codes,
        before=before,
        after=after,
        assumptions=assumptions,
        unknown_scores=lost,
    )


def _distinct(columns: list[Array]) -> tuple[list[tuple[int, ...]], list[int]]:
    """Return the distinct rows of some columns and how often each occurs, column by column by their rank."""
    keys = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        values, ranks = np.unique(column, return_inverse=True)
        _, keys = np.unique(keys * len(values) + ranks, return_inverse=True)
    _, first, counts = np.unique(keys, return_index=True, return_counts=True)
    return [tuple(int(column[row]) for column in columns) for row in first], counts.tolist()


def _grounds(answer: TableAnswer) -> list[Array]:
    return [answer.reasons[kind] for kind in (FAILED, HELD, OPEN) if kind in answer.reasons]


def _row(before: TableAnswer, after: TableAnswer, key: tuple[int, ...], people: int) -> ChangeRow:
    words, clauses, half = [], [], len(key) // 2
    for answer, (code, ground, opened) in ((before, key[:half]), (after, key[half:])):
        words.append(answer.word_of(code))
        clauses.append(answer.clauses(ground or opened))
    return ChangeRow(
        before=words[0], after=words[1], clauses_before=clauses[0], clauses_after=clauses[1], people=people
    )


def _gathered(rows: list[ChangeRow]) -> tuple[ChangeRow, ...]:
    """Join rows that read the same; changes first, the most people first."""
    total: dict[tuple[object, ...], ChangeRow] = {}
    for row in rows:
        key = (row.before, row.after, row.clauses_before, row.clauses_after)
        total[key] = replace(row, people=row.people + (total[key].people if key in total else 0))
    return tuple(sorted(total.values(), key=lambda row: (not row.changed, -row.people)))
