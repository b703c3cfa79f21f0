"""A full database and a lost one: a refusal in words, a page in words, and never half a step."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from tests.desk import AUDITOR, OPERATOR, REGISTRAR, admit, organisations_of_the_desk, row
from tests.integration.conftest import Cluster, Fresh, using
from tests.staff import signed_in

from guantong.actions import events, journal, pupils
from guantong.actions.events import NewEvent
from guantong.cohorts import EventKind
from guantong.errors import DatabaseNotReady, PupilUnknown
from guantong.settings import Settings
from guantong.store import models

FULL = "PRAGMA max_page_count=1"
"""No page more than there are already: SQLite never takes one away that is in use."""
STEP = NewEvent(kind=EventKind.NOT_ARRIVED, on=date(2023, 9, 1))
TABLES = (models.Pupil, models.Personal, models.Event, models.Receipt, models.StageKept)


def held() -> tuple[int, ...]:
    """How many rows there are of what a registrar enters."""
    return tuple(table.objects.count() for table in TABLES)


@contextmanager
def full(settings: Settings) -> Iterator[None]:
    """The same database, in which no further page may be written."""
    with using(replace(settings, sqlite_init=FULL)):
        yield


def sound() -> bool:
    """Whether the chain holds and every projection is the fold of its events."""
    return journal.verify_journal(by=AUDITOR).ok and journal.check_cohorts(by=OPERATOR).differences == ()


@pytest.fixture
def desk(fresh: Fresh) -> Iterator[Settings]:
    """A SQLite database of its own, with organisations and one pupil."""
    with using(fresh("sqlite")) as settings:
        organisations_of_the_desk()
        admit()
        yield settings


def test_a_roster_that_finds_no_room_leaves_nothing_behind(desk: Settings) -> None:
    before = (*held(), models.JournalEntry.objects.count())
    with full(desk):
        with pytest.raises(DatabaseNotReady, match="写不进去"):
            admit(*(row(number) for number in range(2, 300)))
        assert (*held(), models.JournalEntry.objects.count()) == before
    admit(*(row(number) for number in range(2, 300)))
    assert sound()


def until_full(*acts: Callable[[], object]) -> int:
    """Do one act after the other until the database refuses; return how many were done."""
    for done, act in enumerate(acts):
        try:
            act()
        except DatabaseNotReady:
            return done
    raise AssertionError("the database was never full")


def test_in_a_full_database_a_read_without_its_entry_returns_nothing(desk: Settings) -> None:
    (pupil,) = models.Pupil.objects.values_list("pk", flat=True)
    before = models.JournalEntry.objects.count()
    with full(desk):
        seen = until_full(*[lambda: pupils.view_pupil(pupil, by=REGISTRAR)] * 500)
        assert models.JournalEntry.objects.count() == before + seen
    assert sound()


def test_in_a_full_database_even_a_refusal_is_told_in_words(desk: Settings) -> None:
    def ask() -> None:
        with pytest.raises(PupilUnknown):
            pupils.view_pupil("nobody", by=REGISTRAR)

    with full(desk):
        until_full(*[ask] * 500)


def test_in_a_full_database_no_step_is_half_taken(desk: Settings) -> None:
    admitted = admit(*(row(number) for number in range(2, 60)))
    steps = [partial(events.propose_event, pupil, STEP, seen=1, by=REGISTRAR) for pupil in admitted]
    with full(desk):
        done = until_full(*steps)
        assert models.Pupil.objects.filter(version=2).count() == done
        assert models.Event.objects.filter(kind=STEP.kind.value).count() == done
    assert sound()


def test_a_full_database_gives_a_page_in_words(desk: Settings) -> None:
    (pupil,) = models.Pupil.objects.values_list("pk", flat=True)
    client = signed_in(REGISTRAR)
    with full(desk):
        for _ in range(500):
            response = client.get(f"/desk/pupils/{pupil}")
            if response.status_code != 200:
                break
        page = response.content.decode()
        assert response.status_code == 503
        assert "没有生效" in page
        assert "Traceback" not in page
        assert "演示学生" not in page
        assert response.headers["Cache-Control"] == "no-store"
    assert client.get(f"/desk/pupils/{pupil}").status_code == 200


def test_a_file_that_is_taken_away_is_missed_at_once_and_found_again(desk: Settings) -> None:
    (pupil,) = models.Pupil.objects.values_list("pk", flat=True)
    client = signed_in(REGISTRAR)
    path = desk.data_folder / "guantong.sqlite3"
    before = held()
    path.rename(path.with_name("elsewhere"))
    with pytest.raises(DatabaseNotReady, match="不见了"):
        events.propose_event(pupil, STEP, seen=1, by=REGISTRAR)
    response = client.get(f"/desk/pupils/{pupil}")
    assert response.status_code == 503
    path.unlink(missing_ok=True)
    path.with_name("elsewhere").rename(path)
    assert pupils.view_pupil(pupil, by=REGISTRAR).version == 1
    assert held() == before
    assert sound()


def test_another_file_in_its_place_is_not_taken_for_it(desk: Settings, tmp_path: Path) -> None:
    path = desk.data_folder / "guantong.sqlite3"
    path.rename(tmp_path / "kept")
    path.write_bytes(b"")
    with pytest.raises(DatabaseNotReady, match="换成了另一个"):
        admit(row(2))
    assert os.stat(path).st_size == 0


def test_a_postgresql_that_hangs_up_is_told_in_words_and_leaves_nothing(fresh: Fresh, cluster: Cluster) -> None:
    with using(fresh("postgresql")):
        organisations_of_the_desk()
        (pupil,) = admit()
        before = held()
        name = connection.settings_dict["NAME"]
        hang_up = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        cluster.sql(hang_up)
        with pytest.raises(DatabaseNotReady, match="连接中断"):
            events.propose_event(pupil, STEP, seen=1, by=REGISTRAR)
        connection.close()
        assert held() == before
        assert sound()


def test_a_postgresql_that_is_gone_gives_a_page_in_words(fresh: Fresh, cluster: Cluster) -> None:
    with using(fresh("postgresql")):
        organisations_of_the_desk()
        (pupil,) = admit()
        client = signed_in(REGISTRAR)
        assert client.get(f"/desk/pupils/{pupil}").status_code == 200
        name = connection.settings_dict["NAME"]
        connection.close()
        cluster.sql(f"ALTER DATABASE {name} RENAME TO {name}_gone")
        response = client.get(f"/desk/pupils/{pupil}")
        assert response.status_code == 503
        assert "Traceback" not in response.content.decode()
        cluster.sql(f"ALTER DATABASE {name}_gone RENAME TO {name}")
        assert client.get(f"/desk/pupils/{pupil}").status_code == 200
