"""A roster put aside for an hour (待导入的名册) and applied once; a search without a name in any address.

Both lie sealed under an opaque id that serves nobody but their maker.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from guantong.actions import admission, identity_numbers, roster
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.clock import real_now
from guantong.actions.roster import Intake, RosterRow
from guantong.actions.words import Act
from guantong.errors import InputRefused, PutAsideUnknown
from guantong.people import Person, Right
from guantong.store import admitting, journal, keys, pupils, put_aside
from guantong.store.records import PupilLine
from guantong.store.sealing import lookup

SEARCH, ROSTER = "search", "roster"


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAside:
    """A sound roster that waits to be applied: what its rows share, the rows, and which of them look alike."""

    id: str
    intake: Intake
    rows: tuple[RosterRow, ...]
    alike: tuple[int, ...]


def put_roster_aside(intake: Intake, rows: Sequence[RosterRow], *, by: Person) -> str:
    """Keep a sound roster for an hour and return its id; raise `InputRefused` with every fault. Nobody is admitted."""
    with attempt(Act.ROSTER_PUT_ASIDE, Right.ADMIT_PUPILS, by=by) as scope:
        admission.check_intake(intake, rows, scope)
        if problems := admission.problems_of(intake, rows):
            leave_entry(entry(Act.ROSTER_CHECKED), by=by)
            raise InputRefused(problems)
        text = _packed(intake, rows)
        with transaction.atomic():
            name = put_aside.put(ROSTER, text, person=by.id, at=real_now())
            journal.append([entry(Act.ROSTER_PUT_ASIDE)], by=by)
    return name


def view_roster(name: str, *, by: Person) -> PutAside:
    """Return a roster that was put aside; raise `PutAsideUnknown` once it has run out or was applied."""
    with attempt(Act.ROSTER_CHECKED, Right.ADMIT_PUPILS, by=by):
        found = _roster(name, by)
        leave_entry(entry(Act.ROSTER_CHECKED), by=by)
    return found


def admit_roster(name: str, *, by: Person) -> tuple[str, ...]:
    """Admit every row of a roster that was put aside, or none, and only once; return the new ids.

    Raises `InputRefused` where somebody on it has become a pupil meanwhile, `PutAsideUnknown` the second time.
    """
    with attempt(Act.PUPIL_ADMITTED, Right.ADMIT_PUPILS, by=by) as scope:
        found = _roster(name, by)
        admission.check_intake(found.intake, found.rows, scope)
        if problems := admission.problems_of(found.intake, found.rows):
            leave_entry(entry(Act.ROSTER_CHECKED), by=by)
            raise InputRefused(problems)
        ready, notes = admission.made_ready(found.intake, found.rows, by=by.id)
        with transaction.atomic():
            if not put_aside.drop(name, person=by.id):
                raise PutAsideUnknown
            admitting.insert(ready)
            journal.append(notes, by=by, keys_version=ready.keys_version)
    return tuple(note.subject for note in notes)


def put_search_aside(*, identity: str = "", number: str = "", name: str = "", by: Person) -> str:
    """Keep what is searched for and return the id of the search: no address ever holds a name or a number."""
    with attempt(Act.SEARCH_PUT_ASIDE, Right.READ_PUPIL, by=by), transaction.atomic():
        asked = json.dumps({"identity": identity, "number": number, "name": name}, ensure_ascii=False)
        kept = put_aside.put(SEARCH, asked, person=by.id, at=real_now())
        journal.append([entry(Act.SEARCH_PUT_ASIDE)], by=by)
    return kept


def search_again(name: str, *, by: Person) -> tuple[PupilLine, ...]:
    """Return whom a search put aside finds now; raise `PutAsideUnknown` once it has run out."""
    with attempt(Act.PUPILS_SEARCHED, Right.READ_PUPIL, by=by) as scope:
        text = put_aside.get(name, SEARCH, person=by.id, at=real_now())
        if text is None:
            raise PutAsideUnknown
        asked = {field: value.replace("\0", "").strip() for field, value in json.loads(text).items()}
        identity = lookup(identity_numbers.tidy(asked["identity"]), keys.ring())
        lines = pupils.found(identity, asked["number"], asked["name"], scope=scope)
        leave_entry(entry(Act.PUPILS_SEARCHED, index=[line.id for line in lines]), by=by)
    return lines


def _roster(name: str, by: Person) -> PutAside:
    text = put_aside.get(name, ROSTER, person=by.id, at=real_now())
    if text is None:
        raise PutAsideUnknown
    whole = json.loads(text)
    shared = {**whole["intake"], "on": date.fromisoformat(whole["intake"]["on"])}
    rows = tuple(RosterRow(**fields) for fields in whole["rows"])
    alike = tuple(problem.row for problem in roster.look_alikes(rows) if problem.row is not None)
    return PutAside(id=name, intake=Intake(**shared), rows=rows, alike=alike)


def _packed(intake: Intake, rows: Sequence[RosterRow]) -> str:
    shared = {**asdict(intake), "on": intake.on.isoformat()}
    return json.dumps({"intake": shared, "rows": [asdict(row) for row in rows]}, ensure_ascii=False)
