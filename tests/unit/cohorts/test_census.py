"""A census from the written state and two kinds of steps is the count of all events, whatever the history."""

from datetime import date

from hypothesis import settings
from hypothesis.stateful import invariant
from tests.unit.cohorts.makers import GAOBEN, ZHONGBEN, History
from tests.unit.cohorts.test_histories import Histories

from guantong.cohorts import (
    Census,
    EventKind,
    Moment,
    Whereabouts,
    census_of,
    count_by_project,
    effective,
    fold,
    stages_registered,
    take_census,
)
from guantong.cohorts.events import Event
from guantong.registry import Stage

FAR = Moment(on=date(2999, 1, 1))


def standing(events: list[Event]) -> Whereabouts:
    """What the projection row and the kinds of two steps say of a pupil."""
    state = fold(events)
    steps = [one.kind for one in effective(events) if one.kind in (EventKind.REGISTERED, EventKind.MOVED_ON)]
    return Whereabouts(
        project=state.project.id,
        cohort=state.cohort,
        stage=state.stage,
        status=state.status,
        registered=stages_registered(steps),
    )


def both(*histories: list[Event]) -> tuple[dict[tuple[str, int], Census], dict[tuple[str, int], Census]]:
    """The census, and what full counts say."""
    full = {key: census_of(counts) for key, counts in count_by_project(histories, FAR).items()}
    return take_census(standing(events) for events in histories), full


class Censuses(Histories):
    """Random histories once more, each counted both ways."""

    @invariant()
    def the_census_is_the_count(self) -> None:
        if self.log:
            short, full = both(self.events)
            assert short == full


TestCensuses = Censuses.TestCase
TestCensuses.settings = settings(max_examples=40)


def test_pupils_are_grouped_by_project_and_cohort() -> None:
    short, full = both(
        History(cohort=2019).whole().events,
        History(cohort=2023).events,
        History(cohort=2023, registered=False).add("not_arrived", "2023-09-10").events,
        History(GAOBEN, cohort=2023).add("suspended", "2025-01-10").events,
    )
    assert short == full
    assert list(short) == [(GAOBEN, 2023), (ZHONGBEN, 2019), (ZHONGBEN, 2023)]
    assert short[ZHONGBEN, 2023].present == 1
    assert short[ZHONGBEN, 2023].at(Stage.SECONDARY) == 1
    assert short[ZHONGBEN, 2019].funnel.graduated == 1
