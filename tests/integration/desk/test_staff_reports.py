"""The December report at the work desk: written, sent, signed, co-signed, submitted, downloaded; the city's view."""

import csv
import io
import re

import pytest
from django.test import Client
from tests.desk import (
    CITY,
    DISTRICT,
    INTAKE,
    OTHER_REGISTRAR,
    PROJECT,
    REGISTRAR,
    SCHOOL,
    UNIVERSITY_REGISTRAR,
    admit,
    person_of,
    row,
)
from tests.reporting import (
    HEAD,
    UNIVERSITY_HEAD,
    WRITTEN,
    carried,
    small_register,
    started,
    submitted,
    version,
    written,
)
from tests.staff import signed_in

from guantong.actions.roster import Intake
from guantong.people import Role
from guantong.settings import Settings
from guantong.store import models

LIST = "/desk/reports"
TOKEN = re.compile(r'value="[A-Za-z0-9]{64}"')


@pytest.fixture(autouse=True)
def register(desk: Settings) -> tuple[str, ...]:
    """Four pupils of one project."""
    return small_register()


def body(client: Client, address: str, status: int = 200) -> str:
    """The text of a page."""
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def words(report: str, **other: str) -> dict[str, str]:
    """What the form of a report's words sends."""
    sent = {f"text-{name}": text for name, text in WRITTEN.texts.items()}
    sent |= {f"answer-{name}": answer for name, answer in WRITTEN.answers.items()}
    sent |= {f"remark-{name}": remark for name, remark in WRITTEN.remarks.items()}
    return {**sent, "seen": str(version(report)), **other}


def deed(client: Client, report: str, name: str, **fields: str) -> str:
    """Do one thing with a report as its page does it; return where it leads."""
    body(client, f"{LIST}/{report}/{name}")
    response = client.post(f"{LIST}/{report}/{name}", {"seen": str(version(report)), **fields})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def test_the_report_goes_the_whole_way_at_the_desk() -> None:
    registrar, head, partner = signed_in(REGISTRAR), signed_in(HEAD), signed_in(UNIVERSITY_HEAD)
    assert "开始编写" in body(registrar, LIST)
    began = registrar.post(f"{LIST}/start", {"project": PROJECT, "year": "2026"})
    report = began["Location"].rpartition("/")[2]
    assert f'<a href="{LIST}/{report}">不保存，返回</a>' in body(registrar, f"{LIST}/{report}/write")
    assert registrar.post(f"{LIST}/{report}/write", words(report)).status_code == 302
    for client, name in (
        (registrar, "renew"),
        (registrar, "send"),
        (head, "sign"),
        (partner, "cosign"),
        (registrar, "submit"),
    ):
        assert deed(client, report, name) == f"{LIST}/{report}"
    page = body(signed_in(CITY), f"{LIST}/{report}")
    assert "共开设课程" in page
    assert "已提交" in page
    assert "按时提交" in body(signed_in(CITY), "/desk/city")


def test_the_paper_comes_as_word_and_pdf_and_in_no_other_form() -> None:
    report = submitted()
    client = signed_in(DISTRICT)
    for form, first in (("docx", b"PK"), ("pdf", b"%PDF")):
        response = client.get(f"{LIST}/{report}/file.{form}")
        assert response.content.startswith(first)
        assert response["Content-Disposition"].startswith("attachment")
    assert client.get(f"{LIST}/{report}/file.exe").status_code == 404


def test_a_deed_first_shows_what_it_means_and_changes_nothing() -> None:
    report = started()
    written(report)
    before = version(report)
    assert "数字和文字都不能再改" in body(signed_in(REGISTRAR), f"{LIST}/{report}/send")
    assert version(report) == before


def test_what_is_unfinished_is_named_by_its_title() -> None:
    report = started()
    response = signed_in(REGISTRAR).post(f"{LIST}/{report}/send", {"seen": "1"})
    assert response.status_code == 422
    assert "“人才培养目标与规格”还没有写" in response.content.decode()


def test_words_that_cannot_be_kept_come_back_with_the_reason() -> None:
    report = started()
    sent = words(report, **{"text-goals": "写了\x07一半", "answer-sharing": "maybe"})
    response = signed_in(REGISTRAR).post(f"{LIST}/{report}/write", sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "看不见的字符" in page
    assert "没有这个选项" in page
    assert "共开设课程 20 门" in page


def test_the_second_of_two_writers_sees_both_versions() -> None:
    report = started()
    late = words(report, **{"text-goals": "我写的目标"})
    written(report)
    response = signed_in(REGISTRAR).post(f"{LIST}/{report}/write", late)
    page = response.content.decode()
    assert response.status_code == 409
    assert "我写的目标" in page
    assert "本年度第 1 部分的工作已完成" in page


def test_a_head_returns_it_with_a_reason() -> None:
    report = started()
    written(report)
    carried(report, "sent")
    head = signed_in(HEAD)
    assert head.post(f"{LIST}/{report}/return", {"seen": str(version(report)), "reason": ""}).status_code == 409
    deed(head, report, "return", reason="请补充数据")
    page = body(signed_in(REGISTRAR), f"{LIST}/{report}")
    assert "请补充数据" in page
    assert "编写文字" in page


@pytest.mark.parametrize("steps", [[], ["sent"], ["sent", "signed"], ["sent", "signed", "cosigned"]])
def test_each_is_offered_what_is_theirs_to_do(steps: list[str]) -> None:
    report = started()
    written(report)
    carried(report, *steps)
    offered = {
        "registrar": ["write", "renew", "send"] if not steps else ["submit"] if len(steps) == 3 else [],
        "head": ["sign", "return"] if len(steps) == 1 else [],
        "partner": ["cosign", "return-as-partner"] if len(steps) == 2 else [],
        "partner's registrar": [],
    }
    people = {
        "registrar": REGISTRAR,
        "head": HEAD,
        "partner": UNIVERSITY_HEAD,
        "partner's registrar": UNIVERSITY_REGISTRAR,
    }
    for name, person in people.items():
        page = body(signed_in(person), f"{LIST}/{report}")
        found = [
            deed
            for deed in ("write", "renew", "send", "sign", "return", "cosign", "return-as-partner", "submit")
            if f'{report}/{deed}"' in page
        ]
        assert found == offered[name]


@pytest.mark.parametrize("address", ["", "/write", "/send", "/file.pdf"])
def test_another_schools_report_is_as_unknown_as_none(address: str) -> None:
    report = started()
    client = signed_in(OTHER_REGISTRAR)
    pages = [body(client, f"{LIST}/{name}{address}", 404).replace(name, "·") for name in (report, "0" * 32)]
    assert TOKEN.sub("", pages[0]) == TOKEN.sub("", pages[1])
    assert PROJECT not in body(client, LIST)


def test_the_city_sees_counts_and_how_far_each_cohort_came_but_no_pupil() -> None:
    page = body(signed_in(CITY), "/desk/city")
    assert "全市一览" in page
    assert "演示学生" not in page
    assert "D0000000" not in page
    assert 'width="75"' in page
    assert "未收录" in page


def test_a_district_and_a_school_see_their_own_only() -> None:
    assert "北京市昌平职业学校" in body(signed_in(DISTRICT), "/desk/city")
    for someone in (person_of(Role.DISTRICT, "district:haidian"), OTHER_REGISTRAR):
        page = body(signed_in(someone), "/desk/city")
        assert "北京市昌平职业学校" not in page
        assert "还没有学生" in page
    assert "各项目一览" in body(signed_in(person_of(Role.QUALITY_OFFICER, SCHOOL)), "/desk/city")


def test_the_counts_come_as_csv_with_a_byte_order_mark() -> None:
    response = signed_in(CITY).get("/desk/city.csv")
    text = response.content.decode("utf-8-sig")
    assert response.content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["项目编号"], row["级"], row["计划数"], row["录取"], row["曾注册中职"]) == (
        PROJECT,
        "2023",
        "未收录",
        "4",
        "3",
    )
    assert (row["在籍"], row["休学"], row["已录取"]) == ("2", "1", "1")


def test_a_funnel_shows_the_stages_of_its_kind_only() -> None:
    plain = f"{SCHOOL}::plain:710103"
    admit(row(51), intake=Intake(project=plain, cohort=2024, school=SCHOOL, on=INTAKE.on.replace(year=2024)))
    page = body(signed_in(CITY), "/desk/city").partition("<td><ul")[2]
    assert page.index("毕业") < page.index("高职")


def test_what_a_school_writes_is_words_and_never_markup() -> None:
    report = started()
    client = signed_in(REGISTRAR)
    client.post(f"{LIST}/{report}/write", words(report, **{"text-goals": "<script>alert(1)</script>"}))
    for address in ("", "/write"):
        page = body(client, f"{LIST}/{report}{address}")
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_who_may_not_do_a_deed_is_not_shown_its_page() -> None:
    report = started()
    body(signed_in(HEAD), f"{LIST}/{report}/send", 403)
    body(signed_in(REGISTRAR), f"{LIST}/{report}/sign", 403)


def test_a_late_and_a_missing_report_are_marked() -> None:
    assert "逾期未交" in body(signed_in(CITY), "/desk/city?year=2025")
    late = started(2025)
    written(late)
    carried(late, "sent", "signed", "cosigned", "submitted")
    assert "逾期提交" in body(signed_in(CITY), "/desk/city?year=2025")


@pytest.mark.parametrize("year", ["1999", "9999", "x", "２０２６"])
def test_a_year_that_is_none_shows_this_year(year: str) -> None:
    assert "2026 年度" in body(signed_in(CITY), f"/desk/city?year={year}")


@pytest.mark.parametrize("fields", [{"project": PROJECT, "year": "x"}, {"project": PROJECT, "year": "2030"}])
def test_a_report_of_no_year_is_not_begun(fields: dict[str, str]) -> None:
    assert signed_in(REGISTRAR).post(f"{LIST}/start", fields).status_code == 422
    assert models.ProjectReport.objects.count() == 0


def test_a_project_that_is_none_is_unknown_and_the_list_starts_nothing_by_itself() -> None:
    client = signed_in(REGISTRAR)
    assert client.post(f"{LIST}/start", {"project": "x", "year": "2026"}).status_code == 404
    assert client.get(f"{LIST}/start")["Location"] == LIST


def test_a_changed_figure_is_told_and_nothing_is_shown() -> None:
    report = submitted()
    row = models.ProjectReport.objects.get(pk=report)
    models.ProjectReport.objects.filter(pk=report).update(content=row.content.replace('"pupils":4', '"pupils":9'))
    page = body(signed_in(CITY), f"{LIST}/{report}", 500)
    assert "校验值" in page
    assert "共开设课程" not in page


def test_what_waits_for_signature_stands_on_the_front_page() -> None:
    report = started()
    written(report)
    carried(report, "sent")
    assert "<b>1</b>" in body(signed_in(HEAD), "/desk/").partition("份实施报告等您签署")[0].rpartition("<li")[2]
