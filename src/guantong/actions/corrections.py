"""What is corrected without an event: the fields that say who a pupil is, and the class a pupil sits in.

The journal keeps the names of the changed fields and keyed digests, never the values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from django.db import transaction

from guantong.actions import identity_numbers, roster
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.clock import today
from guantong.actions.event_writing import refuse
from guantong.actions.roster import RosterRow
from guantong.actions.under_age import read_birth_month
from guantong.actions.words import Act
from guantong.errors import InputRefused, Problem, StepRefused
from guantong.journal import Note
from guantong.people import Person, Right, Scope
from guantong.store import journal, opening, personal, pupils
from guantong.store.records import Personal, PupilLine

FIELDS = ("name", "student_number", "identity", "birth_month", "phone", "address", "guardian", "consent")
"""The fields that can be corrected, in the order of a form."""
MOST_TOGETHER = 500
_LONGEST_CLASS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A pupil that was ticked, and the version of the record that was seen."""

    line: PupilLine
    version: int


def correct_personal(pupil: str, given: Mapping[str, str], *, seen: int, by: Person) -> tuple[str, ...]:
    """Correct fields of a pupil and return the names of those that changed; what is not given stays.

    Raises `RecordChanged`, or `InputRefused` with every problem.
    """
    with attempt(Act.PERSONAL_CORRECTED, Right.PROPOSE_EVENT, by=by) as scope:
        try:
            return _corrected(pupil, given, seen, scope, by)
        except StepRefused:  # “this identity is a pupil” is an answer about somebody: it never goes without an entry
            leave_entry(entry(Act.PERSONAL_CORRECTED, pupil), by=by)
            raise


def _corrected(pupil: str, given: Mapping[str, str], seen: int, scope: Scope, by: Person) -> tuple[str, ...]:
    with transaction.atomic():
        record = pupils.taken(pupil, scope=scope, seen=seen)
        before = personal.of_pupil(pupil, masked=False)
        assert before is not None
        wanted = {name: text.strip() for name, text in given.items()}
        if wanted.get("identity"):
            wanted["identity"] = identity_numbers.tidy(wanted["identity"])
        if wanted.get("birth_month"):
            wanted["birth_month"] = read_birth_month(wanted["birth_month"]) or wanted["birth_month"]
        refuse(
            tuple(Problem(column=name, rule="没有这一项", remedy="请删去。") for name in wanted if name not in FIELDS)
        )
        changed = {name: text for name, text in wanted.items() if text != getattr(before, name)}
        if not changed:
            raise InputRefused([Problem(rule="没有改动", remedy="请改好后再提交，或直接返回。")])
        row = _as_a_row(before, changed, record.standing.class_name)
        refuse(roster.person_problems(row, on=today(), demo=opening.world() == opening.DEMO))
        after = replace(before, **{**changed, "birth_month": roster.birth_month(row)})
        names = dict.fromkeys((*changed, "birth_month"))
        digests = personal.digests(pupil, changed)
        personal.correct(pupil, after, names)
        pupils.touch(pupil, version=seen + 1, pending=record.pending)
        journal.append([Note(action=Act.PERSONAL_CORRECTED.value, subject=pupil, fields=digests)], by=by)
    return tuple(changed)


def _as_a_row(before: Personal, changed: Mapping[str, str], class_name: str) -> RosterRow:
    """Return who a pupil is after a correction, to be checked like a row of a roster.

    A month that came out of the old identity number goes with it; one that was entered has to agree with a new number.
    """
    fields = {name: value for name, value in asdict(replace(before, **changed)).items() if name in FIELDS}
    if "identity" in changed and before.identity and "birth_month" not in changed:
        fields["birth_month"] = ""
    return RosterRow(class_name=class_name, **fields)


def choose_pupils(names: Sequence[str], *, by: Person) -> tuple[Chosen, ...]:
    """Return the pupils that somebody ticked, with the version of each record, before they are changed together."""
    with attempt(Act.PUPILS_LISTED, Right.PROPOSE_EVENT, by=by) as scope:
        records = pupils.many(names[:MOST_TOGETHER], scope=scope)
        lines = pupils.lines_of(records, scope=scope)
        leave_entry(entry(Act.PUPILS_LISTED, index=sorted(records)), by=by)
    return tuple(Chosen(line=line, version=records[line.id].version) for line in lines)


def change_class(seen: Mapping[str, int], class_name: str, *, by: Person) -> tuple[str, ...]:
    """Put pupils into a class; return the ids of those left alone, because their record is no longer the one seen.

    Raises `InputRefused` for a name that is none, for nobody, or for too many.
    """
    with attempt(Act.CLASS_CHANGED, Right.PROPOSE_EVENT, by=by) as scope:
        name = class_name.strip()
        if not 0 < len(name) <= _LONGEST_CLASS or not name.isprintable():
            rule = f"班级名称应是一行文字，不超过 {_LONGEST_CLASS} 字"
            raise InputRefused([Problem(column="class_name", rule=rule, remedy="请填写班级名称。")])
        if not 0 < len(seen) <= MOST_TOGETHER:
            rule = f"一次选 1 至 {MOST_TOGETHER} 名学生"
            raise InputRefused([Problem(column="pupils", rule=rule, remedy="请重新勾选。")])
        with transaction.atomic():
            there = pupils.versions(seen, scope=scope)
            same = [pupil for pupil, version in seen.items() if there.get(pupil) == version]
            pupils.put_in_class(same, name)
            digests = personal.digests_of({pupil: {"class_name": name} for pupil in same})
            notes = [Note(action=Act.CLASS_CHANGED.value, subject=pupil, fields=digests[pupil]) for pupil in same]
            journal.append(notes, by=by)
    return tuple(pupil for pupil in seen if pupil not in same)
