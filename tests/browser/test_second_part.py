"""The journeys of the second part: compare, check what one hears, find a district, print for a class."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open
from tests.browser.test_every_page import SERIOUS, WIDER

pytestmark = pytest.mark.browser
CLASS = (
    "座号,中考年份,分数,户籍,升学资格,区\n1,2025,400,本市正式户籍,是,丰台区\n2,2025,370,本市正式户籍,是,\n3,2027,,,,\n"
)
TABLE = "score,count,cumulative\n505+,12,12\n504,9,21\n503.5,3,24\n"


def sent(page: Page, table: str) -> Page:
    page.get_by_label(re.compile("粘贴在这里")).fill(table)
    page.locator("form.sending button").click()
    page.wait_for_load_state()
    return page


def test_two_routes_are_compared_without_javascript(visit: Open) -> None:
    page = visit("/routes/gaoben", java_script_enabled=False)
    page.get_by_role("link", name="把这条路放进对照").click()
    page.get_by_label("加一条路").select_option(label="3+2 中高职衔接")
    page.get_by_role("button", name="放进来").click()
    row = page.get_by_role("row", name=re.compile("最坏情况拿什么证"))
    expect(row.get_by_role("cell")).to_have_count(2)
    page.get_by_role("link", name=re.compile("^移出.*高本贯通")).click()
    expect(page).to_have_url(re.compile(r"/compare\?route=three-plus-two$"))


def test_what_one_hears_is_found_from_the_front_page(visit: Open) -> None:
    page = visit("/")
    page.get_by_label("听说了什么").fill("380")
    page.get_by_role("button", name="查一查").click()
    page.get_by_role("link", name="「380 分稳上本科」").click()
    expect(page.locator(".verdict-line")).to_have_text("不准确")
    expect(page.get_by_role("table", name="来源怎么写")).to_contain_text("2025 年")


def test_a_school_or_a_major_is_found_from_the_front_page(visit: Open) -> None:
    page = visit("/", java_script_enabled=False)
    page.get_by_label("学校或专业的名称").fill("护理")
    page.get_by_role("button", name="找专业").click()
    expect(page).to_have_url(re.compile(r"/programmes\?words="))
    expect(page.get_by_text("3+2 中高职衔接项目里有")).to_be_visible()


def test_the_map_of_districts_is_walked_with_the_keyboard_alone(visit: Open) -> None:
    page = visit("/districts", width=360)
    first = page.get_by_role("navigation", name="各区示意图").get_by_role("link").first
    first.focus()
    expect(first).to_have_accessible_name(re.compile("^延庆区"))
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_accessible_name(re.compile("^昌平区"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("昌平区")


def test_claims_are_narrowed_in_place_and_the_address_follows(visit: Open) -> None:
    page = visit("/claims")
    page.get_by_label("结论").select_option(label="属实")
    page.get_by_role("button", name="查一查").click()
    expect(page).to_have_url(re.compile(r"/claims\?verdict=true$"))
    expect(page.locator(".claims .verdict-no")).to_have_count(0)


def test_the_type_3_plus_2_leads_to_its_own_list(visit: Open) -> None:
    page = visit("/programmes")
    page.get_by_label("类型").select_option(label="3+2 中高职衔接")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3+2 中高职衔接项目")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_class_is_printed_one_pupil_a_page(visit: Open, tmp_path: Path, javascript: bool) -> None:
    page = sent(visit("/class", java_script_enabled=javascript), CLASS)
    expect(page.get_by_role("heading", name=re.compile("座号"))).to_have_count(3)
    expect(page.locator(".qr").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".qr").first).to_be_visible()
    expect(page.locator(".site-header")).to_be_hidden()
    pdf = page.pdf(path=tmp_path / "class.pdf", format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 3


def test_a_whole_class_fits_a_page_each(visit: Open, tmp_path: Path) -> None:
    rows = "".join(f"{number},2025,{370 + number},本市正式户籍,是,昌平区,护理、信息技术\n" for number in range(1, 61))
    page = sent(visit("/class"), f"座号,中考年份,分数,户籍,升学资格,区,兴趣\n{rows}")
    pdf = page.pdf(path=tmp_path / "class.pdf", format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 60


def test_faults_of_a_list_stand_on_top_with_row_and_column(visit: Open) -> None:
    page = sent(visit("/class"), "座号,分数\n1,很高\n王,400\n")
    expect(page.get_by_role("alert")).to_contain_text("第 2 行，中考总分")
    expect(page.get_by_role("alert")).to_contain_text("第 3 行，座号")
    expect(page.get_by_label(re.compile("粘贴在这里"))).to_have_value("座号,分数\n1,很高\n王,400\n")


def test_a_score_is_placed_in_the_table_that_was_brought(visit: Open) -> None:
    page = visit("/scores", java_script_enabled=False)
    for label, text in (
        ("哪一年", "2025"),
        ("试卷总分", "510"),
        ("哪里的考生", "丰台区"),
        ("表从哪里来", "区考试中心"),
    ):
        page.get_by_label(re.compile(f"^{label}")).fill(text)
    page.get_by_label(re.compile("^分数")).fill("504")
    sent(page, TABLE)
    expect(page.get_by_role("region", name="504 分在这张表里的位置")).to_contain_text("来源：区考试中心")


@pytest.mark.parametrize(("path", "table"), [("/class", CLASS), ("/class", "座号,分数\n1,很高\n"), ("/scores", TABLE)])
def test_answers_to_what_is_sent_fit_a_phone_and_pass_axe(visit: Open, path: str, table: str) -> None:
    page = sent(visit(path, width=360), table)
    assert page.evaluate(WIDER) == 0
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in found if fault["impact"] in SERIOUS] == []


@pytest.mark.parametrize("path", ["/compare", "/claims", "/calendar", "/districts", "/partnerships", "/projects"])
def test_on_paper_each_page_is_its_contents_alone(visit: Open, path: str) -> None:
    page = visit(path)
    page.emulate_media(media="print")
    for gone in page.locator("form, .site-header, .site-footer").all():
        expect(gone).to_be_hidden()
    assert page.evaluate(WIDER) == 0


def test_the_plan_carries_its_code_on_paper_only(visit: Open) -> None:
    page = visit("/plan?cohort=2025&score=400")
    expect(page.locator(".qr")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".qr")).to_be_visible()


@pytest.mark.parametrize("width", [360, 414])
def test_the_navigation_stands_on_one_line_of_a_phone(visit: Open, width: int) -> None:
    tops = visit("/", width=width).eval_on_selector_all(
        ".site-header nav a", "links => links.map(link => link.getBoundingClientRect().top)"
    )
    assert len(set(tops)) == 1
