"""The work desk's door, frame, accounts, journal and family pages in a real browser."""

import base64
import time

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenDesk, StaffServer

from guantong.actions.second_factor import SECONDS, code_at

pytestmark = pytest.mark.browser
SERIOUS = ("serious", "critical")
PAGES = {
    "登录": ("", "/desk/sign-in"),
    "工作台": ("head", "/desk/"),
    "用途": ("registrar", "/desk/purpose"),
    "本人账号": ("teacher", "/desk/own"),
    "账号": ("operator", "/desk/accounts"),
    "新开账号": ("operator", "/desk/accounts/new"),
    "机构": ("operator", "/desk/organisations"),
    "主管部门": ("operator", "/desk/organisations/dianke/supervisor"),
    "日志": ("auditor", "/desk/journal"),
    "日志条目": ("auditor", "/desk/journal/entries"),
    "没有权限": ("registrar", "/desk/accounts"),
    "没有找到": ("operator", "/desk/accounts/none"),
    "家庭查阅": ("", "/desk/family"),
    "查阅码": ("registrar", "/desk/pupils/{pupil}/family"),
    "账号一个": ("operator", "/desk/accounts/{account}"),
    "关闭账号": ("operator", "/desk/accounts/{account}/close"),
}


def enter(page: Page, login: str, password: str, factor: str, later: int = 0) -> None:
    """Fill in the door's form and send it."""
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_label("动态口令").fill(code_at(base64.b32decode(factor), int(time.time()) // SECONDS + later))
    page.get_by_label("这次登录的用途").select_option(label="办理学籍变动")
    page.get_by_role("button", name="登录").click()


def test_the_door_opens_with_two_factors_and_closes_again(at_the_desk: OpenDesk, staff_server: StaffServer) -> None:
    made = staff_server.accounts["registrar"]
    page = at_the_desk("", "/desk/own")
    enter(page, made["login"], made["password"], made["second_factor"])
    expect(page.get_by_role("heading", name="本人账号")).to_be_visible()
    page.locator(".who summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.goto(f"{staff_server.address}/desk/")
    expect(page.get_by_role("heading", name="登录工作台")).to_be_visible()


def test_an_operator_opens_an_account_and_its_owner_enters(at_the_desk: OpenDesk, staff_server: StaffServer) -> None:
    page = at_the_desk("operator", "/desk/accounts")
    page.get_by_role("link", name="新开账号").click()
    page.get_by_label("登录名").fill("newcomer")
    page.get_by_label("姓名").fill("演示新人")
    page.get_by_label("角色").select_option(label="学籍管理员")
    page.get_by_label("在哪个机构").select_option(value="dianke")
    page.get_by_role("button", name="开通").click()
    expect(page.get_by_role("img", name="动态口令密钥的二维码")).to_be_visible()
    expect(page.locator("dd.secret")).to_have_count(3)
    login, password, factor = (part.inner_text() for part in page.locator("dd.secret").all())
    newcomer = at_the_desk("", "/desk/")
    enter(newcomer, login, password, factor)
    expect(newcomer.get_by_role("heading", name="演示新人，您好")).to_be_visible()
    page.get_by_role("link", name="已经记下，打开这个账号").click()
    page.get_by_role("link", name="收回").click()
    page.get_by_role("button", name="收回").click()
    expect(page.get_by_text("已收回，从今天起不再有效。")).to_be_visible()
    newcomer.reload()
    expect(newcomer.get_by_text("您的角色现在没有可办理的事项")).to_be_visible()


def test_a_code_leads_a_family_to_its_record(at_the_desk: OpenDesk, staff_server: StaffServer) -> None:
    page = at_the_desk("teacher", f"/desk/pupils/{staff_server.pupils[0]}/family")
    page.get_by_label("学生本人").check()
    page.get_by_role("button", name="发放查阅码").click()
    code = page.locator(".family-code").inner_text()
    home = at_the_desk("", "/desk/family", width=390)
    home.get_by_label("查阅码").fill(code.lower())
    home.get_by_role("button", name="打开").click()
    expect(home.get_by_role("heading", name="演示学生1")).to_be_visible()
    home.get_by_role("button", name="看完了，关闭").click()
    expect(home.get_by_role("heading", name="家庭查阅")).to_be_visible()


def test_everything_is_done_with_the_keyboard_alone(at_the_desk: OpenDesk) -> None:
    page = at_the_desk("operator", "/desk/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    words = []
    for _ in range(12):
        page.keyboard.press("Tab")
        words.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert {"账号", "机构", "日志"} <= set(words)


def test_the_desk_works_without_javascript(at_the_desk: OpenDesk, staff_server: StaffServer) -> None:
    made = staff_server.accounts["city"]
    page = at_the_desk("", "/desk/", java_script_enabled=False)
    enter(page, made["login"], made["password"], made["second_factor"])
    expect(page.get_by_role("heading", name="演示市教委，您好")).to_be_visible()
    page.locator(".who summary").click()
    page.get_by_role("link", name="更换用途").click()
    page.get_by_label("用途", exact=True).select_option(label="审计与检查")
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_text("用途：审计与检查")).to_be_visible()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious_by_day_or_by_night_and_nothing_overflows(
    name: str, at_the_desk: OpenDesk, staff_server: StaffServer
) -> None:
    who, path = PAGES[name]
    names = {"pupil": staff_server.pupils[0], "account": staff_server.accounts["quality"]["id"]}
    page = at_the_desk(who, path.format(**names))
    found = Axe().run(page).response["violations"]
    page.emulate_media(color_scheme="dark")
    found += Axe().run(page).response["violations"]
    page.set_viewport_size({"width": 820, "height": 1100})
    found += Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in found if fault["impact"] in SERIOUS] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
