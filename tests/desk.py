"""Invented people of a school desk: organisations, persons with grants, a roster; region 000000 only."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from guantong.actions import accounts, organisations, pupils
from guantong.actions.accounts import NewAccount
from guantong.actions.identity_numbers import check_digit
from guantong.actions.roster import Intake, RosterRow
from guantong.people import EVERY, Door, Grant, Person, Role, machine_operator

SCHOOL, UNIVERSITY, OTHER_SCHOOL = "changping-zhiye", "dianke", "shangye"
PROJECT = f"{SCHOOL}:{UNIVERSITY}:zhongben:710103"
OTHER_PROJECT = f"{OTHER_SCHOOL}:{UNIVERSITY}:zhongben:710201"
CLASS = "2023级机电1班"
START = date(2015, 9, 1)
ADMITTED_ON = date(2023, 8, 20)
OPERATOR = machine_operator("tester")
INTAKE = Intake(project=PROJECT, cohort=2023, school=SCHOOL, on=ADMITTED_ON)


def grant_of(role: Role, organisation: str, **fields: object) -> Grant:
    """A grant over every project, stage and class of an organisation."""
    wide = {"projects": EVERY, "stages": EVERY, "classes": EVERY, "sections": EVERY, "since": START}
    return Grant(role=role, organisation=organisation, **{**wide, **fields})  # type: ignore[arg-type]


def person_of(role: Role, organisation: str, **fields: object) -> Person:
    """Somebody at the web door with one grant and a purpose."""
    grants = (grant_of(role, organisation, **fields),)
    return Person(
        id=f"{role.value}-{organisation}", name=role.label, grants=grants, purpose="status-change", door=Door.WEB
    )


REGISTRAR = person_of(Role.REGISTRAR, SCHOOL)
HEAD = person_of(Role.SCHOOL_HEAD, SCHOOL)
OTHER_REGISTRAR = person_of(Role.REGISTRAR, OTHER_SCHOOL)
UNIVERSITY_REGISTRAR = person_of(Role.UNIVERSITY_REGISTRAR, UNIVERSITY)
CITY = person_of(Role.CITY, "city")
DISTRICT = person_of(Role.DISTRICT, "district:changping")
AUDITOR = person_of(Role.AUDITOR, "*")


def identity(number: int, born: str = "20080101", region: str = "000000") -> str:
    """An identity number that belongs to nobody, with a right checksum."""
    first = f"{region}{born}{number % 1000:03d}"
    return first + check_digit(first + "0")


def row(number: int = 1, **fields: object) -> RosterRow:
    """A row of a roster."""
    born = f"2008{number // 1000 % 12 + 1:02d}{number // 12000 % 28 + 1:02d}"
    base = RosterRow(
        name=f"演示学生{number}",
        class_name=CLASS,
        student_number=f"D{number:08d}",
        identity=identity(number, born),
        phone="000-00000000",
        address="演示市虚构路 1 号",
        guardian="演示家长 000-00000000",
    )
    return replace(base, **fields)  # type: ignore[arg-type]


def admit(*rows: RosterRow, intake: Intake = INTAKE, by: Person = REGISTRAR) -> tuple[str, ...]:
    """Admit some pupils, one where none is given."""
    return pupils.admit_pupils(intake, rows or (row(),), by=by)


def organisations_of_the_desk(names: Sequence[str] = (SCHOOL, UNIVERSITY, OTHER_SCHOOL, "city")) -> None:
    """Enter the organisations."""
    for name in names:
        organisations.add_organisation(name, by=OPERATOR)


def first_account() -> accounts.Credentials:
    """Make the first account."""
    return accounts.create_first_account(NewAccount(login="first", name="系统管理员"), by=OPERATOR)
