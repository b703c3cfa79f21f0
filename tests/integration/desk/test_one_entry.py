"""Every page that shows a pupil leaves exactly one entry about it; without its entry it shows nothing."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from django.test import Client
from tests.desk import (
    HEAD,
    INTAKE,
    REGISTRAR,
    SCHOOL,
    UNIVERSITY,
    admit,
    organisations_of_the_desk,
    person_of,
    row,
)
from tests.staff import signed_in

from guantong.actions import events, families, handovers
from guantong.actions.events import NewEvent
from guantong.actions.groups import Selection
from guantong.actions.handovers import NewHandover
from guantong.actions.list_kinds import ListKind
from guantong.cohorts import EventKind
from guantong.people import Person, Role
from guantong.settings import Settings
from guantong.store import models

TEACHER = person_of(Role.CLASS_TEACHER, SCHOOL)
Ask = Callable[[Client, str], object]
PAPER = {"document_number": "演示〔2026〕1号", "document_date": "2026-10-08", "document_issuer": "演示市教委"}
OTHER_MAJOR = f"{SCHOOL}:{UNIVERSITY}:zhongben:710201"
REGISTERED = {"seen": "1", "on": "2023-09-01", "d_stage": "secondary", "d_institution": SCHOOL}


def event_of(pupil: str) -> str:
    """The admission of a pupil."""
    return models.Event.objects.get(pupil_id=pupil).pk


def waiting(pupil: str) -> str:
    """A step of a pupil's that waits for the head: the law leaves it open, and a paper of the school settles it."""
    for seen, kind, on, details in (
        (1, EventKind.REGISTERED, date(2023, 9, 1), {"stage": "secondary", "institution": SCHOOL}),
        (2, EventKind.CHANGED_MAJOR, date(2024, 9, 1), {"project": OTHER_MAJOR, "major": "710201", **PAPER}),
    ):
        done = events.propose_event(pupil, NewEvent(kind=kind, on=on, details=details), seen=seen, by=REGISTRAR)
    return done.event.id


def seen_by(person: Person) -> Callable[[str], Client]:
    """Let a step of the pupil's wait, and sign somebody in."""

    def prepare(pupil: str) -> Client:
        waiting(pupil)
        return signed_in(person)

    return prepare


def family_of(pupil: str) -> Client:
    """The family of a pupil, with the record that a code has opened."""
    client, given = Client(), families.issue_family_code(pupil, families.Reader.PUPIL, by=REGISTRAR)
    assert client.post("/desk/family", {"code": given.code})["Location"] == "/desk/family/record"
    return client


PREPARED: Mapping[str, tuple[Callable[[str], Client], Ask]] = {
    "what waits": (seen_by(HEAD), lambda client, _: client.get("/desk/waiting")),
    "what waits, for who recorded it": (seen_by(REGISTRAR), lambda client, _: client.get("/desk/waiting")),
    "a waiting step examined": (
        seen_by(HEAD),
        lambda client, _: client.get(f"/desk/waiting/{models.Event.objects.get(outcome='waiting').pk}"),
    ),
    "the record as the family reads it": (family_of, lambda client, _: client.get("/desk/family/record")),
}
"""A page that shows a pupil only after something happened is added here, with what happens first."""


PAGES: Mapping[str, tuple[Person, Ask]] = {
    "the page of a pupil": (TEACHER, lambda client, pupil: client.get(f"/desk/pupils/{pupil}")),
    "contact in full": (REGISTRAR, lambda client, pupil: client.post(f"/desk/pupils/{pupil}/contact")),
    "the form that corrects": (REGISTRAR, lambda client, pupil: client.get(f"/desk/pupils/{pupil}/correct")),
    "the form of a step": (REGISTRAR, lambda client, pupil: client.get(f"/desk/pupils/{pupil}/steps/registered")),
    "proofs": (REGISTRAR, lambda client, pupil: client.get(f"/desk/pupils/{pupil}/proofs")),
    "codes of the family": (TEACHER, lambda client, pupil: client.get(f"/desk/pupils/{pupil}/family")),
    "the list": (HEAD, lambda client, pupil: client.get("/desk/pupils")),
    "a list narrowed": (HEAD, lambda client, pupil: client.get("/desk/pupils?cohort=2023&sort=name")),
    "a reversal": (REGISTRAR, lambda client, pupil: client.get(f"/desk/events/{event_of(pupil)}/reverse")),
    "a step weighed": (
        REGISTRAR,
        lambda client, pupil: client.post(f"/desk/pupils/{pupil}/steps/registered", {**REGISTERED, "do": "weigh"}),
    ),
    "a step for many weighed": (
        REGISTRAR,
        lambda client, pupil: client.post(
            "/desk/together", {**REGISTERED, "kind": "registered", "pupils": pupil, "do": "weigh"}
        ),
    ),
    "a class for many": (
        REGISTRAR,
        lambda client, pupil: client.post("/desk/together", {"kind": "class", "pupils": pupil}),
    ),
    "a conflict": (
        REGISTRAR,
        lambda client, pupil: client.post(
            f"/desk/pupils/{pupil}/correct", {"seen": "9", "address": "演示市虚构路 2 号"}
        ),
    ),
    "a correction refused": (
        REGISTRAR,
        lambda client, pupil: client.post(f"/desk/pupils/{pupil}/correct", {"seen": "1", "phone": "电话"}),
    ),
}
"""A page that shows a pupil is added here."""
NAMELESS = {"a reversal", "a step weighed", "a conflict"}
"""Pages that show what stands in a record without saying whose it is."""


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
    named = "演示学生1" in response.content.decode()  # type: ignore[attr-defined]
    assert named is (page not in NAMELESS)
    (entry,) = entries(before)
    listed = models.JournalIndex.objects.filter(entry=entry.number, pupil=pupil).exists()
    assert entry.subject == pupil or listed
    assert (entry.purpose, entry.door) == ("status-change", "web")


@pytest.mark.parametrize("page", PREPARED)
def test_a_page_that_shows_what_waits_or_serves_the_family_leaves_exactly_one_entry(page: str, pupil: str) -> None:
    prepare, ask = PREPARED[page]
    client = prepare(pupil)
    before = models.JournalEntry.objects.count()
    assert "演示学生1" in ask(client, pupil).content.decode()  # type: ignore[attr-defined]
    (entry,) = entries(before)
    listed = models.JournalIndex.objects.filter(entry=entry.number, pupil=pupil).exists()
    assert (entry.subject == pupil) is not listed
    assert entry.door == "web"


@pytest.mark.parametrize("page", PREPARED)
def test_without_its_entry_neither_what_waits_nor_the_familys_record_is_shown(
    page: str, pupil: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare, ask = PREPARED[page]
    client = prepare(pupil)
    monkeypatch.setattr("guantong.store.journal.sealed", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ask(client, pupil)


def test_a_signature_that_is_refused_shows_the_step_again_with_one_entry_about_it(pupil: str) -> None:
    event, client = waiting(pupil), signed_in(HEAD)
    models.Event.objects.filter(pk=event).update(effective_on="2022-01-01")
    before = models.JournalEntry.objects.count()
    response = client.post(f"/desk/waiting/{event}", {"seen": "3", "do": "confirm"})
    assert (response.status_code, "演示学生1" in response.content.decode()) == (422, True)
    assert [(entry.action, entry.subject) for entry in entries(before)] == [("waiting-listed", pupil)]


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


def test_what_a_search_finds_leaves_exactly_one_entry(pupil: str) -> None:
    client = signed_in(REGISTRAR)
    address = client.post("/desk/search", {"name": "演示学生1"})["Location"]
    before = models.JournalEntry.objects.count()
    assert "演示学生1" in client.get(address).content.decode()
    (entry,) = entries(before)
    assert models.JournalIndex.objects.filter(entry=entry.number, pupil=pupil).exists()


def test_what_a_list_hands_out_leaves_exactly_one_entry(pupil: str) -> None:
    selection = Selection(project=INTAKE.project, cohort=INTAKE.cohort)
    made = handovers.make_handover(NewHandover(kind=ListKind.FILING, selection=selection, sender=SCHOOL), by=REGISTRAR)
    client = signed_in(REGISTRAR)
    for page in (f"/desk/handovers/{made.id}", f"/desk/handovers/{made.id}/sheet"):
        before = models.JournalEntry.objects.count()
        assert client.get(page).status_code == 200
        (entry,) = entries(before)
        assert models.JournalIndex.objects.filter(entry=entry.number, pupil=pupil).exists()
