"""A step weighed (预办): the verdict, what keeps it from being written, what would change; nothing is written.

Nothing here is an action: it neither asks a right nor writes a journal entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from guantong.actions.clock import now
from guantong.actions.event_writing import NewEvent, answer, plain_details, question
from guantong.cohorts import Detail, Event, EventKind, Possible, PupilState, Standing, Verdict, refusals, state_of
from guantong.cohorts.details import STANDING_DETAILS, Value
from guantong.errors import Problem
from guantong.policies.inputs import InputSpec
from guantong.store.records import ListChoices, PupilRecord

NO_CHOICES = ListChoices()


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """A step weighed: what the law says, what keeps it from being written, and what would change.

    `papers` are the details of the document it would rest on, `missing` the inputs that would settle it,
    `choices` what the form of its details may offer.
    """

    version: int
    details: dict[str, Value]
    possible: Possible
    problems: tuple[Problem, ...]
    papers: tuple[Detail, ...]
    missing: tuple[InputSpec, ...]
    before: PupilState | None
    after: PupilState | None
    choices: ListChoices


def weighed(record: PupilRecord, new: NewEvent, choices: ListChoices = NO_CHOICES) -> Considered:
    """Return what a step would mean for a record; raise `InputRefused` where the facts entered cannot be read."""
    details, problems = plain_details(record, new)
    asked = question(record, new, details)
    possible = answer(record, new.kind, asked)
    before = state_of(record.event_list())
    after = None
    if not problems and possible.standing is not None:
        trial = _trial(record.id, new, details)
        problems = refusals(record.event_list(), trial, _as_it_happened(new.kind))
        after = None if problems else state_of((*record.event_list(), trial))
    return Considered(
        version=record.version,
        details=details,
        possible=possible,
        problems=problems,
        papers=STANDING_DETAILS[possible.standing] if possible.standing else (),
        missing=missing_inputs(possible),
        before=before,
        after=after,
        choices=choices,
    )


def missing_inputs(possible: Possible) -> tuple[InputSpec, ...]:
    """Return the inputs that an open answer lacks and a person can enter."""
    decision = possible.decision
    if decision is None or possible.verdict is not Verdict.UNKNOWN:
        return ()
    return tuple(decision.book.inputs[name] for name in decision.missing if name in decision.book.inputs)


def _as_it_happened(kind: EventKind) -> Possible:
    """Return an answer that leaves only the record itself to object."""
    return Possible(kind=kind, verdict=Verdict.STRUCTURAL, reason="")


def _trial(pupil: str, new: NewEvent, details: dict[str, Value]) -> Event:
    """Return the event as it would stand, without the paper it would rest on."""
    return Event(
        id=uuid4().hex,
        pupil=pupil,
        kind=new.kind,
        effective_on=new.on,
        recorded_at=now(),
        details=details,
        standing=Standing.STRUCTURAL,
    )
