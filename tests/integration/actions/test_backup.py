"""A backup brought back into a second, empty place: whole or not at all, on each engine and across."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.desk import OPERATOR, REGISTRAR, admit, first_account, organisations_of_the_desk, row
from tests.integration.conftest import Cluster, Fresh, template_settings, using

from guantong.actions import accounts, backup, backup_file, events, journal, keys, opening, pupils, restoring
from guantong.actions.events import NewEvent
from guantong.cohorts import EventKind
from guantong.errors import DatabaseNotReady, GuantongError, KeyMissing, NotAllowed, StepRefused
from guantong.settings import Settings
from guantong.store import dump, models, sealed_stream
from guantong.store import opening as kept_opening
from guantong.store.sealed_stream import PIECE

PASSPHRASE = "演示备份 correct horse"
KEYS_PASSPHRASE = "演示密钥 battery staple"
ENGINES = ["sqlite", "postgresql"]

Second = Callable[[str], Settings]


@pytest.fixture(scope="session")
def migrated(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PostgreSQL database that is migrated and has no world yet."""
    cluster.sql("CREATE DATABASE migrated_guantong")
    with using(template_settings(tmp_path_factory.mktemp("migrated"), cluster.url("migrated_guantong"))):
        kept_opening.migrate()
    return "migrated_guantong"


@pytest.fixture
def second(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Second]:
    """Settings of an empty place: a data folder that is not there, or a PostgreSQL database without a row."""
    made: list[str] = []

    def make(engine: str) -> Settings:
        folder = tmp_path / "second"
        if engine == "sqlite":
            return template_settings(folder, "")
        cluster: Cluster = request.getfixturevalue("cluster")
        made.append(f"second_{os.urandom(4).hex()}")
        cluster.sql(f"CREATE DATABASE {made[-1]} TEMPLATE {request.getfixturevalue('migrated')}")
        return template_settings(folder, cluster.url(made[-1]))

    yield make
    for name in made:
        request.getfixturevalue("cluster").sql(f"DROP DATABASE {name} WITH (FORCE)")


def a_desk_at_work() -> str:
    """Organisations, an account, pupils with events and receipts; return a pupil with a suspended study."""
    organisations_of_the_desk()
    first_account()
    admitted = admit(*(row(number) for number in range(1, 6)))
    new = NewEvent(kind=EventKind.PLACE_KEPT, on=date(2023, 9, 1))
    events.propose_event(admitted[0], new, seen=1, by=REGISTRAR)
    return admitted[0]


def taken(path: Path) -> tuple[backup_file.Manifest, bytes]:
    """A backup written to a file, and the keys sealed apart."""
    with path.open("xb") as stream:
        manifest = backup.backup(stream, PASSPHRASE, by=OPERATOR)
    return manifest, keys.export_keys(KEYS_PASSPHRASE, by=OPERATOR)


def everything() -> dict[str, list[list[object]]]:
    """Every row of every table as a backup holds it."""
    return {name: list(dump.rows(table)) for name, table in dump.tables().items()}


@pytest.mark.parametrize(
    ("engine", "other"),
    [("sqlite", "sqlite"), ("postgresql", "postgresql"), ("sqlite", "postgresql"), ("postgresql", "sqlite")],
)
def test_what_was_there_is_there_again_in_a_second_place(
    fresh: Fresh, second: Second, tmp_path: Path, engine: str, other: str
) -> None:
    path = tmp_path / "b"
    with using(fresh(engine)):
        pupil = a_desk_at_work()
        before = everything()
        manifest, bundle = taken(path)
    with using(second(other)):
        opening.import_keys(bundle, KEYS_PASSPHRASE)
        assert restoring.restore(path, PASSPHRASE, by=OPERATOR) == manifest
        opening.open_as_it_is()
        after = everything()
        entry = after["store_journalentry"].pop()
        assert "restored" in entry
        after["store_journalhead"] = before["store_journalhead"]
        assert after == before
        record = pupils.view_contact(pupil, by=REGISTRAR)
        assert record.personal is not None
        assert record.personal.identity == row(1).identity
        assert journal.verify_journal(manifest.journal, by=OPERATOR).ok
        assert journal.check_cohorts(by=OPERATOR) == journal.CohortsCheck(pupils=5, differences=())
        # numbers that the database gives go on, and the desk goes on working
        accounts.create_account(accounts.NewAccount(login="li", name="演示"), by=OPERATOR)
        assert len(admit(row(7))) == 1


@pytest.fixture
def saved(fresh: Fresh, tmp_path: Path) -> tuple[Path, bytes]:
    """A backup of a SQLite desk, and its keys."""
    path = tmp_path / "b"
    with using(fresh("sqlite")):
        a_desk_at_work()
        _, bundle = taken(path)
    return path, bundle


def nothing_is_there(settings: Settings) -> bool:
    """Whether a second place holds at most its keys."""
    assert settings.data is not None
    return not settings.data.exists() or {found.name for found in settings.data.iterdir()} <= {"keys"}


def refused(path: Path, settings: Settings, passphrase: str = PASSPHRASE, error: type[Exception] = StepRefused) -> str:
    """What a restore says that is refused and leaves nothing."""
    with using(settings), pytest.raises(error) as said:
        restoring.restore(path, passphrase, by=OPERATOR)
    assert nothing_is_there(settings)
    return str(said.value)


def test_without_its_keys_a_backup_is_not_restored_and_no_key_is_made(
    saved: tuple[Path, bytes], second: Second
) -> None:
    said = refused(saved[0], second("sqlite"), error=KeyMissing)
    assert "guantong keys import" in said


@pytest.fixture
def ready(saved: tuple[Path, bytes], second: Second) -> tuple[Path, Settings]:
    """A backup, and a second place that has the keys."""
    path, bundle = saved
    settings = second("sqlite")
    with using(settings):
        opening.import_keys(bundle, KEYS_PASSPHRASE)
    return path, settings


def test_a_wrong_passphrase_opens_nothing(ready: tuple[Path, Settings]) -> None:
    assert "口令不对" in refused(*ready, passphrase="another passphrase")


@pytest.mark.parametrize("left", [0, 5, 30, 500, -1])
def test_a_cut_file_is_refused(ready: tuple[Path, Settings], left: int) -> None:
    path, settings = ready
    path.write_bytes(path.read_bytes()[:left])
    assert refused(path, settings)


@pytest.mark.parametrize("at", [0, 20, 40, 400, -1])
def test_a_flipped_byte_is_noticed(ready: tuple[Path, Settings], at: int) -> None:
    path, settings = ready
    body = bytearray(path.read_bytes())
    body[at] ^= 1
    path.write_bytes(body)
    assert refused(path, settings)


def test_more_at_the_end_is_noticed(ready: tuple[Path, Settings]) -> None:
    path, settings = ready
    path.write_bytes(path.read_bytes() + b"x" * 100)
    assert refused(path, settings)


def test_a_target_that_holds_something_is_left_as_it_is(ready: tuple[Path, Settings]) -> None:
    path, settings = ready
    with using(settings):
        restoring.restore(path, PASSPHRASE, by=OPERATOR)
        before = everything()
        with pytest.raises(StepRefused, match="数据库里已有内容"):
            restoring.restore(path, PASSPHRASE, by=OPERATOR)
        assert everything() == before


def test_a_folder_with_a_strangers_file_is_not_written_to(ready: tuple[Path, Settings]) -> None:
    path, settings = ready
    assert settings.data is not None
    (settings.data / "notes.txt").write_text("x", encoding="utf-8")
    with using(settings), pytest.raises(StepRefused, match=r"notes\.txt"):
        restoring.restore(path, PASSPHRASE, by=OPERATOR)
    assert {found.name for found in settings.data.iterdir()} == {"keys", "notes.txt"}


def test_postgresql_that_is_not_migrated_is_told_so(
    saved: tuple[Path, bytes], tmp_path: Path, cluster: Cluster
) -> None:
    cluster.sql("CREATE DATABASE bare")
    with using(template_settings(tmp_path / "second", cluster.url("bare"))):
        opening.import_keys(saved[1], KEYS_PASSPHRASE)
        with pytest.raises(DatabaseNotReady, match="guantong migrate"):
            restoring.restore(saved[0], PASSPHRASE, by=OPERATOR)
    cluster.sql("DROP DATABASE bare WITH (FORCE)")


def test_a_backup_of_another_schema_names_its_version(
    ready: tuple[Path, Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dump, "migrations_of_program", lambda: ["0001_first"])
    assert "表结构与本程序不同" in refused(*ready)


def test_whoever_does_not_operate_neither_takes_nor_restores_a_backup(ready: tuple[Path, Settings]) -> None:
    path, settings = ready
    with using(settings), pytest.raises(NotAllowed):
        restoring.restore(path, PASSPHRASE, by=REGISTRAR)
    assert nothing_is_there(settings)


def test_a_backup_of_a_short_passphrase_is_refused(fresh: Fresh) -> None:
    with using(fresh("sqlite")), pytest.raises(StepRefused, match="至少 12 个字符"):
        backup.backup(io.BytesIO(), "short", by=OPERATOR)


def test_a_backup_holds_no_name_no_number_and_no_key_in_clear(fresh: Fresh, tmp_path: Path) -> None:
    with using(fresh("sqlite")) as settings:
        a_desk_at_work()
        taken(tmp_path / "b")
        body = (tmp_path / "b").read_bytes()
        plain = repr(everything())
        assert "演示学生1".encode() not in body
        for key in settings.keys_folder.glob("*.key"):
            assert key.read_text(encoding="ascii").strip() not in plain


@pytest.mark.usefixtures("database")
def test_a_backup_is_of_one_moment_while_others_go_on_writing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    admit(row(1))
    write = backup_file._write
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    def meanwhile() -> None:
        admit(row(2))
        connection.close()

    def writing(*given: object) -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(meanwhile).result(timeout=30)
        write(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(backup_file, "_write", writing)
    manifest, _ = taken(tmp_path / "b")
    assert (manifest.rows["store_pupil"], models.Pupil.objects.count()) == (1, 2)
    lines = [batch for _, table, batch in backup_file.read_rows(tmp_path / "b", PASSPHRASE) if table == "store_pupil"]
    assert len(lines) == 1
    assert len(lines[0]) == 1


def test_tokens_and_what_was_put_aside_stay_behind() -> None:
    assert not {"store_token", "store_putaside", "store_checktry"} & set(dump.tables())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_restore_that_is_killed_leaves_nothing_and_can_be_done_again(
    saved: tuple[Path, bytes], second: Second, engine: str
) -> None:
    path, bundle = saved
    settings = second(engine)
    with using(settings):
        opening.import_keys(bundle, KEYS_PASSPHRASE)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "guantong.store.django_settings",
        "DATABASE_URL": settings.database_url,
        "GUANTONG_DATA": str(settings.data),
        "GUANTONG_KEYS": str(settings.keys_folder),
    }
    command = [sys.executable, "-m", "tests.integration.worker_restore", str(path), PASSPHRASE]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline() == "half\n"
    running.send_signal(signal.SIGKILL)
    running.communicate(timeout=60)
    with using(settings):
        with pytest.raises(DatabaseNotReady, match="还没有启用"):
            opening.open_as_it_is()
        assert not dump.anything_kept()
        restoring.restore(path, PASSPHRASE, by=OPERATOR)
        opening.open_as_it_is()
        assert models.Pupil.objects.count() == 5


def test_many_pieces_are_put_together_again(fresh: Fresh, tmp_path: Path) -> None:
    from guantong.store.sealed_stream import SealedWriter, unsealed_lines

    mark, lines = b"test 1\n", [os.urandom(3000).hex().encode() for _ in range(200)]
    body = io.BytesIO()
    out = SealedWriter(body, mark, PASSPHRASE)
    for line in lines:
        out.write(line + b"\n")
    out.close()
    assert len(body.getvalue()) > 2 * PIECE
    again = list(unsealed_lines(io.BytesIO(body.getvalue()), mark, PASSPHRASE, step="x"))
    assert again == lines
    whole = body.getvalue()
    head = len(mark) + 23
    swapped = whole[:head] + whole[head + PIECE + 16 : head + 2 * (PIECE + 16)] + whole[head : head + PIECE + 16]
    for spoilt in (swapped + whole[head + 2 * (PIECE + 16) :], whole[: head + PIECE + 16], whole[: head + PIECE + 15]):
        with pytest.raises(GuantongError):
            list(unsealed_lines(io.BytesIO(spoilt), mark, PASSPHRASE, step="x"))


def test_a_backup_of_a_journal_that_was_tampered_with_is_not_put_to_use(
    fresh: Fresh, second: Second, tmp_path: Path
) -> None:
    path = tmp_path / "b"
    with using(fresh("sqlite")):
        a_desk_at_work()
        models.JournalEntry.objects.filter(number=3).update(actor="somebody-else")
        _, bundle = taken(path)
    settings = second("sqlite")
    with using(settings):
        opening.import_keys(bundle, KEYS_PASSPHRASE)
        with pytest.raises(StepRefused, match="日志核验不通过（这一条被改动过）"):
            restoring.restore(path, PASSPHRASE, by=OPERATOR)
        assert not dump.anything_kept()


def forged(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    """Seal a backup anew, with its passphrase, after its lines were changed."""
    with path.open("rb") as stream:
        lines = list(sealed_stream.unsealed_lines(stream, backup_file.MARK, PASSPHRASE, step="x"))
    with path.open("wb") as stream:
        out = sealed_stream.SealedWriter(stream, backup_file.MARK, PASSPHRASE)
        for line in change(lines):
            out.write(line + b"\n")
        out.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[:-1],
        lambda lines: [*lines, b"[]"],
        lambda lines: [*lines[:5], *lines[6:]],
        lambda lines: [*lines[:-2], lines[-2].replace(b"a", b"b"), lines[-1]],
        lambda lines: [lines[0], b"not json", *lines[2:]],
        lambda lines: [b"{}", *lines[1:]],
        lambda lines: [],
    ],
    ids=["no sum", "more", "a row less", "a row altered", "unreadable", "no manifest", "nothing"],
)
def test_a_file_that_does_not_agree_with_its_own_sum_is_refused(
    ready: tuple[Path, Settings], change: Callable[[list[bytes]], list[bytes]]
) -> None:
    path, settings = ready
    forged(path, change)
    assert refused(path, settings)
