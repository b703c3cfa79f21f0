"""A year of the quality desk in a real browser: forms filled, sent back, signed, confirmed; the loop; the report."""

import re
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenDesk, StaffServer

pytestmark = pytest.mark.browser
WORLD = "tests.browser.staff_quality_world"
OWN, YEAR = "changping-zhiye", 2026
WHERE = f"/desk/quality/{YEAR}/{OWN}"
PLACEMENT = f"{WHERE}/scorecard.placement"
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


def do(page: Page, deed: str, button: str) -> None:
    """Open a deed's page and confirm it."""
    page.get_by_role("link", name=deed, exact=True).click()
    page.get_by_role("button", name=button, exact=True).click()


def test_a_year_goes_from_forms_to_the_published_report(
    at_the_desk: OpenDesk, staff_server: StaffServer, tmp_path: Path
) -> None:
    officer = at_the_desk("quality", "/desk/quality")
    expect(officer.get_by_text("还没有填报年度")).to_be_visible()
    for step in ("opened", "filled", "handed_in"):
        staff_server.call(f"{WORLD}:{step}")

    city = at_the_desk("city", "/desk/quality")
    expect(city.get_by_role("link", name="已逾期").first).to_be_visible()
    city.get_by_role("link", name="人才培养质量计分卡（就业办）：已逾期").first.click()
    expect(city.get_by_role("heading", name="人才培养质量计分卡（就业办）")).to_be_visible()

    officer.goto(staff_server.address + PLACEMENT)
    cell = officer.locator('input[name="value-placed"]')
    expect(cell).to_have_attribute("aria-invalid", "true")
    expect(officer.locator("#faults-placed").get_by_text("其中项")).to_be_visible()
    officer.get_by_role("button", name="保存并交给质量专员").click()
    expect(officer.get_by_role("button", name="交出这一节")).to_have_count(0)
    officer.get_by_role("link", name="回去修改").click()
    officer.locator('input[name="value-graduates"]').press("ArrowDown")
    assert officer.evaluate("document.activeElement.name").startswith("value-")
    cell.fill("190")
    officer.get_by_role("button", name="保存并交给质量专员").click()
    officer.get_by_role("button", name="交出这一节").click()
    officer.goto(staff_server.address + PLACEMENT)
    officer.get_by_role("link", name="退回处室").click()
    officer.get_by_label("要改什么").fill("请核对就业人数")
    officer.get_by_role("button", name="退回").click()
    officer.goto(staff_server.address + PLACEMENT)
    expect(officer.get_by_text("请核对就业人数")).to_be_visible()
    officer.get_by_role("button", name="保存并交给质量专员").click()
    officer.get_by_role("button", name="交出这一节").click()
    officer.goto(staff_server.address + PLACEMENT)
    do(officer, "审核通过", "通过")
    do(officer, "送签", "送请校长签署")

    head = at_the_desk("head", WHERE)
    head.get_by_role("link", name="签署真实性声明").click()
    expect(head.get_by_text("真实性、完整性和准确性负责")).to_be_visible()
    head.get_by_role("button", name="签署").click()
    do(at_the_desk("district", WHERE), "确认", "确认")
    city.goto(staff_server.address + WHERE)
    do(city, "接收", "接收")

    officer.goto(staff_server.address + "/desk/diagnosis")
    officer.get_by_role("button", name="诊断", exact=True).click()
    with officer.expect_download() as waiting:
        officer.get_by_role("link", name="下载诊断意见书").click()
    waiting.value.save_as(tmp_path / "letter.pdf")
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")
    for name in ("生均占地面积", "生均图书"):
        officer.goto(f"{staff_server.address}/desk/diagnosis/{YEAR}/{OWN}")
        officer.get_by_role("button", name=re.compile(f"整改立项.*{name}")).first.click()
    officer.get_by_label("责任处室或岗位").fill("资产处")
    officer.get_by_label("期限").fill("2026-12-01")
    officer.get_by_role("button", name="确定").click()
    expect(officer.get_by_text("制定整改方案").first).to_be_visible()
    staff_server.call(f"{WORLD}:tasks_done")

    staff_server.call(f"{WORLD}:exempted")
    staff_server.call(f"{WORLD}:city_report")
    city.goto(f"{staff_server.address}/desk/yearly/{YEAR}/city")
    expect(city.get_by_text("可以签署")).to_be_visible()
    do(city, "签署", "签署")
    do(city, "公布", "公布")
    with city.expect_download() as waiting:
        city.get_by_role("link", name="下载 Word").click()
    waiting.value.save_as(tmp_path / "report.docx")
    assert zipfile.is_zipfile(tmp_path / "report.docx")
    assert staff_server.call(f"{WORLD}:accounted") == []

    staff_server.call(f"{WORLD}:next_year")
    officer.goto(staff_server.address + "/desk/tasks")
    officer.get_by_label("用哪一年的数据").fill(str(YEAR + 1))
    officer.get_by_role("button", name="核验上一年的事项").click()
    expect(officer.get_by_text("核验 2 项，关闭 1 项。")).to_be_visible()
    expect(officer.get_by_text("仍有这一条")).to_be_visible()


PAGES = (
    ("city", "/desk/quality"),
    ("city", "/desk/quality/calendar"),
    ("quality", "/desk/quality"),
    ("quality", WHERE),
    ("quality", PLACEMENT),
    ("quality", f"{WHERE}/satisfaction.quality"),
    ("city", "/desk/diagnosis"),
    ("quality", f"/desk/diagnosis/{YEAR}/{OWN}"),
    ("quality", f"/desk/advice/{OWN}"),
    ("quality", "/desk/tasks?show=all"),
    ("city", "/desk/grading"),
    ("city", "/desk/yearly"),
    ("city", f"/desk/yearly/{YEAR}/city"),
    ("quality", f"/desk/yearly/{YEAR}/{OWN}/write"),
    ("quality", f"/desk/cases?year={YEAR}"),
)


@pytest.mark.parametrize("width", [1366, 820])
def test_the_pages_fit_their_screens_and_are_accessible(at_the_desk: OpenDesk, width: int) -> None:
    """Runs after the year above, on its desk."""
    wrong: dict[str, object] = {}
    for who, path in PAGES:
        page = at_the_desk(who, path, width=width)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong[path] = "too wide"
        found = Axe().run(page, options=AXE).response["violations"]
        if found:
            wrong[f"{path} axe"] = [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]
    assert wrong == {}
