"""Comparing, what one hears, the calendar, districts, partnerships, 3+2 projects, history."""

import re

import pytest
from django.test import Client

from guantong.pathways.recompute import Grounds, recompute
from guantong.web.desk import PublicDesk

THREE = "/compare?route=gaoben&programme=2025-changping-zhiye-01&project=2020-shangmao-3plus2-01"


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_comparison_has_the_row_of_the_worst_case(client: Client) -> None:
    row = page(client, THREE).split('id="point-worst_case"')[1].split("</tr>")[0]
    assert "最坏情况拿什么证" in row
    assert row.count("<td ") == 3
    assert row.count("中职毕业证书") >= 2


def test_page_and_twin_compare_the_same(client: Client) -> None:
    text, data = page(client, THREE), client.get(THREE.replace("/compare", "/compare.json")).json()
    assert [row["id"] for row in data["rows"]] == re.findall(r'id="point-(\w+)"', text)
    assert [part["kind"] for part in data["subjects"]] == ["route", "programme", "project"]
    assert all(part["name"] in text for part in data["subjects"])


def test_removing_is_an_address_without_the_one(client: Client) -> None:
    links = re.findall(r'class="remove" href="([^"]+)"', page(client, THREE))
    assert len(links) == 3
    assert links[0] == "/compare?programme=2025-changping-zhiye-01&amp;project=2020-shangmao-3plus2-01"


def test_adding_is_a_form_that_keeps_what_is_there(client: Client) -> None:
    text = page(client, "/compare?route=gaoben&route=&programme=")
    assert '<input type="hidden" name="route" value="gaoben">' in text
    assert '<select id="f-programme" name="programme">' in text
    assert "放进来" not in page(client, THREE)


def test_a_fourth_one_is_refused_with_words(client: Client) -> None:
    response = client.get(f"{THREE}&route=zhongben")
    assert response.status_code == 422
    assert "最多对照 3 项" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/routes/zhongben", "/compare?route=zhongben"),
        ("/programmes/2023-dianke-01", "/compare?programme=2023-dianke-01"),
    ],
)
def test_what_can_be_compared_leads_there(client: Client, address: str, link: str) -> None:
    assert f'href="{link}"' in page(client, address)


def test_each_verdict_on_the_page_is_the_one_that_is_recomputed(client: Client, desk: PublicDesk) -> None:
    contents, parts = desk.contents, desk.parts
    grounds = Grounds(
        books=desk.books, book=parts.book, plans=parts.plans, routes=parts.routes, partnerships=contents.partnerships
    )
    for claim in contents.claims.all:
        found = recompute(claim, grounds)
        assert found in (None, claim.verdict)
        assert f"</svg>{claim.verdict.label}</span>" in page(client, f"/claims/{claim.id}")


def test_each_thing_said_of_a_claim_has_its_clause_or_place(client: Client, desk: PublicDesk) -> None:
    for claim in desk.contents.claims.all:
        rows = page(client, f"/claims/{claim.id}").split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
        assert len(rows) == len(claim.says)
        assert [row for row in rows if 'class="place"' not in row] == []


def test_claims_are_narrowed_by_verdict_and_words(client: Client) -> None:
    found = client.get("/claims.json?verdict=不准确&words=分数线").json()
    assert {claim["verdict"] for claim in found} == {"inaccurate"}
    assert {"floor-fell"} < {claim["id"] for claim in found}


def test_a_sentence_nobody_entered_is_answered_with_the_nearest(client: Client) -> None:
    text = page(client, "/claims?words=听说380分就稳了是真的吗")
    assert "没有收录，不等于它对，也不等于它错" in text
    assert 'href="/claims/380-is-enough"' in text
    assert client.get("/claims.json?words=听说380分就稳了是真的吗").json() == []


def test_a_coming_date_is_not_made_up(client: Client) -> None:
    text = page(client, "/calendar")
    assert "<h1>2027 年的日历</h1>" in text
    assert "2027 年：待公布" in text
    assert not re.search(r"2027 年 \d+ 月", text)
    assert {year["year"] for kind in client.get("/calendar.json").json()["kinds"] for year in kind["years"]} == {2027}


def test_a_past_year_without_a_date_is_not_on_file(client: Client) -> None:
    text = page(client, "/calendar?year=2025")
    assert "2025 年：未收录" in text
    assert "2025 年 7 月 9 日" in text


def test_every_district_is_a_tile_and_a_link(client: Client, desk: PublicDesk) -> None:
    text = page(client, "/districts")
    tiles = re.findall(r'<li class="(tile-row-\d tile-column-\d)"><a href="/districts/(\w+)"', text)
    assert {name for _, name in tiles} == set(desk.parts.registry.districts)
    assert len({where for where, _ in tiles}) == len(tiles) == 18


def test_schools_of_unknown_district_are_counted_apart_and_none_is_lost(client: Client, desk: PublicDesk) -> None:
    parts = client.get("/districts.json").json()
    assert sum(len(part["schools"]) for part in parts) == len(desk.parts.registry.institutions)
    unknown = next(part for part in parts if part["id"] == "unknown")
    assert f"{len(unknown['schools'])} 所学校，所在区没有收录" in page(client, "/districts")


def test_beside_every_partnership_stands_that_it_is_not_being_hired(client: Client, desk: PublicDesk) -> None:
    text = page(client, "/partnerships")
    assert text.count("合作不等于录用</small>") == len(desk.contents.partnerships)
    assert text.count('<span class="basis">非官方，未核实</span>') == 15
    assert "合作不等于录用</small>" in page(client, "/schools/changping-zhiye")


def test_projects_are_found_beside_the_plan_and_never_in_its_totals(client: Client) -> None:
    plan, projects = page(client, "/programmes?words=数字媒体"), client.get("/projects.json?words=数字媒体").json()
    assert f"里有 <b>{len(projects['projects'])}</b> 行符合同样的条件" in plan
    assert 'href="/projects?words=%E6%95%B0%E5%AD%97%E5%AA%92%E4%BD%93"' in plan
    assert [row for row in client.get("/programmes.json").json() if row["type"] not in ("gaoben", "zhongben")] == []


@pytest.mark.parametrize("suffix", ["", ".json"])
def test_the_type_3_plus_2_leads_to_the_list_of_projects(client: Client, suffix: str) -> None:
    response = client.get(f"/programmes{suffix}?type=3%2B2&district=昌平&year=2025")
    assert (response.status_code, response["Location"]) == (302, f"/projects{suffix}?district=%E6%98%8C%E5%B9%B3")


def test_each_list_of_projects_says_what_it_covers(client: Client, desk: PublicDesk) -> None:
    text = page(client, "/projects")
    assert [file.id for file in desk.contents.projects.files.values() if file.coverage not in text] == []


def test_history_is_a_drawing_with_its_table_and_marks_its_break(client: Client) -> None:
    text = page(client, "/programmes/2025-changping-zhiye-01").split('id="history-title"')[1].split("</section>")[0]
    assert 'role="img" aria-label="中本贯通历年计划人数图。2020 年计划中没有' in text
    assert text.count('class="break"') == 1
    assert text.count('<g class="bar bar-gap"') == 3
    assert "2020 与 2023 年：两年的计划收录范围不同，不能相比" in text
    assert '<th scope="row">2025</th><td>60 人</td>' in text


def test_the_front_page_has_its_three_boxes(client: Client) -> None:
    text = page(client, "/")
    for heading, action in (("哪个年级", "/plan"), ("找学校或专业", "/schools"), ("听说……", "/claims")):
        assert f'action="{action}" method="get">\n      <h2>{heading}</h2>' in text
    assert 'formaction="/programmes"' in text


def test_the_frame_of_a_year_without_a_plan_is_wider_than_the_words_in_it(client: Client) -> None:
    frames = re.findall(
        r'bar-gap"><rect x="\d+" y="\d+" width="(\d+)".*?>(\w+)</text>', page(client, "/schools/dianke")
    )
    assert frames
    assert all(int(width) > 12 * len(words) for width, words in frames)
