"""The school desk's commands as processes of their own, from the first account to a restore elsewhere."""

import base64
import contextlib
import json
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.integration.conftest import Cluster

from guantong.actions.second_factor import SECONDS, code_at

PASSPHRASE = "演示口令 correct horse"


@dataclass(frozen=True)
class Place:
    """Where a deployment lies."""

    data: Path
    database: str = ""

    def environment(self) -> dict[str, str]:
        """The environment of its commands."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("GUANTONG", "DJANGO"))}
        ours |= {"GUANTONG_DATA": str(self.data), "PYTHONWARNINGS": "error"}
        return ours | ({"DATABASE_URL": self.database} if self.database else {})

    def run(self, *words: object, code: int = 0) -> str:
        """Run a command that ends with a code; return what it says, or what it complains of."""
        command = [sys.executable, "-m", "guantong", *map(str, words)]
        done = subprocess.run(
            command, env=self.environment(), capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stderr if code else done.stdout


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    """Two places on one engine that nobody has used yet; PostgreSQL is not migrated."""
    first, second = Place(tmp_path / "first"), Place(tmp_path / "second")
    if request.param == "sqlite":
        yield first, second
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    names = [f"cli_{name}_{os.urandom(3).hex()}" for name in ("first", "second")]
    cluster.sql(*(f"CREATE DATABASE {name}" for name in names))
    yield replace(first, database=cluster.url(names[0])), replace(second, database=cluster.url(names[1]))
    cluster.sql(*(f"DROP DATABASE {name} WITH (FORCE)" for name in names))


def at_a_terminal(place: Place, answers: list[str], *words: str) -> tuple[int, str, str]:
    """Run a command whose questions are answered at a terminal; return code, output and what the terminal showed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "guantong", *words]
    running = subprocess.Popen(
        command, env=place.environment(), stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, start_new_session=True
    )
    os.close(theirs)
    shown = b""
    for answer in answers:
        until, before = time.monotonic() + 60, len(shown)
        while "：".encode() not in shown[before:]:
            assert time.monotonic() < until
            ready, _, _ = select.select([ours], [], [], 1)
            shown += os.read(ours, 1000) if ready else b""
        os.write(ours, f"{answer}\n".encode())
    out, _ = running.communicate(timeout=60)
    os.set_blocking(ours, False)
    with contextlib.suppress(OSError):
        shown += os.read(ours, 10_000)
    os.close(ours)
    return running.returncode, out.decode(), shown.decode()


def test_from_the_first_account_to_a_restore_in_a_second_place(places: tuple[Place, Place], tmp_path: Path) -> None:
    first, second = places
    if first.database:
        assert "guantong migrate" in first.run("users", "create", "--first", "--login", "a", "--name", "演示", code=5)
        for place in places:
            place.run("migrate")
    assert "还没有启用" in first.run("users", "list", code=5)
    first.run("users", "create", "--first", "--login", "first", "--name", "系统管理员")
    assert "已经有账号" in first.run("users", "create", "--first", "--login", "b", "--name", "演示", code=7)
    head = tmp_path / "head.json"
    head.write_text(first.run("journal", "head", "--json"), encoding="utf-8")
    words = tmp_path / "words"
    words.write_text(PASSPHRASE, encoding="utf-8")
    words.chmod(0o600)
    sealed = ["--passphrase-file", words]
    first.run("keys", "export", tmp_path / "keys", *sealed)
    first.run("backup", tmp_path / "backup", *sealed)
    restore = ["restore", tmp_path / "backup", "--to", second.data, *sealed]
    assert "guantong keys import" in second.run(*restore, code=5)
    second.run("keys", "import", tmp_path / "keys", *sealed)
    told = json.loads(second.run(*restore, "--json"))
    assert (told["world"], told["rows"]["store_user"]) == ("beijing", 1)
    assert "数据库里已有内容" in second.run(*restore, code=7)
    assert json.loads(second.run("journal", "verify", "--json", "--head", head))["ok"]
    assert [user["login"] for user in json.loads(second.run("users", "list", "--json"))] == ["first"]
    assert second.data.stat().st_mode & 0o777 == 0o700


def test_restore_puts_the_data_where_it_is_told_and_not_where_the_environment_points(tmp_path: Path) -> None:
    first, words = Place(tmp_path / "first"), tmp_path / "words"
    words.write_text(PASSPHRASE, encoding="utf-8")
    words.chmod(0o600)
    first.run("users", "create", "--first", "--login", "first", "--name", "系统管理员")
    first.run("keys", "export", tmp_path / "keys", "--passphrase-file", words)
    first.run("backup", tmp_path / "backup", "--passphrase-file", words)
    there = Place(tmp_path / "there")
    there.run("keys", "import", tmp_path / "keys", "--passphrase-file", words)
    first.run("restore", tmp_path / "backup", "--to", there.data, "--passphrase-file", words)
    assert json.loads(there.run("journal", "verify", "--json"))["ok"]


def test_a_token_is_given_for_password_and_code_at_a_terminal_and_speaks_for_its_person(tmp_path: Path) -> None:
    place = Place(tmp_path / "data")
    place.run("users", "create", "--first", "--login", "first", "--name", "系统管理员")
    options = ["--organisation", "changping-zhiye", "--role", "registrar", "--since", "2020-01-01"]
    made = json.loads(place.run("users", "create", "--login", "li", "--name", "演示", *options, "--json"))
    step = int(time.time()) // SECONDS
    code = code_at(base64.b32decode(made["second_factor"]), step)
    wrong = at_a_terminal(place, ["li", "wrong password", code, "filing"], "users", "token")
    assert (wrong[0], "登录信息不正确" in wrong[2], (place.data / "token").exists()) == (6, True, False)
    code = code_at(base64.b32decode(made["second_factor"]), int(time.time()) // SECONDS)
    ended, said, shown = at_a_terminal(place, ["li", made["password"], code, "filing"], "users", "token")
    assert (ended, "8 小时内有效" in said) == (0, True), shown
    assert made["password"] not in shown
    assert (place.data / "token").stat().st_mode & 0o777 == 0o600
    assert json.loads(place.run("cohorts", "list", "--json")) == {"total": 0, "first": 0, "pupils": []}
    assert json.loads(place.run("journal", "verify", "--json"))["ok"]
    place.run("users", "close", "li")
    assert "已失效" in place.run("cohorts", "list", code=6)


def test_a_passphrase_typed_twice_is_not_shown(tmp_path: Path) -> None:
    place = Place(tmp_path / "data")
    place.run("users", "create", "--first", "--login", "first", "--name", "系统管理员")
    ended, _, shown = at_a_terminal(place, [PASSPHRASE, PASSPHRASE], "keys", "export", str(tmp_path / "keys"))
    assert (ended, PASSPHRASE in shown) == (0, False), shown
    assert (tmp_path / "keys").read_bytes()


def test_two_passphrases_that_differ_are_refused(tmp_path: Path) -> None:
    place = Place(tmp_path / "data")
    place.run("users", "create", "--first", "--login", "first", "--name", "系统管理员")
    ended, _, shown = at_a_terminal(place, [PASSPHRASE, "another one"], "keys", "export", str(tmp_path / "keys"))
    assert (ended, "两次输入的不一样" in shown, (tmp_path / "keys").exists()) == (2, True, False)
