"""People and forms of an invented reporting year, for tests of collection."""

from collections.abc import Mapping
from datetime import date

from tests.desk import OPERATOR, SCHOOL, organisations_of_the_desk, person_of

from guantong.actions import collecting, collection, filling, organisations
from guantong.actions.collection import Duty
from guantong.actions.filling import Typed
from guantong.people import Person, Role
from guantong.registry import Stage

YEAR = 2026
DUE = date(2026, 12, 20)
CITY = person_of(Role.CITY, "city")
OFFICER = person_of(Role.QUALITY_OFFICER, SCHOOL)
SCHOOL_HEAD = person_of(Role.SCHOOL_HEAD, SCHOOL)
DISTRICT_ID = "district:changping"
DISTRICT_OFFICE = person_of(Role.DISTRICT, DISTRICT_ID)


def filler(*sections: str, organisation: str = SCHOOL) -> Person:
    """Somebody of an office who fills in its sections."""
    return person_of(Role.SECTION_FILLER, organisation, sections=frozenset(sections))


def opened(organisation: str = SCHOOL, year: int = YEAR, **fields: str) -> None:
    """A reporting year in which an organisation must report; it is supervised by its district."""
    organisations_of_the_desk([organisation, DISTRICT_ID, "city"])
    for below, above in ((organisation, DISTRICT_ID), (DISTRICT_ID, "city")):
        organisations.name_supervisor(below, above, since=date(2020, 1, 1), document="演示文件", by=OPERATOR)
    collection.open_year(year, DUE, by=CITY)
    collection.name_duty(year, Duty(organisation=organisation, stage=Stage.SECONDARY, **fields), by=CITY)


def sound(name: str, unit: str) -> str:
    """A value that no check complains of."""
    if unit == "%":
        return {"placement-rate": "95.0"}.get(name, "90.0")
    numbers = {"graduates": 200, "placed": 190, "further-study": 80, "employed-primary": 0, "employed-secondary": 0}
    return str(numbers.get(name, 0 if name.startswith(("further", "employed")) else 100))


def fill(organisation: str = SCHOOL, year: int = YEAR, by: Person = OFFICER, **values: str) -> None:
    """Fill in every section with sound values, but for some, and hand none in."""
    found = collection.read_submission(year, organisation, by=by)
    for part in found.sections:
        rows = [
            Typed(
                indicator=one.id,
                value=values.get(one.id.replace("-", "_"), sound(one.id, one.unit)),
                sample="60" if one.surveyed else "",
                method="网络问卷" if one.surveyed else "",
            )
            for one in part.indicators
        ]
        seen = found.submission.section(part.id).version
        filling.save_section(year, organisation, part.id, rows, seen=seen, by=by)


def hand_in(organisation: str = SCHOOL, year: int = YEAR, by: Person = OFFICER) -> None:
    """Hand in and accept every section."""
    for section in collection.read_submission(year, organisation, by=by).submission.sections:
        filling.hand_in_section(year, organisation, section.name, seen=section.version, by=by)
        collecting.pass_section(year, organisation, section.name, seen=section.version + 1, by=by)


def version(organisation: str = SCHOOL, year: int = YEAR) -> int:
    """The version of a submission."""
    return collection.read_submission(year, organisation, by=CITY).submission.version


def confirm(organisation: str = SCHOOL, year: int = YEAR, people: Mapping[str, Person] | None = None) -> None:
    """Send, sign, confirm and receive what was handed in."""
    own = people or {"officer": OFFICER, "head": SCHOOL_HEAD, "district": DISTRICT_OFFICE}
    collecting.send_submission(year, organisation, seen=version(organisation, year), by=own["officer"])
    collecting.sign_submission(year, organisation, seen=version(organisation, year), by=own["head"])
    collecting.confirm_submission(year, organisation, seen=version(organisation, year), by=own["district"])
    collecting.receive_submission(year, organisation, seen=version(organisation, year), by=CITY)


def second_school(organisation: str, values: Mapping[str, str]) -> None:
    """Another school below the same district, received with sound values but for some."""
    organisations_of_the_desk([organisation])
    organisations.name_supervisor(organisation, DISTRICT_ID, since=date(2020, 1, 1), document="演示文件", by=OPERATOR)
    collection.name_duty(YEAR, Duty(organisation=organisation, stage=Stage.SECONDARY), by=CITY)
    officer, head = person_of(Role.QUALITY_OFFICER, organisation), person_of(Role.SCHOOL_HEAD, organisation)
    fill(organisation, YEAR, officer, **values)
    hand_in(organisation, by=officer)
    confirm(organisation, people={"officer": officer, "head": head, "district": DISTRICT_OFFICE})
