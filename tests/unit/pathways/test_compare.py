"""Comparing: up to three subjects point by point, each by its own year, each cell with what it rests on."""

from typing import Any

import pytest
from tests.factories import beijing
from tests.planning import desk

from guantong.errors import InputRefused
from guantong.pathways.compare import MIXED_TYPES, MIXED_YEARS, SINGLE, Comparison, compare, compare_json
from guantong.pathways.compare_points import POINTS, UNKNOWN

Cell = list[dict[str, Any]]


def compared(*names: str, cohort: int | None = None) -> Comparison:
    return compare(names, desk(), beijing().projects, cohort=cohort)


def cells(comparison: Comparison, row: str) -> list[Cell]:
    """The cells of one row, as JSON data."""
    rows: Any = compare_json(comparison, beijing().sources)["rows"]
    found: list[Cell] = next(part["cells"] for part in rows if part["id"] == row)
    return found


def words(cell: Cell) -> str:
    return "｜".join(item["text"] for item in cell)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), "还没有选要对照的内容"),
        (("", " "), "还没有选要对照的内容"),
        (("gaoben", "zhongben", "pugao", "jiuye"), "一次最多对照 3 项"),
        (("gaoben", "gaoben"), "同一项选了两次"),
        (("gaobeng",), "您要找的是不是：gaoben"),
        (("不存在",), "请从路径、招生专业或 3+2 项目的列表里选"),
    ],
)
def test_what_cannot_be_compared_is_refused(names: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputRefused, match=said.replace("+", r"\+")):
        compared(*names)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(InputRefused) as refused:
        compared("x1", "x1", "x2", "x3")
    assert len(refused.value.problems) == 5


def test_the_rows_stand_in_their_order_and_the_worst_case_is_one() -> None:
    comparison = compared("gaoben", "zhongben")
    assert [row.id for row in comparison.rows] == [name for name, _, _ in POINTS]
    assert next(row.label for row in comparison.rows if row.id == "worst_case") == "最坏情况拿什么证"
    assert [part["id"] for part in compare_json(comparison, {})["subjects"]] == ["gaoben", "zhongben"]  # type: ignore[attr-defined]


def test_the_certificate_of_the_college_stage_comes_from_different_hands() -> None:
    gaoben, zhongben = cells(compared("gaoben", "zhongben", cohort=2023), "certificates")
    assert "高职：专科学历证书（高职院校颁发）" in words(gaoben)
    assert "高职：专科学历证书（合作本科高校颁发）" in words(zhongben)
    assert [item["clause"] for item in zhongben] == ["jjzc-2023-6:2.2"] * 3
    assert gaoben[0]["text"].startswith(f"中职：{UNKNOWN}")


def test_each_cell_of_a_ladder_cites_what_it_rests_on() -> None:
    (studies,) = cells(compared("zhongben", cohort=2023), "studies_at")
    (registered,) = cells(compared("zhongben", cohort=2023), "registered_at")
    assert [item["text"] for item in studies] == [
        "中职：第 1 至 3 年，中职学校",
        "高职：第 4 至 5 年，中职学校",
        "本科：第 6 至 7 年，合作本科高校",
    ]
    assert {item["place"]["section"] for item in studies} == {"二（二）"}
    assert {item["clause"] for item in registered} == {"jjzc-2023-6:3.3.2"}


def test_the_cohort_of_2020_studied_its_college_stage_at_the_university() -> None:
    (studies,) = cells(compared("zhongben", cohort=2020), "studies_at")
    assert (studies[1]["text"], studies[1]["grade"]) == ("高职：第 4 至 5 年，合作本科高校", "pending")


def test_a_programme_of_2020_keeps_its_own_years_at_the_university() -> None:
    (studies,) = cells(compared("2020-shangye-01", cohort=2025), "studies_at")
    assert studies[1]["text"] == "高职：第 4 至 5 年，合作本科高校"


def test_a_programme_is_shown_by_its_own_year_and_a_route_by_the_asked_one() -> None:
    comparison = compared("2023-gongye-01", "gaoben", "2020-shangye-3plus2-01", cohort=2025)
    assert [subject.year for subject in comparison.subjects] == [2023, 2025, 2020]
    assert comparison.notices[:2] == (MIXED_YEARS, MIXED_TYPES)
    programme, route, project = cells(comparison, "places")
    assert words(programme).startswith("计划 ")
    assert words(route) == "2025 年贯通培养全部项目计划 1035 人"
    assert words(project) == "表里没有招生人数"
    assert words(cells(comparison, "partner")[2]) == "北京经济管理职业学院　互联网金融"


def test_a_floor_always_comes_with_its_total_and_the_words_beside_it() -> None:
    (entry,) = cells(compared("gaoben", cohort=2024), "entry")
    assert entry[0]["text"] == "2024 年最低 490 分（总分 660 或 670 分）。这是报考门槛，不是录取线；各专业录取线未公布"
    assert entry[0]["grade"] == "unofficial"
    (later,) = cells(compared("gaoben", cohort=2028), "entry")
    assert words(later) == "2028 年的报名规则没有收录"


def test_a_cohort_without_law_borrows_no_certificate() -> None:
    (certificates,) = cells(compared("zhongben", cohort=2028), "certificates")
    assert [item["text"] for item in certificates] == [f"{stage}：{UNKNOWN}" for stage in ("中职", "高职", "本科")]


def test_carried_clauses_are_told() -> None:
    assert "本届通知全文未收录，按2023年通知推定。" in compared("zhongben", cohort=2025).notices
    assert compared("zhongben", cohort=2023).notices == ()


def test_a_project_run_by_one_university_leaves_registration_open() -> None:
    comparison = compared("2023-chengshi-01")
    assert comparison.notices == (SINGLE,)
    assert {item["text"] for row in ("registered_at", "studies_at") for item in cells(comparison, row)[0]} >= {
        f"中职：{UNKNOWN}"
    }


def test_lost_and_shared_quotas_and_partners_are_said_to_be_so() -> None:
    lost = next(row for row in desk().plans.programmes.values() if not row.partner)
    inferred = next(row for row in desk().plans.programmes.values() if row.quota_basis == "inferred")
    assert words(cells(compared(lost.id), "partner")[0]) == "原文缺失"
    assert words(cells(compared(inferred.id), "places")[0]).endswith("（由印出的合计推出）")


def test_a_row_tells_whether_its_cells_differ() -> None:
    rows: Any = compare_json(compared("gaoben", "zhongben", cohort=2023), beijing().sources)["rows"]
    differs = {row["id"]: row["differs"] for row in rows}
    assert (differs["years"], differs["certificates"]) == (False, True)


@pytest.mark.parametrize("name", [route.id for route in beijing().routes.all])
def test_every_route_can_be_compared_and_says_its_worst_case(name: str) -> None:
    (worst,) = cells(compared(name), "worst_case")
    assert worst[0]["text"]
    assert not any(word in str(compare_json(compared(name), beijing().sources)) for word in ("能上", "可录取", "达线"))
