"""The journal in the database: whatever is done to its rows is found."""

import pytest
from django.db import connection
from tests.desk import AUDITOR, OPERATOR, REGISTRAR, SCHOOL, admit, person_of, row

from guantong.actions import journal, pupils
from guantong.errors import PupilUnknown
from guantong.journal import Fault, Head
from guantong.people import Role
from guantong.settings import Settings
from guantong.store import models
from guantong.store.records import PupilFilter

CHANGED = Fault.INDEX
pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def seen(database: Settings) -> str:
    """A pupil admitted, read and listed: three pupils, six entries."""
    pupil, *_ = admit(row(1), row(2), row(3))
    pupils.view_pupil(pupil, by=REGISTRAR)
    pupils.list_pupils(PupilFilter(), by=REGISTRAR)
    pupils.view_pupil(pupil, by=REGISTRAR)
    return pupil


def tampered(sql: str) -> tuple[int | None, Fault]:
    """What the verification says after somebody worked on the tables directly."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
    found = journal.verify_journal(by=AUDITOR)
    return found.first_bad, found.reason


def test_an_untouched_journal_holds(seen: str) -> None:
    found = journal.verify_journal(by=AUDITOR)
    assert (found.ok, found.entries, found.first_bad) == (True, 6, None)


@pytest.mark.parametrize(
    ("sql", "first_bad", "fault"),
    [
        ("UPDATE store_journalentry SET actor = 'x' WHERE number = 2", 2, Fault.ALTERED),
        ("UPDATE store_journalentry SET subject = '' WHERE number = 4", 4, Fault.ALTERED),
        ("DELETE FROM store_journalentry WHERE number = 3", 3, Fault.OUT_OF_ORDER),
        ("DELETE FROM store_journalentry WHERE number = 6", 6, Fault.CUT),
        ("UPDATE store_journalentry SET number = -number WHERE number IN (2)", 1, Fault.OUT_OF_ORDER),
        ("DELETE FROM store_journalindex WHERE id = (SELECT min(id) FROM store_journalindex)", 5, Fault.INDEX),
        ("UPDATE store_journalindex SET entry = 4", 4, Fault.INDEX),
        (
            "UPDATE store_journalindex SET pupil = 'x' WHERE id = (SELECT max(id) FROM store_journalindex)",
            5,
            Fault.INDEX,
        ),
    ],
)
def test_work_on_the_tables_is_found(seen: str, sql: str, first_bad: int, fault: Fault) -> None:
    assert tampered(sql) == (first_bad, fault)


def test_two_entries_that_changed_places_are_found(seen: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_journalentry SET number = 100 WHERE number = 2")
        cursor.execute("UPDATE store_journalentry SET number = 2 WHERE number = 3")
        cursor.execute("UPDATE store_journalentry SET number = 3 WHERE number = 100")
    assert journal.verify_journal(by=AUDITOR).reason is Fault.OUT_OF_ORDER


def test_a_tail_cut_together_with_the_head_row_is_found_with_a_head_kept_elsewhere(seen: str) -> None:
    kept = journal.journal_head(by=OPERATOR)
    fifth = models.JournalEntry.objects.get(number=5)
    models.JournalEntry.objects.filter(number__gt=5).delete()
    models.JournalHead.objects.update(count=5, digest=fifth.code)
    assert journal.verify_journal(by=AUDITOR).ok
    models.JournalEntry.objects.filter(number__gt=5).delete()
    models.JournalHead.objects.update(count=5, digest=fifth.code)
    found = journal.verify_journal(kept, by=AUDITOR)
    assert (found.reason, found.first_bad) == (Fault.CUT, 6)


def test_the_head_that_is_read_counts_its_own_reading(seen: str) -> None:
    head = journal.journal_head(by=OPERATOR)
    assert (head.count, models.JournalEntry.objects.get(number=head.count).code) == (7, head.digest)
    assert isinstance(head, Head)


def test_who_saw_a_pupil_is_answered_for_pages_and_for_lists(seen: str) -> None:
    told = journal.journal_of_pupil(seen, by=AUDITOR)
    assert [entry.action for entry in told] == ["pupil-read", "pupils-listed", "pupil-read", "pupil-admitted"]
    assert {entry.actor for entry in told} == {REGISTRAR.id}
    assert told[0].purpose == "status-change"


def test_an_auditor_of_one_organisation_asks_about_its_pupils_only(seen: str) -> None:
    assert journal.journal_of_pupil(seen, by=person_of(Role.AUDITOR, SCHOOL))
    with pytest.raises(PupilUnknown):
        journal.journal_of_pupil(seen, by=person_of(Role.AUDITOR, "shangye"))


def test_the_door_and_the_account_of_the_machine_stand_in_the_entry() -> None:
    journal.journal_head(by=OPERATOR)
    entry = models.JournalEntry.objects.get()
    assert (entry.door, entry.account, entry.actor) == ("cli", "tester", "operator@tester")
