"""Many at once, and one cut down in the middle: no event twice, no fork of the chain, all or nothing."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from tests.desk import AUDITOR, OPERATOR, REGISTRAR, admit, row

from guantong.actions import events, journal, pupils
from guantong.actions.events import NewEvent
from guantong.cohorts import EventKind
from guantong.errors import GuantongError, InputRefused, StepRefused
from guantong.settings import Settings
from guantong.store import models
from guantong.store.records import PupilFilter

REGISTRARS = 8


def at_once(*work: Callable[[], object]) -> list[str]:
    """Do everything in threads at the same moment; return what each came to."""

    def one(task: Callable[[], object]) -> str:
        try:
            task()
        except GuantongError as refused:
            return refused.code
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


def process(settings: Settings, *arguments: str) -> subprocess.Popen[str]:
    """A registrar in a process of its own on the same database."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "guantong.store.django_settings",
        "DATABASE_URL": settings.database_url,
        "GUANTONG_DATA": str(settings.data),
        "GUANTONG_KEYS": str(settings.keys_folder),
        "GUANTONG_TODAY": str(settings.today),
    }
    command = [sys.executable, "-m", "tests.integration.worker", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def left_alone(*, within: float = 30.0) -> None:
    """Wait until no other session of this database is at work: PostgreSQL ends a statement after its client died."""
    if connection.vendor != "postgresql":
        return
    others = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    until = time.monotonic() + within
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(others)
            (sessions,) = cursor.fetchone()
        if sessions == 0:
            return
        time.sleep(0.05)
    raise AssertionError("the session of a killed process is still there")


def sound() -> bool:
    """Whether the chain holds and every projection is the fold of its events."""
    return journal.verify_journal(by=AUDITOR).ok and journal.check_cohorts(by=OPERATOR).differences == ()


@pytest.mark.usefixtures("database")
def test_of_eight_registrars_on_one_version_one_is_first_and_seven_are_told() -> None:
    (pupil,) = admit()
    new = NewEvent(kind=EventKind.NOT_ARRIVED, on=date(2023, 9, 1))
    told = at_once(*[lambda: events.propose_event(pupil, new, seen=1, by=REGISTRAR)] * REGISTRARS)
    assert Counter(told) == {"done": 1, "record-changed": REGISTRARS - 1}
    assert models.Event.objects.filter(pupil_id=pupil).count() == 2
    assert sound()


@pytest.mark.usefixtures("database")
def test_eight_registrars_on_eight_pupils_write_one_chain() -> None:
    admitted = admit(*(row(number) for number in range(REGISTRARS)))
    before = models.JournalEntry.objects.count()

    def work(pupil: str) -> None:
        for seen, kind in ((1, EventKind.PLACE_KEPT), (2, EventKind.NOT_ARRIVED)):
            pupils.view_pupil(pupil, by=REGISTRAR)
            events.propose_event(pupil, NewEvent(kind=kind, on=date(2023, 9, seen)), seen=seen, by=REGISTRAR)
            pupils.list_pupils(PupilFilter(), by=REGISTRAR)

    assert at_once(*[lambda pupil=pupil: work(pupil) for pupil in admitted]) == ["done"] * REGISTRARS
    assert models.JournalEntry.objects.count() == before + REGISTRARS * 6
    assert sound()


@pytest.mark.usefixtures("database")
def test_one_person_is_admitted_once_though_eight_enter_the_same_roster() -> None:
    told = at_once(*[lambda: admit(row(1), row(2))] * REGISTRARS)
    assert told.count("done") == 1
    assert set(told) <= {"done", StepRefused.code, InputRefused.code}
    assert (models.Pupil.objects.count(), models.Personal.objects.count()) == (2, 2)
    assert sound()


def test_of_eight_processes_on_one_version_one_is_first(database: Settings) -> None:
    (pupil,) = admit()
    running = [process(database, "suspend", pupil, "1") for _ in range(REGISTRARS)]
    told = Counter((worker.communicate(timeout=120)[0]).strip() for worker in running)
    assert told == {"first": 1, "late": REGISTRARS - 1}
    assert sound()


@pytest.mark.parametrize("wait", [0.0, 0.15, 0.3, 0.45])
def test_an_import_killed_in_the_middle_leaves_all_or_nothing(database: Settings, wait: float) -> None:
    worker = process(database, "admit", "0", "1500")
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    time.sleep(wait)
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    left_alone()
    counts = {model: model.objects.count() for model in (models.Pupil, models.Personal, models.Event)}
    assert set(counts.values()) in ({0}, {1500})
    assert models.JournalEntry.objects.count() == counts[models.Pupil]
    assert journal.verify_journal(by=AUDITOR).ok
    assert len(admit(row(9_999))) == 1
