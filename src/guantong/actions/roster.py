"""A roster of new pupils (新生名册): read whole, every fault of every row at once, before anything is written."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from guantong.actions import identity_numbers
from guantong.actions.under_age import CONSENT_AGE, is_under_age, read_birth_month
from guantong.cohorts import Event, EventKind, project_named, read_details
from guantong.errors import Problem
from guantong.journal import field_digest
from guantong.store.records import NewPupil, Personal
from guantong.years import full_years

KEY_BYTES = 32
_LENGTHS = {
    "name": 64,
    "student_number": 32,
    "class_name": 64,
    "birth_month": 16,
    "address": 200,
    "guardian": 64,
    "consent": 128,
}
_LABELS = {
    "name": "姓名", "student_number": "学号", "identity": "身份证号", "birth_month": "出生年月", "phone": "电话",
    "address": "住址", "guardian": "监护人", "class_name": "班级", "consent": "监护人同意书",
}  # fmt: skip
_REQUIRED = ("name", "class_name")
_PHONE = re.compile(r"\+?[\d-]{5,20}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What all rows of a roster share: project, cohort, school and day."""

    project: str
    cohort: int
    school: str
    on: date
    major: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One row of a roster; what is not known is empty."""

    name: str
    class_name: str
    student_number: str = ""
    identity: str = ""
    birth_month: str = ""
    phone: str = ""
    address: str = ""
    guardian: str = ""
    consent: str = ""
    exam_score: str = ""
    special_entrant: bool | None = None
    change_forbidden: bool | None = None


def entry_details(intake: Intake, row: RosterRow) -> dict[str, object]:
    """Return the details of a row's admission, as they are entered."""
    return {
        "cohort": intake.cohort,
        "project": intake.project,
        "major": intake.major or project_named(intake.project).major,
        "school": intake.school,
        "exam_score": row.exam_score,
        "special_entrant": row.special_entrant,
        "change_forbidden": row.change_forbidden,
    }


def problems_of(intake: Intake, rows: Sequence[RosterRow], *, demo: bool) -> list[Problem]:
    """Return every fault of every row that the roster itself shows."""
    found: list[Problem] = []
    for number, row in enumerate(rows, 1):
        found += _field_problems(row, number)
        found += _identity_problems(row, number, on=intake.on, demo=demo)
        _, faults = read_details(EventKind.ADMITTED, entry_details(intake, row))
        found += [_problem(number, fault.column, fault.rule, fault.remedy) for fault in faults]
    found += _repeated(rows, "identity")
    found += _repeated(rows, "student_number")
    return sorted(found, key=lambda problem: problem.row or 0)


def look_alikes(rows: Sequence[RosterRow]) -> list[Problem]:
    """Return rows whose name stands more than once: to be looked at, not refused."""
    counted = Counter(row.name.strip() for row in rows)
    return [
        _problem(number, "name", "名册中有同名学生", "请确认不是同一人重复录入。")
        for number, row in enumerate(rows, 1)
        if row.name.strip() and counted[row.name.strip()] > 1
    ]


def new_pupil(intake: Intake, row: RosterRow, *, at: datetime) -> NewPupil:
    """Return a sound row as a pupil ready to be written, under a new opaque id."""
    pupil, key = uuid4().hex, secrets.token_bytes(KEY_BYTES)
    identity = identity_numbers.tidy(row.identity)
    who = Personal(
        name=row.name.strip(),
        student_number=row.student_number.strip(),
        birth_month=birth_month(row),
        identity=identity,
        phone=row.phone.strip(),
        address=row.address.strip(),
        guardian=row.guardian.strip(),
        consent=row.consent.strip(),
    )
    details, _ = read_details(EventKind.ADMITTED, entry_details(intake, row))
    event = Event(
        id=uuid4().hex,
        pupil=pupil,
        kind=EventKind.ADMITTED,
        effective_on=intake.on,
        recorded_at=at,
        details=details,
    )
    given = {name: getattr(who, name) for name in _LABELS if getattr(row, name) and name != "class_name"}
    changed: Mapping[str, str] = {name: field_digest(key, name, value) for name, value in given.items() if value}
    return NewPupil(
        id=pupil, class_name=row.class_name.strip(), personal=who, digest_key=key, events=(event,), changed=changed
    )


def birth_month(row: RosterRow) -> str:
    """Return year and month of birth of a sound row: the identity number's, else what was entered, "" without both."""
    identity = identity_numbers.tidy(row.identity)
    return identity_numbers.birth_month(identity) or read_birth_month(row.birth_month) or ""


def person_problems(row: RosterRow, *, on: date, demo: bool) -> tuple[Problem, ...]:
    """Return every fault of the fields that say who a pupil is, entered one by one."""
    return (*_field_problems(row, None), *_identity_problems(row, None, on=on, demo=demo))


def _field_problems(row: RosterRow, number: int | None) -> Iterator[Problem]:
    for name in _REQUIRED:
        if not getattr(row, name).strip():
            yield _problem(number, name, f"缺少{_LABELS[name]}", "请补上。")
    for name, longest in _LENGTHS.items():
        text = getattr(row, name)
        if len(text) > longest or any(unicodedata.category(letter)[0] == "C" for letter in text):
            yield _problem(number, name, f"{_LABELS[name]}应是一行文字，不超过 {longest} 字", "请改写。")
    if row.phone.strip() and not _PHONE.fullmatch(row.phone.strip()):
        yield _problem(number, "phone", "电话只能有数字和连字符", "请改正。")


def _identity_problems(row: RosterRow, number: int | None, *, on: date, demo: bool) -> Iterator[Problem]:
    identity = identity_numbers.tidy(row.identity)
    fault = identity_numbers.fault(identity, demo=demo) if identity else ""
    month = read_birth_month(row.birth_month)
    if fault:
        yield _problem(number, "identity", fault, "请核对证件原件。")
    if month is None or month > f"{on:%Y-%m}":
        rule = "看不出是哪年哪月" if month is None else f"出生年月不能晚于 {on:%Y-%m}"
        yield _problem(number, "birth_month", rule, "请写成 2010-05 的样子。")
    elif identity and not fault and month and month != identity_numbers.birth_month(identity):
        remedy = "请核对证件原件，改正其中一项。"
        yield _problem(number, "birth_month", "与身份证号里的出生年月不同", remedy)
    elif not fault:
        yield from _consent_problems(row, number, identity, month, on=on)


def _consent_problems(row: RosterRow, number: int | None, identity: str, month: str, *, on: date) -> Iterator[Problem]:
    """Report whoever is, or may be, under 14 without the guardian's consent; an age that is not known may be."""
    if row.consent.strip():
        return
    born = identity_numbers.born(identity) if identity else None
    if born is None and not month:
        remedy = "请填写出生年月（如 2010-05）；查不到的，请先取得监护人书面同意，并填写同意书的日期和编号。"
        yield _problem(
            number, "birth_month", f"没有身份证号，也没有出生年月，不知道是否未满 {CONSENT_AGE} 周岁", remedy
        )
    elif full_years(born, on) < CONSENT_AGE if born else is_under_age(month, on):
        remedy = "请先取得监护人书面同意，并填写同意书的日期和编号。"
        yield _problem(number, "consent", f"未满 {CONSENT_AGE} 周岁，缺少监护人同意", remedy)


def _repeated(rows: Sequence[RosterRow], column: str) -> Iterator[Problem]:
    values = [identity_numbers.tidy(getattr(row, column)) for row in rows]
    counted = Counter(values)
    for number, value in enumerate(values, 1):
        if value and counted[value] > 1:
            yield _problem(number, column, f"{_LABELS[column]}在名册里出现了 {counted[value]} 次", "请删去重复的行。")


def _problem(number: int | None, column: str, rule: str, remedy: str) -> Problem:
    """Return a fault of a row; the value itself stays out, because it may be a person's."""
    return Problem(row=number, column=column, rule=rule, remedy=remedy)
