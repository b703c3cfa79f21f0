"""The family desk: first answer of a fresh process, and /plan under a steady load of distinct questions.

The load is open-loop: requests start on their clock whether or not earlier ones have come back, so
a slow server cannot hide behind a patient client.
"""

from __future__ import annotations

import asyncio
import random
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request

RATE = 200
BUDGET_PLAN_MS, BUDGET_FIRST_S = 50.0, 0.6
QUESTION = ("plan", "--cohort", "2025", "--score", "400", "--household", "beijing", "--exam-eligible", "yes", "--json")
HEAVY = ("django", "numpy", "polars", "altair")


def main(*, quick: bool = False) -> None:
    """Print both figures with their budgets."""
    first_answer(runs=5 if quick else 15)
    steady_load(seconds=5 if quick else 30)


def first_answer(runs: int) -> None:
    """Time `guantong plan` from process start to its last byte."""
    command = [sys.executable, "-m", "guantong", *QUESTION]
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    print(
        f"guantong plan, fresh process: median {statistics.median(times):.3f} s of {runs} (budget {BUDGET_FIRST_S} s)"
    )


def steady_load(seconds: int) -> None:
    """Serve the desk and ask `RATE` distinct questions a second."""
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "guantong", "serve", "--port", str(port)], stdout=subprocess.DEVNULL
    )
    try:
        _wait(port)
        asyncio.run(_load(port, 2))
        times = sorted(asyncio.run(_load(port, seconds)))
    finally:
        server.terminate()
        server.wait(timeout=10)
    p50, p99 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.99))
    print(
        f"/plan at {RATE}/s, {len(times)} distinct questions: p50 {p50:.1f} ms, p99 {p99:.1f} ms, "
        f"worst {times[-1] * 1000:.1f} ms (budget p99 {BUDGET_PLAN_MS:.0f} ms)"
    )


async def _load(port: int, seconds: int) -> list[float]:
    chance = random.Random(20261121)
    start = time.perf_counter()
    tasks = []
    for number in range(RATE * seconds):
        await asyncio.sleep(max(0.0, start + number / RATE - time.perf_counter()))
        tasks.append(asyncio.create_task(_ask(port, _question(chance))))
    return await asyncio.gather(*tasks)


async def _ask(port: int, path: str) -> float:
    start = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read(-1)
    writer.close()
    status = answer[:12]
    if status != b"HTTP/1.1 200":
        raise RuntimeError(f"{path}: {status!r}")
    return time.perf_counter() - start


def _question(chance: random.Random) -> str:
    cohort = chance.choice((2023, 2024, 2025, 2027, 2028))
    top = {2023: 660, 2024: 660}.get(cohort, 510)
    query = {
        "cohort": cohort,
        "score": chance.randrange(0, top * 2) / 2,
        "household": chance.choice(("beijing", "as_beijing", "migrant", "other", "unknown")),
        "exam_eligible": chance.choice(("yes", "no", "unknown")),
        "district": chance.choice(("", "丰台区", "昌平区", "东城区", "海淀区")),
        "interest": chance.choice(("信息技术", "财经商贸", "园艺", "")),
        "target": chance.choice(("", "本科", "专科", "就业")),
    }
    return "/plan?" + urllib.parse.urlencode(query)


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/plan", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
