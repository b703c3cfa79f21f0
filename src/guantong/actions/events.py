"""Events of one pupil: recorded by rule, proposed for confirmation, confirmed, turned down, reversed.

What the cohort's law answers with yes, or does not decide, counts at once. A no with a written
approval and an unknown with a document wait (待审) until the head of the school confirms them.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import uuid4

from django.db import transaction

from guantong.actions.attempt import attempt
from guantong.actions.books import law
from guantong.actions.clock import now, today
from guantong.actions.words import Act
from guantong.cohorts import (
    Asked,
    Event,
    EventKind,
    NextClass,
    Possible,
    SimilarMajors,
    Standing,
    Verdict,
    may_happen,
    read_details,
    refusals,
    state_of,
    what_follows,
)
from guantong.cohorts.details import Value
from guantong.errors import InputRefused, NotAllowed, Problem, StepRefused
from guantong.journal import Note
from guantong.people import Person, Right
from guantong.policies import receipt
from guantong.store import events, journal, personal, pupils
from guantong.store.projection import project
from guantong.store.records import KeptReceipt, PupilRecord

WAITS = frozenset({Standing.APPROVED, Standing.ON_DOCUMENT})
SALT_BYTES = 16
_PAPER = "document_"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """What a registrar enters: the step, its details, and the facts its decision asks for."""

    kind: EventKind
    on: date
    details: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, Value] = field(default_factory=dict)
    next_class: NextClass | None = None
    similar: SimilarMajors = field(default_factory=SimilarMajors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What became of an entry: the event, whether it counts already, and the pupil's new version."""

    event: Event
    outcome: str
    version: int
    possible: Possible


def propose_event(pupil: str, new: NewEvent, *, seen: int, by: Person) -> Recorded:
    """Record a step, at once where the law says yes or nothing, else waiting for the head's confirmation.

    `seen` is the version the registrar saw. Raises `RecordChanged`, `StepRefused`, or `InputRefused`
    with every problem.
    """
    law()
    with attempt(Act.EVENT_PROPOSED, Right.PROPOSE_EVENT, by=by) as scope, transaction.atomic():
        record = pupils.taken(pupil, scope=scope, seen=seen)
        event, possible = _event(record, new)
        kept = _keep_receipt(pupil, possible)
        event = _with_receipt(event, kept)
        outcome = events.WAITING if event.standing in WAITS else events.APPLIED
        events.put(event, len(record.events) + 1, by=by.id, outcome=outcome, facts=new.facts)
        _write(record, event, outcome)
        act = Act.EVENT_PROPOSED if outcome == events.WAITING else Act.EVENT_RECORDED
        journal.append([_note(act, event)], by=by)
    return Recorded(event=event, outcome=outcome, version=seen + 1, possible=possible)


def confirm_event(event_id: str, *, seen: int, by: Person) -> Recorded:
    """Let a waiting event count; the law is asked again. Raises `EventUnknown`, `RecordChanged`, `StepRefused`."""
    law()
    with attempt(Act.EVENT_CONFIRMED, Right.CONFIRM_EVENT, by=by) as scope, transaction.atomic():
        waiting = events.waiting(event_id, scope=scope)
        record = pupils.taken(waiting.event.pupil, scope=scope, seen=seen)
        if waiting.recorded_by == by.id:
            raise NotAllowed(right=Right.CONFIRM_EVENT.label, why="不能确认自己登记的变动")
        possible = _possible(
            record, waiting.event.kind, waiting.event.effective_on, waiting.event.details, waiting.facts
        )
        _refuse(refusals(record.event_list(), waiting.event, possible))
        events.settle(event_id, by=by.id, at=now(), outcome=events.APPLIED)
        _write(record, waiting.event, events.APPLIED, waited=True)
        journal.append([_note(Act.EVENT_CONFIRMED, waiting.event)], by=by)
    return Recorded(event=waiting.event, outcome=events.APPLIED, version=seen + 1, possible=possible)


def turn_down_event(event_id: str, *, seen: int, by: Person) -> None:
    """Turn a waiting event down: it stays in the record and never counts."""
    with attempt(Act.EVENT_TURNED_DOWN, Right.CONFIRM_EVENT, by=by) as scope, transaction.atomic():
        waiting = events.waiting(event_id, scope=scope)
        record = pupils.taken(waiting.event.pupil, scope=scope, seen=seen)
        events.settle(event_id, by=by.id, at=now(), outcome=events.TURNED_DOWN)
        pupils.touch(record.id, version=record.version + 1, pending=record.pending - 1)
        journal.append([_note(Act.EVENT_TURNED_DOWN, waiting.event)], by=by)


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
            _refuse(refusals(counted, correction, _ANY_TIME))
            number += 1
            events.put(correction, number, by=by.id, outcome=events.APPLIED)
            counted.append(correction)
        pupils.change(record.id, project(counted), version=record.version + 1, pending=record.pending)
        journal.append([_note(Act.EVENT_REVERSED, correction) for correction in corrections], by=by)
    return tuple(corrections)


_ANY_TIME = Possible(kind=EventKind.CORRECTED, verdict=Verdict.STRUCTURAL, reason="")


def _event(record: PupilRecord, new: NewEvent) -> tuple[Event, Possible]:
    """Return the event that an entry amounts to, with what the law says of it; raise where it may not be written."""
    plain = {name: value for name, value in new.details.items() if not name.startswith(_PAPER)}
    details, problems = read_details(new.kind, plain)
    _refuse(problems)
    possible = _possible(record, new.kind, new.on, details, new.facts, new)
    if possible.standing is None:
        raise StepRefused(step=new.kind.label, why=possible.reason)
    details, problems = read_details(new.kind, new.details, possible.standing)
    if problems and possible.standing in WAITS:
        problems = (Problem(rule=possible.reason, remedy="请补上所依据的文件。"), *problems)
    _refuse(problems)
    event = Event(
        id=uuid4().hex,
        pupil=record.id,
        kind=new.kind,
        effective_on=new.on,
        recorded_at=now(),
        details=details,
        standing=possible.standing,
    )
    _refuse(refusals(record.event_list(), event, possible))
    return event, possible


def _possible(
    record: PupilRecord,
    kind: EventKind,
    on: date,
    details: Mapping[str, Value],
    facts: Mapping[str, Value],
    new: NewEvent | None = None,
) -> Possible:
    plain = {name: value for name, value in details.items() if not name.startswith(_PAPER)}
    asked = Asked(
        on=on,
        facts=facts,
        details=plain,
        next_class=new.next_class if new else None,
        similar=new.similar if new else SimilarMajors(),
    )
    return may_happen(state_of(record.event_list()), kind, law=law(), asked=asked)


def _write(record: PupilRecord, event: Event, outcome: str, *, waited: bool = False) -> None:
    version = record.version + 1
    if outcome == events.WAITING:
        pupils.touch(record.id, version=version, pending=record.pending + 1)
    else:
        projection = project((*record.event_list(), event))
        pupils.change(record.id, projection, version=version, pending=record.pending - waited)


def _keep_receipt(pupil: str, possible: Possible) -> KeptReceipt | None:
    """Write the decision under a salted digest, so that a kept id never tells the inputs once they are erased."""
    decision = possible.decision
    if decision is None:
        return None
    written, salt = receipt(decision), secrets.token_bytes(SALT_BYTES)
    kept = KeptReceipt(
        id="sha256:" + hashlib.sha256(salt + written.body.encode()).hexdigest(),
        decision=decision.spec.id,
        answer=decision.value or decision.verdict,
        rulebook=decision.book.id,
        clauses=possible.clauses,
        missing=decision.missing,
        body=written.body,
        salt=salt,
    )
    events.put_receipt(pupil, kept)
    return kept


def _with_receipt(event: Event, kept: KeptReceipt | None) -> Event:
    return replace(event, receipt=kept.id) if kept else event


def _correction(pupil: str, target: str, reason: str) -> Event:
    return Event(
        id=uuid4().hex,
        pupil=pupil,
        kind=EventKind.CORRECTED,
        effective_on=today(),
        recorded_at=now(),
        details={"reason": reason.strip()},
        reverses=target,
    )


def _note(act: Act, event: Event) -> Note:
    changed = {name: str(value) for name, value in event.details.items()}
    changed |= {"kind": event.kind.value, "effective_on": event.effective_on.isoformat()}
    return Note(action=act.value, subject=event.pupil, fields=personal.digests(event.pupil, changed))


def _refuse(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise InputRefused(problems)
