"""Opening the store: made at first use, for one world, never a step further than it may."""

import os
import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from tests.desk import AUDITOR, OPERATOR, SCHOOL, admit, row
from tests.integration.conftest import Cluster, Fresh, using

from guantong.actions import clock, journal, opening, organisations
from guantong.errors import DatabaseNotReady, KeyMissing
from guantong.settings import Settings
from guantong.store import models
from guantong.store.opening import DEMO, REAL, open_store, world


def test_a_sqlite_database_makes_itself_at_first_use_for_its_owner_only(tmp_path: Path) -> None:
    with using(Settings(data=tmp_path / "new")) as settings:
        opening.open_store()
        assert world() == REAL
        organisations.add_organisation(SCHOOL, by=OPERATOR)
    path = settings.data_folder / "guantong.sqlite3"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.data_folder.stat().st_mode) == 0o700


def test_eight_processes_that_start_at_once_make_one_database(tmp_path: Path) -> None:
    program = (
        "from guantong.actions.configuration import set_up; set_up();"
        "from guantong.actions import opening; opening.open_store(); print('open')"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "guantong.store.django_settings", "GUANTONG_DATA": str(tmp_path / "new")}
    command = [sys.executable, "-c", program]
    started = [
        subprocess.Popen(command, env={**os.environ, **settings}, stdout=subprocess.PIPE, text=True) for _ in range(8)
    ]
    assert [process.communicate(timeout=120)[0] for process in started] == ["open\n"] * 8
    assert len(list((tmp_path / "new" / "keys").glob("*.key"))) == 4


def test_postgresql_is_migrated_by_its_command_only(cluster: Cluster, tmp_path: Path) -> None:
    cluster.sql("CREATE DATABASE untouched")
    with using(Settings(data=tmp_path, database=cluster.url("untouched"))):
        with pytest.raises(DatabaseNotReady, match="guantong migrate"):
            opening.open_store()
        opening.migrate()
        opening.open_store()
        assert world() == REAL


def test_a_database_that_cannot_be_reached_is_told_in_plain_words(tmp_path: Path) -> None:
    gone = Settings(data=tmp_path, database=f"postgresql:///desk?host={tmp_path}&user=u")
    with using(gone), pytest.raises(DatabaseNotReady, match="连接不上"):
        opening.open_store()


def test_a_file_that_is_no_database_is_told_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "guantong.sqlite3").write_text("not a database " * 100, encoding="ascii")
    with using(Settings(data=tmp_path)), pytest.raises(DatabaseNotReady, match="文件损坏"):
        opening.open_store()


def test_a_database_belongs_to_one_world(database: Settings) -> None:
    opening.open_store(demo=True)
    with pytest.raises(DatabaseNotReady, match="属于演示世界"):
        opening.open_store()


def test_the_day_moves_in_a_demonstration_only(tmp_path: Path, database: Settings) -> None:
    assert (world(), clock.today(), clock.now().astimezone().year) == (DEMO, database.today, 2026)
    with using(Settings(data=tmp_path / "real", today=database.today)):
        open_store()
        assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_journals_times_stay_real(database: Settings) -> None:
    journal.journal_head(by=OPERATOR)
    assert abs(models.JournalEntry.objects.get().at - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_keys_of_another_database_are_refused(fresh: Fresh, tmp_path: Path) -> None:
    settings = fresh("sqlite")
    other = tmp_path / "other"
    with using(Settings(data=other)):
        open_store()
    shutil.rmtree(settings.keys_folder)
    shutil.copytree(other / "keys", settings.keys_folder)
    with using(settings), pytest.raises(KeyMissing, match="不在那里"):
        opening.open_store(demo=True)


def test_a_full_database_says_so_and_keeps_no_half(fresh: Fresh) -> None:
    settings = fresh("sqlite")
    with using(settings), connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
    full = Settings(
        data=settings.data, keys=settings.keys, today=settings.today, sqlite_init=f"PRAGMA max_page_count={pages + 20}"
    )
    with using(full), pytest.raises(DatabaseNotReady, match="没有生效"):
        admit(*(row(number) for number in range(500)))
    with using(settings):
        assert (models.Pupil.objects.count(), models.JournalEntry.objects.count()) == (0, 0)
        assert journal.verify_journal(by=AUDITOR).ok


@pytest.mark.usefixtures("database")
def test_the_migrations_are_those_of_the_models() -> None:
    call_command("makemigrations", "store", check=True, dry_run=True, verbosity=0)


@pytest.mark.usefixtures("database")
def test_our_own_user_model_stands_in_the_first_migration() -> None:
    from guantong.store.migrations import __path__ as folder

    assert "name='User'" in (Path(next(iter(folder))) / "0001_first.py").read_text("utf-8").replace('"', "'")
