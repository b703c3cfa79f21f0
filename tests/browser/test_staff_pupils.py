"""Journeys about pupils in a real browser: a roster mended, an approval, a document, a conflict, a reversal."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import FilePayload, Page, expect
from tests.browser.conftest import OpenDesk, StaffServer

from guantong.actions.identity_numbers import check_digit

pytestmark = pytest.mark.browser
HEADINGS = (
    "姓名", "班级", "学号", "身份证号", "出生年月", "电话", "住址", "监护人", "监护人同意书", "中考总分",
    "特殊招生录取", "约定不得转专业",
)  # fmt: skip
PAPER = {"文号": "京教〔2026〕9号", "文件日期": "2026-10-08", "出具单位": "演示市教委"}


def identity(number: int) -> str:
    """An identity number that belongs to nobody, with a right checksum."""
    first = f"00000020100101{number:03d}"
    return first + check_digit(first + "0")


def roster(*identities: str) -> FilePayload:
    """A roster file of invented pupils with these identity numbers."""
    rows = [f"演示新生{number},2025级机电1班,N{number:07d},{text},,,,,,,," for number, text in enumerate(identities, 1)]
    return {"name": "演示名册.csv", "mimeType": "text/csv", "buffer": "\n".join([",".join(HEADINGS), *rows]).encode()}


def fill_paper(page: Page, tmp_path: Path) -> None:
    """Fill in number, date and issuer of a paper and choose its scan."""
    for label, value in PAPER.items():
        page.get_by_label(label, exact=True).fill(value)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 invented")
    page.locator("#file").set_input_files(scan)


def open_step(page: Page, server: StaffServer, pupil: str, kind: str, on: str) -> None:
    """Open the form of a step and give its day."""
    page.goto(f"{server.address}/desk/pupils/{pupil}/steps/{kind}")
    page.get_by_label("生效日期").fill(on)


def accessible(page: Page) -> None:
    """Whether the page breaks no rule of WCAG 2.2 A and AA."""
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options=options).response["violations"]
    assert found == [], json.dumps([(one["id"], one["nodes"][0]["html"][:200]) for one in found], ensure_ascii=False)


def test_a_roster_with_problems_is_mended_and_applied(at_the_desk: OpenDesk) -> None:
    page = at_the_desk("registrar", "/desk/roster")
    page.get_by_label("已有的项目").select_option(index=1)
    page.get_by_label("级 四位入学年份").fill("2025")
    page.get_by_label("录取日期").fill("2025-08-20")
    page.locator("#file").set_input_files(files=[roster(identity(51), "000000200801010000", identity(51))])
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("heading", name="“演示名册.csv”有 3 处要修改")).to_be_visible()
    expect(page.get_by_role("rowheader", name="第 3 行，身份证号")).to_be_visible()
    accessible(page)
    page.locator("#file").set_input_files(files=[roster(identity(51), identity(52), identity(53))])
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("heading", name="核对名册：3 人")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="确认导入 3 人").click()
    expect(page.get_by_text("已导入 3 名学生。")).to_be_visible()
    expect(page.get_by_role("link", name="演示新生2")).to_be_visible()


def test_an_approval_waits_until_the_head_signs(
    at_the_desk: OpenDesk, staff_server: StaffServer, tmp_path: Path
) -> None:
    pupil = staff_server.pupils[0]
    page = at_the_desk("registrar")
    open_step(page, staff_server, pupil, "registered", "2023-09-01")
    page.get_by_label("注册院校").select_option("dianke")
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_role("heading", name="不符合规定，须有主管部门书面批准")).to_be_visible()
    accessible(page)
    fill_paper(page, tmp_path)
    page.get_by_role("button", name="提交，等待确认").click()
    expect(page.get_by_text("学籍注册已登记，等待学校负责人确认后生效。")).to_be_visible()
    head = at_the_desk("head", "/desk/waiting")
    head.get_by_role("link", name="演示学生1：学籍注册").click()
    expect(head.get_by_text("京教〔2026〕9号")).to_be_visible()
    with head.expect_download() as download:
        head.get_by_role("link", name="下载（PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    accessible(head)
    head.get_by_role("button", name="确认，使其生效").click()
    expect(head.get_by_text("已确认，这条变动即时生效。")).to_be_visible()
    page.reload()
    expect(page.get_by_text("经主管部门书面批准")).to_be_visible()


def test_a_printed_pupils_page_has_room_for_its_facts_and_nothing_to_press(
    at_the_desk: OpenDesk, staff_server: StaffServer
) -> None:
    page = at_the_desk("head", f"/desk/pupils/{staff_server.pupils[2]}", width=794)
    undo = page.get_by_role("link", name="撤销")
    expect(undo.first).to_be_visible()
    page.emulate_media(media="print")
    expect(undo.first).to_be_hidden()
    number = page.locator(".facts dd.number").nth(1).bounding_box()
    assert number is not None
    assert number["width"] > 200


def test_a_step_on_the_schools_document_is_marked_as_such(
    at_the_desk: OpenDesk, staff_server: StaffServer, tmp_path: Path
) -> None:
    pupil = staff_server.pupils[1]
    page = at_the_desk("registrar")
    open_step(page, staff_server, pupil, "registered", "2023-09-01")
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_role("button", name="确认办理").click()
    open_step(page, staff_server, pupil, "changed_school", "2024-09-01")
    page.get_by_label("项目", exact=True).select_option(index=1)
    page.get_by_label("就读学校").select_option("shangye")
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_role("heading", name="还不能判断")).to_be_visible()
    expect(page.get_by_role("heading", name="补上缺的内容，可以重新判断")).to_be_visible()
    fill_paper(page, tmp_path)
    page.get_by_role("button", name="提交，等待确认").click()
    expect(page.get_by_text("依据学校提供的文件办理（依据未收录）")).to_be_visible()
    accessible(page)


def test_the_second_of_two_sees_both_versions_and_a_reversal_shows_what_it_undoes(
    at_the_desk: OpenDesk, staff_server: StaffServer
) -> None:
    pupil = staff_server.pupils[2]
    first, second = at_the_desk("registrar"), at_the_desk("registrar")
    open_step(first, staff_server, pupil, "registered", "2023-09-01")
    open_step(second, staff_server, pupil, "not_arrived", "2023-09-01")
    for name in ("下一步：核对", "确认办理"):
        first.get_by_role("button", name=name).click()
        second.get_by_role("button", name=name).click()
    expect(second.get_by_role("heading", name="别人刚刚改过这份记录")).to_be_visible()
    expect(second.get_by_role("heading", name="您要写入的")).to_be_visible()
    accessible(second)
    first.get_by_role("link", name="撤销").first.click()
    expect(first.get_by_role("row", name="学籍状态 在籍 已录取")).to_be_visible()
    first.get_by_label("更正理由").fill("登记错了人")
    accessible(first)
    first.get_by_role("button", name="撤销这条记录").click()
    expect(first.get_by_text("已撤销 1 条记录，原记录保留在档案里。")).to_be_visible()


@pytest.mark.parametrize("width", [1366, 820, 400])
def test_lists_and_pages_fit_every_width(at_the_desk: OpenDesk, staff_server: StaffServer, width: int) -> None:
    for path in ("/desk/pupils", "/desk/projects", f"/desk/pupils/{staff_server.pupils[1]}", "/desk/roster"):
        page = at_the_desk("registrar", path, width=width)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        accessible(page)


def test_a_class_is_ticked_and_stepped_without_a_mouse(at_the_desk: OpenDesk) -> None:
    page = at_the_desk("registrar", "/desk/pupils?sort=name&cohort=2023")
    box = page.get_by_role("checkbox", name="选择 演示学生2")
    box.focus()
    page.keyboard.press("Space")
    page.get_by_label("对勾选的学生").select_option(label="调整班级")
    page.get_by_role("button", name="下一步").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="调整班级：1 人")).to_be_visible()
    page.get_by_label("调到哪个班").fill("2023级机电9班")
    page.keyboard.press("Enter")
    expect(page.get_by_text("调整班级：已办理 1 人。")).to_be_visible()
