"""From an entry to an event (落笔之前): what the law says of it, what it rests on, and what is written for it.

Nothing here is an action: it neither asks a right nor writes a journal entry.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar
from uuid import uuid4

from guantong.actions.books import law
from guantong.actions.words import Act
from guantong.cohorts import (
    Asked,
    Event,
    EventKind,
    NextClass,
    Possible,
    PupilState,
    SimilarMajors,
    Standing,
    may_happen,
    read_details,
    refusals,
    state_of,
)
from guantong.cohorts.details import Value
from guantong.errors import InputRefused, Problem, StepRefused
from guantong.journal import Note
from guantong.policies import receipt
from guantong.registry import Stage
from guantong.store import events, majors, personal
from guantong.store.records import KeptReceipt, PupilRecord, RecordedEvent

WAITS = frozenset({Standing.APPROVED, Standing.ON_DOCUMENT})
SALT_BYTES = 16
PAPER = "document_"
FILE = "document_file"
Anything = TypeVar("Anything")
_MEETS_NEXT_CLASS = (EventKind.REPEATED, EventKind.RESUMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """What a registrar enters: the step, its details, and the facts its decision asks for.

    Where `next_class` and `similar` are left out they are read from what the school has on record.
    """

    kind: EventKind
    on: date
    details: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, Value] = field(default_factory=dict)
    next_class: NextClass | None = None
    similar: SimilarMajors = field(default_factory=SimilarMajors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An event ready to be written: what was asked, the answer, its receipt, and whether it waits."""

    event: Event
    possible: Possible
    asked: Asked
    kept: KeptReceipt | None

    @property
    def outcome(self) -> str:
        """Return what becomes of the event when it is written."""
        return events.WAITING if self.event.standing in WAITS else events.APPLIED


def drafted(record: PupilRecord, new: NewEvent, *, at: datetime, file: str = "") -> Draft:
    """Return the event that an entry amounts to; raise `StepRefused`, or `InputRefused` with every problem.

    `file` is the id under which the scanned paper is kept; what an entry itself says of a file counts for nothing.
    """
    new = replace(new, details=with_file(new.details, file))
    details, problems = plain_details(record, new)
    refuse(problems)
    asked = question(record, new, details)
    possible = answer(record, new.kind, asked)
    if possible.standing is None:
        raise StepRefused(step=new.kind.label, why=possible.reason)
    details, problems = read_details(new.kind, {**new.details, **details}, possible.standing)
    if problems and possible.standing in WAITS:
        problems = (Problem(rule=possible.reason, remedy="请补上所依据的文件。"), *problems)
    refuse(problems)
    kept = kept_receipt(possible)
    event = Event(
        id=uuid4().hex,
        pupil=record.id,
        kind=new.kind,
        effective_on=new.on,
        recorded_at=at,
        details=details,
        standing=possible.standing,
        receipt=kept.id if kept else "",
    )
    refuse(refusals(record.event_list(), event, possible))
    return Draft(event=event, possible=possible, asked=asked, kept=kept)


def plain_details(record: PupilRecord, new: NewEvent) -> tuple[dict[str, Value], tuple[Problem, ...]]:
    """Return the details without the paper they rest on, and every problem with them."""
    details, problems = read_details(new.kind, without_paper(new.details))
    if new.kind is EventKind.MOVED_ON and details.get("stage") == Stage.UNDERGRADUATE.value and "school" not in details:
        remedy = "转入本科学段要写明由哪所高校培养，一般是项目的合作高校。"
        problems = (*problems, Problem(column="school", rule="缺少就读学校", remedy=remedy))
    return details, problems


def question(record: PupilRecord, new: NewEvent, details: Mapping[str, Value]) -> Asked:
    """Return the question that an entry puts to the law, with what the school has on record."""
    state = state_of(record.event_list())
    next_class, similar = new.next_class, new.similar
    if state is not None and new.kind in _MEETS_NEXT_CLASS:
        similar = similar if similar.listed else majors.table_of(state.school)
        next_class = next_class or class_to_come(state, details, similar)
    return Asked(on=new.on, facts=new.facts, details=details, next_class=next_class, similar=similar)


def class_to_come(state: PupilState, details: Mapping[str, Value], similar: SimilarMajors) -> NextClass | None:
    """Return the class to come where its pupils show a same or similar major; None leaves the question open.

    That nobody of such a major is on record says nothing: the class may not have been entered yet.
    """
    year = int(details.get("class_year", state.class_year + 1))
    found = majors.of_class(state.school, year)
    named = details.get("major")
    shown = [major for major in found if named in (None, major)]
    if similar.any_similar(state.major, shown) is not True:
        return None
    return NextClass(school=state.school, class_year=year, majors=found)


def answer(record: PupilRecord, kind: EventKind, asked: Asked) -> Possible:
    """Return what the law of the pupil's cohort says of a step."""
    return may_happen(state_of(record.event_list()), kind, law=law(), asked=asked)


def without_paper(details: Mapping[str, Anything]) -> dict[str, Anything]:
    """Return details without number, date, issuer and file of the paper an event rests on."""
    return {name: value for name, value in details.items() if not name.startswith(PAPER)}


def with_file(details: Mapping[str, Anything], file: str) -> dict[str, Anything | str]:
    """Return details with the file that was handed over, and no other: an approval is a paper, not a word for one."""
    said: dict[str, Anything | str] = {name: value for name, value in details.items() if name != FILE}
    return {**said, FILE: file} if file else said


def refuse(problems: tuple[Problem, ...]) -> None:
    """Raise `InputRefused` where there is any problem."""
    if problems:
        raise InputRefused(problems)


def asked_of(waiting: RecordedEvent) -> Asked:
    """Return the question that a waiting event was decided by, to be put again."""
    return Asked(
        on=waiting.event.effective_on,
        facts=waiting.facts,
        details=without_paper(waiting.event.details),
        next_class=waiting.next_class,
        similar=waiting.similar,
    )


def note_of(act: Act, event: Event) -> Note:
    """Return what the journal says of an event: which fields, never their values."""
    return Note(action=act.value, subject=event.pupil, fields=personal.digests(event.pupil, changed_by(event)))


def changed_by(event: Event) -> dict[str, str]:
    """Return the fields that an event enters, as text."""
    changed = {name: str(value) for name, value in event.details.items()}
    return changed | {"kind": event.kind.value, "effective_on": event.effective_on.isoformat()}


def kept_receipt(possible: Possible) -> KeptReceipt | None:
    """Return the decision under a salted digest, so that a kept id never tells the inputs once they are erased."""
    decision = possible.decision
    if decision is None:
        return None
    written, salt = receipt(decision), secrets.token_bytes(SALT_BYTES)
    return KeptReceipt(
        id="sha256:" + hashlib.sha256(salt + written.body.encode()).hexdigest(),
        decision=decision.spec.id,
        answer=decision.value or decision.verdict,
        rulebook=decision.book.id,
        clauses=possible.clauses,
        missing=decision.missing,
        body=written.body,
        salt=salt,
    )
