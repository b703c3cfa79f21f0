"""The program as a process of its own: how it starts, what it imports, how it ends."""

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import ClassVar

import pytest
from tests.cli import guantong
from tests.integration.conftest import Fresh, using

from guantong import cli
from guantong.cli.run import run
from guantong.settings import Settings

HEAVY = ["django", "numpy", "polars", "altair", "granian", "rich"]


def start(*arguments: str, code: str = "") -> subprocess.Popen[bytes]:
    """A running program; `code` runs something else than the command line."""
    program = ["-c", code] if code else ["-m", "guantong", *arguments]
    environment = {**os.environ, "GUANTONG_TODAY": "2026-11-21"}
    return subprocess.Popen([sys.executable, *program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


def test_the_module_runs_as_a_program() -> None:
    out, err = start("--version").communicate()
    assert (out.decode().startswith("guantong "), err) == (True, b"")


def test_it_leaves_with_the_exit_code_of_the_command() -> None:
    program = start("programmes", "--year", "2024")
    _, err = program.communicate()
    assert (program.returncode, "没有载入分专业招生计划" in err.decode()) == (3, True)


@pytest.mark.parametrize("arguments", [[], ["--version"], ["nosuch"]])
def test_the_entry_point_leaves_with_the_exit_code(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["guantong", *arguments])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == (2 if arguments == ["nosuch"] else 0)


def test_the_first_answer_imports_nothing_heavy() -> None:
    plan = "['plan', '--cohort', '2025', '--score', '400', '--json']"
    loaded = f"print(*(name for name in {HEAVY} if name in sys.modules), file=sys.stderr)"
    code = f"import os, sys; from guantong.cli.run import run; assert run({plan}, os.environ) == 0; {loaded}"
    out, err = start(code=code).communicate()
    assert (out[:1], err.decode().split()) == (b"{", [])


@pytest.mark.parametrize("arguments", [["programmes", "--year", "2023", "--json"], ["sources"]])
def test_a_reader_who_leaves_early_causes_no_complaint(arguments: list[str]) -> None:
    program = start(*arguments)
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.close()
    complaint = program.stderr.read()
    program.stderr.close()
    assert (program.wait(), complaint) == (0, b"")


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port at which somebody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_taken_port_is_told_with_one_that_is_free(taken_port: int) -> None:
    ran = guantong("serve", "--port", str(taken_port))
    assert (ran.code, ran.said) == (5, "")
    assert f"端口 {taken_port} 已被其他程序占用" in ran.complained
    other = int(ran.complained.partition("--port ")[2].partition("（")[0])
    with socket.socket() as free:
        free.bind(("127.0.0.1", other))


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "a" * 70])
def test_an_address_that_is_not_of_this_machine_is_refused(host: str) -> None:
    ran = guantong("serve", "--host", host)
    assert (ran.code, ran.said) == (5, "")
    assert "请核对 --host" in ran.complained


class Nobody:
    """A server that notes what it was given and does not serve."""

    given: ClassVar[dict[str, object]] = {}

    def __init__(self, application: str, **given: object) -> None:
        """Note what was given."""
        Nobody.given = {"application": application, **given}

    def serve(self) -> None:
        """End at once."""


@pytest.fixture
def desk(fresh: Fresh) -> Iterator[Settings]:
    """A database of the demonstration's world."""
    with using(fresh("sqlite")) as settings:
        yield settings


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "localhost"), ("0.0.0.0", "0.0.0.0")])
def test_serving_says_where_and_starts_the_public_desk(host: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("granian.server.Server", Nobody)
    with socket.socket() as free:
        free.bind((host, 0))
        port = free.getsockname()[1]
    ran = guantong("serve", "--host", host, "--port", str(port), "--workers", "1")
    assert ran.code == 0
    assert f"http://{shown}:{port}/" in ran.said
    assert "工作台：/desk/（演示世界" in ran.said
    assert (Nobody.given["application"], Nobody.given["port"]) == ("guantong.web.wsgi:application", port)
    assert Nobody.given["log_access"] is False


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(("raised", "code"), [(KeyboardInterrupt(), 130), (SystemExit(3), 3)])
def test_an_interruption_and_the_end_of_the_server_keep_their_codes(
    raised: BaseException, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(self: object) -> None:
        raise raised

    monkeypatch.setattr("granian.server.Server", type("Ending", (Nobody,), {"serve": end}))
    if code == 130:
        ran = guantong("serve", "--port", "18999")
        assert (ran.code, ran.complained) == (130, "已取消。\n")
    else:
        with pytest.raises(SystemExit, match="3"):
            guantong("serve", "--port", "18999")


@pytest.mark.parametrize("command", ["sources", "programmes --year 2023 --json"])
def test_a_closed_pipe_ends_the_command_without_a_fault(command: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as closed, contextlib.redirect_stdout(closed):
        assert run(command.split(), {}) == 0
