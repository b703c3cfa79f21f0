"""Pupils: admitted from a roster, looked at one by one or on a list, found, and erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from guantong.actions import admission, identity_numbers, roster
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.roster import Intake, RosterRow
from guantong.actions.words import Act
from guantong.cohorts import Status
from guantong.errors import InputRefused, Problem, StepRefused
from guantong.people import Person, Right
from guantong.store import admitting, choices, journal, keys, personal, pupils
from guantong.store.records import ListChoices, ProjectCount, PupilFilter, PupilLine, PupilRecord
from guantong.store.sealing import lookup

__all__ = [
    "LONGEST_LIST",
    "ListChoices",
    "ProjectCount",
    "PupilFilter",
    "PupilLine",
    "PupilPage",
    "PupilRecord",
    "RosterCheck",
    "admit_pupils",
    "check_roster",
    "erase_pupil",
    "find_pupils",
    "list_projects",
    "list_pupils",
    "view_contact",
    "view_pupil",
]
LONGEST_LIST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterCheck:
    """What is wrong with a roster, and what should be looked at before it is applied."""

    rows: int
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilPage:
    """One page of a list of pupils, and how many there are in all."""

    total: int
    first: int
    lines: tuple[PupilLine, ...]
    choices: ListChoices


def check_roster(intake: Intake, rows: Sequence[RosterRow], *, by: Person) -> RosterCheck:
    """Return every fault of a roster and every look-alike, without writing a pupil."""
    with attempt(Act.ROSTER_CHECKED, Right.ADMIT_PUPILS, by=by) as scope:
        admission.check_intake(intake, rows, scope)
        check = RosterCheck(
            rows=len(rows), problems=tuple(admission.problems_of(intake, rows)), notices=tuple(roster.look_alikes(rows))
        )
        leave_entry(entry(Act.ROSTER_CHECKED), by=by)
    return check


def admit_pupils(intake: Intake, rows: Sequence[RosterRow], *, by: Person) -> tuple[str, ...]:
    """Admit every row of a roster or none; return the new ids in the order of the rows.

    Raises `InputRefused` with every fault. Reading, folding and sealing happen before the transaction.
    """
    with attempt(Act.PUPIL_ADMITTED, Right.ADMIT_PUPILS, by=by) as scope:
        admission.check_intake(intake, rows, scope)
        if problems := admission.problems_of(intake, rows):
            leave_entry(entry(Act.ROSTER_CHECKED), by=by)
            raise InputRefused(problems)
        ready, notes = admission.made_ready(intake, rows, by=by.id)
        with transaction.atomic():
            admitting.insert(ready)
            journal.append(notes, by=by, keys_version=ready.keys_version)
    return tuple(note.subject for note in notes)


def view_pupil(pupil: str, *, by: Person) -> PupilRecord:
    """Return a pupil's record with numbers masked; raise `PupilUnknown` out of scope."""
    with attempt(Act.PUPIL_READ, Right.READ_PUPIL, by=by) as scope:
        record = pupils.get(pupil, scope=scope)
        leave_entry(entry(Act.PUPIL_READ, pupil), by=by)
    return record


def view_contact(pupil: str, *, by: Person) -> PupilRecord:
    """Return a pupil's record with identity number, phone, address and guardian in full."""
    with attempt(Act.CONTACT_READ, Right.READ_CONTACT, by=by) as scope:
        record = pupils.get(pupil, scope=scope, contact=True)
        leave_entry(entry(Act.CONTACT_READ, pupil), by=by)
    return record


def list_pupils(wanted: PupilFilter, *, first: int = 0, most: int = 50, by: Person) -> PupilPage:
    """Return one page of pupils in the order of classes; the entry's index names everybody on it."""
    with attempt(Act.PUPILS_LISTED, Right.READ_PUPIL, by=by) as scope:
        total, lines = pupils.listed(wanted, scope=scope, first=first, most=min(most, LONGEST_LIST))
        offered = choices.offered(wanted, scope=scope)
        leave_entry(entry(Act.PUPILS_LISTED, index=[line.id for line in lines]), by=by)
    return PupilPage(total=total, first=first, lines=lines, choices=offered)


def list_projects(*, by: Person) -> tuple[ProjectCount, ...]:
    """Return how many pupils each project's cohort has within reach, by stage and status; it names nobody."""
    with attempt(Act.PROJECTS_LISTED, Right.READ_PUPIL, by=by) as scope:
        counts = pupils.counted(scope=scope)
        leave_entry(entry(Act.PROJECTS_LISTED), by=by)
    return counts


def find_pupils(*, identity: str = "", number: str = "", name: str = "", by: Person) -> tuple[PupilLine, ...]:
    """Return the pupils of an identity number, a student number or a name, each matched exactly."""
    with attempt(Act.PUPILS_SEARCHED, Right.READ_PUPIL, by=by) as scope:
        asked = lookup(identity_numbers.tidy(identity), keys.ring())
        lines = pupils.found(asked, _plain(number), _plain(name), scope=scope)
        leave_entry(entry(Act.PUPILS_SEARCHED, index=[line.id for line in lines]), by=by)
    return lines


def erase_pupil(pupil: str, *, by: Person) -> None:
    """Erase who a pupil is and keep the legal record; raise `StepRefused` while the pupil is still enrolled."""
    with attempt(Act.PUPIL_ERASED, Right.ERASE_PUPIL, by=by) as scope, transaction.atomic():
        pupils.versions([pupil], scope=scope)  # the row is locked: nobody resumes whom another is erasing
        record = pupils.get(pupil, scope=scope)
        if record.status != pupils.VOID and not Status(record.status).is_final:
            raise StepRefused(step="删除个人信息", why="学籍尚未结束，个人信息仍须保存")
        if not personal.erase(pupil):
            raise StepRefused(step="删除个人信息", why="已经删除")
        journal.append([entry(Act.PUPIL_ERASED, pupil)], by=by)


def _plain(text: str) -> str:
    return text.replace("\0", "").strip()
