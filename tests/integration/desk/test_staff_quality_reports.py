"""Yearly reports and cases at the work desk: written, checked, signed, published, handed out; a case taken or not."""

from typing import Any

import pytest
from django.test import Client
from tests.collection import CITY, OFFICER, SCHOOL_HEAD, YEAR, confirm, fill, hand_in, opened
from tests.desk import OTHER_SCHOOL, SCHOOL, person_of
from tests.staff import signed_in

from guantong.actions import yearly_reports
from guantong.people import Role
from guantong.settings import Settings
from guantong.store import models

LIST, CASES = "/desk/yearly", f"/desk/cases?year={YEAR}"
OWN = f"{LIST}/{YEAR}/{SCHOOL}"
TEAM = person_of(Role.REPORT_TEAM, "city")
STRANGER = person_of(Role.QUALITY_OFFICER, OTHER_SCHOOL)


@pytest.fixture(autouse=True)
def year(desk: Settings) -> None:
    """A reporting year in which one school must report."""
    opened()


def received() -> None:
    """The school's year, received by the city."""
    fill()
    hand_in()
    confirm()


def body(client: Client, address: str, status: int = 200) -> str:
    """The text of a page."""
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:3000]
    return str(response.content.decode())


def post(client: Client, address: str, status: int = 302, **fields: Any) -> str:
    """Send a form; return where it leads, or the page it came back with."""
    response = client.post(address, fields)
    assert response.status_code == status, response.content.decode()[:3000]
    return str(response["Location"]) if status == 302 else str(response.content.decode())


def words(organisation: str = SCHOOL) -> dict[str, Any]:
    """What the form of a report's words sends."""
    by = OFFICER if organisation == SCHOOL else TEAM
    places = yearly_reports.preview_yearly(YEAR, organisation, by=by).made.outline.own_words()
    return {f"text-{name}": "本年度按计划推进。" for name, _ in places}


def test_a_school_writes_its_report_and_the_head_signs_and_publishes_it() -> None:
    received()
    officer, head = signed_in(OFFICER), signed_in(SCHOOL_HEAD)
    assert "还没有编写" in body(officer, f"{LIST}?year={YEAR}")
    assert post(officer, f"{OWN}/write", seen="0", **words()) == OWN
    page = body(officer, OWN)
    assert "本年度按计划推进" in page
    assert f"{OWN}/sign" not in page
    assert "不能再改" in body(head, f"{OWN}/sign")
    post(head, f"{OWN}/sign", seen="1")
    assert head.get(f"{OWN}/file.docx").content.startswith(b"PK")
    assert head.get(f"{OWN}/file.pdf").content.startswith(b"%PDF")
    body(head, f"{OWN}/file.exe", 404)
    body(signed_in(STRANGER), f"{OWN}/file.pdf", 404)
    post(head, f"{OWN}/publish", seen="2")
    assert "已公布，不再改动" in body(head, OWN)
    assert f"{OWN}/file.pdf" in body(signed_in(STRANGER), f"{LIST}?year={YEAR}")
    assert signed_in(STRANGER).get(f"{OWN}/file.pdf").content.startswith(b"%PDF")


def test_what_is_missing_is_told_before_it_is_signed() -> None:
    post(signed_in(OFFICER), f"{OWN}/write", seen="0", **words())
    page = body(signed_in(SCHOOL_HEAD), f"{OWN}/sign")
    assert "数据还没有确认" in page
    assert 'name="seen"' not in page
    assert "处没有齐" in body(signed_in(OFFICER), OWN)


def test_a_signed_report_goes_back_before_it_is_published() -> None:
    received()
    post(signed_in(OFFICER), f"{OWN}/write", seen="0", **words())
    head = signed_in(SCHOOL_HEAD)
    post(head, f"{OWN}/sign", seen="1")
    post(head, f"{OWN}/return", seen="2")
    assert "编写中" in body(signed_in(OFFICER), OWN)


def test_an_authority_s_bare_number_comes_back_with_what_was_typed() -> None:
    place = next(iter(words("city")))
    page = post(signed_in(TEAM), f"{LIST}/{YEAR}/city/write", 422, seen="0", **{place: "毕业生 200 人。"})
    assert "毕业生 200 人。</textarea>" in page


def test_an_authority_sees_which_numbers_can_be_written_and_how() -> None:
    received()
    page = body(signed_in(TEAM), f"{LIST}/{YEAR}/city/write")
    assert '<td class="number">95.00%</td><td><code>{form.placement-rate;secondary}</code></td>' in page
    assert "可以写进文字的数" not in body(signed_in(OFFICER), f"{OWN}/write")


def test_the_second_of_two_writers_sees_both_versions() -> None:
    sent = words()
    post(signed_in(OFFICER), f"{OWN}/write", seen="0", **sent)
    place = next(iter(sent))
    page = post(signed_in(OFFICER), f"{OWN}/write", 409, seen="0", **{place: "我写的"})
    assert "我写的" in page
    assert "本年度按计划推进。" in page


@pytest.mark.parametrize("address", ["", "/write", "/sign"])
def test_another_school_s_report_is_as_unknown_as_none(address: str) -> None:
    people = {"": STRANGER, "/write": STRANGER, "/sign": person_of(Role.SCHOOL_HEAD, OTHER_SCHOOL)}
    body(signed_in(people[address]), f"{OWN}{address}", 404)


def chapter() -> str:
    """A chapter that takes cases."""
    page = body(signed_in(OFFICER), CASES).partition('name="chapter"')[2]
    return page.partition('<option value="')[2].partition('"')[0]


def test_a_case_is_submitted_and_taken_or_turned_down_with_a_reason() -> None:
    case: dict[str, Any] = {
        "organisation": SCHOOL,
        "chapter": chapter(),
        "title": "校企共建",
        "text": "共建实训基地 3 个。<b>",
    }
    post(signed_in(OFFICER), CASES, **case)
    (name,) = models.SchoolCase.objects.values_list("pk", flat=True)
    team = signed_in(TEAM)
    assert "&lt;b&gt;" in body(team, CASES)
    assert "没有写理由" in post(team, CASES, 422, do="turn-down", case=name, seen="1", reason="")
    post(team, CASES, do="turn-down", case=name, seen="1", reason="请补充成效")
    assert "请补充成效" in body(signed_in(OFFICER), CASES)
    post(team, CASES, do="accept", case=name, seen="2")
    assert "选用" in body(signed_in(OFFICER), CASES)


def test_a_case_that_may_not_stand_comes_back_as_it_was_typed() -> None:
    page = post(
        signed_in(OFFICER),
        CASES,
        422,
        organisation=SCHOOL,
        chapter=chapter(),
        title="校企共建",
        text="请打 13800000000",
    )
    assert "请打 13800000000</textarea>" in page
    post(signed_in(CITY), CASES, 403, organisation=SCHOOL)
    post(signed_in(OFFICER), CASES, 403, do="accept", case="x", seen="1")
