"""guantong itself: the table with verdicts only, with reasons, with unknowns, read and validated; one case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from bench.policies.population import ONE_COHORT
from bench.policies.rulebook import bench_rulebook
from bench.policies.terms import COUNTS, DECISIONS, FLAGS, ONE_CASE
from guantong.policies import decide
from guantong.policies.city import columns_of, decide_table, read_people

Run = Callable[[], dict[str, Any]]


def table(columns: dict[str, Any], *, reasons: bool = False, read: bool = False) -> Callable[[], Run]:
    """Answer a table that was read before, or read it too."""
    book = bench_rulebook()
    people = None if read else read_people(book, columns, DECISIONS)

    def run() -> dict[str, Any]:
        answers = decide_table(book, people or columns, DECISIONS, reasons=reasons).answers
        return {name: answer.codes for name, answer in answers.items()}

    return lambda: run


def with_unknowns(columns: dict[str, Any]) -> Callable[[], Run]:
    """One input of a hundred is unknown: every block holds some."""
    random = np.random.default_rng(1)
    rows = len(columns["cohort"])
    masked = {
        name: np.ma.masked_array(column, random.random(rows) < 0.01)
        if name in (*COUNTS, *FLAGS)
        else np.where(random.random(rows) < 0.01, -1, column.astype(np.int8))
        for name, column in columns.items()
        if name != "cohort"
    }
    return table({**masked, "cohort": columns["cohort"]})


def one_case() -> Callable[[], Any]:
    """Answer the 11 decisions of one case, each with its trace."""
    book = bench_rulebook()
    given = {name: {one: ONE_CASE[one] for one in book.decision(name).inputs} for name in DECISIONS}
    return lambda: [decide(book, given[name], cohort=ONE_COHORT, decision=name) for name in DECISIONS]


def load(records: list[dict[str, Any]]) -> Callable[[], Any]:
    """Read and validate records from dictionaries."""
    book = bench_rulebook()
    return lambda: read_people(book, columns_of(records), DECISIONS)
