"""People as columns (成批数据): a table read once, checked whole, and kept as narrow whole numbers.

Booleans are kept as truths (0 no, 1 unknown, 2 yes), choices as codes in the order in which they are
declared with the number of choices for unknown, numbers as whole steps with −1 for unknown. Every
fault of the table is found before anything is answered; nothing is cut off, rounded or filled in.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

import numpy as np

from guantong.errors import Problem, TableRefused
from guantong.policies.cells import NOTHING, read_column, widest
from guantong.policies.codes import Column, Faults
from guantong.policies.inputs import InputKind, InputSpec, Known
from guantong.policies.kernel import Array
from guantong.policies.rulebook import DEFAULT_DECISION, Rulebook
from guantong.years import SchoolYear

if TYPE_CHECKING:
    import polars

Columns: TypeAlias = "Mapping[str, object] | polars.DataFrame"
COHORT, ON = "cohort", "on"
COHORTS = (2000, 2099)
SHOWN_PROBLEMS = 20

Regime: TypeAlias = tuple[int, int | None]
"""A cohort and a school year (None: the cohort's whole course): what selects the law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFrame:
    """Where a table comes from, the numbers of its rows (else from 1), and how many problems to list."""

    file: str = ""
    numbers: Sequence[int] | None = None
    limit: int = SHOWN_PROBLEMS


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class People:
    """A checked table: one column per input, and for each row the number of its regime.

    `absent` names the inputs for which the table has no column: they are unknown for everyone.
    """

    rows: int
    inputs: Mapping[str, Column]
    regime: Array
    regimes: tuple[Regime, ...]
    absent: tuple[str, ...] = ()

    def inputs_of(self, row: int) -> dict[str, Known | None]:
        """Return what one person has given, as `decide` reads it."""
        return {name: column.at(row) for name, column in self.inputs.items()}

    def regime_of(self, row: int) -> Regime:
        """Return the cohort and school year of one person."""
        return self.regimes[int(self.regime[row])]

    def arrays(self) -> dict[str, Array]:
        """Return every column by name, and the regimes under an empty name."""
        return {"": self.regime, **{name: column.codes for name, column in self.inputs.items()}}


def school_day(year: int | None) -> date | None:
    """Return a day of a school year; None for a cohort's whole course."""
    return None if year is None else date(year, 9, 1)


def inputs_for(book: Rulebook, decisions: Iterable[str]) -> tuple[str, ...]:
    """Return the inputs of some decisions, in the order in which they are asked."""
    return tuple(dict.fromkeys(name for decision in decisions for name in book.decision(decision).inputs))


def read_people(
    book: Rulebook,
    columns: Columns,
    decisions: Sequence[str] = (DEFAULT_DECISION,),
    *,
    on: date | None = None,
    frame: TableFrame | None = None,
) -> People:
    """Read the columns that some decisions ask for; raise `TableRefused` with every fault of the table.

    Columns are named as the inputs, plus `cohort`; `on`, a day for everyone or a column of days, selects
    standing clauses by school year. Other columns are left alone, unless their name looks like a slip.
    """
    frame = frame or TableFrame()
    faults = Faults(frame.file, frame.numbers, frame.limit)
    names = inputs_for(book, decisions)
    given = {str(name): columns[name] for name in _names(columns)}
    rows = _rows(given, faults)
    faults.extend(slips(given, names))
    regime, regimes = _regimes(given, on, rows, faults)
    given |= {name: derived(book.inputs[name], given[name], given.get(ON), on) for name in _dated(book, names, given)}
    inputs = {name: read_column(book.inputs[name], given.get(name, NOTHING), rows, faults) for name in names}
    for name in names:
        if name in given and regimes:
            _check_highest(book, inputs[name], given[name], (regime, regimes), faults)
    if faults.count:
        raise TableRefused(faults.problems, faults.count)
    absent = tuple(name for name in names if name not in given)
    return People(rows=rows, inputs=inputs, regime=regime, regimes=regimes, absent=absent)


def columns_of(records: Sequence[Mapping[str, object]]) -> dict[str, list[object]]:
    """Turn records into columns; a record without a key leaves that input unknown."""
    names = dict.fromkeys(name for record in records for name in record)
    return {name: [record.get(name) for record in records] for name in names}


def _names(columns: Columns) -> Iterable[str]:
    return columns if isinstance(columns, Mapping) else columns.columns


def _rows(given: Mapping[str, object], faults: Faults) -> int:
    sizes = {name: len(column) for name, column in given.items() if _is_column(column)}
    for name in given.keys() - sizes.keys():
        faults.add(Problem(column=name, rule="这不是一列数据", remedy="每列应是列表或数组，每行一格。"))
    rows = sizes.get(COHORT, max(sizes.values(), default=0))
    for name, size in sizes.items():
        if size != rows:
            rule = f"这一列有 {size} 行，{COHORT} 列有 {rows} 行"
            faults.add(Problem(column=name, rule=rule, remedy="各列的行数应当相同。"))
    if faults.count:
        raise TableRefused(faults.problems, faults.count)
    return rows


def _is_column(column: object) -> TypeGuard[Sequence[object]]:
    return hasattr(column, "__len__") and not isinstance(column, str | bytes | Mapping)


def slips(given: Iterable[str], names: Sequence[str]) -> Iterable[Problem]:
    """Report a column that must be there, and one whose name is nearly that of an input without a column."""
    given = tuple(given)
    wanted = [name for name in (*names, COHORT) if name not in given]
    taken = [name for name in given if name not in (*names, COHORT, ON)]
    for name in taken:
        if near := difflib.get_close_matches(name, wanted, n=1, cutoff=0.75):
            yield Problem(column=name, rule="没有这个输入", remedy=f"最接近的是 {near[0]}；不是输入的列请换个名称。")
    if COHORT in wanted:
        yield Problem(column=COHORT, rule="缺少这一列", remedy="每行须写明届别，例如 2025。")


def _regimes(
    given: Mapping[str, object], on: date | None, rows: int, faults: Faults
) -> tuple[Array, tuple[Regime, ...]]:
    """Number the pairs of cohort and school year that occur."""
    cohorts = read_column(_COHORT, given.get(COHORT, NOTHING), rows, faults, required=COHORT in given)
    low, high = COHORTS
    outside = (cohorts.codes >= 0) & ((cohorts.codes < low) | (cohorts.codes > high))
    faults.rows(outside, given.get(COHORT), _cohort_problem)
    if faults.count or rows == 0:
        return np.zeros(rows, np.uint8), ()
    year = SchoolYear.of(on).start if on else None
    codes = cohorts.codes
    if ON in given:
        years = school_years(given[ON], rows, faults)
        pairs = codes.astype(np.int32) * 10_000 + years
    else:
        pairs = codes
    first, last = int(pairs.min()), int(pairs.max())
    seen = np.flatnonzero(np.bincount(np.subtract(pairs, first, dtype=np.int32))) + first if last > first else [first]
    regimes = tuple(
        (int(pair) // 10_000, int(pair) % 10_000 or None) if ON in given else (int(pair), year) for pair in seen
    )
    numbers = np.zeros(last - first + 1, np.uint8 if len(regimes) < 256 else np.uint16)
    numbers[np.asarray(seen) - first] = np.arange(len(regimes))
    return numbers[np.subtract(pairs, first)], regimes


def derived(spec: InputSpec, raw: object, days: object, on: date | None) -> list[object]:
    """Return a column in which each date stands as the whole years from it to the day of the question."""
    values = list(raw)  # type: ignore[call-overload]
    asked = [on] * len(values) if days is None else [_day(day) for day in days]  # type: ignore[attr-defined]
    texts = [value.isoformat() if isinstance(value, date) else value for value in values]
    return [spec.derived(value, day) for value, day in zip(texts, asked, strict=True)]


def _dated(book: Rulebook, names: Iterable[str], given: Mapping[str, object]) -> list[str]:
    return [name for name in names if name in given and book.inputs[name].from_date]


def _day(value: object) -> date | None:
    """Return a day as it was written; None where it is empty or none."""
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value).strip())
    except ValueError:
        return None


def school_years(column: object, rows: int, faults: Faults) -> Array:
    """Return the first year of each day's school year; 0 where the day is left empty."""
    values = list(column)  # type: ignore[call-overload]
    read = {value: _school_year(value) for value in set(values)}
    wrong = [value for value, year in read.items() if year is None]
    if wrong:
        faulty = np.fromiter((value in wrong for value in values), np.bool_, rows)
        faults.rows(
            faulty,
            values,
            lambda raw: Problem(
                column=ON, value=str(raw)[:40], rule="应是日期", remedy="请写成 2027-09-01 这样的形式。"
            ),
        )
        return np.zeros(rows, np.int32)
    return np.fromiter((read[value] or 0 for value in values), np.int32, rows)


def _school_year(value: object) -> int | None:
    if value is None or value == "":
        return 0
    day = _day(value)
    return SchoolYear.of(day).start if day else None


def _cohort_problem(raw: object) -> Problem:
    return Problem(column=COHORT, value=str(raw)[:40], rule="届别应是四位年份", remedy="请写中考年份，例如 2025。")


def _check_highest(
    book: Rulebook, column: Column, raw: object, laws: tuple[Array, tuple[Regime, ...]], faults: Faults
) -> None:
    """Report every score above the largest paper total of its cohort."""
    spec, (regime, regimes) = column.spec, laws
    limits = [book.highest(spec, cohort) for cohort, _ in regimes]
    bounds = [widest(column.codes) if limit is None else int(limit / spec.step) for limit in limits]
    if not column.codes.size or int(column.codes.max()) <= min(bounds):
        return
    above = column.codes > np.array(bounds)[regime]
    for number, limit in enumerate(limits):
        faults.rows(above & (regime == number), raw, partial(spec.read, highest=limit))


_COHORT = InputSpec(name=COHORT, label="届别", kind=InputKind.COUNT)
