"""What a family reads: verdicts in fixed words, what is missing, the year before all else."""

import pytest
from django.test import Client

FULL = "/plan?cohort=2025&score=400&household=beijing&exam_eligible=yes"


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_todays_grade_leads_to_its_cohort_and_keeps_the_rest(client: Client) -> None:
    response = client.get("/plan?pupil_grade=8&score=400&interest=护理")
    assert (response.status_code, response["Cache-Control"]) == (302, "no-store")
    assert response["Location"] == "/plan?cohort=2028&score=400&interest=%E6%8A%A4%E7%90%86"


def test_the_twin_reads_the_grade_itself(client: Client) -> None:
    assert client.get("/plan.json?pupil_grade=8").json()["applicant"]["cohort"] == 2028


def test_a_year_without_law_says_so_first_and_marks_the_reference(client: Client) -> None:
    text = page(client, "/plan?cohort=2028")
    answer = text.split('id="answer"')[1]
    assert answer.index("2028 年中考的招生计划和规则没有收录") < answer.index("<table")
    reference = answer.split('id="reference"')[1].split("</section>")[0]
    assert "往年参考" in reference
    assert 'class="verdict' not in reference


@pytest.mark.parametrize(
    ("score", "words"),
    [("380", "符合报名条件"), ("379.5", '不符合</span><span class="because">（达到最低录取分数线）')],
)
def test_both_sides_of_the_floor_in_the_fixed_words(client: Client, score: str, words: str) -> None:
    card = page(client, FULL.replace("400", score)).split('id="route-gaoben"')[1].split("</article>")[0]
    assert words in card


def test_the_floor_never_stands_without_its_warning_and_its_total(client: Client) -> None:
    text = page(client, FULL)
    floor = text.split('class="floor"')[1].split("</section>")[0]
    assert "这是报考门槛，不是录取线；各专业录取线未公布" in floor
    assert "占 74.5%" in floor
    assert "1035" in floor


def test_missing_inputs_lead_to_their_fields(client: Client) -> None:
    card = page(client, "/plan?cohort=2025").split('id="route-gaoben"')[1].split("</article>")[0]
    assert '<a href="#field-score">中考总分</a>' in card
    assert '<a href="#field-household">户籍</a>' in card


def test_a_carried_clause_says_so(client: Client) -> None:
    assert "本届通知全文未收录，按2023年通知推定" in page(client, FULL)


def test_faults_stand_on_top_and_beside_their_fields_and_nothing_is_lost(client: Client) -> None:
    response = client.get("/plan?score=abc&cohort=1999&interest=护理&interest=信息技术")
    text = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in text
    assert 'id="field-score-problems"' in text
    assert 'value="abc"' in text
    assert 'value="护理"' in text
    assert 'value="信息技术" checked' in text


def test_the_page_shows_what_the_twin_says(client: Client) -> None:
    data, text = client.get(FULL.replace("/plan", "/plan.json")).json(), page(client, FULL)
    assert {route["id"] for route in data["routes"]} == {part.split('"')[0] for part in text.split('id="route-')[1:]}
    assert [row["id"] for row in data["programmes"] if f"/programmes/{row['id']}" not in text] == []
    assert data["receipts"][0] in text


def test_a_district_is_understood_without_its_last_sign(client: Client) -> None:
    assert '<option value="fengtai" selected>' in page(client, "/plan?district=丰台")


def test_a_plan_leads_to_the_calendar_of_its_year_where_there_is_one(client: Client) -> None:
    assert 'href="/calendar?year=2025"' in page(client, "/plan?cohort=2025")
    far = page(client, "/plan?cohort=2030")
    assert "/calendar?year=" not in far
    assert "没有写日期，因为来源里没有您这一年的日期。" in far
