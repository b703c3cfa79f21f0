"""The seven years of a pupil as rows of a page."""

from datetime import date

from tests.unit.cohorts.makers import History, at_college

from guantong.cohorts import PlannedStage, timeline
from guantong.registry import Stage

SEVEN = tuple(
    PlannedStage(stage=stage, years=years)
    for stage, years in ((Stage.SECONDARY, 3), (Stage.COLLEGE, 2), (Stage.UNDERGRADUATE, 2))
)
UNKNOWN = (PlannedStage(stage=Stage.SECONDARY, years=None), PlannedStage(stage=Stage.COLLEGE, years=2))


def test_a_regular_course_fills_its_seven_planned_years() -> None:
    rows = timeline(History(cohort=2019).whole().events, SEVEN, date(2026, 11, 20))
    assert [row.planned and row.planned.value for row in rows] == [
        "secondary", "secondary", "secondary", "college", "college", "undergraduate", "undergraduate",
    ]  # fmt: skip
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert str(rows[0].school_year) == "2019—2020 学年"
    assert all(row.follows_plan for row in rows)


def test_each_event_stands_in_its_school_year_and_the_admission_in_the_first() -> None:
    rows = timeline(History(cohort=2019).whole().events, SEVEN, date(2026, 11, 20))
    assert [len(row.events) for row in rows] == [2, 0, 2, 2, 2, 2, 3]
    assert rows[0].events[0].kind.label == "录取"


def test_years_ahead_have_no_state_yet() -> None:
    rows = timeline(History(cohort=2025).events, SEVEN, date(2026, 11, 20))
    assert [row.state is None for row in rows] == [False, False, True, True, True, True, True]
    assert [row.follows_plan for row in rows][:3] == [True, True, None]


def test_before_the_first_school_year_the_first_row_shows_the_state_of_the_day() -> None:
    rows = timeline(History(cohort=2025).events, SEVEN, date(2025, 7, 20))
    assert rows[0].state is not None
    assert rows[0].state.status.label == "已录取"
    assert rows[1].state is None
    assert timeline(History(cohort=2025).events, SEVEN, date(2025, 7, 14))[0].state is None


def test_a_repeated_year_leaves_the_plan_and_stretches_the_course() -> None:
    history = History(cohort=2019).add("assessed", "2022-06-20", stage="secondary", passed=False)
    history.add("repeated", "2022-09-01", class_year=2020)
    rows = timeline(history.events, SEVEN, date(2026, 11, 20))
    assert [row.follows_plan for row in rows] == [True, True, True, False, False, False, False, None]
    assert rows[-1].planned is None
    assert rows[-1].state is not None


def test_a_course_that_has_ended_is_not_drawn_on() -> None:
    left = History(cohort=2015).add("dropped_out", "2016-03-01")
    assert len(timeline(left.events, SEVEN, date(2026, 11, 20))) == 7
    assert len(timeline(left.events, (), date(2026, 11, 20))) == 1
    assert len(timeline(History(cohort=2015).events, SEVEN, date(2026, 11, 20))) == 12


def test_an_event_ahead_is_drawn_without_a_state() -> None:
    history = History(cohort=2025).add("suspended", "2034-10-01")
    rows = timeline(history.events, SEVEN, date(2026, 11, 20))
    assert (len(rows), len(rows[-1].events), rows[-1].state) == (10, 1, None)


def test_a_plan_reaches_only_as_far_as_its_lengths_are_known() -> None:
    rows = timeline(History(cohort=2025).events, UNKNOWN, date(2026, 11, 20))
    assert [row.planned for row in rows] == [None, None]
    assert [row.follows_plan for row in rows] == [None, None]


def test_where_nothing_counts_there_is_no_row() -> None:
    assert timeline(History(registered=False).undo("e001").events, SEVEN, date(2026, 11, 20)) == ()


def test_after_the_record_has_ended_no_year_has_a_state_or_differs_from_the_plan() -> None:
    gone = History(cohort=2020, registered=False).add("not_arrived", "2020-09-12")
    rows = timeline(gone.events, SEVEN, date(2026, 11, 20))
    assert len(rows) == 7
    assert [row.state is not None for row in rows] == [True, *[False] * 6]
    assert all(row.follows_plan is None for row in rows[1:])


def test_moving_on_in_the_summer_before_the_next_stage_follows_the_plan() -> None:
    moved = at_college()
    rows = timeline(moved.events, SEVEN, date(2026, 11, 20))
    assert all(row.follows_plan for row in rows if row.state is not None)
