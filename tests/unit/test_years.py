"""Cohorts and school years: what a grade means on a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.years import FIRST_COHORT, SchoolYear, cohort_bounds, cohort_of, full_years


@pytest.mark.parametrize(
    ("grade", "day", "cohort"),
    [
        (8, date(2026, 11, 21), 2028),
        (9, date(2026, 11, 21), 2027),
        (9, date(2026, 8, 31), 2026),
        (9, date(2026, 9, 1), 2027),
        (8, date(2026, 8, 31), 2027),
        (8, date(2026, 9, 1), 2028),
        (9, date(2027, 1, 1), 2027),
        (1, date(2026, 9, 1), 2035),
    ],
)
def test_a_grade_on_a_day_means_a_cohort(grade: int, day: date, cohort: int) -> None:
    assert cohort_of(grade, day) == cohort


@pytest.mark.parametrize("grade", [0, 10, -1])
def test_there_is_no_grade_outside_one_to_nine(grade: int) -> None:
    with pytest.raises(ValueError, match="1–9"):
        cohort_of(grade, date(2026, 9, 1))


@given(st.integers(1, 8), st.dates())
def test_a_pupil_one_grade_higher_belongs_to_the_cohort_before(grade: int, day: date) -> None:
    assert cohort_of(grade + 1, day) == cohort_of(grade, day) - 1


@pytest.mark.parametrize(
    ("day", "start"),
    [(date(2025, 8, 31), 2024), (date(2025, 9, 1), 2025), (date(2025, 12, 31), 2025), (date(2026, 1, 1), 2025)],
)
def test_a_school_year_starts_on_the_first_of_september(day: date, start: int) -> None:
    assert SchoolYear.of(day) == SchoolYear(start)


def test_a_school_year_is_written_with_both_its_years() -> None:
    assert str(SchoolYear(2025)) == "2025—2026 学年"


def test_school_years_have_an_order() -> None:
    assert SchoolYear(2024) < SchoolYear(2025)


def test_cohorts_run_from_the_first_to_five_years_ahead() -> None:
    assert cohort_bounds(date(2026, 11, 21)) == (FIRST_COHORT, 2031) == (2015, 2031)


@pytest.mark.parametrize(
    ("since", "day", "years"),
    [
        (date(2010, 9, 1), date(2025, 8, 31), 14),
        (date(2010, 9, 1), date(2025, 9, 1), 15),
        (date(2008, 2, 29), date(2023, 2, 28), 14),
        (date(2008, 2, 29), date(2023, 3, 1), 15),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
    ],
)
def test_whole_years_between_two_days(since: date, day: date, years: int) -> None:
    assert full_years(since, day) == years
