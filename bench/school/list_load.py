"""Pages of a list under a steady load: open-loop, so that a slow server cannot hide behind a patient client."""

from __future__ import annotations

import asyncio
import random
import socket
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

from bench.school.making import COHORTS, PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is asked: the server's port, how often a second, by whom, of how many pupils."""

    port: int
    rate: int
    sessions: tuple[str, ...]
    pupils: int


async def steady_load(load: Load, seconds: int) -> list[float]:
    """Ask for pages on the clock; return how long each took, in seconds."""
    chance = random.Random(20261121)
    start, tasks = time.perf_counter(), []
    for number in range(load.rate * seconds):
        await asyncio.sleep(max(0.0, start + number / load.rate - time.perf_counter()))
        tasks.append(asyncio.create_task(_ask(load, chance.choice(load.sessions), _question(chance, load.pupils))))
    return await asyncio.gather(*tasks)


async def _ask(load: Load, session: str, path: str) -> float:
    start = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: guantong_desk={session}\r\nConnection: close\r\n\r\n"
    writer.write(head.encode())
    answer = await reader.read(-1)
    writer.close()
    if answer[:12] != b"HTTP/1.1 200":
        raise RuntimeError(f"{path}: {answer[:200]!r}")
    return time.perf_counter() - start


def _question(chance: random.Random, pupils: int) -> str:
    """Return the first page, a page far down, one cohort, or those of one status, as people look at lists."""
    last = max(1, pupils // PAGE)
    cohort = chance.choice(COHORTS)
    kinds: tuple[dict[str, object], ...] = (
        {},
        {"page": chance.randrange(1, last + 1)},
        {"cohort": cohort},
        {"cohort": cohort, "page": chance.randrange(1, max(2, last // len(COHORTS)))},
        {"stage": "secondary", "page": chance.randrange(1, 20)},
    )
    return "/desk/pupils?" + urllib.parse.urlencode(chance.choice(kinds))


def wait_for(port: int) -> None:
    """Wait until the server answers."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/plan", timeout=5):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
