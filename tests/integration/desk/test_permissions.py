"""The table of permissions, tests/spec/permissions.csv: nothing is missing, and every answer is really given.

Cells of routes: yes (answered), own (answered for one's own; what is another's looks as if it did not exist),
no (403), door (led to sign-in), or a status. Cells of actions: yes (the right is held) or no (refused for want
of it, whatever is asked for). Commands: public (no account), machine (whoever may log in there), or token.
"""

import inspect
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from importlib import import_module
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk import (
    CITY,
    INTAKE,
    OPERATOR,
    OTHER_PROJECT,
    OTHER_REGISTRAR,
    OTHER_SCHOOL,
    PROJECT,
    REGISTRAR,
    SCHOOL,
    admit,
    organisations_of_the_desk,
    person_of,
    row,
)
from tests.permissions import COLUMNS, SIGNED_OUT, Row, actions, commands, routes, rows, who
from tests.staff import account_of, signed_in

from guantong.actions import collection, organisations
from guantong.actions.collection import Duty
from guantong.actions.pupils import admit_pupils
from guantong.actions.roster import Intake
from guantong.errors import NotAllowed
from guantong.people import Role
from guantong.registry import Stage
from guantong.settings import Settings
from guantong.store import models

NOWHERE = "0" * 32
ARGUMENTS = {"keys.rotate_key": ("journal",), "deciding.decide": ("x", "registered_at")}
"""What is asked of actions that first look whether it is a thing to be asked."""
DOOR = "/desk/sign-in"
SEEN = (
    *(f"desk-quality-{page}" for page in ("section", "duty", "send", "sign", "receive")),
    *(f"desk-quality-{page}" for page in ("hand-in", "exempt", "pass", "back")),
    *(f"desk-yearly-{page}" for page in ("sign", "return", "publish")),
)
FORMS: Mapping[str, Mapping[str, str]] = {
    "desk-correct": {"seen": "1", "address": "演示市虚构路 2 号"},
    "desk-step": {"do": "record", "seen": "1", "on": "2024-03-01", "detail-reason": "病"},
    "desk-reverse": {"seen": "1", "reason": "记错"},
    "desk-examine": {"do": "turn-down", "seen": "1", "why": "演示"},
    "desk-together": {"do": "weigh", "kind": "suspended", "pupils": NOWHERE, "on": "2024-03-01"},
    "desk-proofs": {"kind": "enrolment", "days": "30"},
    "desk-copy-take": {"form": "csv"},
    "desk-copies-answer": {"do": "turn-down", "copy": NOWHERE, "seen": "1"},
    "desk-similar-majors": {"school": SCHOOL, "first": "710103", "second": "710201", "document": "演示文件"},
    "desk-report-start": {"project": PROJECT, "year": "2026"},
    "desk-search": {"name": "演示学生1"},
    **{
        f"desk-sitting{page}": {"seen": "1", "reason": "演示"}
        for page in ("", "-submit", "-close", "-recall", "-confirm", "-answer", "-sheet")
    },
    **{page: {"seen": "1"} for page in SEEN},
    "desk-cases": {"organisation": SCHOOL},
    "desk-grading-round": {"organisation": SCHOOL},
    "desk-retention": {"sure": "yes", "pupil": NOWHERE},
    "desk-family-codes": {"reader": "guardian"},
}
"""What forms need before they ask for a right; where none stands here an empty form is enough."""
LISTED = {
    "route": lambda: {f"{method} {name}" for method, name, _ in routes()},
    "action": lambda: set(actions()),
    "command": lambda: {words for words, _ in commands()},
}


@pytest.mark.parametrize("kind", LISTED)
def test_the_table_names_everything_that_there_is_and_nothing_else(kind: str) -> None:
    named, there = [row.name for row in rows(kind)], LISTED[kind]()
    assert (there - set(named), set(named) - there) == (set(), set())
    assert len(named) == len(there)


def test_a_command_takes_a_token_where_the_table_says_so_and_nowhere_else() -> None:
    known = {words: {part.name for part in command.params} for words, command in commands()}
    said = {row.name: row.answers[SIGNED_OUT] for row in rows("command")}
    assert set(said.values()) <= {"public", "machine", "token"}
    assert {name for name, word in said.items() if word == "token"} == {
        name for name, given in known.items() if "token" in given
    }


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("column", COLUMNS)
def test_an_action_is_refused_to_whoever_does_not_hold_its_right(column: str) -> None:
    person = who(column)
    found = {row.name: "yes" if passes(row.name, person) else "no" for row in rows("action")}
    assert found == {row.name: row.answers[column] for row in rows("action")}


def passes(name: str, person: object) -> bool:
    """Whether an action gets past its right, asked for things that do not exist."""
    module, _, function = name.partition(".")
    action = getattr(import_module(f"guantong.actions.{module}"), function)
    if name in ARGUMENTS:
        action = partial(action, *ARGUMENTS[name])
    needed = [part for part in inspect.signature(action).parameters.values() if part.default is part.empty]
    given = {part.name: person if part.name == "by" else "" for part in needed if part.kind is part.KEYWORD_ONLY}
    try:
        action(*("" for part in needed if part.kind is not part.KEYWORD_ONLY), **given)
    except NotAllowed as refusal:
        return bool(refusal.details["why"])  # the right is held, but not for this
    except Exception:  # what it is asked for makes no sense
        return True
    return True


@pytest.fixture
def world(desk: Settings) -> Mapping[str, tuple[str, str]]:
    """What stands in addresses: one's own at school and university A, and another school's."""
    organisations_of_the_desk([SCHOOL, "dianke", OTHER_SCHOOL, "city", "district:changping"])
    (own,) = admit()
    foreign = Intake(project=OTHER_PROJECT, cohort=INTAKE.cohort, school=OTHER_SCHOOL, on=INTAKE.on)
    (other,) = admit_pupils(foreign, [row(77)], by=OTHER_REGISTRAR)
    events = {event.pupil_id: event.pk for event in models.Event.objects.all()}
    user = account_of(person_of(Role.REGISTRAR, SCHOOL), "someone").id
    organisations.name_supervisor(
        SCHOOL, "district:changping", since=date(2020, 1, 1), document="演示文件", by=OPERATOR
    )
    collection.open_year(2026, date(2026, 12, 20), by=CITY)
    for school in (SCHOOL, OTHER_SCHOOL):
        collection.name_duty(2026, Duty(organisation=school, stage=Stage.SECONDARY), by=CITY)
    return {
        "pupil": (own, other),
        "event": (events[own], events[other]),
        "user": (user, NOWHERE),
        "name": (SCHOOL, "nowhere"),
        "number": ("0", "9"),
        "project": (PROJECT, OTHER_PROJECT),
        "kind": ("suspended", "suspended"),
        "form": ("docx", "docx"),
        "year": ("2026", "2026"),
        "organisation": (SCHOOL, OTHER_SCHOOL),
        "section": ("scorecard.placement", "scorecard.placement"),
        "indicator": ("graduates", "graduates"),
    }


@pytest.mark.parametrize("column", COLUMNS)
def test_an_address_answers_whoever_the_table_says(column: str, world: Mapping[str, tuple[str, str]]) -> None:
    client = Client() if column == SIGNED_OUT else signed_in(who(column))
    table = {row.name: row for row in rows("route")}
    wrong = {}
    for method, name, names in sorted(routes(), key=lambda route: route[0]):
        if name != "desk-sign-out":
            said = table[f"{method} {name}"]
            for address, expected in addresses(said, column, name, names, world):
                response = answer_of(client, method, name, address)
                if not fits(response, expected):
                    wrong[f"{method} {address}"] = (expected, response.status_code)
    assert wrong == {}


def answer_of(client: Client, method: str, name: str, address: str) -> Any:
    """The answer of an address; a form is filled in so far that the right is asked for."""
    return client.get(address) if method == "GET" else client.post(address, FORMS.get(name, {}))


def addresses(
    said: Row, column: str, name: str, names: tuple[str, ...], world: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """The addresses of a route that are tried, each with what is expected."""
    answer = said.answers[column]
    for number, expected in enumerate((answer, "404" if answer == "own" else answer)):
        if number == 0 and any(part not in world for part in names):
            continue  # nothing of that kind stands in the small world
        given = {part: world.get(part, (NOWHERE, NOWHERE))[number] for part in names}
        yield reverse(name, kwargs=given), expected
        if not names:
            return


def fits(response: Any, expected: str) -> bool:
    """Whether an answer is the expected one."""
    at_the_door = response.status_code == 302 and response["Location"].startswith(DOOR)
    if expected == "door":
        return bool(at_the_door)
    if expected in ("yes", "own"):
        return response.status_code in (200, 302, 409, 422) and not at_the_door
    return bool(response.status_code == int(expected if expected.isdecimal() else 403))


def test_signing_out_takes_a_form_only(desk: Settings) -> None:
    there = signed_in(REGISTRAR)
    assert there.get("/desk/sign-out").status_code == 405
    assert there.post("/desk/sign-out")["Location"].startswith(DOOR)
