"""Pages of facts: both values where a source contradicts itself, breaks in words, downloads that keep every place."""

import csv
import io
import re

import pytest
from django.test import Client

from guantong.web.desk import PublicDesk

BOTH = ("71.84%", "73.31%")


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_contradiction_shows_both_values_with_their_places(client: Client) -> None:
    text = page(client, "/indicators/progression_rate")
    warned = text.split('id="clashes"')[1].split("</section>")[0]
    assert all(value in warned for value in BOTH)
    assert "同一份文件里前后不同" in warned
    assert warned.count("/sources/report-2020") == 2


def test_a_contradiction_is_drawn_as_two_bars(client: Client) -> None:
    drawn = page(client, "/indicators/progression_rate").split('<svg class="chart')[1:]
    chart = next(part.split("</svg>")[0] for part in drawn if "73.31%" in part)
    assert chart.count("bar-apart") == 2


def test_years_counted_otherwise_are_kept_apart_with_the_reason(client: Client) -> None:
    text = page(client, "/indicators/teachers")
    assert "口径不同：中职学校，不含成人中专，不含附设中职班，不含技工学校" in text or "口径不同：中职学校；" in text
    assert 'class="break"' in text


def test_an_attribute_without_a_definition_says_so(client: Client) -> None:
    assert "文件没有给出定义" in page(client, "/indicators/students")
    assert "占专业课教师的比例" in page(client, "/indicators/dual_share")


def test_the_list_is_narrowed_by_words_and_says_where_nothing_is_found(client: Client) -> None:
    found = client.get("/indicators.json?words=满意度").json()
    assert {row["id"] for row in found} == {"student_satisfaction", "alma_mater_satisfaction", "employer_satisfaction"}
    assert "没有收录名称里带" in page(client, "/indicators?words=不存在")


def test_an_unknown_attribute_is_not_found_and_offers_near_ones(client: Client) -> None:
    response = client.get("/indicators/teacher")
    assert response.status_code == 404
    assert "teachers" in response.content.decode()


def test_a_district_without_figures_says_so(client: Client) -> None:
    assert "还没有收录海淀区的数据" in page(client, "/overview/haidian")
    assert client.get("/overview/haidian.json").json()["rows"] == []


def test_an_unknown_district_is_not_found(client: Client) -> None:
    assert client.get("/overview/nowhere").status_code == 404


def test_the_overview_names_the_scope_of_every_figure(client: Client) -> None:
    rows = client.get("/overview/dongcheng.json").json()["rows"]
    budget = next(row for row in rows if row["attribute"] == "budget_per_student")
    assert [fact["scope_text"] for fact in budget["facts"]] == ["中职学校，含附设中职班"]
    assert budget["before"][0]["year"] == budget["facts"][0]["year"] - 1


@pytest.mark.parametrize("table", ["facts", "programmes", "institutions", "indicators"])
def test_csv_and_json_hold_the_same_rows(client: Client, table: str) -> None:
    response = client.get(f"/data/{table}.csv")
    text = response.content.decode()
    data = client.get(f"/data/{table}.json").json()
    assert text.startswith("\ufeff")
    assert response["Content-Disposition"] == f'attachment; filename="{table}.csv"'
    assert response["ETag"]
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0] == list(data["columns"].values())
    assert rows[1:] == [[row[column] for column in data["columns"]] for row in data["rows"]]


def test_every_fact_and_programme_can_be_taken_away(client: Client, desk: PublicDesk) -> None:
    counted = {row["id"]: row["rows"] for row in client.get("/data.json").json()["tables"]}
    contents = desk.contents
    assert counted == {
        "facts": len(contents.facts),
        "programmes": len(contents.plans.programmes),
        "institutions": len(contents.registry.institutions),
        "indicators": len(contents.catalogue.indicators),
    }


def test_no_cell_of_a_download_is_taken_for_a_formula(client: Client) -> None:
    for table in ("facts", "programmes", "institutions", "indicators"):
        text = client.get(f"/data/{table}.csv").content.decode().removeprefix("\ufeff")
        cells = {cell for row in csv.reader(io.StringIO(text)) for cell in row}
        assert [cell for cell in cells if cell[:1] in "=+@" and cell] == []
        assert all(re.fullmatch(r"-\d+(\.\d+)?", cell) for cell in cells if cell.startswith("-"))


def test_an_unknown_table_is_not_found_in_any_form(client: Client) -> None:
    assert [client.get(f"/data/pupils{end}").status_code for end in ("", ".csv", ".json")] == [404, 404, 404]


def test_one_item_with_its_changes_can_be_taken_away(client: Client, desk: PublicDesk) -> None:
    text = client.get("/indicators/teachers.csv").content.decode().removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    wanted = {fact.id for fact in desk.contents.facts if fact.attribute.partition(".")[0] == "teachers"}
    assert {row["编号"] for row in rows} == wanted
    assert client.get("/indicators/nothing.csv").status_code == 404


def test_a_document_says_what_it_states(client: Client, desk: PublicDesk) -> None:
    counted = client.get("/sources/dongcheng-2024.json").json()["facts"]
    assert sum(counted.values()) == sum(fact.place.document == "dongcheng-2024" for fact in desk.contents.facts)
    assert "/indicators/budget_per_student" in page(client, "/sources/dongcheng-2024")
    assert client.get("/sources/jjzc-2023-6.json").json()["facts"] == {}


def test_a_district_leads_to_its_figures(client: Client) -> None:
    assert 'href="/overview/dongcheng"' in page(client, "/districts/dongcheng")
