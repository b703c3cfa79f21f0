"""One fact: its period, its unit, its value in words, and whether two can be the same number."""

from decimal import Decimal

import pytest
from tests.facts import fact

from guantong.facts import Period, TimeBasis, same_kind, scale


@pytest.mark.parametrize(
    ("text", "basis", "year", "words"),
    [
        ("2024-2025", TimeBasis.SCHOOL_YEAR, 2025, "2024—2025 学年"),
        ("2024", TimeBasis.CALENDAR_YEAR, 2024, "2024 年"),
        ("2024", TimeBasis.POINT, 2024, "2024 年"),
        ("2024-12-31", TimeBasis.POINT, 2024, "2024 年 12 月 31 日"),
    ],
)
def test_a_period_is_read_by_its_time_basis(text: str, basis: TimeBasis, year: int, words: str) -> None:
    period = Period.read(text, basis)
    assert period is not None
    assert (period.year, str(period), period.code(), period.basis) == (year, words, text, basis)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("2024", TimeBasis.SCHOOL_YEAR),
        ("2024-2026", TimeBasis.SCHOOL_YEAR),
        ("2024-2025", TimeBasis.CALENDAR_YEAR),
        ("2024-12-31", TimeBasis.CALENDAR_YEAR),
        ("2024-13-01", TimeBasis.POINT),
        ("二〇二四", TimeBasis.POINT),
    ],
)
def test_a_period_of_another_form_is_none(text: str, basis: TimeBasis) -> None:
    assert Period.read(text, basis) is None


def test_each_time_basis_has_its_word() -> None:
    assert [basis.label for basis in TimeBasis] == ["学年", "自然年", "时点"]


def test_scaled_units_measure_the_same_as_plain_ones() -> None:
    assert (scale("万元"), scale("亿元"), scale("万")) == (
        ("元", Decimal(10_000)),
        ("元", Decimal(100_000_000)),
        ("万", Decimal(1)),
    )
    assert same_kind("万人", "人")
    assert same_kind("家", "个")
    assert not same_kind("人", "元")


def test_the_magnitude_of_a_ratio_in_text_is_none() -> None:
    assert fact("a", "28.93:71.07", unit="").magnitude is None
    assert fact("a", "3.62", unit="万人").magnitude == 36_200


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [("97.20%", "%", "97.20%"), ("3.62", "万人", "3.62 万人"), ("9.87", ":1", "9.87:1"), ("1:2", "", "1:2")],
)
def test_a_value_is_shown_in_its_own_unit_with_its_printed_places(value: str, unit: str, words: str) -> None:
    assert fact("a", value, unit=unit).words == words


@pytest.mark.parametrize(
    ("one", "unit", "other", "other_unit", "agree"),
    [
        ("97.20", "%", "97.2", "%", True),
        ("71.84", "%", "73.31", "%", False),
        ("71.84", "%", "71.85", "%", False),
        ("4.95", "万人", "49512", "人", True),
        ("4.95", "万人", "49450", "人", True),
        ("4.95", "万人", "49449", "人", False),
        ("4.95", "万人", "49551", "人", False),
        ("134334.00", "人", "134334", "人", True),
        ("7976", "个", "7976", "家", True),
        ("12", "人", "12", "元", False),
        ("35.1", "%", "35.05", "%", True),
        ("35.0", "%", "35.05", "%", True),
        ("1:2", "", "1:2", "", True),
        ("1:2", "", "1:3", "", False),
        ("1:2", "", "3", "", False),
    ],
)
def test_two_values_agree_where_rounding_can_explain_the_difference(
    one: str, unit: str, other: str, other_unit: str, agree: bool
) -> None:
    first, second = fact("a", one, unit=unit), fact("b", other, unit=other_unit)
    assert (first.agrees(second), second.agrees(first)) == (agree, agree)


def test_a_standing_has_its_word() -> None:
    assert fact("a", "1").standing.label == "待核对"
