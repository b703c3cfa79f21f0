"""Pupils: admitted from a roster, looked at one by one or on a list, found, and erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from guantong.actions import identity_numbers, roster
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.clock import now
from guantong.actions.roster import Intake, RosterRow
from guantong.actions.words import Act
from guantong.cohorts import Status, is_project, project_named
from guantong.errors import InputRefused, NotAllowed, Problem, StepRefused
from guantong.journal import Note
from guantong.people import Person, Right, Scope, Standing
from guantong.store import admitting, journal, keys, opening, personal, pupils
from guantong.store.records import PupilFilter, PupilLine, PupilRecord
from guantong.store.sealing import lookup

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


def check_roster(intake: Intake, rows: Sequence[RosterRow], *, by: Person) -> RosterCheck:
    """Return every fault of a roster and every look-alike, without writing a pupil."""
    with attempt(Act.ROSTER_CHECKED, Right.ADMIT_PUPILS, by=by) as scope:
        _check_intake(intake, rows, scope)
        check = RosterCheck(
            rows=len(rows), problems=tuple(_problems(intake, rows)), notices=tuple(roster.look_alikes(rows))
        )
        leave_entry(entry(Act.ROSTER_CHECKED), by=by)
    return check


def admit_pupils(intake: Intake, rows: Sequence[RosterRow], *, by: Person) -> tuple[str, ...]:
    """Admit every row of a roster or none; return the new ids in the order of the rows.

    Raises `InputRefused` with every fault. Reading, folding and sealing happen before the transaction.
    """
    with attempt(Act.PUPIL_ADMITTED, Right.ADMIT_PUPILS, by=by) as scope:
        _check_intake(intake, rows, scope)
        if problems := _problems(intake, rows):
            raise InputRefused(problems)
        at = now()
        new = [roster.new_pupil(intake, row, at=at) for row in rows]
        ready = admitting.prepare(new, by=by.id, keys=keys.ring())
        notes = [Note(action=Act.PUPIL_ADMITTED.value, subject=pupil.id, fields=pupil.changed) for pupil in new]
        with transaction.atomic():
            admitting.insert(ready)
            journal.append(notes, by=by, keys_version=ready.keys_version)
    return tuple(pupil.id for pupil in new)


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
        leave_entry(entry(Act.PUPILS_LISTED, index=[line.id for line in lines]), by=by)
    return PupilPage(total=total, first=first, lines=lines)


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
        record = pupils.get(pupil, scope=scope)
        if record.status != pupils.VOID and not Status(record.status).is_final:
            raise StepRefused(step="删除个人信息", why="学籍尚未结束，个人信息仍须保存")
        if not personal.erase(pupil):
            raise StepRefused(step="删除个人信息", why="已经删除")
        journal.append([entry(Act.PUPIL_ERASED, pupil)], by=by)


def _plain(text: str) -> str:
    return text.replace("\0", "").strip()


def _check_intake(intake: Intake, rows: Sequence[RosterRow], scope: Scope) -> None:
    """Raise `NotAllowed` unless the scope reaches every class of the roster, `InputRefused` without a project."""
    if not is_project(intake.project) or not rows:
        rule = "不是项目编号" if rows else "名册没有学生"
        raise InputRefused([Problem(column="project", rule=rule, remedy="请重新选择项目和名册。")])
    stages = project_named(intake.project).kind.stages
    for name in {row.class_name.strip() for row in rows}:
        standing = Standing(
            project=intake.project,
            stage=stages[0].value,
            class_name=name,
            kept_at=intake.school,
            taught_at=intake.school,
        )
        if not scope.covers(standing):
            raise NotAllowed(right=scope.right.label, why="不在您的授权范围内")


def _problems(intake: Intake, rows: Sequence[RosterRow]) -> list[Problem]:
    found = roster.problems_of(intake, rows, demo=opening.world() == opening.DEMO)
    ring = keys.ring()
    hashes = [lookup(identity_numbers.tidy(row.identity), ring) for row in rows]
    present = personal.present_among(name for name in hashes if name)
    remedy = "一人同时只有一处学籍，请核对证件后与市教委联系。"
    found += [
        Problem(row=number, column="identity", rule="该证件号已有在籍记录", remedy=remedy)
        for number, name in enumerate(hashes, 1)
        if name in present
    ]
    return sorted(found, key=lambda problem: problem.row or 0)
