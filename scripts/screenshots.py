"""Photograph the pages that the README shows: `python scripts/screenshots.py` writes docs/images/*.png.

Starts the desks on a free port, on a fixed day, over a demonstration in a folder of its own, and drives Debian's
Chromium; a page of the city's report is drawn from its PDF. Whoever signs in is invented. The pictures are few
and small, so that the repository stays light. Names given as arguments choose single pictures.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, sync_playwright

from guantong.actions.second_factor import SECONDS, code_at

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


def _weighed(page: Page) -> None:
    """A change of major, weighed and not yet written."""
    _searched(page, "演示学生1286")
    page.get_by_role("link", name="转专业", exact=True).click()
    page.get_by_label("项目", exact=True).select_option(index=2)
    page.get_by_role("button", name="下一步：核对").click()


def _searched(page: Page, name: str) -> None:
    page.goto(page.url.partition("/desk/")[0] + "/desk/search")
    page.get_by_label("姓名").fill(name)
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name=name).click()


def _one_pupil(page: Page) -> None:
    """The seven years of one pupil."""
    _searched(page, "演示学生1273")


class DeskShot(NamedTuple):
    """A picture of the work desk: who signed in, where they go, or what they do there."""

    shot: Shot
    login: str
    steps: Callable[[Page], None] | None = None


DESK_SHOTS = (
    DeskShot(Shot("desk-pupil", "/desk/", 1200, 640), "xueji", _one_pupil),
    DeskShot(Shot("desk-step", "/desk/", 1200, 640), "xueji", _weighed),
    DeskShot(Shot("desk-quality", "/desk/quality", 1200, 640), "shijiaowei"),
)
REPORT = ("report-page", 3)
"""What a page of the city's report is called, and which one it is, from 1."""
PAPER_WIDTH = 700


def main(names: list[str]) -> int:
    """Write every picture, or those that are named; tell their sizes."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    wanted = set(names) or {one.name for one in (*SHOTS, *(two.shot for two in DESK_SHOTS))} | {REPORT[0]}
    with tempfile.TemporaryDirectory() as folder:
        if REPORT[0] in wanted:
            _keep(REPORT[0], _report_page(Path(folder)))
        _guantong(folder, "demo", "--yes")
        with _desk(folder) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            for shot in (one for one in SHOTS if one.name in wanted):
                _photograph(browser, address, shot)
            chosen = [one for one in DESK_SHOTS if one.shot.name in wanted]
            _photograph_desk(browser, address, Path(folder), chosen)
            browser.close()
    return 0


def _photograph(browser: Browser, address: str, shot: Shot) -> None:
    """Open the page of a shot in a window of its own and keep the picture."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height}, locale="zh-CN", color_scheme=shot.scheme
    )
    page = context.new_page()
    page.goto(address + shot.address)
    _keep(shot.name, _taken(page, shot))
    context.close()


def _photograph_desk(browser: Browser, address: str, folder: Path, shots: list[DeskShot]) -> None:
    """Sign each person in once, since a code serves once, and keep what they see."""
    pages: dict[str, Page] = {}
    for shot, login, steps in shots:
        if login not in pages:
            pages[login] = browser.new_context(locale="zh-CN").new_page()
            pages[login].goto(f"{address}/desk/")
            _sign_in(pages[login], folder, login)
        page = pages[login]
        page.set_viewport_size({"width": shot.width, "height": shot.height})
        page.goto(address + shot.address)
        if steps:
            steps(page)
        _keep(shot.name, _taken(page, shot))


def _keep(name: str, picture: bytes) -> None:
    if len(picture) > LARGEST:
        raise SystemExit(f"{name} is larger than {LARGEST // 1024} KB: take a smaller window")
    path = IMAGES / f"{name}.png"
    path.write_bytes(picture)
    print(f"{path.relative_to(ROOT)}  {len(picture) // 1024} KB")


def _sign_in(page: Page, folder: Path, login: str) -> None:
    rows = (folder / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
    password, secret = next(row.split("\t")[3:5] for row in rows if row.startswith(f"{login}\t"))
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_label("动态口令").fill(code_at(base64.b32decode(secret), int(time.time()) // SECONDS))
    page.get_by_label("这次登录的用途").select_option("status-change")
    page.get_by_role("button", name="登录").click()


def _report_page(folder: Path) -> bytes:
    """Build the city's report from the bundled facts and draw one page of its PDF."""
    _guantong(str(folder), "reports", "build", "--level", "city", "--year", "2025", "--out", str(folder))
    page = pypdfium2.PdfDocument(folder / "guantong-city-2025.pdf")[REPORT[1] - 1]
    drawn = folder / "page.png"
    page.render(scale=PAPER_WIDTH / page.get_width()).to_pil().quantize(32).save(drawn, optimize=True)
    return drawn.read_bytes()


def _guantong(folder: str, *words: str) -> None:
    command = [sys.executable, "-m", "guantong", *words]
    subprocess.run(command, env=_environment(folder), stdout=subprocess.DEVNULL, check=True)


def _environment(folder: str) -> dict[str, str]:
    return {**os.environ, "GUANTONG_TODAY": TODAY, "GUANTONG_DATA": folder, "PYTHONPATH": str(ROOT / "src")}


def _taken(page: Page, shot: Shot) -> bytes:
    """Return the window as a picture, scrolled to where the shot begins."""
    if shot.start:
        page.locator(shot.start).first.evaluate("place => place.scrollIntoView()")
    return page.screenshot()


@contextmanager
def _desk(folder: str) -> Iterator[str]:
    """Serve the desks as if it were `TODAY`, with the database of a folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "guantong", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=_environment(folder), stdout=subprocess.DEVNULL) as server:
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
    sys.exit(main(sys.argv[1:]))
