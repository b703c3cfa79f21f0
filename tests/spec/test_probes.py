"""Wrong data, as in the comparison of public engines: none of it is answered silently.

Two of the eight probes are about periods: a monthly score for a yearly input, and a school year that the
engine takes for a calendar year. They cannot be put here, because inputs have no period of their own: a
score belongs to the cohort it stands beside, and the day of the question is one argument that selects
standing clauses by school year. What can still go wrong, a day that is none, is probed instead.
"""

from datetime import date

import numpy as np
import pytest
from tests.factories import make_book, make_rule, real_book

from guantong.errors import InputRefused, TableRefused
from guantong.policies import decide
from guantong.policies.city import decide_table

BOOK = real_book()
GOOD: dict[str, object] = {"score": 400, "household": "beijing", "exam_eligible": True}


def both(cohort: int, **given: object) -> tuple[str, str]:
    """The single case's answer and the table's."""
    cells = {**GOOD, **given}
    single = decide(BOOK, cells, cohort=cohort).verdict
    table = decide_table(BOOK, {**{name: [cell] for name, cell in cells.items()}, "cohort": [cohort]})
    return single, table["may_apply"].word(0)


def refused(**given: object) -> str:
    """The line of the single case, which is also the line of the table."""
    cells = {**GOOD, **given}
    with pytest.raises(InputRefused) as single:
        decide(BOOK, cells, cohort=2025)
    with pytest.raises(TableRefused) as table:
        decide_table(BOOK, {**{name: [cell] for name, cell in cells.items()}, "cohort": [2025]})
    (one,), (other,) = single.value.problems, table.value.problems
    assert (one.rule, one.remedy, one.value) == (other.rule, other.remedy, other.value)
    return str(other)


def test_a_missing_number_under_an_upper_limit_is_unknown_and_not_zero() -> None:
    book = make_book(make_rule(lambda pupil, law: pupil.score <= 17))
    assert decide(book, {}, cohort=2023).verdict == "unknown"
    assert decide_table(book, {"score": [None], "cohort": [2023]})["may_apply"].word(0) == "unknown"


def test_a_cohort_after_the_last_value_is_unknown() -> None:
    assert both(2040) == ("unknown", "unknown")


def test_a_cohort_before_the_first_value_is_unknown() -> None:
    assert both(2016) == ("unknown", "unknown")


def test_not_a_number_is_refused() -> None:
    assert "应是数字" in refused(score=float("nan"))
    with pytest.raises(TableRefused, match="应是数字"):
        decide_table(BOOK, {"score": np.array([np.nan]), "cohort": [2025]})


def test_a_misspelled_choice_is_one_short_line_with_the_nearest_value() -> None:
    line = refused(household="bejing")
    assert "bejing" in line
    assert "最接近的是 beijing" in line
    assert "\n" not in line
    assert len(line) < 120


def test_a_fraction_between_two_steps_is_refused_and_not_cut() -> None:
    assert "最小单位是 0.5" in refused(score=489.9)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(TableRefused, match="应是日期"):
        decide_table(BOOK, {"stage": ["secondary"], "cohort": [2023], "on": ["2024-09"]}, ("may_change_school",))


def test_a_school_year_is_not_the_calendar_year() -> None:
    question = {"stage": ["college"], "cohort": [2018]}
    before, after = (
        decide_table(BOOK, question, ("may_change_school",), on=day).people.regimes
        for day in (date(2020, 8, 31), date(2020, 9, 1))
    )
    assert (before, after) == (((2018, 2019),), ((2018, 2020),))
