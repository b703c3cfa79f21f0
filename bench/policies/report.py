"""The comparison: every contestant in its own process, interleaved, medians of at least five, as ratios."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".venv-bench/bin/python"
OURS = ("guantong", "guantong-reasons", "guantong-unknowns", "guantong-read")
FISCA = ("openfisca-documented", "openfisca-integer", "policyengine-documented", "policyengine-integer")
ARRAYS = ("naive", "narrow", "polars")
LABELS = {
    "guantong": "guantong: verdicts",
    "guantong-reasons": "guantong: verdicts and reasons",
    "guantong-unknowns": "guantong: 1 % of inputs unknown",
    "guantong-read": "guantong: reading and validation too",
    "naive": "numpy as most people write it",
    "narrow": "numpy narrowed by hand",
    "polars": "polars",
    "zen": "zen-engine, traced",
    "jsonlogic": "datalogic (JSONLogic), no trace",
}
NO_SUMS = ("guantong-unknowns",)


@dataclass(slots=True)
class Contestant:
    """A worker process that waits for lines."""

    name: str
    process: subprocess.Popen[str]

    @classmethod
    def start(cls, job: str, name: str, rows: int = 0, *, mixed: bool = False) -> Contestant:
        """Start a worker and wait until it has prepared."""
        python = sys.executable if name.startswith("guantong") else str(PEERS)
        command = [
            python,
            "-W",
            "ignore",
            "-m",
            "bench.policies.worker",
            job,
            name,
            str(rows),
            "mixed" if mixed else "one",
        ]
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        one = cls(name, process)
        one.answer()
        return one

    def answer(self) -> dict[str, Any]:
        """Read one line."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} stopped")
        return dict(json.loads(line))

    def run(self, times: int = 1) -> dict[str, Any]:
        """Run and return what the worker says."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{times}\n")
        self.process.stdin.flush()
        return self.answer()

    def stop(self) -> None:
        """End the worker."""
        self.process.communicate()


def interleaved(contestants: Sequence[Contestant], rounds: int, times: int = 1) -> dict[str, list[dict[str, Any]]]:
    """Run every contestant once per round, after one round that does not count."""
    results: dict[str, list[dict[str, Any]]] = {one.name: [] for one in contestants}
    for number in range(rounds + 1):
        for one in contestants:
            result = one.run(times)
            if number:
                results[one.name].append(result)
    for one in contestants:
        one.stop()
    return results


def main(*, quick: bool = False) -> None:
    """Print every table of the comparison."""
    if not PEERS.exists():
        raise SystemExit("没有 .venv-bench：请用 make bench 运行。Run `make bench`, which makes .venv-bench.")
    sizes = {100_000: 2} if quick else {100_000: 15, 1_000_000: 15, 16_000_000: 5}
    rounds = 2 if quick else 5
    for rows, many in sizes.items():
        for mixed in (False, True):
            tables(rows, mixed=mixed, rounds=many)
    memory(100_000 if quick else 16_000_000)
    cases(rounds)
    loads(1_000 if quick else 10_000, rounds)
    starts(rounds)
    from bench.policies.own import main as own

    own(quick=quick)


def tables(rows: int, *, mixed: bool, rounds: int) -> None:
    """Time the tables, and compare the answers."""
    names = (*OURS, *ARRAYS, *FISCA)
    results = interleaved([Contestant.start("table", name, rows, mixed=mixed) for name in names], rounds)
    sums = {tuple(results[name][0]["sums"]) for name in names if name not in NO_SUMS}
    agree = "answers agree" if len(sums) == 1 else "ANSWERS DIFFER"
    kind = "cohorts 2019–2025 mixed" if mixed else "one cohort"
    print(f"\n{rows:,} people, {kind}, 11 outputs; median of {rounds}, ms ({agree})")
    shown(results, scale=1e3)


def shown(results: dict[str, list[dict[str, Any]]], scale: float) -> None:
    """Print the median, the best, and both as ratios to ours."""
    medians = {name: statistics.median(one["seconds"] for one in found) * scale for name, found in results.items()}
    bests = {name: min(one["seconds"] for one in found) * scale for name, found in results.items()}
    print(f"  {'':<38}{'median':>12}{'best':>12}{'ratio':>9}{'of bests':>10}")
    for name, median in medians.items():
        ratios = f"{median / medians['guantong']:>7.2f} ×{bests[name] / bests['guantong']:>8.2f} ×"
        print(f"  {LABELS.get(name, name):<38}{median:>12.2f}{bests[name]:>12.2f}{ratios}", flush=True)


def memory(rows: int) -> None:
    """Measure the peak beyond inputs of one run in a fresh process."""
    print(f"\nmemory beyond inputs, {rows:,} people of mixed cohorts, one run in a fresh process")
    for name in ("guantong", "guantong-reasons", *ARRAYS, *FISCA):
        one = Contestant.start("table", name, rows, mixed=True)
        extra = one.run()["extra"]
        one.stop()
        print(f"  {LABELS.get(name, name):<38}{extra / 2**20:>9.0f} MiB{extra / rows:>8.1f} B a person")


def cases(rounds: int) -> None:
    """Time one case with its trace."""
    names = ("guantong", "openfisca", "policyengine", "zen", "jsonlogic")
    results = interleaved([Contestant.start("case", name) for name in names], rounds, times=200)
    print("\none person, 11 decisions with trace, read from a dictionary, µs")
    shown(results, scale=1e6)
    ours = statistics.median(one["seconds"] for one in results["guantong"]) * 1e6
    print(f"  guantong, per decision: {ours / 11:.1f} µs (budget 20)")


def loads(records: int, rounds: int) -> None:
    """Time the loading of records from dictionaries."""
    names = ("guantong", "openfisca", "policyengine")
    results = interleaved([Contestant.start("load", name, records) for name in names], rounds)
    print(f"\n{records:,} records from dictionaries (guantong validates each cell), ms")
    shown(results, scale=1e3)


def starts(rounds: int) -> None:
    """Time a fresh process that imports the engine and builds the rules."""
    codes = {
        "guantong": "from bench.policies.rulebook import bench_rulebook as b; b()",
        "guantong, with the table evaluator": "import bench.policies.peers.ours as o; o.bench_rulebook()",
        "openfisca": "from bench.policies.peers.fisca import _system as s; s('openfisca_core', integer=False)",
        "policyengine": "from bench.policies.peers.fisca import _system as s; s('policyengine_core', integer=False)",
    }
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in codes}
    for _ in range(rounds):
        for name, code in codes.items():
            python = sys.executable if name.startswith("guantong") else str(PEERS)
            start = time.perf_counter()
            subprocess.run([python, "-W", "ignore", "-c", code], cwd=ROOT, check=True)
            found[name].append({"seconds": time.perf_counter() - start})
    print("\nfresh process, import and build, ms")
    shown(found, scale=1e3)
