"""Events of one pupil: recorded by rule, proposed for confirmation, confirmed, turned down, reversed.

What the cohort's law answers with yes, or does not decide, counts at once. A no with a written
approval and an unknown with a document wait (待审) until the head of the school confirms them.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction

from guantong.actions import papers_of_events
from guantong.actions.attempt import attempt
from guantong.actions.books import law
from guantong.actions.clock import now, today
from guantong.actions.event_writing import WAITS, Draft, NewEvent, answer, asked_of, drafted, note_of, refuse
from guantong.actions.words import Act
from guantong.cohorts import Event, EventKind, Possible, Standing, Verdict, refusals, what_follows
from guantong.errors import NotAllowed, Problem
from guantong.people import Person, Right
from guantong.store import attachments, events, journal, pupils
from guantong.store.projection import project
from guantong.store.records import PupilRecord

__all__ = [
    "WAITS",
    "NewEvent",
    "Recorded",
    "confirm_event",
    "propose_event",
    "reverse_event",
    "turn_down_event",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What became of an entry: the event, whether it counts already, and the pupil's new version."""

    event: Event
    outcome: str
    version: int
    possible: Possible


def propose_event(pupil: str, new: NewEvent, *, seen: int, file: bytes = b"", by: Person) -> Recorded:
    """Record a step, at once where the law says yes or nothing, else waiting for the head's confirmation.

    `seen` is the version the registrar saw; `file` the scanned paper that the step rests on, kept with it.
    Raises `RecordChanged`, `StepRefused`, or `InputRefused` with every problem.
    """
    law()
    with attempt(Act.EVENT_PROPOSED, Right.PROPOSE_EVENT, by=by) as scope, transaction.atomic():
        record = pupils.taken(pupil, scope=scope, seen=seen)
        kind = papers_of_events.kind_of(file, pupil) if file else ""
        name = uuid4().hex if file else ""
        at = now()
        draft = drafted(record, new, at=at, file=name)
        _put(record, draft, by=by)
        if file:
            attachments.put(name, pupil, draft.event.id, kind, file, by=by.id, at=at)
        act = Act.EVENT_PROPOSED if draft.outcome == events.WAITING else Act.EVENT_RECORDED
        journal.append([note_of(act, draft.event)], by=by)
    return Recorded(event=draft.event, outcome=draft.outcome, version=seen + 1, possible=draft.possible)


def confirm_event(event_id: str, *, seen: int, by: Person) -> Recorded:
    """Let a waiting event count; the law is asked again. Raises `EventUnknown`, `RecordChanged`, `StepRefused`."""
    law()
    with attempt(Act.EVENT_CONFIRMED, Right.CONFIRM_EVENT, by=by) as scope, transaction.atomic():
        waiting = events.waiting(event_id, scope=scope)
        record = pupils.taken(waiting.event.pupil, scope=scope, seen=seen)
        if waiting.recorded_by == by.id:
            raise NotAllowed(right=Right.CONFIRM_EVENT.label, why="不能确认自己登记的变动")
        possible = answer(record, waiting.event.kind, asked_of(waiting))
        refuse(refusals(record.event_list(), waiting.event, possible))
        events.settle(waiting.event, by=by.id, at=now(), outcome=events.APPLIED)
        _write(record, waiting.event, events.APPLIED, waited=True)
        journal.append([note_of(Act.EVENT_CONFIRMED, waiting.event)], by=by)
    return Recorded(event=waiting.event, outcome=events.APPLIED, version=seen + 1, possible=possible)


def turn_down_event(event_id: str, reason: str, *, seen: int, by: Person) -> None:
    """Turn a waiting event down with a reason: it stays in the record and never counts.

    Raises `InputRefused` where the reason is missing or too long.
    """
    with attempt(Act.EVENT_TURNED_DOWN, Right.CONFIRM_EVENT, by=by) as scope, transaction.atomic():
        waiting = events.waiting(event_id, scope=scope)
        record = pupils.taken(waiting.event.pupil, scope=scope, seen=seen)
        why = reason.strip()
        if not 0 < len(why) <= LONGEST_REASON:
            rule = f"理由不超过 {LONGEST_REASON} 字" if why else "没有写退回的理由"
            refuse((Problem(column="why", rule=rule, remedy="请写明要改什么。"),))
        events.settle(waiting.event, by=by.id, at=now(), outcome=events.TURNED_DOWN, why=why)
        pupils.touch(record.id, version=record.version + 1, pending=record.pending - 1)
        journal.append([note_of(Act.EVENT_TURNED_DOWN, waiting.event)], by=by)


def reverse_event(event_id: str, reason: str, *, seen: int, following: bool = False, by: Person) -> tuple[Event, ...]:
    """Undo the last event by a correction with a reason; with `following` an earlier one and all after it, last first.

    Raises `InputRefused` where something follows and `following` was not said, or a reason is missing.
    """
    with attempt(Act.EVENT_REVERSED, Right.REVERSE_EVENT, by=by) as scope, transaction.atomic():
        record = pupils.taken(events.pupil_of(event_id, scope=scope), scope=scope, seen=seen)
        counted, number = list(record.event_list()), len(record.events)
        undone = [*(later.id for later in what_follows(counted, event_id)), event_id] if following else [event_id]
        corrections = [_correction(record.id, target, reason) for target in undone]
        for correction in corrections:
            refuse(refusals(counted, correction, _ANY_TIME))
            number += 1
            events.put(correction, number, by=by.id, outcome=events.APPLIED)
            counted.append(correction)
        pupils.change(record.id, project(counted), version=record.version + 1, pending=record.pending)
        journal.append([note_of(Act.EVENT_REVERSED, correction) for correction in corrections], by=by)
    return tuple(corrections)


LONGEST_REASON = 200
_ANY_TIME = Possible(kind=EventKind.CORRECTED, verdict=Verdict.STRUCTURAL, reason="")


def _put(record: PupilRecord, draft: Draft, *, by: Person) -> None:
    if draft.kept:
        events.put_receipt(record.id, draft.kept)
    events.put(draft.event, len(record.events) + 1, by=by.id, outcome=draft.outcome, asked=draft.asked)
    _write(record, draft.event, draft.outcome)


def _write(record: PupilRecord, event: Event, outcome: str, *, waited: bool = False) -> None:
    version = record.version + 1
    if outcome == events.WAITING:
        pupils.touch(record.id, version=version, pending=record.pending + 1)
    else:
        projection = project((*record.event_list(), event))
        pupils.change(record.id, projection, version=version, pending=record.pending - waited)


def _correction(pupil: str, target: str, reason: str) -> Event:
    return Event(
        id=uuid4().hex,
        pupil=pupil,
        kind=EventKind.CORRECTED,
        effective_on=today(),
        recorded_at=now(),
        details={"reason": reason.strip()},
        standing=Standing.STRUCTURAL,
        reverses=target,
    )
