"""What has no peer: Beijing's own rulebook, verified, explained, and run from file to file, against the budgets."""

from __future__ import annotations

import csv
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from guantong.contents import Contents
from guantong.policies import Rulebook, decide
from guantong.policies.city import decide_table, explain_table, read_people, table_csv, verify


def main(*, quick: bool = False) -> None:
    """Print the figures."""
    rounds = 2 if quick else 5
    book = Contents("guantong_beijing").rulebook("guantong")
    given = {"score": 400, "household": "beijing", "exam_eligible": "yes"}
    print("\nthe rulebook of Beijing")
    many = 500
    one = timed(lambda: [decide(book, given, cohort=2025) for _ in range(many)], rounds) / many
    print(f"  one decision with trace: {one * 1e6:.1f} µs (budget 20)")
    found = verify(book)
    print(
        f"  every signature of cohorts 2019–2028 three ways: {timed(lambda: verify(book), rounds):.2f} s (budget 3); "
        f"{found.signatures:,} signatures, {found.different} differences"
    )
    for rows in (100_000,) if quick else (1_000_000, 16_000_000):
        explained(book, rows, rounds if rows < 10**7 else 3)
    files(book, 30_000 if quick else 300_000)


def timed(work: Callable[[], object], rounds: int) -> float:
    """Return the median time of some work, after one run that does not count."""
    times = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def explained(book: Rulebook, rows: int, rounds: int) -> None:
    """Trace everyone's largest decision."""
    random = np.random.default_rng(5)
    spec = book.decision("may_change_major")
    columns: dict[str, object] = {"cohort": random.integers(2023, 2026, rows, np.int16)}
    for name in spec.inputs:
        if book.inputs[name].domain():
            columns[name] = random.random(rows) < 0.9
        else:
            columns[name] = random.integers(0, 3 if name == "changes_used" else 500, rows, np.int16)
    people = read_people(book, columns, (spec.id,))
    distinct = len(explain_table(book, people, spec.id).decisions)
    explain = timed(lambda: explain_table(book, people, spec.id), rounds)
    decide_it = timed(lambda: decide_table(book, people, (spec.id,)), rounds)
    print(
        f"  {rows:,} people, {spec.id}: table with reasons {decide_it * 1e3:.1f} ms; everyone traced {explain:.2f} s"
        f" ({distinct:,} signatures)"
    )


def files(book: Rulebook, rows: int) -> None:
    """Run a file of rows from CSV to CSV."""
    random = np.random.default_rng(6)
    scores, homes = random.integers(200, 511, rows), random.integers(0, 4, rows)
    names = ("beijing", "as_beijing", "migrant", "other")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.csv", Path(folder) / "out.csv"
        with source.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines)
            writer.writerow(["number", "cohort", "score", "household", "exam_eligible"])
            writer.writerows(
                zip(range(rows), [2025] * rows, scores, (names[home] for home in homes), ["yes"] * rows, strict=True)
            )
        seconds = timed(lambda: table_csv(book, "may_apply", source, target), 3)
    print(f"  {rows:,} rows from CSV to CSV, read, checked, answered, receipt made: {seconds:.2f} s")
