"""The catalogue: filters that are read strictly, and what it says of years, schools, routes and sources."""

import pytest
from tests.factories import beijing
from tests.planning import Data, desk

from guantong.errors import InputRefused, Problem, RouteUnknown, YearNotLoaded
from guantong.pathways.catalogue import (
    find_programmes,
    programmes_json,
    read_filters,
    recruiting,
    routes_json,
    schools_json,
    sources_json,
    years_json,
)
from guantong.pathways.routes import Routes
from guantong.registry import Programme

SOURCES = beijing().sources


def found(**given: str | list[str]) -> tuple[Programme, ...]:
    """The programmes that some filters mean."""
    texts = {name: value if isinstance(value, list) else [value] for name, value in given.items()}
    return find_programmes(read_filters(texts, desk()), desk())


def faults(**given: str | list[str]) -> tuple[Problem, ...]:
    """The problems of some filters."""
    with pytest.raises(InputRefused) as refused:
        found(**given)
    return refused.value.problems


def test_without_a_filter_the_newest_year_is_listed_in_the_order_of_the_plan() -> None:
    assert found() == desk().plans.year(2025).programmes


def test_every_filter_and_an_order_join() -> None:
    rows = found(year="2025", type="gaoben", district="", category="信息技术", words="网络", sort="quota")
    assert rows
    assert {row.type.value for row in rows} == {"gaoben"}


@pytest.mark.parametrize("sort", ["district", "partner", "quota", "interest"])
def test_an_order_changes_the_order_only(sort: str) -> None:
    rows = found(year="2023", sort=sort)
    assert sorted(row.id for row in rows) == sorted(row.id for row in found(year="2023"))
    assert (rows == found(year="2023")) is (sort == "interest" or rows == desk().plans.year(2023).programmes)


@pytest.mark.parametrize("year", ["2024", "0", "-2025", "99999"])
def test_a_year_without_a_plan_is_answered_with_those_that_have_one(year: str) -> None:
    with pytest.raises(YearNotLoaded, match="2020、2023、2025"):
        found(year=year)


@pytest.mark.parametrize(
    ("given", "column", "rule", "remedy"),
    [
        ({"year": "今年"}, "year", "年份应是数字", "例如 2025。"),
        ({"year": "2025.5"}, "year", "年份应是数字", "例如 2025。"),
        ({"year": ["2023", "2025"]}, "year", "这一项只能填一个", "请只留一个。"),
        ({"type": "3+2"}, "type", "没有这个类别", "可填：gaoben、zhongben。"),
        ({"sort": "score"}, "sort", "没有这种次序", "可填：plan、interest、district、partner、quota。"),
        ({"district": "浦东"}, "district", "没有这个区", "可填：东城区、"),
        ({"category": "信息"}, "category", "没有这个专业方向", "可填：信息技术、"),
        ({"words": "长" * 81}, "words", "太长了", "请不要超过 80 个字。"),
        ({"yaer": "2025"}, "yaer", "没有这个输入", "最接近的是 year。"),
    ],
)
def test_a_filter_that_cannot_be_read_is_named(
    given: dict[str, str | list[str]], column: str, rule: str, remedy: str
) -> None:
    (problem,) = faults(**given)
    assert (problem.column, len(problem.value) <= 20) == (column, True)
    assert rule in problem.rule
    assert problem.remedy.startswith(remedy)


def test_every_problem_of_the_filters_is_told_at_once() -> None:
    told = faults(year="x", type="x", sort="x", district="x", category="x", words="x" * 81, other="x")
    assert len(told) == 7


def test_the_same_value_twice_is_one() -> None:
    assert found(year=["2025", " 2025 "]) == found(year="2025")


def test_rows_as_json_keep_the_order() -> None:
    query = read_filters({"year": ["2020"]}, desk())
    assert [row["id"] for row in programmes_json(query, desk(), SOURCES)] == [row.id for row in found(year="2020")]


def years() -> dict[int, Data]:
    """What is said of each year."""
    return {data["year"]: data for data in years_json(desk(), SOURCES)}  # type: ignore[misc]


def test_years_come_newest_first_with_or_without_a_plan() -> None:
    assert list(years()) == sorted(years(), reverse=True)
    assert {2019, 2024, 2025, 2026} <= set(years())


@pytest.mark.parametrize(
    ("year", "readiness", "words", "document"),
    [
        (2020, "QUERY_ONLY", "中本贯通", "report-2020"),
        (2024, "LOCKED", "未载入", None),
        (2025, "QUERY_ONLY", "高本贯通、中本贯通", "report-2025"),
    ],
)
def test_a_year_says_what_its_plan_covers(year: int, readiness: str, words: str, document: str | None) -> None:
    said = years()[year]
    assert (said["readiness"], said["coverage_text"], said["document"]) == (readiness, words, document)


def test_disagreeing_figures_of_a_year_stand_side_by_side() -> None:
    assert [figure["value"] for figure in years()[2024]["paper_totals"]] == [660, 670]
    assert [total["value"] for total in years()[2023]["control_totals"]] == [1920, 890, 2810]


@pytest.mark.parametrize(("words", "some"), [("", True), ("昌平", True), ("北京 职业", True), ("没有的学校", False)])
def test_schools_are_found_by_words_of_their_names(words: str, some: bool) -> None:
    rows = schools_json(desk(), SOURCES, words=words)
    assert bool(rows) is some
    assert (len(rows) == len(desk().registry.institutions)) is (words == "")


@pytest.mark.parametrize(
    ("school", "said"),
    [
        ("changping-zhiye", {"2020": "listed", "2023": "listed", "2025": "listed"}),
        ("gongye", {"2020": "not_covered", "2023": "listed", "2025": "listed"}),
        ("xinxi-keji", {"2020": "not_covered", "2023": "not_listed", "2025": "not_listed"}),
    ],
)
def test_a_school_says_in_which_years_the_plans_list_it(school: str, said: dict[str, str]) -> None:
    assert recruiting(desk().registry[school], desk()) == said


def test_routes_are_shown_by_the_newest_loaded_year() -> None:
    shown: dict[object, Data] = {data["id"]: data for data in routes_json(desk(), SOURCES)}
    assert [stage["registered_at"] for stage in shown["gaoben"]["stages"]] == ["college", "college", "university"]
    assert list(shown) == [route.id for route in desk().routes.all]


def test_an_unknown_route_is_answered_with_those_there_are() -> None:
    assert desk().routes["gaoben"].title.startswith("高本贯通")
    with pytest.raises(RouteUnknown, match="zhongben"):
        desk().routes["zhonben"]


def test_a_source_shows_its_grade_in_words() -> None:
    said = {data["id"]: data for data in sources_json(SOURCES)}
    assert (said["jjzc-2023-6"]["grade_text"], said["essay-2026"]["number"]) == ("官方原文", None)


def test_routes_stand_in_their_own_order_however_they_were_read() -> None:
    known = beijing().routes.all
    assert Routes(reversed(known)).all == known
    assert [route.order for route in known] == sorted(route.order for route in known)
