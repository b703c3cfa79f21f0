"""Plans: what is loaded of which year, what may stand side by side, and rows as JSON."""

from dataclasses import replace

import pytest
from tests.factories import beijing
from tests.packages import Package

from guantong.errors import ProgrammeUnknown, YearNotLoaded
from guantong.evidence import Grade, Place
from guantong.registry import Plans, ProjectType, Readiness, Stage
from guantong.registry.plans import Figure

PLANS = beijing().plans
GAOBEN, ZHONGBEN = ProjectType.GAOBEN, ProjectType.ZHONGBEN


def test_the_loaded_years_are_known_oldest_first() -> None:
    assert (PLANS.years, PLANS.newest()) == ((2020, 2023, 2025), 2025)


def test_a_year_without_a_plan_is_answered_with_those_that_have_one() -> None:
    with pytest.raises(YearNotLoaded, match="2020、2023、2025"):
        PLANS.year(2024)


@pytest.mark.parametrize(
    ("year", "readiness"), [(2023, "QUERY_ONLY"), (2024, "LOCKED"), (2025, "QUERY_ONLY"), (2026, "LOCKED")]
)
def test_a_year_can_be_queried_only_where_its_plan_by_major_is_loaded(year: int, readiness: str) -> None:
    assert PLANS.readiness(year).value == readiness


@pytest.mark.parametrize(
    ("year", "kind", "rows"),
    [(2020, ZHONGBEN, True), (2020, GAOBEN, False), (2025, GAOBEN, True), (2024, GAOBEN, False)],
)
def test_rows_of_a_type_stand_only_where_the_year_covers_it(year: int, kind: ProjectType, rows: bool) -> None:
    assert bool(PLANS.of(year, kind)) is rows


def test_rows_keep_the_order_of_the_plan() -> None:
    both = [*PLANS.of(2023, GAOBEN), *PLANS.of(2023, ZHONGBEN)]
    assert sorted(both, key=list(PLANS.year(2023).programmes).index) == list(PLANS.year(2023).programmes)


@pytest.mark.parametrize(
    ("one", "other", "may"), [(2023, 2025, True), (2020, 2025, False), (2024, 2025, False), (2025, 2024, False)]
)
def test_years_stand_side_by_side_only_within_equal_coverage(one: int, other: int, may: bool) -> None:
    assert PLANS.comparable(one, other) is may


def test_a_programme_is_found_by_its_id_and_a_near_one_is_offered() -> None:
    found = PLANS["2025-changping-zhiye-01"]
    assert (found.year, found.school_id) == (2025, "changping-zhiye")
    with pytest.raises(ProgrammeUnknown, match="2025-changping-zhiye-01"):
        PLANS["2025-changping-zhiye-1"]


def test_no_plan_at_all_has_no_newest_year() -> None:
    assert Plans([], []).newest() is None


def test_disagreeing_totals_of_a_year_stand_side_by_side() -> None:
    assert [figure.grade.value for figure in PLANS.figures[2024].total_places()] == ["reprint", "unofficial"]
    assert [figure.value for figure in PLANS.figures[2024].paper_totals] == ["660", "670"]
    assert [figure.value for figure in PLANS.figures[2023].total_places()] == ["2810"]


def test_a_figure_as_json_has_a_number_where_it_is_one() -> None:
    place = Place(document="d")
    count = Figure(value="1375", text="", type="all", grade=Grade.REPRINT, place=place).as_json({})
    batch = Figure(value="early", text="提前招生", type="", grade=Grade.REPRINT, place=place).as_json({})
    assert (count["value"], count["type"], "text" in count) == (1375, "all", False)
    assert (batch["value"], batch["text"], "type" in batch) == ("early", "提前招生", False)


def test_what_a_row_does_not_know_is_null(tiny: Package) -> None:
    row = tiny.open().plans["2023-first-school-02"].as_json({})
    assert [row[name] for name in ("code", "partner", "partner_id", "partner_kind", "partner_major", "actual")] == [
        None
    ] * 6
    assert (row["quota"], row["quota_basis"], row["quota_arithmetic"]) == (40, "inferred", "100-60=40")
    assert (row["school"], row["direction"], row["majors"]) == ("一职", "西餐", ["烹饪"])


def test_a_row_names_the_line_of_a_merged_cell_only_where_it_is_another(tiny: Package) -> None:
    first, second = (tiny.open().plans[f"2023-first-school-0{number}"] for number in (1, 2))
    assert first.places == {}
    assert {name: place.lines for name, place in second.places.items()} == {"school": "10", "group": "10"}


def test_a_row_without_a_group_has_none() -> None:
    alone = replace(PLANS["2025-changping-zhiye-01"], group="", group_quota=None)
    assert alone.as_json({})["group"] is None


@pytest.mark.parametrize("member", [*ProjectType, *Readiness, *Stage])
def test_each_word_has_chinese_words(member: ProjectType | Readiness | Stage) -> None:
    assert any("一" <= sign <= "鿿" for sign in member.label)
