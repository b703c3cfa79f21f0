"""Scanned papers of a pupil: kept sealed with the record, handed out as a download only."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction

from guantong.actions import papers_of_events
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.clock import now
from guantong.actions.words import Act
from guantong.errors import EventUnknown
from guantong.people import Person, Right
from guantong.store import attachments, journal, pupils
from guantong.store.attachments import Attached


def add_attachment(pupil: str, event: str, content: bytes, *, seen: int, by: Person) -> str:
    """Keep a paper with one event of a pupil, or with the record itself where `event` is ""; return its id.

    Raises `InputRefused` for another kind than PDF, JPG and PNG, `EventUnknown`, `RecordChanged`.
    """
    with attempt(Act.FILE_ATTACHED, Right.PROPOSE_EVENT, by=by) as scope, transaction.atomic():
        record = pupils.taken(pupil, scope=scope, seen=seen)
        if event and all(kept.event.id != event for kept in record.events):
            raise EventUnknown(event)
        kind, name = papers_of_events.kind_of(content, pupil), uuid4().hex
        attachments.put(name, pupil, event, kind, content, by=by.id, at=now())
        pupils.touch(pupil, version=seen + 1, pending=record.pending)
        journal.append([entry(Act.FILE_ATTACHED, pupil)], by=by)
    return name


def take_attachment(pupil: str, name: str, *, by: Person) -> tuple[Attached, bytes]:
    """Return a paper with its bytes; raise `AttachmentUnknown` out of scope, or once it is erased."""
    with attempt(Act.FILE_TAKEN, Right.READ_PUPIL, by=by) as scope:
        found = attachments.get(pupil, name, scope=scope)
        leave_entry(entry(Act.FILE_TAKEN, pupil), by=by)
    return found
