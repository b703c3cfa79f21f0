"""Collection at the work desk: the overview, forms, sending back, signing, confirming, the calendar."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from tests.collection import (
    CITY,
    DISTRICT_OFFICE,
    OFFICER,
    SCHOOL_HEAD,
    YEAR,
    confirm,
    fill,
    filler,
    hand_in,
    opened,
    version,
)
from tests.desk import AUDITOR, OTHER_SCHOOL, SCHOOL, person_of
from tests.staff import signed_in

from guantong.actions import collecting, collection
from guantong.actions.clock import today
from guantong.people import Person, Role
from guantong.settings import Settings

ROOT = "/desk/quality"
WHERE = f"{ROOT}/{YEAR}/{SCHOOL}"
PLACEMENT = f"{WHERE}/scorecard.placement"
FILLER = filler("placement")
IMPORTED: dict[str, Any] = {
    "value-graduates": "310",
    "method-graduates": "导入自 平台.csv",
    "imported-graduates": "310",
}


@pytest.fixture(autouse=True)
def year(desk: Settings) -> None:
    """A reporting year in which one school must report."""
    opened()


def body(client: Client, address: str, status: int = 200) -> str:
    """The text of a page."""
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:3000]
    return str(response.content.decode())


def seen(section: str = "scorecard.placement") -> str:
    """The version of a section."""
    return str(collection.read_submission(YEAR, SCHOOL, by=CITY).submission.section(section).version)


def step(section: str = "scorecard.placement") -> str:
    """The step of a section."""
    return collection.read_submission(YEAR, SCHOOL, by=CITY).submission.section(section).step


def post(client: Client, address: str, status: int = 302, **fields: Any) -> str:
    """Send a form; return where it leads, or the page it came back with."""
    response = client.post(address, fields)
    assert response.status_code == status, response.content.decode()[:3000]
    return str(response["Location"]) if status == 302 else str(response.content.decode())


def test_a_section_is_filled_in_handed_in_and_accepted() -> None:
    fill()
    desk = signed_in(FILLER)
    assert 'name="value-graduates" value="200"' in body(desk, PLACEMENT)
    fields: dict[str, Any] = {"seen": seen(), "value-graduates": "200", "explanation-graduates": "与学籍一致"}
    assert post(desk, PLACEMENT, **fields, then="hand-in") == f"{PLACEMENT}/hand-in"
    assert "不能再改" in body(desk, f"{PLACEMENT}/hand-in")
    assert post(desk, f"{PLACEMENT}/hand-in", seen=seen()) == WHERE
    assert step() == "check"
    officer = signed_in(OFFICER)
    assert "审核通过" in body(officer, PLACEMENT)
    post(officer, f"{PLACEMENT}/pass", seen=seen())
    assert step() == ""
    assert "与学籍一致" in body(signed_in(CITY), PLACEMENT)


def test_what_cannot_be_read_comes_back_beside_its_cell_with_what_was_typed() -> None:
    page = post(signed_in(FILLER), PLACEMENT, 422, seen=seen(), **{"value-graduates": "许多", "value-placed": "1"})
    assert 'value="许多"' in page
    assert 'id="faults-graduates"' in page
    assert "请只填数字" in page
    assert 'name="value-placed" value="1"' in page


def test_faults_and_last_years_value_stand_beside_their_cells() -> None:
    fill(placed="201")
    page = body(signed_in(FILLER), PLACEMENT)
    row = page.partition('id="row-placed"')[2].partition("</tr>")[0]
    assert "其中项" in row
    assert 'aria-describedby="faults-placed"' in row
    before = page.partition('id="row-graduates"')[2].partition("</tr>")[0]
    assert '<td class="number">—</td>' in before


def test_last_years_confirmed_value_stands_beside() -> None:
    fill()
    hand_in()
    confirm()
    collection.open_year(YEAR + 1, today(), by=CITY)
    duty = collection.Duty(
        organisation=SCHOOL, stage=collection.read_submission(YEAR, SCHOOL, by=CITY).submission.stage
    )
    collection.name_duty(YEAR + 1, duty, by=CITY)
    page = body(signed_in(FILLER), f"{ROOT}/{YEAR + 1}/{SCHOOL}/scorecard.placement")
    assert '<td class="number">200</td>' in page.partition('id="row-graduates"')[2].partition("</tr>")[0]


def test_the_second_of_two_fillers_sees_both_versions() -> None:
    old = seen()
    fill()
    page = post(signed_in(FILLER), PLACEMENT, 409, seen=old, **{"value-graduates": "123"})
    assert "123" in page.partition("您要写入的")[2].partition("现在的记录")[0]
    assert "200" in page.partition("现在的记录")[2]


def test_whoever_does_not_fill_a_section_sees_it_without_a_form() -> None:
    fill()
    for someone in (CITY, DISTRICT_OFFICE, SCHOOL_HEAD, filler("finance")):
        page = body(signed_in(someone), PLACEMENT)
        assert "<b>200</b>" in page
        assert 'name="value-graduates"' not in page


def test_a_section_that_is_not_ready_is_told_before_it_is_handed_in() -> None:
    page = body(signed_in(FILLER), f"{PLACEMENT}/hand-in")
    assert "还没有填" in page
    assert 'name="seen"' not in page
    assert "处要修改" in post(signed_in(FILLER), f"{PLACEMENT}/hand-in", 422, seen=seen())


def test_the_officer_sends_a_section_back_with_a_comment() -> None:
    fill()
    post(signed_in(FILLER), f"{PLACEMENT}/hand-in", seen=seen())
    officer = signed_in(OFFICER)
    assert "没有写理由" in post(officer, f"{PLACEMENT}/back", 422, seen=seen(), reason=" ")
    post(officer, f"{PLACEMENT}/back", seen=seen(), reason="请核对毕业生数")
    assert "请核对毕业生数" in body(signed_in(FILLER), PLACEMENT)
    assert "请核对毕业生数" in body(officer, WHERE)


def test_a_section_is_said_not_to_apply_with_a_reason() -> None:
    desk = signed_in(FILLER)
    assert "不再要求填写" in body(desk, f"{PLACEMENT}/exempt")
    post(desk, f"{PLACEMENT}/exempt", seen=seen(), reason="本年没有毕业生")
    page = body(desk, PLACEMENT)
    assert "标为不适用：本年没有毕业生" in page
    assert "还没有填" not in page


def test_the_form_goes_out_as_a_workbook_and_comes_back() -> None:
    desk = signed_in(FILLER)
    file = desk.get(f"{WHERE}/form.xlsx")
    assert file["Content-Disposition"].startswith("attachment")
    book = load_workbook(BytesIO(file.content))
    sheet = book["人才培养质量计分卡-就业办"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "graduates")
    row[4].value = "321"
    out = BytesIO()
    book.save(out)
    back = SimpleUploadedFile("填报表.xlsx", out.getvalue())
    assert post(desk, f"{WHERE}/import", file=back) == WHERE
    assert 'name="value-graduates" value="321"' in body(desk, PLACEMENT)
    assert "没有选择文件" in post(desk, f"{WHERE}/import", 422)
    wrong = SimpleUploadedFile("别的.xlsx", b"not a workbook")
    assert "处要修改" in post(desk, f"{WHERE}/import", 422, file=wrong)
    assert desk.get(f"{WHERE}/import")["Location"] == WHERE


def export(*rows: str) -> SimpleUploadedFile:
    """A platform's export of some rows."""
    return SimpleUploadedFile("平台.csv", "\n".join(("指标,数值", *rows)).encode())


def test_a_section_is_prefilled_from_an_export_and_saved_by_its_filler_only() -> None:
    desk = signed_in(FILLER)
    page = post(desk, f"{PLACEMENT}/prefill", 200, file=export("毕业生人数,310", "教职工总数,80"))
    assert 'name="value-graduates" value="310"' in page
    assert 'name="method-graduates" value="导入自 平台.csv"' in page
    assert "填入了 1 项，还没有保存" in page
    assert "另有 1 行" in page
    assert 'name="value-graduates" value=""' in body(desk, PLACEMENT)
    post(desk, PLACEMENT, seen=seen(), **IMPORTED)
    assert (step(), told("graduates")) == ("fill", ("310", "导入自 平台.csv"))


def test_an_entered_value_is_not_replaced_by_an_export_and_both_are_shown() -> None:
    desk = signed_in(FILLER)
    entered: dict[str, Any] = {"value-graduates": "300"}
    post(desk, PLACEMENT, seen=seen(), **entered)
    page = post(desk, f"{PLACEMENT}/prefill", 200, file=export("毕业生人数,310"))
    assert 'name="value-graduates" value="300"' in page
    assert "导出里是 310人，没有改动" in page
    assert "没有可以填入的数" in page


def test_a_value_changed_by_hand_is_no_longer_called_imported() -> None:
    desk = signed_in(FILLER)
    post(desk, PLACEMENT, seen=seen(), **{**IMPORTED, "value-graduates": "311"})
    assert told("graduates") == ("311", "")


def test_an_imported_value_keeps_its_source_through_the_workbook() -> None:
    desk = signed_in(FILLER)
    post(desk, PLACEMENT, seen=seen(), **IMPORTED)
    back = SimpleUploadedFile("填报表.xlsx", desk.get(f"{WHERE}/form.xlsx").content)
    post(desk, f"{WHERE}/import", file=back)
    assert told("graduates") == ("310", "导入自 平台.csv")


def test_a_survey_is_never_answered_by_an_import() -> None:
    desk = signed_in(FILLER)
    name = "monthly-income"
    fields: dict[str, Any] = {f"value-{name}": "5000", f"method-{name}": "导入自 x", f"imported-{name}": "5000"}
    assert "没有这种调查方式" in post(desk, PLACEMENT, 422, seen=seen(), **fields)


def test_a_file_that_offers_nothing_is_told_and_another_office_has_no_prefill() -> None:
    desk = signed_in(FILLER)
    assert "没有选择文件" in post(desk, f"{PLACEMENT}/prefill", 422)
    assert "里面没有一张指标表" in post(
        desk, f"{PLACEMENT}/prefill", 422, file=SimpleUploadedFile("别的.csv", "甲,乙\n1,2".encode())
    )
    assert desk.get(f"{PLACEMENT}/prefill")["Location"] == PLACEMENT
    other = f"{WHERE}/policy.personnel"
    assert "由人事处填写" in post(desk, f"{other}/prefill", 403, file=export("教职工总数,80"))
    assert "用平台导出的表预填" not in body(desk, other)


def told(indicator: str) -> tuple[str, str]:
    """A stored value and the method that stands beside it."""
    found = collection.read_submission(YEAR, SCHOOL, by=CITY).entries[indicator]
    return str(found.value), found.method


def whole(deed: str, who: Person, **fields: Any) -> str:
    """Do a deed with the whole submission as its page does it."""
    desk = signed_in(who)
    page = body(desk, f"{WHERE}/{deed}")
    post(desk, f"{WHERE}/{deed}", seen=str(version()), **fields)
    return page


def test_the_submission_is_sent_signed_confirmed_and_received() -> None:
    fill()
    assert "还没有审核通过" in post(signed_in(OFFICER), f"{WHERE}/send", 422, seen=str(version()))
    hand_in()
    whole("send", OFFICER)
    assert collecting.STATEMENT in whole("sign", SCHOOL_HEAD)
    whole("return", DISTRICT_OFFICE, reason="请核对就业数")
    assert "请核对就业数" in body(signed_in(OFFICER), WHERE)
    whole("send", OFFICER)
    whole("sign", SCHOOL_HEAD)
    assert "等昌平区教委确认" in body(signed_in(OFFICER), WHERE)
    whole("confirm", DISTRICT_OFFICE)
    whole("receive", CITY)
    assert f"{WHERE}/duty" not in body(signed_in(CITY), f"{ROOT}/calendar?year={YEAR}")
    page = body(signed_in(SCHOOL_HEAD), WHERE)
    assert "市级已接收" in page
    assert "已经办完" in page


@pytest.mark.parametrize(("who", "deed"), [(OFFICER, "sign"), (SCHOOL_HEAD, "send"), (AUDITOR, "sign")])
def test_who_may_not_do_a_deed_is_not_shown_its_page(who: Person, deed: str) -> None:
    body(signed_in(who), f"{WHERE}/{deed}", 403)


def test_a_deed_out_of_turn_is_refused_before_it_is_shown() -> None:
    assert "现在没有轮到这一步" in body(signed_in(SCHOOL_HEAD), f"{WHERE}/sign", 409)
    assert "现在不能" in post(signed_in(SCHOOL_HEAD), f"{WHERE}/sign", 409, seen=str(version()))


def test_the_overview_shows_the_city_who_is_missing_and_leads_to_the_cell() -> None:
    page = body(signed_in(CITY), ROOT)
    assert f'href="{PLACEMENT}"' in page
    assert "还缺 17 节" in page
    assert "填报中，" in page
    assert "处缺项或错误，2026-12-20 截止" in page
    assert f'href="{PLACEMENT}"' not in body(signed_in(CITY), f"{ROOT}?show=late")
    assert f'href="{PLACEMENT}"' in body(signed_in(DISTRICT_OFFICE), f"{ROOT}?show=missing")


def test_a_school_sees_its_sections_with_its_own_first() -> None:
    page = body(signed_in(filler("finance")), ROOT)
    lines = page.partition("<tbody>")[2]
    assert lines.index("（财务处）") < lines.index("（就业办）")
    assert "由您填" in page
    assert "由您填" not in body(signed_in(OFFICER), ROOT)


def test_another_schools_submission_is_as_unknown_as_none() -> None:
    other = signed_in(person_of(Role.QUALITY_OFFICER, OTHER_SCHOOL))
    for address in (WHERE, PLACEMENT, f"{WHERE}/form.xlsx", f"{WHERE}/send", f"{PLACEMENT}/history/graduates"):
        body(other, address, 404)
    assert "北京市昌平职业学校" not in body(other, ROOT)


@pytest.mark.parametrize("address", [f"{ROOT}/x/{SCHOOL}", f"{ROOT}/1999/{SCHOOL}", f"{WHERE}/nothing"])
def test_what_is_not_there_is_not_found(address: str) -> None:
    body(signed_in(CITY), address, 404)


def test_every_value_that_was_entered_can_be_looked_up() -> None:
    fill()
    fill(graduates="210")
    page = body(signed_in(OFFICER), f"{PLACEMENT}/history/graduates")
    assert page.index(">200<") < page.index(">210<")


def test_the_city_opens_a_year_names_who_must_report_and_exempts_one() -> None:
    city, calendar = signed_in(CITY), f"{ROOT}/calendar"
    assert post(city, calendar, do="open", year="2027", due="2027-12-20") == f"{calendar}?year=2027"
    post(city, calendar, do="duty", year="2027", organisation=SCHOOL, stage="secondary", kind="中职", size="大")
    assert "北京市昌平职业学校" in body(city, f"{calendar}?year=2027").partition("<tbody>")[2]
    duty = f"{ROOT}/2027/{SCHOOL}/duty"
    assert "没有写理由" in post(city, duty, 422, seen="1", reason="")
    post(city, duty, seen="1", reason="无在校生")
    assert "免报：无在校生" in body(city, f"{calendar}?year=2027")
    assert "本年度免报：无在校生" in body(signed_in(OFFICER), f"{ROOT}?year=2027")
    post(city, duty, seen="2", do="report")
    assert "免报：无在校生" not in body(city, f"{calendar}?year=2027")


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "open", "year": "x", "due": "2027-12-20"},
        {"do": "open", "year": "2027", "due": "十二月"},
        {"do": "duty", "year": "2026", "organisation": SCHOOL, "stage": "moon"},
        {"do": "nothing", "year": "2026"},
    ],
)
def test_a_calendar_form_that_says_nothing_sensible_comes_back(fields: dict[str, Any]) -> None:
    assert "处要修改" in post(signed_in(CITY), f"{ROOT}/calendar", 422, **fields)


def test_a_year_is_published_once_everything_is_received_and_then_only_corrected() -> None:
    city, calendar = signed_in(CITY), f"{ROOT}/calendar"
    assert "还没有走完填报流程" in post(city, calendar, 422, do="publish", year=str(YEAR))
    fill()
    hand_in()
    confirm()
    post(city, calendar, do="publish", year=str(YEAR))
    assert "已于" in body(city, calendar)
    erratum = f"{PLACEMENT}/erratum/graduates"
    assert "没有写更正的理由" in post(city, erratum, 422, value="201", reason="")
    assert (
        "一并核对：毕业去向落实率。"
        in city.post(erratum, {"value": "201", "reason": "学籍库重新核对"}, follow=True).content.decode()
    )
    assert "勘误：学籍库重新核对" in body(city, f"{PLACEMENT}/history/graduates")
    assert post(city, calendar, do="release") == calendar


@pytest.mark.parametrize("who", [OFFICER, DISTRICT_OFFICE])
def test_only_the_city_keeps_the_calendar(who: Person) -> None:
    for address in (f"{ROOT}/calendar", f"{WHERE}/duty", f"{PLACEMENT}/erratum/graduates"):
        body(signed_in(who), address, 403)


def test_what_a_school_writes_is_words_and_never_markup() -> None:
    fill()
    fields: dict[str, Any] = {"value-graduates": "200", "explanation-graduates": "<script>alert(1)</script>"}
    post(signed_in(FILLER), PLACEMENT, seen=seen(), **fields)
    for someone in (FILLER, CITY):
        assert "<script>alert" not in body(signed_in(someone), PLACEMENT)


def test_what_waits_for_a_signature_stands_on_the_front_page() -> None:
    fill()
    hand_in()
    whole("send", OFFICER)
    page = body(signed_in(SCHOOL_HEAD), "/desk/")
    assert "<b>1</b>" in page.partition("份质量数据等您签署真实性声明")[0].rpartition("<li")[2]
    whole("sign", SCHOOL_HEAD)
    page = body(signed_in(DISTRICT_OFFICE), "/desk/")
    assert "<b>1</b>" in page.partition("份质量数据等主管部门确认")[0].rpartition("<li")[2]
