"""Every page that shows a pupil leaves exactly one entry about it; without its entry it shows nothing."""

from collections.abc import Callable, Mapping

import pytest
from django.test import Client
from tests.desk import HEAD, REGISTRAR, SCHOOL, admit, organisations_of_the_desk, person_of, row
from tests.staff import signed_in

from guantong.people import Person, Role
from guantong.settings import Settings
from guantong.store import models

TEACHER = person_of(Role.CLASS_TEACHER, SCHOOL)
Ask = Callable[[Client, str], object]
PAGES: Mapping[str, tuple[Person, Ask]] = {
    "the page of a pupil": (TEACHER, lambda client, pupil: client.get(f"/desk/pupils/{pupil}")),
    "contact in full": (REGISTRAR, lambda client, pupil: client.post(f"/desk/pupils/{pupil}/contact")),
    "the form that corrects": (REGISTRAR, lambda client, pupil: client.get(f"/desk/pupils/{pupil}/correct")),
    "the form of a step": (REGISTRAR, lambda client, pupil: client.get(f"/desk/pupils/{pupil}/steps/registered")),
    "proofs": (REGISTRAR, lambda client, pupil: client.get(f"/desk/pupils/{pupil}/proofs")),
    "codes of the family": (TEACHER, lambda client, pupil: client.get(f"/desk/pupils/{pupil}/family")),
    "the list": (HEAD, lambda client, pupil: client.get("/desk/pupils")),
}
"""A page that shows a pupil is added here."""


@pytest.fixture
def pupil(desk: Settings) -> str:
    """One of two pupils."""
    organisations_of_the_desk()
    return admit(row(1), row(2))[0]


def entries(after: int) -> list[models.JournalEntry]:
    """What was entered after a number."""
    return list(models.JournalEntry.objects.filter(number__gt=after).order_by("number"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_shows_a_pupil_leaves_exactly_one_entry(page: str, pupil: str) -> None:
    person, ask = PAGES[page]
    client = signed_in(person)
    before = models.JournalEntry.objects.count()
    response = ask(client, pupil)
    assert "演示学生1" in response.content.decode()  # type: ignore[attr-defined]
    (entry,) = entries(before)
    listed = models.JournalIndex.objects.filter(entry=entry.number, pupil=pupil).exists()
    assert entry.subject == pupil or listed
    assert (entry.purpose, entry.door) == ("status-change", "web")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_whose_entry_cannot_be_written_shows_nothing(
    page: str, pupil: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, ask = PAGES[page]
    client = signed_in(person)
    monkeypatch.setattr("guantong.store.journal.sealed", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ask(client, pupil)


def test_a_page_that_is_refused_leaves_an_entry_without_the_pupil(pupil: str) -> None:
    client = signed_in(person_of(Role.REGISTRAR, "shangye"))
    before = models.JournalEntry.objects.count()
    assert client.get(f"/desk/pupils/{pupil}").status_code == 404
    (entry,) = entries(before)
    assert (entry.action, entry.subject) == ("pupil-read-refused", "")
