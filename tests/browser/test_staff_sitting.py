"""Journeys about a sitting in a real browser: passes, a failure, repeats, a refusal and a returned pupil."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenDesk, StaffServer

pytestmark = pytest.mark.browser
CLAUSE = "guantong/clauses/jjzc-2023-6:3.4.1"
FIRST, SECOND = "2023级机电2班", "2023级机电3班"


@pytest.fixture(scope="module")
def classes(staff_server: StaffServer) -> None:
    """The classes of the journeys, once."""
    staff_server.call("tests.browser.staff_sitting_world:classes")


@pytest.fixture(scope="module")
def lists(staff_server: StaffServer) -> dict[str, str]:
    """A list of forty with the school, and a small one with the receiver, once."""
    return dict(staff_server.call("tests.browser.staff_sitting_world:lists"))


def accessible(page: Page) -> None:
    """Whether the page breaks no rule of WCAG 2.2 A and AA."""
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options=options).response["violations"]
    assert found == [], json.dumps([(one["id"], one["nodes"][0]["html"][:200]) for one in found], ensure_ascii=False)


def open_list(page: Page, class_name: str) -> None:
    """Open a list for a class."""
    page.get_by_role("link", name="开始一次转段考核").click()
    choice = page.get_by_role("option", name=class_name).get_attribute("value")
    page.get_by_label("班级和转入的学段").select_option(choice)
    page.get_by_label("考核日期").fill("2026-07-10")
    page.get_by_role("button", name="开始").click()


def choose(page: Page, pupil: int, field: str, label: str) -> None:
    """Choose a value in the row of a pupil."""
    page.get_by_label(f"演示学生{pupil}：{field}", exact=True).select_option(label=label)


def said(page: Page, words: str) -> None:
    """The notice of what was just done."""
    expect(page.get_by_role("status")).to_contain_text(words)


@pytest.mark.usefixtures("classes")
def test_a_sitting_goes_from_the_school_through_its_head_to_the_receiver_and_back(at_the_desk: OpenDesk) -> None:
    page = at_the_desk("registrar", "/desk/sittings")
    open_list(page, FIRST)
    said(page, "名单已开始，共 6 人。")
    choose(page, 13, "考核结果", "未达到，去向待定")
    choose(page, 14, "考核结果", "未达到，学生选择留级")
    choose(page, 15, "考核结果", "未达到，学生选择留级")
    for pupil in (13, 14, 15):
        choose(page, pupil, "完成本学段学业", "是")
    choose(page, 16, "考核结果", "达到条件")
    choose(page, 16, "完成本学段学业", "否")
    page.get_by_role("button", name="其余全部填为达到条件").click()
    expect(page.get_by_text("可以提交 3 人，还不能提交 3 人")).to_be_visible()
    refused = page.get_by_role("row", name="演示学生16")
    expect(refused.get_by_role("link", name="三（四）1")).to_have_attribute(
        "href", "/policies/guantong/clauses/jjzc-2023-6:3.4.1"
    )
    accessible(page)

    choose(page, 14, "符合留级条件", "是")
    choose(page, 14, "下一届有相同或相近专业", "是")
    for field, value in {"文号": "演示〔2026〕7号", "文件日期": "2026-07-01", "出具单位": "演示学校"}.items():
        page.get_by_label(f"演示学生15：{field}").fill(value)
    page.get_by_role("button", name="保存，去提交").click()
    expect(page.get_by_role("heading", name="提交的 5 人")).to_be_visible()
    expect(page.get_by_role("heading", name="留在学校的 1 人")).to_be_visible()
    expect(page.get_by_text("先由校长确认")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="提交 5 人").click()
    said(page, "名单已提交。")
    accessible(page)

    head = at_the_desk("head")
    head.get_by_role("link", name="1 份转段名单等您确认").click()
    accessible(head)
    head.get_by_role("link", name=FIRST).first.click()
    expect(head.get_by_role("heading", name="依据文件办理的 1 人")).to_be_visible()
    expect(head.get_by_text("演示〔2026〕7号")).to_be_visible()
    accessible(head)
    head.get_by_role("button", name="文件齐全，确认").click()
    said(head, "已确认，名单已报接收院校。")

    receiver = at_the_desk("university_registrar")
    receiver.get_by_role("link", name="1 份转段名单等您答复").click()
    receiver.get_by_role("link", name=FIRST).click()
    accessible(receiver)
    choose(receiver, 12, "答复", "退回")
    receiver.get_by_label("演示学生12：退回的理由").fill("学号与名册不符")
    receiver.get_by_role("button", name="其余全部确认，核对").click()
    expect(receiver.get_by_text("确认 4 人，退回 1 人")).to_be_visible()
    expect(receiver.get_by_role("row", name="演示学生14")).to_contain_text("留级，编入 2024 级")
    accessible(receiver)
    receiver.get_by_role("button", name="确认答复").click()
    said(receiver, "已确认办理 4 人，退回 1 人。")

    page.reload()
    expect(page.get_by_role("row", name="演示学生12")).to_contain_text("接收院校退回 学号与名册不符")
    expect(page.get_by_role("row", name="演示学生11")).to_contain_text("已确认办理")
    accessible(page)
    page.get_by_role("button", name="保存，去提交").click()
    page.get_by_role("button", name="提交 1 人").click()
    receiver.reload()
    receiver.get_by_role("button", name="其余全部确认，核对").click()
    receiver.get_by_role("button", name="确认答复").click()
    page.reload()
    page.get_by_role("link", name="关闭名单").click()
    page.get_by_label("为什么关闭").fill("未完成学业，另行办理")
    accessible(page)
    page.get_by_role("button", name="关闭名单").click()
    said(page, "名单已关闭。")
    expect(page.get_by_role("row", name="演示学生16")).to_contain_text("未完成学业，另行办理")
    receiver.reload()
    expect(receiver.get_by_text("不再显示学生")).to_be_visible()
    accessible(receiver)
    page.get_by_role("link", name="演示学生11").click()
    expect(page.get_by_text("高职").first).to_be_visible()


@pytest.mark.usefixtures("classes")
def test_a_list_goes_its_way_without_javascript_and_without_a_mouse(at_the_desk: OpenDesk) -> None:
    page = at_the_desk("registrar", "/desk/sittings", java_script_enabled=False)
    open_list(page, SECOND)
    outcome = page.get_by_label("演示学生17：考核结果")
    outcome.focus()
    page.keyboard.type("达到")
    page.keyboard.press("Tab")
    page.keyboard.type("是")
    page.keyboard.press("Tab")
    page.keyboard.type("91")
    page.keyboard.press("Enter")
    said(page, "已保存。")
    expect(page.get_by_label("演示学生17：成绩")).to_have_value("91")
    page.get_by_role("button", name="其余全部填为达到条件").press("Enter")
    page.get_by_role("button", name="保存，去提交").press("Enter")
    page.get_by_role("button", name="提交 2 人").press("Enter")
    said(page, "名单已提交。")
    receiver = at_the_desk("university_registrar", "/desk/sittings", java_script_enabled=False)
    receiver.get_by_role("link", name=SECOND).press("Enter")
    receiver.get_by_role("button", name="其余全部确认，核对").press("Enter")
    receiver.get_by_role("button", name="确认答复").press("Enter")
    said(receiver, "已确认办理 2 人，退回 0 人。")
    expect(receiver.get_by_text("不再显示学生")).to_be_visible()


@pytest.mark.parametrize("width", [1366, 820, 400])
def test_a_list_of_forty_fits_every_width(at_the_desk: OpenDesk, lists: dict[str, str], width: int) -> None:
    filled = f"/desk/sittings/{lists['filled']}"
    for who, path in (
        ("registrar", "/desk/sittings"),
        ("registrar", "/desk/sittings/new"),
        ("registrar", filled),
        ("registrar", f"{filled}/submit"),
        ("registrar", f"{filled}/close"),
        ("university_registrar", f"/desk/sittings/{lists['waits']}/answer"),
    ):
        page = at_the_desk(who, path, width=width)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        accessible(page)
