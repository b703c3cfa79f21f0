"""The December report in a real browser: written, signed, co-signed, submitted, downloaded; then the city's view."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenDesk, StaffServer

pytestmark = pytest.mark.browser
SECTIONS = ("人才培养目标与规格", "职业定位", "课程设置", "教学管理运行", "人才培养质量", "合作机制运行")


def register_pupils() -> int:
    """Register the pupils of the desk's world, so that there is something to count."""
    from tests.desk import SCHOOL
    from tests.reporting import walk

    from guantong.cohorts import EventKind
    from guantong.store import models

    pupils = list(models.Pupil.objects.filter(status="admitted").values_list("pk", flat=True))
    for pupil in pupils:
        walk(pupil, [(EventKind.REGISTERED, "2023-09-01", {"stage": "secondary", "institution": SCHOOL})])
    return len(pupils)


def do(page: Page, deed: str, button: str) -> None:
    """Open a deed's page from the report and confirm it."""
    page.get_by_role("link", name=deed, exact=True).click()
    page.get_by_role("button", name=button, exact=True).click()


def test_the_report_is_written_signed_cosigned_submitted_and_downloaded(
    at_the_desk: OpenDesk, staff_server: StaffServer, tmp_path: Path
) -> None:
    assert staff_server.call("tests.browser.test_staff_report:register_pupils") == 3

    page = at_the_desk("registrar", "/desk/reports")
    page.get_by_role("button", name="开始编写").click()
    page.get_by_role("link", name="编写文字").click()
    for title in SECTIONS[:-1]:
        page.get_by_label(title).fill(f"{title}：本年度按计划推进。\n开课 12 门。")
    page.get_by_role("group", name="后段院校每学期向前段院校派出教师").get_by_label("已落实").check()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    expect(page.get_by_label(SECTIONS[0])).to_have_value(re.compile(f"^{SECTIONS[0]}"))

    page.goto(page.url.removesuffix("/write"))
    report = page.url
    do(page, "送签", "送签")
    expect(page.get_by_text("“合作机制运行”还没有写")).to_be_visible()
    page.goto(f"{report}/write")
    page.get_by_label(SECTIONS[-1]).fill("每月会商一次。")
    page.get_by_role("button", name="保存并看全文").click()
    do(page, "送签", "送签")
    expect(page.get_by_role("link", name="编写文字")).to_have_count(0)

    head = at_the_desk("head", report.removeprefix(staff_server.address))
    do(head, "签署", "签署")
    expect(head.get_by_text("等合作高校负责人会签").first).to_be_visible()
    partner = at_the_desk("university_head", report.removeprefix(staff_server.address))
    do(partner, "会签", "会签")
    page.goto(report)
    do(page, "提交市教委", "提交")
    expect(page.get_by_text("已提交市教委。")).to_be_visible()
    expect(page.get_by_role("cell", name="已落实")).to_be_visible()

    for label, first in (("下载 Word", b"PK"), ("下载 PDF", b"%PDF")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=label).click()
        file = tmp_path / "paper"
        waiting.value.save_as(file)
        assert file.read_bytes().startswith(first)

    city = at_the_desk("city", "/desk/city")
    expect(city.get_by_text("按时提交", exact=True)).to_be_visible()
    city.get_by_role("link", name="打开").click()
    expect(city.get_by_role("heading", name="2026 年度项目实施报告")).to_be_visible()
    expect(city.get_by_role("link", name="提交市教委")).to_have_count(0)
    with city.expect_download() as waiting:
        city.goto(f"{staff_server.address}/desk/city")
        city.get_by_role("link", name="下载 CSV").click()
    assert waiting.value.suggested_filename == "各项目各级人数-2026-11-20.csv"


@pytest.mark.parametrize("width", [1366, 820])
def test_the_pages_fit_their_screens(at_the_desk: OpenDesk, width: int) -> None:
    for who, path in (("registrar", "/desk/reports"), ("city", "/desk/city")):
        page = at_the_desk(who, path, width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
