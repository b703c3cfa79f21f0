"""A family looks at its own record (家庭查阅): a code from the school opens it once, for half an hour, to read.

For a pupil under 14 the guardian reads, and only where the guardian's consent is on record.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import uuid4

from django.db import transaction

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.clock import real_now, today
from guantong.actions.family_codes import CODE_BYTES, grouped, read_code
from guantong.actions.identity import family_member
from guantong.actions.under_age import CONSENT_AGE, is_under_age
from guantong.actions.words import Act
from guantong.cohorts import Event, PupilState, state_of
from guantong.errors import CodeRefused, StepRefused
from guantong.people import Person, Right
from guantong.store import families, journal, personal, pupils
from guantong.store.records import FamilyCode as FamilyCode
from guantong.store.records import Personal

GOOD_DAYS = 7


class Reader(Enum):
    """Who reads with a code."""

    GUARDIAN = "guardian"
    PUPIL = "pupil"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return "监护人" if self is Reader.GUARDIAN else "学生本人"


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyCodes:
    """What the school sees before it gives out a code: whether it may, and the codes there were."""

    name: str
    under_age: bool
    consent: str
    codes: tuple[FamilyCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCode:
    """A new code, in groups, shown once; only its digest is kept."""

    code: str
    reader: Reader
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRecord:
    """A pupil's record as the family reads it: no notes, numbers masked, nothing that waits."""

    pupil: str
    cohort: int
    class_name: str
    project: str
    who: Personal
    state: PupilState | None
    events: tuple[Event, ...]


def family_codes(pupil: str, *, by: Person) -> FamilyCodes:
    """Return what matters before a code is given out; raise `PupilUnknown` out of scope."""
    with attempt(Act.FAMILY_CODES_READ, Right.ISSUE_FAMILY_CODE, by=by) as scope:
        pupils.get(pupil, scope=scope)
        who = _identified(pupil)
        found = FamilyCodes(
            name=who.name,
            under_age=is_under_age(who.birth_month, today()),
            consent=who.consent if who.guardian else "",
            codes=families.of_pupil(pupil),
        )
        leave_entry(entry(Act.FAMILY_CODES_READ, pupil), by=by)
    return found


def issue_family_code(pupil: str, reader: Reader, *, by: Person) -> GivenCode:
    """Give out a code of 128 bits for seven days and one use; an older one of the same reader ends.

    Raises `StepRefused` under 14 for the pupil, and for a guardian whose consent is not on record.
    """
    with attempt(Act.FAMILY_CODE_ISSUED, Right.ISSUE_FAMILY_CODE, by=by) as scope, transaction.atomic():
        pupils.get(pupil, scope=scope)
        _check_age(_identified(pupil), reader)
        code, at = secrets.token_bytes(CODE_BYTES), real_now()
        until = at + timedelta(days=GOOD_DAYS)
        kept = FamilyCode(id=uuid4().hex, pupil=pupil, reader=reader.value, issued_at=at, expires_at=until)
        families.add(code, kept, by=by.id)
        journal.append([entry(Act.FAMILY_CODE_ISSUED, pupil)], by=by)
    return GivenCode(code=grouped(code), reader=reader, until=until)


def enter_with_code(text: str, *, by: Person) -> str:
    """Use a code up and return its id, by which a session is kept; raise `CodeRefused`, not saying why."""
    with attempt(Act.FAMILY_CODE_USED, Right.SIGN_IN, by=by), transaction.atomic():
        code = read_code(text)
        name = families.use(code, at=real_now()) if code else None
        found = families.get(name) if name else None
        if found is None:
            raise CodeRefused
        journal.append([entry(Act.FAMILY_CODE_USED, found.pupil)], by=family_member(found.id))
    return found.id


def view_own_record(code: str, *, by: Person) -> OwnRecord:
    """Return the record that a code opened; raise `CodeRefused` where it was erased, or is another family's."""
    with attempt(Act.OWN_RECORD_READ, Right.READ_OWN_RECORD, by=by):
        found = families.get(code) if by.id == family_member(code).id else None
        if found is None:
            raise CodeRefused
        record = pupils.for_family(found.pupil)
        own = OwnRecord(
            pupil=record.id,
            cohort=record.cohort,
            class_name=record.standing.class_name,
            project=record.standing.project,
            who=_identified(found.pupil, masked=True),
            state=state_of(record.event_list()),
            events=record.event_list(),
        )
        leave_entry(entry(Act.OWN_RECORD_READ, found.pupil), by=by)
    return own


def _identified(pupil: str, *, masked: bool = False) -> Personal:
    who = personal.of_pupil(pupil, masked=masked)
    if who is None:
        raise StepRefused(step="查阅", why="个人信息已经删除")
    return who


def _check_age(who: Personal, reader: Reader) -> None:
    if not is_under_age(who.birth_month, today()):
        return
    if reader is Reader.PUPIL:
        raise StepRefused(step="发放查阅码", why=f"学生未满 {CONSENT_AGE} 周岁或出生年月不详，只能发给监护人")
    if not (who.consent and who.guardian):
        why = f"学生未满 {CONSENT_AGE} 周岁或出生年月不详，须先登记监护人姓名和同意书的日期、编号"
        raise StepRefused(step="发放查阅码", why=why)
