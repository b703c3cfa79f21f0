"""Events as they are kept: sealed details, numbered for each pupil, never changed once applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from guantong.cohorts.details import Value
from guantong.cohorts.events import Event
from guantong.cohorts.kinds import EventKind, Standing
from guantong.cohorts.questions import Asked
from guantong.errors import EventUnknown
from guantong.people import Scope
from guantong.store import asked_again, models
from guantong.store.keys import Ring, ring
from guantong.store.reach import present
from guantong.store.records import KeptReceipt, RecordedEvent
from guantong.store.sealing import seal, seal_bytes, unseal

APPLIED, WAITING, TURNED_DOWN = "applied", "waiting", "turned_down"
"""What became of an event: only what is applied counts in the fold."""

ERASED_DETAILS = ("reason", "exam_score")
"""Free text and marks: they go with the pupil; the coded steps stay as the legal record."""


def of_pupil(pupil: str) -> tuple[RecordedEvent, ...]:
    """Return every event of a pupil in the order of recording; the pupil was found within a scope before."""
    keys = ring()
    return tuple(_recorded(row, keys) for row in models.Event.objects.filter(pupil_id=pupil).order_by("number"))


def applied_to(pupils: Iterable[str]) -> dict[str, list[Event]]:
    """Return the events that count of many pupils, each in the order of recording."""
    keys, found = ring(), dict[str, list[Event]]()
    rows = models.Event.objects.filter(pupil_id__in=list(pupils), outcome=APPLIED).order_by("pupil", "number")
    for row in rows:
        found.setdefault(row.pupil_id, []).append(_recorded(row, keys).event)
    return found


def waiting(event_id: str, *, scope: Scope) -> RecordedEvent:
    """Return an event that waits for confirmation; raise `EventUnknown` out of scope, or where none waits."""
    reached = models.Pupil.objects.filter(present(scope)).values("pk")
    row = models.Event.objects.filter(pk=event_id, outcome=WAITING, pupil__in=reached).first()
    if row is None:
        raise EventUnknown(event_id)
    return _recorded(row, ring())


def all_waiting(*, scope: Scope, most: int = 100) -> tuple[RecordedEvent, ...]:
    """Return the events that wait for confirmation within scope, oldest first."""
    reached = models.Pupil.objects.filter(present(scope), pending__gt=0).values("pk")
    rows = models.Event.objects.filter(outcome=WAITING, pupil__in=reached).order_by("recorded_at", "id")
    keys = ring()
    return tuple(_recorded(row, keys) for row in rows[:most])


def of_pupils(pupils: Iterable[str]) -> dict[str, tuple[RecordedEvent, ...]]:
    """Return every event of many pupils, found within a scope before, each in the order of recording."""
    keys, found = ring(), dict[str, list[RecordedEvent]]()
    rows = models.Event.objects.filter(pupil_id__in=list(pupils)).order_by("pupil", "number")
    for kept in rows:
        found.setdefault(kept.pupil_id, []).append(_recorded(kept, keys))
    return {pupil: tuple(recorded) for pupil, recorded in found.items()}


def pupil_of(event_id: str, *, scope: Scope) -> str:
    """Return the pupil of an event within scope; raise `EventUnknown`."""
    reached = models.Pupil.objects.filter(present(scope)).values("pk")
    found = models.Event.objects.filter(pk=event_id, pupil__in=reached).values_list("pupil_id", flat=True).first()
    if found is None:
        raise EventUnknown(event_id)
    return str(found)


def row(event: Event, number: int, *, by: str, outcome: str, keys: Ring, asked: Asked | None = None) -> models.Event:
    """Return the row of a new event, ready to be inserted; `asked` is what its decision was asked with."""
    return models.Event(
        id=event.id,
        pupil_id=event.pupil,
        number=number,
        kind=event.kind.value,
        effective_on=event.effective_on,
        recorded_at=event.recorded_at,
        standing=event.standing.value,
        outcome=outcome,
        details=_sealed(event.details, asked, f"{event.pupil}/{event.id}", keys),
        receipt_id=event.receipt or None,
        reverses_id=event.reverses or None,
        recorded_by=by,
        confirmed_by="",
    )


def put(event: Event, number: int, *, by: str, outcome: str, asked: Asked | None = None) -> None:
    """Write one new event."""
    row(event, number, by=by, outcome=outcome, keys=ring(), asked=asked).save(force_insert=True)


def settle(event: Event, *, by: str, at: datetime, outcome: str, why: str = "") -> None:
    """Write what became of a waiting event, and why; nothing else of it changes."""
    sealed = seal(why, f"{event.pupil}/{event.id}/why", ring())
    rows = models.Event.objects.filter(pk=event.id, outcome=WAITING)
    rows.update(outcome=outcome, confirmed_by=by, confirmed_at=at, why=sealed)


def put_receipt(pupil: str, receipt: KeptReceipt) -> None:
    """Write the receipt of a decision."""
    receipt_row(pupil, receipt, ring()).save(force_insert=True)


def receipt_row(pupil: str, receipt: KeptReceipt, keys: Ring) -> models.Receipt:
    """Return the row of a receipt, sealed and ready to be inserted."""
    return models.Receipt(
        id=receipt.id,
        pupil_id=pupil,
        decision=receipt.decision,
        answer=receipt.answer,
        rulebook=receipt.rulebook,
        clauses=list(receipt.clauses),
        missing=list(receipt.missing),
        body=seal(receipt.body, f"{pupil}/{receipt.id}", keys),
        salt=seal_bytes(receipt.salt, f"{pupil}/{receipt.id}/salt", keys),
    )


def clauses_of(receipt: str) -> tuple[str, ...]:
    """Return the clauses that a decision named; none where there was no decision."""
    found = models.Receipt.objects.filter(pk=receipt).values_list("clauses", flat=True).first()
    return tuple(found or ())


def clauses_by_receipt(pupil: str) -> dict[str, tuple[str, ...]]:
    """Return the clauses that each receipt of a pupil rests on: the answer stays when its inputs are erased."""
    rows = models.Receipt.objects.filter(pupil_id=pupil).values_list("id", "clauses")
    return {name: tuple(clauses) for name, clauses in rows}


def erase_details(rows: Iterable[models.Event]) -> None:
    """Take free text and marks out of the events of a pupil who is erased."""
    keys = ring()
    for kept in rows:
        about = f"{kept.pupil_id}/{kept.pk}"
        details = asked_again.unpacked(unseal(kept.details, about, keys)).details
        left = {name: value for name, value in details.items() if name not in ERASED_DETAILS}
        kept.details, kept.why = _sealed(left, None, about, keys), b""
        kept.save(update_fields=["details", "why"])


def _recorded(kept: models.Event, keys: Ring) -> RecordedEvent:
    said = asked_again.unpacked(unseal(kept.details, f"{kept.pupil_id}/{kept.pk}", keys))
    event = Event(
        id=kept.pk,
        pupil=kept.pupil_id,
        kind=EventKind(kept.kind),
        effective_on=kept.effective_on,
        recorded_at=kept.recorded_at,
        details=said.details,
        standing=Standing(kept.standing),
        receipt=kept.receipt_id or "",
        reverses=kept.reverses_id or "",
    )
    return RecordedEvent(
        event=event,
        number=kept.number,
        outcome=kept.outcome,
        recorded_by=kept.recorded_by,
        confirmed_by=kept.confirmed_by,
        confirmed_at=kept.confirmed_at,
        facts=said.facts,
        why=unseal(kept.why, f"{kept.pupil_id}/{kept.pk}/why", keys),
        next_class=said.next_class,
        similar=said.similar,
    )


def _sealed(details: Mapping[str, Value], asked: Asked | None, about: str, keys: Ring) -> bytes:
    return seal(asked_again.packed(details, asked), about, keys)
