"""Diagnosis: each yardstick speaks where it may, is silent where too little is known, and carries its evidence."""

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.indicators.catalogue import CATALOGUE, RATE, RATIO, indicator

from guantong.diagnosis import (
    FEWEST_PEERS,
    Finding,
    FindingKind,
    Observed,
    Panel,
    School,
    Severity,
    diagnose,
    diagnose_all,
    findings_json,
    parts_moved,
    percentile,
    ranked,
    rate_moved,
    trend_of,
)
from guantong.evidence import Grade
from guantong.indicators import Catalogue, Compared, Entry, Form, check_form
from guantong.reconciliation import Printed
from guantong.registry import Stage


def school(number: int = 0, kind: str = "工科") -> School:
    """A college among its peers."""
    return School(id=f"s{number}", name=f"演示学校{number}", stage=Stage.COLLEGE, kind=kind, size="中")


def seen(indicator_: str, value: str, year: int = 2025, of: str = "s0", people: int | None = None) -> Observed:
    """One confirmed number."""
    return Observed(
        fact=f"{of}:{indicator_}:{year}",
        school=of,
        indicator=indicator_,
        year=year,
        value=Printed.read(value),
        people=people,
    )


def findings(
    *observed: Observed, schools: Sequence[School] = (), breaks: dict[str, frozenset[int]] | None = None
) -> tuple[Finding, ...]:
    """Findings of the first school for 2025."""
    return diagnose(Panel(schools or [school()], observed, breaks), CATALOGUE, "s0", 2025)


def test_nothing_known_nothing_said() -> None:
    assert findings() == ()


@pytest.mark.parametrize(
    ("value", "severity"), [("90", None), ("89.9", Severity.WATCH), ("70", Severity.WATCH), ("69.9", Severity.GRAVE)]
)
def test_a_threshold_has_two_levels(value: str, severity: Severity | None) -> None:
    found = findings(seen("rate", value))
    assert [one.severity for one in found] == ([severity] if severity else [])
    if severity:
        assert found[0].evidence == ("s0:rate:2025",)


def test_a_level_that_is_only_recalled_is_told_as_such_and_weighs_less() -> None:
    recalled = replace(RATE, thresholds=(replace(RATE.thresholds[0], grade=Grade.PENDING),))
    catalogue = Catalogue(CATALOGUE.tables, [recalled])
    (found,) = diagnose(Panel([school()], [seen("rate", "60")]), catalogue, "s0", 2025)
    assert found.severity is Severity.WATCH
    assert "标准待核实" in found.text


def test_a_level_of_another_kind_of_school_is_not_asked() -> None:
    assert findings(seen("rate", "60"), schools=[school(kind="艺术")]) == ()


def test_few_people_behind_a_rate_are_told_instead_of_judged() -> None:
    (found,) = findings(seen("rate", "50", people=12))
    assert (found.kind, found.severity) == (FindingKind.TOO_FEW, Severity.NOTE)
    assert "12 人" in found.text
    assert findings(seen("rate", "50", people=30))[0].kind is FindingKind.THRESHOLD


def test_a_steady_fall_is_a_trend_and_one_wild_year_is_none() -> None:
    falls = [
        seen("pupils", str(value), year)
        for year, value in zip(range(2020, 2026), (1000, 900, 820, 730, 640, 560), strict=True)
    ]
    (found,) = [one for one in findings(*falls) if one.kind is FindingKind.TREND]
    assert found.severity is Severity.WATCH
    assert "2020—2025 年下降：1000 → 560人" in found.text
    assert len(found.evidence) == 6
    wild = [
        seen("pupils", str(value), year)
        for year, value in zip(range(2020, 2026), (1000, 1003, 300, 1001, 1004, 1002), strict=True)
    ]
    assert [one for one in findings(*wild) if one.kind is FindingKind.TREND] == []


def test_a_school_s_explanation_ends_with_one_full_stop_and_names_the_indicator_once() -> None:
    entry = Entry(indicator="graduates", value=Printed.read("2", exact=True), explanation="停招一届。")
    form = Form(organisation="s0", year=2025, stage=Stage.COLLEGE, entries={"graduates": entry})
    compared = Compared(last_year={"graduates": Printed.read("200", exact=True)})
    faults = [one for one in check_form(CATALOGUE, form, compared).faults if one.indicator.id == "graduates"]
    (found,) = diagnose(Panel([school()], []), CATALOGUE, "s0", 2025, faults)
    assert found.text.endswith("学校说明：停招一届。")
    assert found.text.count("指标graduates：") == 0


def test_the_course_of_a_share_is_told_in_points_and_never_as_a_share_of_a_share() -> None:
    falls = [seen("rate", value, year) for year, value in zip(range(2022, 2026), ("72", "66", "60", "54"), strict=True)]
    (found,) = [one for one in findings(*falls) if one.kind is FindingKind.TREND]
    assert "每年约下降 6.0 个百分点" in found.text


def test_a_trend_never_crosses_a_break_of_definition() -> None:
    falls = [
        seen("pupils", str(value), year)
        for year, value in zip(range(2020, 2026), (1000, 900, 820, 730, 640, 560), strict=True)
    ]
    assert findings(*falls, breaks={"pupils": frozenset({2023})}) == ()
    assert findings(*falls, breaks={"pupils": frozenset({2022})})[0].kind is FindingKind.TREND


def test_for_some_indicators_rising_is_worse() -> None:
    rises = [
        seen("ratio", str(value), year) for year, value in zip(range(2021, 2026), (12, 15, 18, 21, 25), strict=True)
    ]
    assert [one.severity for one in findings(*rises) if one.kind is FindingKind.TREND] == [Severity.GRAVE]
    assert RATIO.direction.value == "down"


def test_a_school_behind_its_peers_is_told_with_their_number() -> None:
    schools = [school(number) for number in range(20)]
    observed = [seen("rate", str(90 + number / 10), of=f"s{number}") for number in range(20)]
    (found,) = [one for one in findings(*observed, schools=schools) if one.kind is FindingKind.PEERS]
    assert "20 所学校" in found.text
    few = findings(*observed[: FEWEST_PEERS - 1], schools=schools)
    assert [one for one in few if one.kind is FindingKind.PEERS] == []
    other = [school(0), *(school(number, "艺术") for number in range(1, 20))]
    assert [one for one in findings(*observed, schools=other) if one.kind is FindingKind.PEERS] == []


def test_the_part_that_moved_a_sum_is_named() -> None:
    then = [seen("whole", "200", 2024), seen("study", "120", 2024), seen("work", "80", 2024)]
    now = [seen("whole", "150"), seen("study", "75"), seen("work", "75")]
    (found,) = [one for one in findings(*then, *now) if one.kind is FindingKind.COMPOSITION]
    assert found.text == "指标whole比上年减少 50人，主要来自指标study（减少 45人）。"
    assert set(found.evidence) == {"s0:whole:2024", "s0:whole:2025", "s0:study:2024", "s0:study:2025"}
    assert [one for one in findings(*then, *now[:2]) if one.kind is FindingKind.COMPOSITION] == []


def test_what_a_form_s_checks_found_is_a_finding_with_the_school_s_explanation() -> None:
    entries = {
        "graduates": Entry(indicator="graduates", value=Printed.read("10")),
        "placed": Entry(indicator="placed", value=Printed.read("11")),
    }
    checked = check_form(CATALOGUE, Form(organisation="s0", year=2025, stage=Stage.COLLEGE, entries=entries))
    (found,) = diagnose(Panel([school()], []), CATALOGUE, "s0", 2025, checked.faults)
    assert (found.kind, found.severity, found.indicator) == (FindingKind.CONSISTENCY, Severity.GRAVE, "placed")


def test_ids_are_the_same_in_every_run_and_differ_by_year() -> None:
    one, again = findings(seen("rate", "60")), findings(seen("rate", "61"))
    assert one[0].id == again[0].id
    assert replace(one[0], year=2024).id != one[0].id


def test_the_gravest_comes_first_and_the_json_holds_the_contract() -> None:
    found = findings(seen("rate", "60"), seen("ratio", "3", people=3))
    assert [one.severity for one in found] == [Severity.GRAVE, Severity.NOTE]
    assert ranked(reversed(found)) == found
    data = findings_json(found)["findings"]
    assert isinstance(data, list)
    assert set(data[0]) == {"id", "subject", "year", "indicator", "kind", "severity", "evidence", "text"}


Points = st.lists(
    st.tuples(st.integers(2000, 2030), st.integers(-100, 100)), min_size=4, max_size=9, unique_by=lambda p: p[0]
)


@given(Points)
def test_the_slope_is_the_median_of_all_pairs(points: list[tuple[int, int]]) -> None:
    slopes = sorted(Fraction(b[1] - a[1], b[0] - a[0]) for a, b in combinations(points, 2))
    half = len(slopes) // 2
    middle = slopes[half] if len(slopes) % 2 else (slopes[half - 1] + slopes[half]) / 2
    trend = trend_of([(year, float(value)) for year, value in points])
    assert trend is not None
    assert trend.slope == pytest.approx(float(middle))


@given(st.lists(st.integers(0, 50), min_size=FEWEST_PEERS, max_size=30), st.data())
def test_a_percentile_counts_those_below_and_half_of_the_equal_ones(values: list[int], data: st.DataObject) -> None:
    value = data.draw(st.sampled_from(values))
    below, same = sum(one < value for one in values), sum(one == value for one in values)
    assert percentile(value, values) == pytest.approx(100 * (below + same / 2) / len(values))
    assert percentile(value, values[: FEWEST_PEERS - 1]) is None


@given(
    st.dictionaries(st.sampled_from("abcd"), st.integers(-50, 50)),
    st.dictionaries(st.sampled_from("abcd"), st.integers(-50, 50)),
)
def test_parts_add_up_to_the_movement_of_the_whole(before: dict[str, int], after: dict[str, int]) -> None:
    moved = parts_moved({k: Fraction(v) for k, v in before.items()}, {k: Fraction(v) for k, v in after.items()})
    assert sum(part.moved for part in moved) == sum(after.values()) - sum(before.values())


Groups = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 60), st.integers(0, 40), st.integers(1, 60)), min_size=1, max_size=5
)


@given(Groups)
def test_within_and_between_add_up_to_the_change_of_the_rate(groups: list[tuple[int, int, int, int]]) -> None:
    before = {str(at): (one[0], one[1]) for at, one in enumerate(groups)}
    after = {str(at): (one[2], one[3]) for at, one in enumerate(groups)}
    rates = [Fraction(sum(a for a, _ in year.values()), sum(b for _, b in year.values())) for year in (before, after)]
    assert sum(one.within + one.between for one in rate_moved(before, after)) == rates[1] - rates[0]


def test_a_rate_without_people_is_not_split() -> None:
    with pytest.raises(ValueError, match="without people"):
        rate_moved({"a": (0, 0)}, {"a": (1, 1)})
    with pytest.raises(ValueError, match="same groups"):
        rate_moved({"a": (0, 1)}, {"b": (1, 1)})


def test_two_numbers_of_one_thing_are_never_kept() -> None:
    with pytest.raises(ValueError, match="two numbers"):
        Panel([school()], [seen("rate", "1"), seen("rate", "2")])


def test_a_city_of_schools_is_diagnosed_whole() -> None:
    rng = random.Random(7)
    names = [f"i{number}" for number in range(20)]
    catalogue = Catalogue(CATALOGUE.tables, [indicator(name) for name in names])
    schools = [school(number) for number in range(30)]
    observed = [
        seen(name, str(rng.randint(50, 150)), year, one.id)
        for one in schools
        for name in names
        for year in range(2020, 2026)
    ]
    found = diagnose_all(Panel(schools, observed), catalogue, 2025)
    assert set(found) == {one.id for one in schools}
    for name, own in found.items():
        assert own == diagnose(Panel(schools, observed), catalogue, name, 2025)
        assert all(one.evidence and one.text for one in own)
    assert Decimal(sum(map(len, found.values()))) > 0
