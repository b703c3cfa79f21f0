"""Photograph the pages that the README shows: `python scripts/screenshots.py` writes docs/images/*.png.

Starts the desk on a free port, on a fixed day, and drives Debian's Chromium. The pictures are few and small,
so that the repository stays light.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
TODAY = "2026-11-20"
LARGEST = 300 * 1024
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


class Shot(NamedTuple):
    """One picture: its name, the page, how large a window, where to begin, and by night or by day."""

    name: str
    address: str
    width: int
    height: int
    start: str = ""
    scheme: str = "light"


CHILD = "cohort=2025&score=400&household=beijing&exam_eligible=yes&district=fengtai"
SHOTS = (
    Shot("home", "/", 1200, 800),
    Shot("plan", f"/plan?{CHILD}", 1200, 960, "#answer"),
    Shot("compare", "/compare?route=gaoben&route=zhongben&route=three-plus-two", 1200, 900, ".compare"),
    Shot("claims", "/claims", 1200, 860),
    Shot("districts-phone", "/districts", 390, 780),
    Shot("school-phone-dark", "/programmes/2025-changping-zhiye-01", 390, 780, "#history-title", "dark"),
)


def main() -> int:
    """Write every picture; tell their sizes."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with _desk() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for shot in SHOTS:
            context = browser.new_context(
                viewport={"width": shot.width, "height": shot.height}, locale="zh-CN", color_scheme=shot.scheme
            )
            page = context.new_page()
            page.goto(address + shot.address)
            path = IMAGES / f"{shot.name}.png"
            path.write_bytes(_taken(page, shot))
            if path.stat().st_size > LARGEST:
                raise SystemExit(f"{path.name} is larger than {LARGEST // 1024} KB: take a smaller window")
            print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB")
            context.close()
        browser.close()
    return 0


def _taken(page: Page, shot: Shot) -> bytes:
    """Return the window as a picture, scrolled to where the shot begins."""
    if shot.start:
        page.locator(shot.start).first.evaluate("place => place.scrollIntoView()")
    return page.screenshot()


@contextmanager
def _desk() -> Iterator[str]:
    """Serve the desk as if it were `TODAY`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "guantong", "serve", "--port", str(port)]
    environment = {**os.environ, "GUANTONG_TODAY": TODAY, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(address: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
