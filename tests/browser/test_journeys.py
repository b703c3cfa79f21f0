"""The journeys of a family, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser
FULL = "/plan?cohort=2025&score=400&household=beijing&exam_eligible=yes"


def test_a_child_in_grade_8_gets_the_reference_year_and_no_verdict(visit: Open) -> None:
    page = visit("/")
    page.get_by_label("孩子哪一年中考").select_option(label="初二（八年级）：2028 年中考")
    page.get_by_role("button", name="看有哪些路").click()
    expect(page).to_have_url(re.compile(r"/plan\?cohort=2028"))
    expect(page.locator(".notice-warning")).to_contain_text("2028 年中考的招生计划和规则没有收录")
    expect(page.get_by_role("region", name=re.compile("往年参考"))).to_contain_text("这里不作任何判断")
    expect(page.locator(".verdict-yes, .verdict-no")).to_have_count(0)


def test_a_plan_for_2025_with_400_points(visit: Open) -> None:
    page = visit("/plan")
    page.get_by_label("年级或中考年份").select_option("2025")
    page.get_by_label("中考总分").fill("400")
    page.get_by_label("户籍").select_option("beijing")
    page.get_by_label("有没有当年中考升学资格").select_option("yes")
    page.get_by_role("button", name="看有哪些路").click()
    card = page.get_by_role("article", name="高本贯通")
    expect(card.locator(".verdict-line")).to_have_text("符合报名条件")
    expect(card).to_contain_text("这是报考门槛，不是录取线；各专业录取线未公布")
    expect(page).to_have_url(re.compile(r"/plan\?cohort=2025&score=400&household=beijing&exam_eligible=yes$"))
    expect(page.locator("#answer-title")).to_be_focused()


def test_faults_stand_beside_their_fields_and_nothing_is_lost(visit: Open) -> None:
    page = visit("/plan")
    page.get_by_label("中考总分").fill("很高")
    page.get_by_label("护理").fill("护理")
    page.get_by_role("button", name="看有哪些路").click()
    expect(page.get_by_role("alert")).to_contain_text("中考总分应是数字")
    expect(page.locator("#problems")).to_be_focused()
    page.get_by_role("alert").get_by_role("link", name="中考总分").click()
    expect(page.get_by_label("中考总分")).to_have_value("很高")
    expect(page.get_by_label("护理")).to_have_value("护理")


def test_a_school_is_found_by_its_former_name(visit: Open) -> None:
    page = visit("/schools")
    page.get_by_label("学校名称").fill("电子科技职业学院")
    page.get_by_role("button", name="查询").click()
    page.get_by_role("link", name="北京科技职业大学").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("北京科技职业大学")
    expect(page.get_by_text("不是同一所学校")).to_be_visible()


def test_going_back_gives_the_answer_before(visit: Open) -> None:
    page = visit(FULL)
    page.get_by_label("中考总分").fill("370")
    page.get_by_role("button", name="看有哪些路").click()
    expect(page.locator(".verdict-no").first).to_be_visible()
    page.go_back()
    expect(page.get_by_label("中考总分")).to_have_value("400")
    expect(page.locator(".verdict-no")).to_have_count(0)


def test_without_javascript_everything_is_there(visit: Open) -> None:
    page = visit("/plan", java_script_enabled=False)
    page.get_by_label("年级或中考年份").select_option("2025")
    page.get_by_label("中考总分").fill("379.5")
    page.get_by_role("button", name="看有哪些路").click()
    expect(page.get_by_role("article", name="高本贯通")).to_contain_text("达到最低录取分数线")
    expect(page.get_by_role("article", name="高本贯通").locator(".verdict-line")).to_contain_text("不符合")


def test_print_leaves_the_answer_alone_on_few_pages(visit: Open, tmp_path: Path) -> None:
    page = visit(FULL)
    page.emulate_media(media="print")
    for gone in ("form", ".site-header", ".site-footer", "[data-print]"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".print-head")).to_contain_text("2026 年 11 月 20 日")
    expect(page.locator(".print-head")).to_contain_text("中考总分：400 分")
    pdf = page.pdf(path=tmp_path / "plan.pdf", format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 4


def test_the_keyboard_alone_reaches_the_answer(visit: Open) -> None:
    page = visit("/plan")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_label("中考总分")).to_be_focused()
    page.keyboard.type("400")
    page.keyboard.press("Enter")
    expect(page.locator("#answer-title")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="打印")).to_be_focused()


def test_an_overview_link_unfolds_its_route(visit: Open) -> None:
    page = visit(FULL)
    page.get_by_role("table", name="各条路一览").get_by_role("link", name="综合高中班").click()
    expect(page.locator("#route-zonghe")).to_be_visible()
