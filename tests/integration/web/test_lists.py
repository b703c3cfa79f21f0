"""Lists and single pages: filters, years that may stand side by side, schools that must not be mixed up."""

import pytest
from django.test import Client

from guantong.web.desk import PublicDesk


def test_the_twin_is_exactly_the_years_array(client: Client, desk: PublicDesk) -> None:
    rows = client.get("/programmes.json?year=2023").json()
    assert [row["id"] for row in rows] == [row.id for row in desk.parts.plans.year(2023).programmes]


def test_without_a_year_the_newest_is_shown(client: Client, desk: PublicDesk) -> None:
    assert {row["year"] for row in client.get("/programmes.json").json()} == {desk.parts.plans.newest()}


def test_filters_narrow_page_and_twin_alike(client: Client) -> None:
    query = "?year=2025&type=zhongben&words=数据"
    rows = client.get(f"/programmes.json{query}").json()
    text = client.get(f"/programmes{query}").content.decode()
    assert rows
    assert f"<b>{len(rows)}</b> 行" in text


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    assert "没有符合这些条件的专业" in client.get("/programmes?words=不存在").content.decode()


def test_other_years_stand_side_by_side_only_where_they_compare(client: Client) -> None:
    years = {
        part["year"]: part["comparable"] for part in client.get("/programmes/2023-dianke-01.json").json()["other_years"]
    }
    assert years == {2020: False, 2025: True}
    assert "收录范围不同" in client.get("/programmes/2023-dianke-01").content.decode()


def test_a_school_is_found_by_its_former_name(client: Client) -> None:
    found = client.get("/schools.json?words=北京电子科技职业学院").json()
    assert "dianke" in [school["id"] for school in found]


def test_look_alikes_are_told_apart(client: Client, desk: PublicDesk) -> None:
    school = next(school for school in desk.parts.registry.institutions.values() if school.apart_from)
    assert "不是同一所学校" in client.get(f"/schools/{school.id}").content.decode()


def test_unknown_districts_come_last_and_are_never_left_out(client: Client) -> None:
    districts = [school["district"] for school in client.get("/schools.json?district=昌平").json()]
    assert districts[0] == "changping"
    assert None in districts
    assert districts == sorted(districts, key=lambda name: name is None)


def test_stopped_majors_compare_only_equal_coverage(client: Client) -> None:
    stopped = client.get("/schools/changping-zhiye.json").json()["stopped"]
    assert {part["year"] for part in stopped} <= {2023}


def test_a_year_that_does_not_cover_a_school_is_not_held_against_it(client: Client) -> None:
    assert "2020 年：该年未收录" in client.get("/schools/dianke").content.decode()


@pytest.mark.parametrize("words", ["转述", "管哪几届", "编成的规则", "案例", "74.5%", "推定"])
def test_a_clause_shows_whom_it_governs_its_values_rules_and_cases(client: Client, words: str) -> None:
    text = client.get("/policies/guantong/clauses/jjzc-2023-6:3.1.2").content.decode()
    assert words in text + client.get("/policies").content.decode()


def test_a_ladder_is_a_drawing_with_words(client: Client) -> None:
    text = client.get("/routes/zhongben").content.decode()
    assert 'role="img" aria-label="中本贯通（3+2+2）的阶梯图。第 1 到 3 年中职' in text
    assert "<li><b>第 1–3 年 · 中职</b>" in text


def test_disagreeing_sources_stand_side_by_side(client: Client) -> None:
    year = client.get("/plans").content.decode().split('id="y2024"')[1].split("</section>")[0]
    assert "<b>660 分</b>" in year
    assert "<b>670 分</b>" in year


@pytest.mark.parametrize(
    ("route", "words"),
    [
        ("zhongwai-411", "<b>第 5 年 · 本科</b><span>在国外大学上课"),
        ("zhuanshengben-tongkao", "<b>年数未写明 · 本科</b><span>在录取的本科高校上课"),
        ("zhiye-benke", "学籍在录取的本科高校"),
        ("zhongben", "<b>第 6–7 年 · 本科</b><span>在合作本科高校上课"),
    ],
)
def test_only_a_partner_is_called_a_partner(client: Client, route: str, words: str) -> None:
    assert words in client.get(f"/routes/{route}").content.decode()


def test_how_long_a_route_takes_is_a_phrase_in_its_line(client: Client) -> None:
    for path in ("/routes", "/routes/zonghe", "/routes/gaoben"):
        assert "。 · 通向" not in client.get(path).content.decode()
    assert "总年数看录取的学校和专业 · 通向" in client.get("/routes/zonghe").content.decode()


def test_every_page_ends_with_the_same_short_digest(client: Client) -> None:
    ends = {client.get(path).content.decode().split('class="version">')[1] for path in ("/", "/data", "/overview")}
    assert len(ends) == 1


def test_what_is_found_in_a_rulebook_is_cited_as_printed(client: Client) -> None:
    text = client.get("/policies/verify").content.decode()
    assert ">jjzc-2023-6:" not in text
    assert "京教职成〔2023〕6号 三（一）1</a>" in text


def test_the_year_of_a_floor_is_a_year_not_a_graduating_class(client: Client) -> None:
    for path in ("/plans", "/policies/guantong/clauses/jjzc-2023-6:3.1.2", "/plan?cohort=2025&score=400"):
        assert "2025 届" not in client.get(path).content.decode()


def test_the_cases_of_each_rulebook_have_a_title_of_their_own(client: Client) -> None:
    books = ("guantong", "zizhu", "xueji")
    titles = {client.get(f"/policies/{book}/cases").content.decode().split("<title>")[1][:12] for book in books}
    assert len(titles) == len(books)


@pytest.mark.parametrize("path", ["/data", "/overview", "/indicators"])
def test_the_pages_of_figures_stand_under_one_heading(client: Client, path: str) -> None:
    assert '<a href="/indicators" aria-current="page">' in client.get(path).content.decode()
