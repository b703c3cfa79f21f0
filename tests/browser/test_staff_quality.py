"""The open year of the demonstration (演示市) in a real browser: three schools, the loop, and the published report."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenDesk, StaffServer, desk_world, running

pytestmark = pytest.mark.browser
WORLD = "tests.browser.staff_quality_world"
YEAR = 2026
FAULTY, CLEAN, LATE = "yanshi-gongye", "yanshi-shangmao", "yanshi-zhiyuan"
FIGURES = "中职毕业生 {form.graduates;secondary}，高职毕业生 {form.graduates;higher}。"

AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


@pytest.fixture(scope="module")
def staff_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffServer]:
    """A real server on a small demonstration, loaded as `guantong demo` loads it."""
    variables = {"GUANTONG_DATA": str(tmp_path_factory.mktemp("demo") / "data"), "DATABASE_URL": ""}
    made = desk_world(variables, "demo")
    with running(variables) as place:
        yield StaffServer(place, variables, made["accounts"], ())


def where(organisation: str, section: str = "") -> str:
    """The address of a submission or of one of its sections."""
    return f"/desk/quality/{YEAR}/{organisation}" + (f"/{section}" if section else "")


def do(page: Page, deed: str, button: str) -> None:
    """Open a deed's page and confirm it."""
    page.get_by_role("link", name=deed, exact=True).click()
    page.get_by_role("button", name=button, exact=True).click()


def fill_in(form: Path, values: dict[str, tuple[str, str, str]]) -> None:
    """Fill in a downloaded form as a person does: numbers as numbers, in the columns that ask for them."""
    book = openpyxl.load_workbook(form)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        heads = {cell.value: number for row in sheet.iter_rows(max_row=6) for number, cell in enumerate(row, 1)}
        for row in range(1, sheet.max_row + 1):
            name = str(sheet.cell(row, heads["编号"]).value)
            if name not in values:
                continue
            value, sample, method = values[name]
            sheet.cell(row, heads["数值"]).value = Decimal(value)
            if sample:
                sheet.cell(row, heads["调查人数"]).value = int(sample)
                sheet.cell(row, heads["调查方式"]).value = method
    book.save(form)


def test_a_school_with_errors_mends_them_and_one_section_is_sent_back(
    at_the_desk: OpenDesk, staff_server: StaffServer
) -> None:
    section = where(FAULTY, "scorecard.placement")
    office = at_the_desk("chushi", section)
    placed = office.locator('input[name="value-placed"]')
    expect(placed).to_have_attribute("aria-invalid", "true")
    expect(office.locator("#faults-placed").get_by_text("其中项")).to_be_visible()
    office.get_by_role("button", name="保存并交给质量专员").click()
    expect(office.get_by_role("link", name="回去修改")).to_be_visible()
    expect(office.get_by_role("button", name="交出这一节")).to_have_count(0)
    office.get_by_role("link", name="回去修改").click()
    office.locator('input[name="value-graduates"]').press("ArrowDown")
    assert office.evaluate("document.activeElement.name").startswith("value-")
    placed.fill("290")
    office.locator('input[name="value-placement-rate"]').fill("96.67")
    office.get_by_role("button", name="保存并交给质量专员").click()
    office.get_by_role("button", name="交出这一节").click()
    expect(office.get_by_text("已交给质量专员。")).to_be_visible()

    officer = at_the_desk("zhiliang", section)
    officer.get_by_role("link", name="退回处室").click()
    officer.get_by_label("要改什么").fill("请写明就业人数的来源")
    officer.get_by_role("button", name="退回").click()
    expect(officer.get_by_text("已退回处室。")).to_be_visible()
    office.goto(staff_server.address + section)
    expect(office.get_by_text("请写明就业人数的来源")).to_be_visible()
    office.get_by_role("button", name="保存并交给质量专员").click()
    office.get_by_role("button", name="交出这一节").click()
    expect(office.get_by_text("已交给质量专员。")).to_be_visible()

    officer.goto(staff_server.address + section)
    do(officer, "审核通过", "通过")
    staff_server.call(f"{WORLD}:handed_in_by_the_faulty_school")
    officer.goto(staff_server.address + where(FAULTY))
    do(officer, "送签", "送请校长签署")
    do(at_the_desk("xiaozhang", where(FAULTY)), "签署真实性声明", "签署")
    do(at_the_desk("qujiaowei", where(FAULTY)), "确认", "确认")
    city = at_the_desk("shijiaowei", where(FAULTY))
    do(city, "接收", "接收")
    expect(city.get_by_text("已接收。")).to_be_visible()


def test_a_clean_school_is_signed_confirmed_by_its_own_district_and_received(at_the_desk: OpenDesk) -> None:
    head = at_the_desk("xiaozhang-shangmao", where(CLEAN))
    head.get_by_role("link", name="签署真实性声明").click()
    expect(head.get_by_text("真实性、完整性和准确性负责")).to_be_visible()
    head.get_by_role("button", name="签署", exact=True).click()
    expect(head.get_by_text("已签署，等主管部门确认。")).to_be_visible()
    expect(at_the_desk("qujiaowei", "/desk/quality").get_by_text("演示市商贸学校")).to_have_count(0)
    do(at_the_desk("qujiaowei-west", where(CLEAN)), "确认", "确认")
    do(at_the_desk("shijiaowei", where(CLEAN)), "接收", "接收")


def test_a_late_school_reports_with_the_downloaded_form(
    at_the_desk: OpenDesk, staff_server: StaffServer, tmp_path: Path
) -> None:
    city = at_the_desk("shijiaowei", "/desk/quality")
    city.get_by_role("link", name="已逾期").first.click()
    expect(city.get_by_role("heading", name="人才培养质量计分卡").first).to_be_visible()
    officer = at_the_desk("zhiliang-zhiyuan", where(LATE))
    with officer.expect_download() as waiting:
        officer.get_by_role("link", name="下载填报表（XLSX）").click()
    form = tmp_path / "form.xlsx"
    waiting.value.save_as(form)
    fill_in(form, staff_server.call(f"{WORLD}:values_of_the_late_school"))
    officer.get_by_label("填好的填报表").set_input_files(form)
    officer.get_by_role("button", name="导入").click()
    expect(officer.get_by_text("已导入，改动了")).to_be_visible()
    staff_server.call(f"{WORLD}:handed_in_by_the_late_school")
    officer.reload()
    do(officer, "送签", "送请校长签署")
    do(at_the_desk("xiaozhang-zhiyuan", where(LATE)), "签署真实性声明", "签署")
    city.goto(staff_server.address + where(LATE))
    do(city, "确认", "确认")
    do(city, "接收", "接收")
    city.goto(f"{staff_server.address}/desk/quality")
    expect(city.get_by_role("link", name="已逾期")).to_have_count(0)


def test_this_year_s_data_close_one_task_and_not_another_and_the_year_is_published(
    at_the_desk: OpenDesk, staff_server: StaffServer
) -> None:
    city = at_the_desk("shijiaowei", "/desk/tasks")
    city.get_by_label("用哪一年的数据").fill(str(YEAR))
    city.get_by_role("button", name="核验上一年的事项").click()
    expect(city.get_by_role("row", name="生均教学科研仪器设备值").get_by_text("已关闭")).to_be_visible()
    expect(city.get_by_role("row", name="生均图书").get_by_text("仍未消除")).to_be_visible()
    city.goto(f"{staff_server.address}/desk/quality/calendar?year={YEAR}")
    city.get_by_role("button", name=f"发布 {YEAR} 年数据").click()
    expect(city.get_by_text("以后只能更正").first).to_be_visible()

    officer = at_the_desk("zhiliang", "/desk/diagnosis")
    officer.get_by_role("button", name="诊断", exact=True).click()
    with officer.expect_download() as waiting:
        officer.get_by_role("link", name="下载诊断意见书").click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF")


def test_the_city_s_report_is_written_signed_published_and_every_number_of_it_accounted_for(
    at_the_desk: OpenDesk, staff_server: StaffServer
) -> None:
    team = at_the_desk("nianbao", f"/desk/yearly/{YEAR}/city/write")
    for place in team.locator("textarea").all():
        place.fill("本节文字由编制组撰写（演示）。")
    team.locator("textarea").first.fill("毕业生 620 人。")
    team.get_by_role("button", name="保存").click()
    expect(team.get_by_role("alert").get_by_text("人才培养：行文里有未绑定的数字")).to_be_visible()
    expect(team.locator("textarea").last).to_have_value("本节文字由编制组撰写（演示）。")
    team.locator("textarea").first.fill(FIGURES)
    team.get_by_role("button", name="保存").click()
    expect(team.get_by_text("已保存。")).to_be_visible()

    city = at_the_desk("shijiaowei", f"/desk/yearly/{YEAR}/city")
    do(city, "签署", "签署")
    do(city, "公布", "公布")
    expect(city.get_by_text("已公布。")).to_be_visible()
    school = at_the_desk("zhiliang-shangmao", f"/desk/yearly?year={YEAR}")
    for label, first in (("Word", b"PK"), ("PDF", b"%PDF")):
        with school.expect_download() as waiting:
            school.get_by_role("link", name=re.compile(f"{label}.*市教委")).click()
        assert Path(waiting.value.path()).read_bytes().startswith(first)
    assert staff_server.call(f"{WORLD}:accounted") == []


PAGES = (
    ("shijiaowei", "/desk/quality"),
    ("shijiaowei", "/desk/quality/calendar"),
    ("zhiliang", "/desk/quality"),
    ("zhiliang", where(FAULTY)),
    ("zhiliang", where(FAULTY, "scorecard.placement")),
    ("zhiliang", where(FAULTY, "satisfaction.quality")),
    ("shijiaowei", "/desk/diagnosis"),
    ("zhiliang", f"/desk/diagnosis/{YEAR}/{FAULTY}"),
    ("zhiliang", f"/desk/advice/{FAULTY}"),
    ("zhiliang", "/desk/tasks?show=all"),
    ("shijiaowei", "/desk/grading"),
    ("shijiaowei", f"/desk/grading/{YEAR - 1}"),
    ("shijiaowei", "/desk/yearly"),
    ("shijiaowei", f"/desk/yearly/{YEAR}/city"),
    ("zhiliang", f"/desk/yearly/{YEAR}/{FAULTY}/write"),
    ("zhiliang", f"/desk/cases?year={YEAR}"),
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
