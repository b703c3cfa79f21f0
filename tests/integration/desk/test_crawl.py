"""A crawl: each kind of person of school A follows every link, asks for B's ids, searches, exports, breaks forms.

Nothing that belongs to school B's project may appear anywhere: no name, no number, no id, no class, no project.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk import (
    INTAKE,
    OTHER_PROJECT,
    OTHER_REGISTRAR,
    OTHER_SCHOOL,
    SCHOOL,
    admit,
    identity,
    organisations_of_the_desk,
    person_of,
    row,
)
from tests.permissions import routes, who
from tests.reporting import walk
from tests.staff import account_of, signed_in, text_of

from guantong.actions import attachments, handovers, intakes, project_reports, sittings, working_copies
from guantong.actions.groups import Selection
from guantong.actions.handovers import NewHandover
from guantong.actions.list_kinds import ListKind
from guantong.actions.pupils import admit_pupils
from guantong.actions.roster import Intake
from guantong.actions.sittings import NewSitting
from guantong.cohorts import EventKind
from guantong.people import Role
from guantong.registry import Stage
from guantong.settings import Settings
from guantong.store import models

CRAWLERS = (
    "class_teacher", "registrar", "quality_officer", "school_head", "adviser", "section_filler",
)  # fmt: skip
READERS = ("class_teacher", "registrar", "school_head")
LINK = re.compile(r'(?:href|action)="(/(?:desk|check)[^"#]*)')
CLASS_OF_B = "乙校独有的班"
NAMES = ("演示乙甲", "演示乙丙")
MOST = 400


@dataclass(frozen=True, slots=True)
class Other:
    """School B's pupils and everything by which they could be recognised."""

    pupils: tuple[str, ...]
    events: tuple[str, ...]
    account: str
    secrets: tuple[str, ...]
    objects: Mapping[str, str]
    """One of each kind of B's by the name that it has in addresses."""


@pytest.fixture
def other(desk: Settings) -> Other:
    """Two schools with pupils; B's are looked for."""
    organisations_of_the_desk([SCHOOL, "dianke", OTHER_SCHOOL, "city"])
    admit(row(1), row(2))
    intake = Intake(project=OTHER_PROJECT, cohort=INTAKE.cohort, school=OTHER_SCHOOL, on=INTAKE.on)
    rows = [row(700 + number, name=name, class_name=CLASS_OF_B) for number, name in enumerate(NAMES)]
    pupils = admit_pupils(intake, rows, by=OTHER_REGISTRAR)
    events = tuple(models.Event.objects.filter(pupil_id__in=pupils).values_list("pk", flat=True))
    account = account_of(OTHER_REGISTRAR, "registrar-of-b").id
    numbers = [words for one in rows for words in (one.student_number, one.identity)]
    return Other(pupils, events, account, (*NAMES, *numbers, CLASS_OF_B, "registrar-of-b"), objects_of(pupils))


def objects_of(pupils: tuple[str, ...]) -> dict[str, str]:
    """One thing of each kind that school B has at its desk, none of it handed to anybody yet."""
    whom = Selection(project=OTHER_PROJECT, cohort=INTAKE.cohort)
    made = handovers.make_handover(
        NewHandover(kind=ListKind.FILING, selection=whom, sender=OTHER_SCHOOL), by=OTHER_REGISTRAR
    )
    again = Intake(project=OTHER_PROJECT, cohort=2024, school=OTHER_SCHOOL, on=INTAKE.on)
    return {
        "handover": made.id,
        "copy": working_copies.ask_for_copy(whom, OTHER_SCHOOL, by=OTHER_REGISTRAR).id,
        "report": project_reports.start_report(OTHER_PROJECT, 2026, by=OTHER_REGISTRAR),
        "search": intakes.put_search_aside(name=NAMES[0], by=OTHER_REGISTRAR),
        "kept": intakes.put_roster_aside(again, [row(720, name="演示乙丁", class_name=CLASS_OF_B)], by=OTHER_REGISTRAR),
        "name": attachments.add_attachment(pupils[0], "", b"%PDF-1.7", seen=1, by=OTHER_REGISTRAR),
        "sitting": sitting_of(pupils),
    }


def sitting_of(pupils: tuple[str, ...]) -> str:
    """A list of school B's class, not yet submitted."""
    for pupil in pupils:
        walk(
            pupil,
            [(EventKind.REGISTERED, "2023-09-01", {"stage": "secondary", "institution": OTHER_SCHOOL})],
            by=OTHER_REGISTRAR,
        )
    new = NewSitting(
        project=OTHER_PROJECT,
        cohort=INTAKE.cohort,
        class_name=CLASS_OF_B,
        school=OTHER_SCHOOL,
        to_stage=Stage.COLLEGE,
        on=date(2026, 7, 10),
    )
    return sittings.open_sitting(new, by=OTHER_REGISTRAR).id


def found_in(response: Any, asked: str, other: Other) -> list[str]:
    """What of B's stands in an answer, what was asked for itself set aside."""
    text = response.getvalue().decode("utf-8", "replace") + str(response.headers)
    return [word for word in (*other.secrets, *other.pupils, *other.events) if word in text and word not in asked]


def links(response: Any) -> Iterator[str]:
    """The addresses of the desk that a page leads to."""
    if response.headers["Content-Type"].startswith("text/html"):
        yield from (link.replace("&amp;", "&") for link in LINK.findall(response.content.decode()))


@pytest.mark.parametrize("column", CRAWLERS)
def test_no_link_leads_to_anything_of_another_project(column: str, other: Other) -> None:
    client, leaks, own = signed_in(who(column)), {}, 0
    to_see, seen = ["/desk/"], set[str]()
    while to_see and len(seen) < MOST:
        address = to_see.pop()
        if address in seen or "sign-out" in address:
            continue
        seen.add(address)
        response = client.get(address)
        assert response.status_code < 500, address
        if found := found_in(response, address, other):
            leaks[address] = found
        own += "演示学生1".encode() in response.getvalue()
        to_see += links(response)
    assert leaks == {}
    assert len(seen) < MOST
    assert (own >= 2) is (column in READERS)


@pytest.mark.parametrize("column", [*READERS, "university_registrar", "city", "operator", "auditor"])
def test_an_object_of_another_organisation_answers_as_one_that_is_not_there(column: str, other: Other) -> None:
    person = person_of(Role(column), SCHOOL) if column in ("operator", "auditor") else who(column)
    client, told = signed_in(person), {}
    mine = {**other.objects, "pupil": other.pupils[0], "event": other.events[0], "user": other.account}
    for method, name, names in routes():
        if set(names) & set(mine) and not may_see(column, name):
            given = {part: mine.get(part, "0") for part in names}
            missing = {part: "f" * 32 if part in mine else "0" for part in names}
            answers = [ask(client, method, reverse(name, kwargs=one)) for one in (given, missing)]
            plain = [without(text_of(answer), one) for answer, one in zip(answers, (given, missing), strict=True)]
            if (
                answers[0].status_code != answers[1].status_code
                or plain[0] != plain[1]
                or found_in(answers[0], str(given), other)
            ):
                told[f"{method} {name}"] = [answer.status_code for answer in answers]
    assert told == {}


def may_see(column: str, name: str) -> bool:
    """Whether a page of B's project is this person's to see: the university is its partner, the city sees reports."""
    return name.startswith("desk-report") and column in ("university_registrar", "city")


def without(text: str, names: Mapping[str, str]) -> str:
    """A page without the ids that were asked for."""
    for name in sorted(names.values(), key=len, reverse=True):
        text = text.replace(name, "·") if len(name) > 1 else text
    return text


def ask(client: Client, method: str, address: str) -> Any:
    """Ask for an address, with an empty form where it takes one."""
    return client.get(address) if method == "GET" else client.post(address, {"seen": "1"})


@pytest.mark.parametrize("column", CRAWLERS)
def test_a_search_by_name_number_or_identity_finds_nobody_of_another_project(column: str, other: Other) -> None:
    client = signed_in(who(column))
    for asked in ({"name": NAMES[0]}, {"number": "D00000700"}, {"identity": identity(700)}):
        answer = client.post("/desk/search", asked, follow=True)
        left = set(found_in(answer, "", other)) - set(asked.values())
        assert left == set()
    for given in (
        f"project={OTHER_PROJECT}",
        f"class_name={CLASS_OF_B}",
        f"words={NAMES[0]}",
        f"cohort={INTAKE.cohort}",
    ):
        assert found_in(client.get(f"/desk/pupils?{given}"), given, other) == []


def test_a_list_of_ticked_ids_acts_on_nobody_of_another_project(other: Other) -> None:
    client = signed_in(who("registrar"))
    for kind in ("class", "suspended", "registered"):
        form = {"kind": kind, "pupils": list(other.pupils), "do": "weigh", "class_name": "x", "on": "2024-03-01"}
        assert found_in(client.post("/desk/together", form), "".join(other.pupils), other) == []
    there = models.Pupil.objects.filter(pk__in=other.pupils)
    before = list(there.values_list("pk", "version", "class_name"))
    seen = [f"{pupil}:{version}" for pupil, version, _ in before]
    client.post("/desk/together", {"kind": "class", "do": "record", "class_name": "x", "seen": seen})
    assert list(there.values_list("pk", "version", "class_name")) == before
