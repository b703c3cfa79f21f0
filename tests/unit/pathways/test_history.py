"""Enrolment history: one series per school and type, broken where coverage differs or a year is missing."""

from tests.factories import beijing
from tests.packages import Package
from tests.planning import desk

from guantong.pathways.history import LISTED, NOT_COVERED, NOT_LISTED, NOT_LOADED, history, history_json


def quotas(school: str, major: str = "") -> dict[int, int | None]:
    (series,) = history(desk().plans, school, major=major)
    return {point.year: point.quota for point in series.points}


def test_a_school_has_its_places_year_by_year_and_gaps_where_no_plan_is_loaded() -> None:
    assert quotas("changping-zhiye") == {2020: 200, 2021: None, 2022: None, 2023: 210, 2024: None, 2025: 120}
    (series,) = history(desk().plans, "changping-zhiye")
    assert {point.year: point.state for point in series.points if point.quota is None} == dict.fromkeys(
        (2021, 2022, 2024), NOT_LOADED
    )
    assert series.points[0].actual == 198
    assert series.points[3].actual is None


def test_no_segment_joins_years_of_different_coverage_and_no_line_crosses_a_gap() -> None:
    (series,) = history(desk().plans, "changping-zhiye")
    assert series.segments == ((2020,), (2023, 2025))
    assert [(gap.after, gap.before) for gap in series.breaks] == [(2020, 2023), (2023, 2025)]
    assert "收录范围不同" in series.breaks[0].reason
    assert "2024 年没有可用的分专业计划" in series.breaks[1].reason


def test_a_type_that_a_plan_does_not_cover_is_a_gap_and_not_a_zero() -> None:
    (series,) = history(desk().plans, "gongye")
    assert (series.points[0].state, series.points[0].quota) == (NOT_COVERED, None)
    assert (series.points[3].quota, series.points[5].quota) == (270, 270)


def test_a_school_that_left_the_plan_stands_at_zero_where_the_plan_covers_its_type() -> None:
    (series,) = history(desk().plans, "xinxi")
    assert (series.points[-1].state, series.points[-1].quota) == (NOT_LISTED, 0)
    assert series.points[3].state == LISTED


def test_a_major_is_matched_by_its_exact_name_or_code_and_never_guessed() -> None:
    assert quotas("shangye", "电子商务")[2025] == 25
    assert quotas("shangye", "730701")[2025] == 25
    assert history(desk().plans, "shangye", major="电子") == ()
    assert quotas("changping-zhiye", "大数据技术与应用")[2025] == 0


def test_a_school_of_no_plan_has_no_series() -> None:
    assert history(desk().plans, "waishi") == ()


def test_a_sum_with_an_unknown_part_is_unknown(tiny: Package) -> None:
    tiny.change("programmes/2023.csv", "60,printed", ",missing")
    tiny.change("programmes/2023.csv", "40,inferred,100-60=40", "40,printed,")
    (series,) = history(tiny.open().plans, "first-school")
    assert [point.quota for point in series.points] == [None]


def test_years_that_follow_each_other_under_equal_coverage_are_joined(tiny: Package) -> None:
    for ending in ("csv", "yaml"):
        tiny.put(f"programmes/2024.{ending}", tiny.text(f"programmes/2023.{ending}").replace("2023", "2024"))
    (series,) = history(tiny.open().plans, "first-school")
    assert (series.segments, series.breaks) == (((2023, 2024),), ())


def test_the_data_of_a_series_name_rows_places_and_grades() -> None:
    (told,) = history_json(history(desk().plans, "shangye", major="电子商务"), beijing().sources)
    points = told["points"]
    assert isinstance(points, list)
    assert points[-1]["programmes"] == ["2025-shangye-02"]
    assert (points[-1]["grade"], points[-1]["places"][0]["lines"]) == ("official", [893])
    assert points[1]["state_text"] == "这一年没有载入分专业计划"
    assert told["type_text"] == "中本贯通"
