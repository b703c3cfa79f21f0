"""Every kind of page: fits a phone, passes axe, breaks no policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser
PAGES = {
    "首页": "/",
    "规划，还没填": "/plan",
    "规划，2025": "/plan?cohort=2025&score=400&household=beijing&exam_eligible=yes&district=fengtai&interest=信息技术",
    "规划，不符合": "/plan?cohort=2025&score=300&household=migrant",
    "规划，没有规则的年份": "/plan?cohort=2028",
    "规划，要修改": "/plan?score=abc&cohort=1999&x=1",
    "招生专业": "/programmes?year=2023",
    "没有结果": "/programmes?words=不存在",
    "一个专业": "/programmes/2023-dianke-10",
    "各年": "/plans",
    "学校": "/schools",
    "一所学校": "/schools/dianke",
    "路径": "/routes",
    "一条路": "/routes/zhongben",
    "规则": "/policies",
    "一个条款": "/policies/guantong/clauses/jjzc-2023-6:3.1.2",
    "案例": "/policies/guantong/cases",
    "出处": "/sources",
    "一份文件": "/sources/report-2025",
    "怎样回答": "/about/method",
    "对照，例子": "/compare",
    "对照，三样": "/compare?route=gaoben&programme=2025-changping-zhiye-01&project=2020-shangmao-3plus2-01",
    "听说": "/claims",
    "听说，没有": "/claims?words=听说380分就稳了",
    "一个说法": "/claims/floor-fell",
    "日历": "/calendar",
    "各区": "/districts",
    "一个区": "/districts/changping",
    "校企合作": "/partnerships",
    "3+2 项目": "/projects",
    "班主任": "/class",
    "一分一段": "/scores",
    "数据": "/indicators",
    "一项数据": "/indicators/intake",
    "一项数据，说法不一": "/indicators/progression_rate",
    "全市概览": "/overview",
    "一个区的概览": "/overview/dongcheng",
    "没有数据的区": "/overview/haidian",
    "下载": "/data",
    "一张表": "/data/facts",
    "没有的页面": "/nope",
    "逐一核对": "/policies/verify",
    "如果分数线变了": "/policies/what-if?number=400",
}
SERIOUS = ("serious", "critical")
SQUEEZED = """
[...document.querySelectorAll("main td, main th")]
  .filter((cell) => cell.innerText.length > 12 && cell.clientWidth > 1)
  .filter((cell) => cell.clientWidth < 110 && cell.clientHeight > 110)
  .filter((cell) => !cell.closest(".preview")).map((cell) => cell.innerText)
"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_nothing_is_wider_than_the_screen(visit: Open, path: str) -> None:
    page = visit(path)
    wider = {}
    for width in (360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        wider[width] = page.evaluate(WIDER)
    assert wider == {360: 0, 768: 0, 1440: 0}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_no_cell_of_a_table_is_squeezed_into_a_thread_on_a_phone(visit: Open, path: str) -> None:
    assert visit(path, width=360).evaluate(SQUEEZED) == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing_serious_by_day_or_by_night(visit: Open, path: str) -> None:
    page = visit(path, width=390)
    by_day = Axe().run(page).response
    page.emulate_media(color_scheme="dark")
    by_night = Axe().run(page).response
    found = [*by_day["violations"], *by_night["violations"]]
    serious = [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in found if fault["impact"] in SERIOUS]
    assert serious == []
    assert len(by_day["passes"]) > 10
