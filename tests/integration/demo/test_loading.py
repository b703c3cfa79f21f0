"""Loading the demonstration: only into an empty database, all of it or nothing, and only after a yes."""

import os
import pty
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.desk import OPERATOR
from tests.integration.actions.test_at_once import left_alone
from tests.integration.conftest import ENGINES, using
from tests.integration.demo.conftest import untouched

from guantong.actions import demo, journal
from guantong.actions.opening import open_demo
from guantong.errors import DatabaseNotReady, StepRefused
from guantong.settings import Settings
from guantong.store import models, opening

SMALL = 0.02
TABLES = (models.Organisation, models.User, models.Grant, models.Pupil, models.Personal, models.Event, models.Receipt)


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """A database of each engine that nobody has used."""
    with using(untouched(request.param, tmp_path / "data", request)) as settings:
        yield settings


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Settings]:
    """A SQLite database that nobody has used."""
    with using(Settings(data=tmp_path / "data")) as settings:
        yield settings


def held() -> int:
    """How many rows there are of what people enter."""
    return sum(table.objects.count() for table in TABLES)


def variables(settings: Settings) -> dict[str, str]:
    """The environment of a command on a database."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("GUANTONG_", "DJANGO_"))}
    own = {"DATABASE_URL": settings.database_url, "GUANTONG_DATA": str(settings.data)}
    return {**kept, **own, "PYTHONUTF8": "1"}


def test_a_demonstration_is_loaded_once(small: Settings) -> None:
    open_demo()
    demo.load_demo(share=SMALL, by=OPERATOR)
    before = held()
    with pytest.raises(StepRefused, match="已有账号"):
        demo.load_demo(share=SMALL, by=OPERATOR)
    assert held() == before


def test_a_real_database_stays_real(small: Settings) -> None:
    opening.open_store(opening.REAL)
    with pytest.raises(DatabaseNotReady, match="真实世界"):
        open_demo()
    assert opening.world() == opening.REAL


def test_a_demonstration_of_other_contents_is_not_mixed_with_it(small: Settings) -> None:
    opening.open_store(opening.DEMO, contents="guantong_beijing")
    with pytest.raises(DatabaseNotReady, match="guantong_beijing"):
        open_demo()


def test_contents_without_people_cannot_be_loaded(small: Settings) -> None:
    opening.open_store(opening.DEMO, contents="guantong_beijing")
    with pytest.raises(StepRefused, match="没有演示人物"):
        demo.load_demo(by=OPERATOR)


def test_accounts_that_cannot_be_kept_undo_the_whole(small: Settings) -> None:
    open_demo()

    def full(loaded: demo.Loaded) -> None:
        raise OSError("no space is left")

    with pytest.raises(OSError, match="no space"):
        demo.load_demo(share=SMALL, keep=full, by=OPERATOR)
    assert (held(), models.JournalEntry.objects.count()) == (0, 0)
    demo.load_demo(share=SMALL, by=OPERATOR)
    assert journal.verify_journal(by=OPERATOR).ok


def test_a_demonstration_killed_before_its_last_moment_leaves_nothing_and_can_be_loaded_again(empty: Settings) -> None:
    command = [sys.executable, "-m", "tests.integration.demo.worker"]
    running = subprocess.Popen(command, env=variables(empty), stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    running.send_signal(signal.SIGKILL)
    running.wait()
    running.stdout.close()
    open_demo()
    left_alone()
    assert (held(), models.JournalEntry.objects.count()) == (0, 0)
    demo.load_demo(share=SMALL, by=OPERATOR)
    assert journal.verify_journal(by=OPERATOR).ok
    assert journal.check_cohorts(by=OPERATOR).differences == ()


def test_without_a_terminal_and_without_yes_nothing_is_made(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    command = [sys.executable, "-m", "guantong", "demo"]
    done = subprocess.run(command, env=variables(settings), stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--yes" in done.stderr
    assert not (tmp_path / "data").exists()


def test_declining_makes_nothing(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    child, held_end = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "guantong", "demo"], env=variables(settings), stdin=held_end, stderr=subprocess.PIPE
    )
    os.write(child, b"n\n")
    _, told = running.communicate(timeout=60)
    os.close(child)
    os.close(held_end)
    assert running.returncode == 1
    assert "什么也没有改动" in told.decode()
    assert not (tmp_path / "data").exists()


def test_the_accounts_are_printed_and_written_for_their_owner_only(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    command = [sys.executable, "-m", "guantong", "demo", "--yes"]
    done = subprocess.run(command, env=variables(settings), capture_output=True, text=True, check=True)
    file = tmp_path / "data" / "demo-accounts.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines()[2:]]
    assert len(rows) == len({row[3] for row in rows}) == 26
    assert all(secret in done.stdout for row in rows for secret in row[3:])
    again = subprocess.run(command, env=variables(settings), capture_output=True, text=True)
    assert (again.returncode, again.stdout) == (7, "")


def test_the_server_started_as_people_start_it_serves_the_demonstration(small: Settings) -> None:
    open_demo()
    demo.load_demo(share=SMALL, by=OPERATOR)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "guantong", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, env=variables(small), stdout=subprocess.PIPE, text=True) as server:
        try:
            page = fetched(f"http://127.0.0.1:{port}/desk/")
        finally:
            server.terminate()
        assert server.stdout is not None
        assert "演示世界" in server.stdout.read()
    assert "登录" in page


def fetched(address: str) -> str:
    """The text of a page, as soon as the server answers."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("the server never answered")
