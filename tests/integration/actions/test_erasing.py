"""Erasing: the person goes, the legal record stays."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.desk import HEAD, REGISTRAR, SCHOOL, admit, row

from guantong.actions import events, pupils
from guantong.actions.events import NewEvent
from guantong.cohorts import EventKind
from guantong.errors import StepRefused
from guantong.store import models
from guantong.store.records import PupilFilter

pytestmark = pytest.mark.usefixtures("database")

REGISTERED = (EventKind.REGISTERED, "2023-09-01", {"stage": "secondary", "institution": SCHOOL})


def walk(pupil: str, *steps: tuple[EventKind, str, dict[str, str]]) -> None:
    """Record steps one after another."""
    for seen, (kind, on, details) in enumerate(steps, 1):
        events.propose_event(
            pupil, NewEvent(kind=kind, on=date.fromisoformat(on), details=details), seen=seen, by=REGISTRAR
        )


def test_an_enrolled_pupil_is_not_erased() -> None:
    (pupil,) = admit()
    with pytest.raises(StepRefused, match="学籍尚未结束"):
        pupils.erase_pupil(pupil, by=HEAD)


def test_erasing_takes_the_person_and_keeps_the_legal_record() -> None:
    (pupil,) = admit(row(1, exam_score="400"))
    walk(pupil, REGISTERED, (EventKind.DROPPED_OUT, "2024-03-01", {"reason": "迁居外地"}))
    before = models.Pupil.objects.get(pk=pupil).state
    pupils.erase_pupil(pupil, by=HEAD)
    record = pupils.view_pupil(pupil, by=HEAD)
    assert record.personal is None
    assert [kept.event.kind.value for kept in record.events] == ["admitted", "registered", "dropped_out"]
    assert "迁居" not in repr(record)
    assert "exam_score" not in record.events[0].event.details
    receipt = models.Receipt.objects.get(pupil_id=pupil)
    assert (receipt.answer, bytes(receipt.body), bytes(receipt.salt), record.state) == ("school", b"", b"", before)
    assert pupils.list_pupils(PupilFilter(), by=REGISTRAR).lines[0].name == ""


def test_erasing_twice_is_told() -> None:
    (pupil,) = admit()
    walk(pupil, (EventKind.NOT_ARRIVED, "2023-09-10", {}))
    pupils.erase_pupil(pupil, by=HEAD)
    with pytest.raises(StepRefused, match="已经删除"):
        pupils.erase_pupil(pupil, by=HEAD)


def test_nobody_resumes_a_pupil_who_is_being_erased() -> None:
    (pupil,) = admit()
    walk(pupil, (EventKind.NOT_ARRIVED, "2023-09-10", {}))
    with CaptureQueriesContext(connection) as asked:
        pupils.erase_pupil(pupil, by=HEAD)
    about = [query["sql"] for query in asked if 'FROM "store_pupil"' in query["sql"]]
    assert connection.vendor == "sqlite" or "FOR UPDATE" in about[0]
