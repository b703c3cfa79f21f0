"""A pupil's whole record on one page (学生档案), and steps weighed before anything is written.

Each of these reads once, leaves one entry, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import law
from guantong.actions.clock import today
from guantong.actions.event_weighing import Considered, weighed
from guantong.actions.event_writing import NewEvent, answer, asked_of
from guantong.actions.words import Act
from guantong.cohorts import (
    Asked,
    Event,
    Possible,
    PupilState,
    Verdict,
    refusals,
    state_of,
    state_without,
    what_follows,
    what_may_happen,
)
from guantong.errors import EventUnknown, HistoryBroken, InputRefused
from guantong.people import Person, Right, Scope
from guantong.store import attachments, choices, events, majors, pupils
from guantong.store.attachments import Attached
from guantong.store.records import ListChoices, PupilFilter, PupilLine, PupilRecord, RecordedEvent

MOST_WAITING = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A pupil's record, the state it adds up to, what may happen next, and the files that prove it.

    `clauses` are those that each receipt rests on, `choices` what the form of a step may offer.
    """

    record: PupilRecord
    state: PupilState | None
    possible: tuple[Possible, ...]
    files: tuple[Attached, ...]
    choices: ListChoices
    clauses: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """A reversal weighed: the event, what follows it and falls with it, and where the pupil would stand."""

    record: PupilRecord
    event: Event
    following: tuple[Event, ...]
    before: PupilState | None
    after: PupilState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An event that waits for the head, whose it is, and what the law says of it today.

    The head of `kept_at`, who keeps the pupil now, signs it; `is_mine_to_sign` tells whether that is who asked.
    """

    line: PupilLine
    version: int
    kept_at: str
    is_mine_to_sign: bool
    kept: RecordedEvent
    possible: Possible


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A waiting event before it is signed: the record, the law's answer today, and what would change.

    `after` is None where the record has moved on and the event can no longer count.
    """

    record: PupilRecord
    kept: RecordedEvent
    possible: Possible
    before: PupilState | None
    after: PupilState | None
    files: tuple[Attached, ...]


def view_dossier(pupil: str, *, by: Person) -> Dossier:
    """Return a pupil's whole page with numbers masked; raise `PupilUnknown` out of scope."""
    with attempt(Act.PUPIL_READ, Right.READ_PUPIL, by=by) as scope:
        record = pupils.get(pupil, scope=scope)
        state = state_of(record.event_list())
        possible: tuple[Possible, ...] = ()
        if record.until is None and record.personal is not None and state is not None:
            possible = what_may_happen(state, law=law(), asked=_asked_today(state))
        files = attachments.of_pupil(pupil) if record.until is None else ()
        offered = choices.offered(PupilFilter(), scope=scope)
        clauses = events.clauses_by_receipt(pupil)
        leave_entry(entry(Act.PUPIL_READ, pupil), by=by)
    return Dossier(record=record, state=state, possible=possible, files=files, choices=offered, clauses=clauses)


def consider_event(pupil: str, new: NewEvent, *, by: Person) -> Considered:
    """Weigh a step without writing it: the verdict, every problem, what would change, what paper it needs."""
    with attempt(Act.EVENT_CONSIDERED, Right.PROPOSE_EVENT, by=by) as scope:
        record = pupils.get(pupil, scope=scope)
        considered = weighed(record, new, choices.offered(PupilFilter(), scope=scope))
        leave_entry(entry(Act.EVENT_CONSIDERED, pupil), by=by)
    return considered


def consider_reversal(event_id: str, *, by: Person) -> Undoing:
    """Weigh a reversal: what would have to be undone with the event, and where the pupil would then stand."""
    with attempt(Act.REVERSAL_CONSIDERED, Right.REVERSE_EVENT, by=by) as scope:
        record = pupils.get(events.pupil_of(event_id, scope=scope), scope=scope)
        counted = record.event_list()
        event = next((event for event in counted if event.id == event_id), None)
        if event is None:
            raise EventUnknown(event_id)
        following = what_follows(counted, event_id)
        undoing = Undoing(
            record=record,
            event=event,
            following=following,
            before=state_of(counted),
            after=state_without(counted, event_id),
        )
        leave_entry(entry(Act.REVERSAL_CONSIDERED, record.id), by=by)
    return undoing


def view_waiting(event_id: str, *, by: Person) -> Examined:
    """Return an event that waits, as the head sees it before signing; raise `EventUnknown` where none waits."""
    with attempt(Act.WAITING_LISTED, Right.CONFIRM_EVENT, by=by) as scope:
        kept = events.waiting(event_id, scope=scope)
        record = pupils.get(kept.event.pupil, scope=scope)
        possible = _possible_again(kept, record)
        counted = record.event_list()
        after = None if refusals(counted, kept.event, possible) else state_of((*counted, kept.event))
        files = attachments.of_pupil(record.id)
        leave_entry(entry(Act.WAITING_LISTED, record.id), by=by)
    return Examined(record=record, kept=kept, possible=possible, before=state_of(counted), after=after, files=files)


def list_waiting(*, most: int = MOST_WAITING + 1, by: Person) -> tuple[Waiting, ...]:
    """Return the events that wait for confirmation within reach, oldest first, each asked of the law again."""
    with attempt(Act.WAITING_LISTED, Right.READ_PUPIL, by=by) as scope:
        kept = events.all_waiting(scope=scope, most=most)
        shown = {kept_event.event.pupil for kept_event in kept}
        records = pupils.many(shown, scope=scope)
        lines = {line.id: line for line in pupils.lines_of(shown, scope=scope)}
        signs = by.scope(Right.CONFIRM_EVENT, on=today()) if by.may(Right.CONFIRM_EVENT, on=today()) else None
        found = tuple(_waiting(recorded, records[recorded.event.pupil], lines, signs) for recorded in kept)
        leave_entry(entry(Act.WAITING_LISTED, index=sorted(shown)), by=by)
    return found


def _asked_today(state: PupilState) -> Asked:
    """Return the question of a page: today, with the school's table of similar majors."""
    return Asked(on=today(), similar=majors.table_of(state.school))


def _waiting(recorded: RecordedEvent, record: PupilRecord, lines: dict[str, PupilLine], signs: Scope | None) -> Waiting:
    return Waiting(
        line=lines[record.id],
        version=record.version,
        kept_at=record.standing.kept_at,
        is_mine_to_sign=signs is not None and signs.covers(record.standing),
        kept=recorded,
        possible=_possible_again(recorded, record),
    )


def _possible_again(recorded: RecordedEvent, record: PupilRecord) -> Possible:
    try:
        return answer(record, recorded.event.kind, asked_of(recorded))
    except (InputRefused, HistoryBroken) as broken:
        return Possible(kind=recorded.event.kind, verdict=Verdict.IMPOSSIBLE, reason=broken.message)
