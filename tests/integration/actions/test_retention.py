"""Retention: who is due by a day that the head names; nobody who is still enrolled, nobody twice."""

from datetime import date

import pytest
from tests.desk import HEAD, OTHER_SCHOOL, REGISTRAR, admit, person_of, row

from guantong.actions import events, pupils, retention
from guantong.actions.events import NewEvent
from guantong.cohorts import EventKind
from guantong.errors import InputRefused, NotAllowed
from guantong.people import Role
from guantong.store import models

pytestmark = pytest.mark.usefixtures("sqlite")


def left(pupil: str, on: date) -> None:
    events.propose_event(pupil, NewEvent(kind=EventKind.NOT_ARRIVED, on=on), seen=1, by=REGISTRAR)


def test_whose_registration_ended_before_the_day_is_due_longest_ago_first() -> None:
    first, second, third = admit(row(1), row(2), row(3))
    left(first, date(2024, 3, 1))
    left(second, date(2023, 9, 10))
    found = retention.due_for_erasure(date(2024, 3, 2), by=HEAD)
    assert [pupil.id for pupil in found] == [second, first]
    assert [pupil.id for pupil in retention.due_for_erasure(date(2024, 3, 1), by=HEAD)] == [second]
    assert third not in repr(found)
    assert models.JournalEntry.objects.filter(action="due-for-erasure-listed").values_list("listed", flat=True)[0] == 2


def test_whoever_was_erased_is_no_longer_due() -> None:
    (pupil,) = admit()
    left(pupil, date(2023, 9, 10))
    pupils.erase_pupil(pupil, by=HEAD)
    assert retention.due_for_erasure(date(2026, 1, 1), by=HEAD) == ()


def test_only_the_head_of_the_school_that_keeps_them_asks_and_for_no_day_to_come() -> None:
    (pupil,) = admit()
    left(pupil, date(2023, 9, 10))
    assert retention.due_for_erasure(date(2026, 1, 1), by=person_of(Role.SCHOOL_HEAD, OTHER_SCHOOL)) == ()
    with pytest.raises(NotAllowed):
        retention.due_for_erasure(date(2026, 1, 1), by=REGISTRAR)
    with pytest.raises(InputRefused, match="还没有到"):
        retention.due_for_erasure(date(2027, 1, 1), by=HEAD)
