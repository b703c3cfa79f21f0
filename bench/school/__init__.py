"""The school desk: a list of 50,000 pupils under load, a roster of 10,000, a sitting of 40, the demonstration.

All of it on both databases.

Every page of the load is signed in and leaves its entry in the journal.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.school.databases import Database, each_database
from bench.school.list_load import Load, free_port, steady_load, wait_for

PUPILS, ROSTER = 50_000, 10_000
BUDGET_LIST_MS = {"SQLite": 200.0, "PostgreSQL": 250.0}
BUDGET_IMPORT_S, BUDGET_WAIT_S, BUDGET_SITTING_S, BUDGET_DEMO_S = 20.0, 2.0, 1.5, 60.0
RATE = 50


def main(*, quick: bool = False) -> None:
    """Print every figure with its budget, on each database."""
    for engine in ("SQLite", "PostgreSQL"):
        with tempfile.TemporaryDirectory(prefix="guantong-bench-") as folder, each_database(engine, folder) as make:
            load_demo(make("demo"))
            import_roster(make("roster"), runs=1 if quick else 3)
            sit(make("sitting"), runs=3 if quick else 7)
            list_pupils(make("list"), seconds=10 if quick else 30, pupils=PUPILS // 10 if quick else PUPILS)


def load_demo(database: Database) -> None:
    """Time `guantong demo --yes` from process start to its end."""
    start = time.perf_counter()
    run(database, "guantong", "demo", "--yes")
    took = time.perf_counter() - start
    print(f"{database.engine}: guantong demo: {took:.1f} s (budget {BUDGET_DEMO_S:.0f} s)", flush=True)


def import_roster(database: Database, runs: int) -> None:
    """Time the import of a roster, and how long somebody else has to wait meanwhile."""
    told = [run(database, "bench.school.making", "roster", str(ROSTER), str(first)) for first in range(runs)]
    whole, waited = (statistics.median(part[name] for part in told) for name in ("whole", "waited"))
    print(
        f"{database.engine}: import of {ROSTER}: {whole:.1f} s (budget {BUDGET_IMPORT_S:.0f} s), "
        f"others waited at most {waited:.2f} s (budget {BUDGET_WAIT_S:.0f} s); median of {runs}",
        flush=True,
    )


def sit(database: Database, runs: int) -> None:
    """Time a sitting of one class from the preview to its being applied."""
    times = run(database, "bench.school.making", "sit", str(runs))["sittings"]
    print(
        f"{database.engine}: sitting of 40, preview and apply: {statistics.median(times):.2f} s of {runs} "
        f"(budget {BUDGET_SITTING_S} s)",
        flush=True,
    )


def list_pupils(database: Database, seconds: int, pupils: int) -> None:
    """Serve the desk and ask for pages of one school's list, `RATE` a second."""
    made = run(database, "bench.school.making", "list", str(pupils))
    port = free_port()
    command = [sys.executable, "-m", "guantong", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=database.variables, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        load = Load(port=port, rate=RATE, sessions=tuple(made["sessions"]), pupils=pupils)
        asyncio.run(steady_load(load, 3))
        times = sorted(asyncio.run(steady_load(load, seconds)))
    finally:
        server.terminate()
        server.wait(timeout=20)
    p50, p99 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.99))
    print(
        f"{database.engine}: list of {pupils} pupils at {RATE}/s, {len(times)} pages with their entries: "
        f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, worst {times[-1] * 1000:.0f} ms "
        f"(budget p99 {BUDGET_LIST_MS[database.engine]:.0f} ms)",
        flush=True,
    )


def run(database: Database, *arguments: str) -> Mapping[str, Any]:
    """Run a module on a database; return what it tells as JSON, if it does."""
    command = [sys.executable, "-m", *arguments]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, env=database.variables, cwd=root, check=True, capture_output=True, text=True)
    told: Mapping[str, Any] = json.loads(done.stdout) if done.stdout.startswith("{") else {}
    return told
