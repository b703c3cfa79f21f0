"""A real server on a free port and Debian's Chromium; helpers that keep each journey short."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PATIENCE = 60
"""Seconds that a busy machine may take before something counts as not there."""
TODAY = "2026-11-20"
ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
Open = Callable[..., Page]
expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a server that thinks it is `TODAY`."""
    with running({}) as place:
        yield place


@contextmanager
def running(more: Mapping[str, str]) -> Iterator[str]:
    """The address of a server of one process with these variables besides."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-access-log", "--log-level", "warning"]
    command += ["--host", "127.0.0.1", "--port", str(port), "guantong.web.wsgi:application"]
    settings = {"DJANGO_SETTINGS_MODULE": "guantong.web.django_settings", "PYTHONPATH": str(SRC)}
    environment = {**os.environ, "GUANTONG_TODAY": TODAY, **settings, **more}
    with subprocess.Popen(command, env=environment) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@dataclass(frozen=True, slots=True)
class StaffServer:
    """A work desk in use: where it is, who has an account there, and which pupils there are."""

    address: str
    variables: Mapping[str, str]
    accounts: Mapping[str, Mapping[str, str]]
    pupils: tuple[str, ...]

    def call(self, name: str) -> Any:
        """Call `module:function` in a process of its own on this desk's database; return its answer."""
        return desk_world(self.variables, name)


def desk_world(variables: Mapping[str, str], *arguments: str) -> Any:
    """Run tests.browser.desk_world on a data folder."""
    settings = {"DJANGO_SETTINGS_MODULE": "guantong.web.django_settings", "PYTHONPATH": f"{SRC}:{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.desk_world", *arguments],
        env={**os.environ, "GUANTONG_TODAY": TODAY, **settings, **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def staff_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffServer]:
    """A real server on a fresh SQLite database of the demonstration's world with one account per kind of person."""
    variables = {"GUANTONG_DATA": str(tmp_path_factory.mktemp("desk") / "data"), "DATABASE_URL": ""}
    made = desk_world(variables)
    with running(variables) as place:
        yield StaffServer(place, variables, made["accounts"], tuple(made["pupils"]))


OpenDesk = Callable[..., Page]


@pytest.fixture
def at_the_desk(chromium: Browser, staff_server: StaffServer) -> Iterator[OpenDesk]:
    """Open an address of the work desk as one of its people ("" signed out); a console error fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(who: str, path: str = "/desk/", *, width: int = 1366, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 768}, locale="zh-CN", **options)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        if who:
            value = staff_server.accounts[who]["session"]
            context.add_cookies([{"name": "guantong_desk", "value": value, "url": f"{staff_server.address}/desk"}])
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if worth_telling(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(staff_server.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def worth_telling(message: ConsoleMessage) -> bool:
    """Whether a console message is a fault: a refused form is not."""
    return message.type == "error" and "the server responded with a status of 4" not in message.text


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, closed with its module: its event loop must not outlive the browser's tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Open]:
    """Open an address in a context of its own; a console error or a refused resource fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if worth_telling(message):
            complaints.append(message.text)

    def open_page(path: str, *, width: int = 1280, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", **options)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def wait_for(address: str, seconds: float = PATIENCE) -> None:
    """Wait until an address answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
