"""From a rehearsal to rows (演示学生): names, numbers and papers that belong to nobody, and who recorded what."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from guantong.actions.event_writing import changed_by, kept_receipt
from guantong.actions.identity_numbers import DEMO_REGION, check_digit
from guantong.actions.roster import KEY_BYTES
from guantong.actions.words import Act
from guantong.cohorts import Event, EventKind, Standing
from guantong.cohorts.rehearsal import Rehearsed
from guantong.cohorts.walk import SCAN, Step
from guantong.journal import Note, field_digest
from guantong.people import Role
from guantong.store import events
from guantong.store.histories import History, PastStep
from guantong.store.records import Personal

ENTRY_AGE = 15
DAYS_OF_A_YEAR = 365
REGISTRARS = (Role.REGISTRAR, Role.UNIVERSITY_REGISTRAR)
HEADS = (Role.SCHOOL_HEAD, Role.UNIVERSITY_HEAD)
_ON_PAPER = (Standing.APPROVED, Standing.ON_DOCUMENT)

PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font"
    b"/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n4 0 obj<</Length 55>>stream\n"
    b"BT /F 24 Tf 120 600 Td (DEMONSTRATION, NOT A PAPER) Tj ET\nendstream endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
"""A page that says that it is none; readers rebuild its missing cross-reference table."""


def histories(people: Iterable[Rehearsed], accounts: Mapping[tuple[str, Role], str]) -> Iterator[History]:
    """Return every rehearsed pupil ready to be written; keys and salts are random, all else follows from the seed."""
    for one in people:
        yield History(
            id=one.pupil,
            class_name=one.class_name,
            personal=_who(one),
            digest_key=secrets.token_bytes(KEY_BYTES),
            steps=tuple(_past(step, accounts) for step in one.steps),
        )


def notes(history: History) -> list[Note]:
    """Return what the journal says of a history: one entry for each step, digests with the pupil's own key."""
    return [_note(history, step) for step in history.steps]


def _note(history: History, step: PastStep) -> Note:
    act = Act.PUPIL_ADMITTED if step.event.kind is EventKind.ADMITTED else Act.EVENT_RECORDED
    if step.outcome == events.WAITING:
        act = Act.EVENT_PROPOSED
    elif step.event.reverses:
        act = Act.EVENT_REVERSED
    changed = {name: field_digest(history.digest_key, name, value) for name, value in changed_by(step.event).items()}
    return Note(action=act.value, subject=history.id, fields=changed)


def _who(one: Rehearsed) -> Personal:
    chance = Random(f"who/{one.pupil}")
    born = date(one.intake.cohort - ENTRY_AGE, 1, 1) + timedelta(days=chance.randrange(DAYS_OF_A_YEAR))
    first = f"{DEMO_REGION}{born:%Y%m%d}{one.number % 1000:03d}"
    identity = first + check_digit(first + "0")
    return Personal(
        name=f"演示学生{one.number:04d}",
        student_number=f"D{one.intake.cohort}{one.number:05d}",
        birth_month=f"{born:%Y-%m}",
        identity=identity,
        phone="000-00000000",
        address=f"演示市虚构路 {chance.randrange(1, 900)} 号",
        guardian=f"演示家长{one.number:04d}",
        consent="",
    )


def _past(step: Step, accounts: Mapping[tuple[str, Role], str]) -> PastStep:
    kept = kept_receipt(step.possible) if step.possible else None
    event = replace(step.event, receipt=kept.id) if kept else step.event
    paper = event.details.get("document_file") == SCAN
    event = _with_paper(event) if paper else event
    confirmed = event.standing in _ON_PAPER and not step.waits
    return PastStep(
        event=event,
        outcome=events.WAITING if step.waits else events.APPLIED,
        recorded_by=_account(accounts, step.by, REGISTRARS),
        confirmed_by=_account(accounts, step.by, HEADS) if confirmed else "",
        confirmed_at=event.recorded_at + timedelta(hours=2) if confirmed else None,
        asked=step.asked,
        kept=kept,
        paper=PAPER if paper else b"",
    )


def _with_paper(event: Event) -> Event:
    name = hashlib.sha256(f"paper/{event.id}".encode()).hexdigest()[:32]
    return replace(event, details={**event.details, "document_file": name})


def _account(accounts: Mapping[tuple[str, Role], str], organisation: str, roles: tuple[Role, ...]) -> str:
    return next((accounts[organisation, role] for role in roles if (organisation, role) in accounts), "demo")
