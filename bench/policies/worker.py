"""One contestant in a process of its own: prepares, then runs once for every line it is sent.

`python -m bench.policies.worker JOB CONTESTANT ROWS MIXED` answers each line with one line of JSON.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from bench.policies.population import ONE_COHORT, population
from bench.policies.terms import CHOICES, DECISIONS, ONE_CASE, OUTCOMES

OUR_VERDICTS = {0: 0, 2: 1}


def main() -> None:
    """Serve one contestant until the input ends."""
    job, contestant, rows, mixed = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4] == "mixed"
    fresh = JOBS[job](contestant, rows, mixed)
    gc.collect()
    print(json.dumps({"ready": True, "peak": peak()}), flush=True)
    for line in sys.stdin:
        print(json.dumps(once(fresh, int(line), job)), flush=True)


def once(fresh: Callable[[], Callable[[], Any]], times: int, job: str) -> dict[str, Any]:
    """Run `times` times and return the mean time of one run, what it answered and the peak of memory."""
    run = fresh()
    gc.collect()
    forget_peak()
    before = peak()
    start = time.perf_counter()
    for _ in range(times):
        result = run()
    seconds = (time.perf_counter() - start) / times
    after = peak()
    sums = checksums(result) if job == "table" else []
    return {"seconds": seconds, "sums": sums, "extra": after - before}


def checksums(result: dict[str, Any]) -> list[int]:
    """Return the same numbers for the same answers, whatever the engine calls them."""
    sums = []
    for name in DECISIONS:
        codes = np.asarray(result[name])
        verdict = name not in OUTCOMES and codes.dtype == np.uint8
        counted = np.bincount(codes.astype(np.uint8), minlength=4)
        sums.append(int(counted[2]) if verdict else int((counted * np.arange(len(counted))).sum()))
    return sums


def forget_peak() -> None:
    """Make the memory held now the peak from which the next run is measured."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak() -> int:
    """Return the largest amount of memory held since the peak was forgotten, in bytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def tables(contestant: str, rows: int, mixed: bool) -> Callable[[], Any]:
    """Return what prepares one run of a table."""
    columns = population(rows, mixed=mixed)
    if contestant.startswith("guantong"):
        from bench.policies.peers import ours

        kind = contestant.partition("-")[2]
        if kind == "unknowns":
            return ours.with_unknowns(columns)
        return ours.table(columns, reasons=kind == "reasons", read=kind == "read")
    if contestant.partition("-")[0] in CORES:
        from bench.policies.peers import fisca

        core, _, idiom = contestant.partition("-")
        return fisca.prepare(CORES[core], columns, integer=idiom == "integer")
    from bench.policies.peers import arrays

    return {"naive": arrays.naive, "narrow": arrays.narrow, "polars": arrays.polars}[contestant](columns)


def cases(contestant: str, rows: int, mixed: bool) -> Callable[[], Any]:
    """Return what prepares one traced case."""
    if contestant == "guantong":
        from bench.policies.peers import ours

        run = ours.one_case()
    elif contestant.partition("-")[0] in CORES:
        from bench.policies.peers import fisca

        run = fisca.one_case(CORES[contestant.partition("-")[0]], ONE_CASE, trace=True)
    else:
        from bench.policies.peers import cases as single

        run = single.zen(ONE_CASE, trace=True) if contestant == "zen" else single.jsonlogic(ONE_CASE)
    return lambda: run


def loads(contestant: str, rows: int, mixed: bool) -> Callable[[], Any]:
    """Return what prepares the loading of records from dictionaries."""
    columns = population(rows, mixed=False)
    names = [name for name in columns if name != "cohort"]
    cells = {
        name: [CHOICES[name][code] for code in columns[name].tolist()] if name in CHOICES else columns[name].tolist()
        for name in names
    }
    records = [dict(zip(names, row, strict=True)) for row in zip(*cells.values(), strict=True)]
    if contestant == "guantong":
        from bench.policies.peers import ours

        run = ours.load([{**record, "cohort": ONE_COHORT} for record in records])
    else:
        from bench.policies.peers import fisca

        run = fisca.load(CORES[contestant], records)
    return lambda: run


CORES = {"openfisca": "openfisca_core", "policyengine": "policyengine_core"}
JOBS: dict[str, Callable[[str, int, bool], Callable[[], Any]]] = {"table": tables, "case": cases, "load": loads}

if __name__ == "__main__":
    main()
