"""Counts on a date: as it was and as it was known, and always adding up."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.cohorts.makers import GAOBEN, PLAIN, START, ZHONGBEN, History

from guantong.cohorts import Counts, EventKind, Funnel, Moment, Standing, Status, count, count_by_project
from guantong.registry import Stage

NOW = Moment(on=date(2026, 11, 20))


def school() -> list[History]:
    """Five pupils in three projects."""
    return [
        History(cohort=2019).whole(),
        History(cohort=2023).completed("secondary", "2026-06-20").moved("college", "2026-09-01", "university-b"),
        History(GAOBEN, cohort=2023).add("suspended", "2025-01-10"),
        History(cohort=2023, registered=False).add("not_arrived", "2023-09-10"),
        History(PLAIN, cohort=2025).add("dropped_out", "2025-12-01").undo("e003"),
    ]


def counted(moment: Moment = NOW) -> Counts:
    """The counts of the school."""
    return count([history.events for history in school()], moment)


def nonzero(table: object) -> dict[str, int]:
    """What of a table is not zero, by value."""
    return {key.value: number for key, number in table.items() if number}  # type: ignore[attr-defined]


def test_pupils_are_counted_by_status_and_by_stage() -> None:
    counts = counted()
    assert counts.pupils == 5
    assert nonzero(counts.by_status) == {"graduated": 1, "enrolled": 2, "suspended": 1, "not_arrived": 1}
    assert nonzero(counts.by_stage[Stage.COLLEGE]) == {"enrolled": 1}
    assert nonzero(counts.by_stage[Stage.UNDERGRADUATE]) == {"graduated": 1}


def test_the_funnel_counts_those_registered_in_each_stage() -> None:
    assert counted().funnel == Funnel(admitted=5, secondary=4, college=2, undergraduate=1, graduated=1)


def test_what_took_effect_later_is_not_counted() -> None:
    before = counted(Moment(on=date(2026, 8, 31)))
    assert before.funnel.college == 1
    assert before.happened[EventKind.MOVED_ON] == 2


def test_a_pupil_not_yet_admitted_is_not_counted() -> None:
    assert counted(Moment(on=date(2019, 7, 14))).pupils == 0
    assert counted(Moment(on=date(2019, 7, 15))).pupils == 1


def test_what_was_not_yet_recorded_is_not_counted_and_a_correction_undoes_nothing_before_it() -> None:
    known = Moment(on=NOW.on, known=START + timedelta(minutes=3))
    assert counted(known).by_status[Status.DROPPED_OUT] == 1
    assert counted(Moment(on=NOW.on, known=START + timedelta(minutes=4))).by_status[Status.DROPPED_OUT] == 0


def test_a_correction_is_neither_counted_nor_is_what_it_undoes() -> None:
    happened = counted().happened
    assert EventKind.CORRECTED not in happened
    assert happened[EventKind.DROPPED_OUT] == 0


def test_events_on_documents_and_approvals_are_counted_apart() -> None:
    histories = [History().add("suspended", "2024-01-10", standing) for standing in Standing]
    counts = count([history.events for history in histories], NOW)
    assert counts.happened[EventKind.SUSPENDED] == 4
    assert counts.on_document[EventKind.SUSPENDED] == counts.approved[EventKind.SUSPENDED] == 1
    assert counts.on_document[EventKind.REGISTERED] == 0


def test_events_and_certificates_are_counted_from_a_day_on_but_pupils_always() -> None:
    since = counted(Moment(on=NOW.on, since=date(2026, 9, 1)))
    assert (since.happened[EventKind.MOVED_ON], since.certificates[Stage.UNDERGRADUATE], since.pupils) == (1, 0, 5)
    earlier = counted(Moment(on=NOW.on, since=date(2026, 6, 30)))
    assert (earlier.certificates[Stage.UNDERGRADUATE], earlier.on_document[EventKind.GRADUATED]) == (1, 1)


def test_each_project_and_cohort_has_its_own_counts_and_they_add_up() -> None:
    parts = count_by_project([history.events for history in school()], NOW)
    assert list(parts) == [(GAOBEN, 2023), (PLAIN, 2025), (ZHONGBEN, 2019), (ZHONGBEN, 2023)]
    assert [part.pupils for part in parts.values()] == [1, 1, 1, 2]
    assert sum(part.funnel.college for part in parts.values()) == counted().funnel.college


def test_a_pupil_counts_in_the_project_of_the_day_and_in_the_cohort_of_entry() -> None:
    other = ZHONGBEN.replace("710205", "710208")
    history = History().add("changed_major", "2024-01-10", project=other, major="710208", class_year=2024)
    assert list(count_by_project([history.events], Moment(on=date(2024, 1, 9)))) == [(ZHONGBEN, 2023)]
    assert list(count_by_project([history.events], NOW)) == [(other, 2023)]


@given(days=st.lists(st.dates(date(2019, 1, 1), date(2027, 1, 1)), min_size=1, max_size=3), minutes=st.integers(0, 20))
def test_the_parts_add_up_on_any_day_as_known_at_any_time(days: list[date], minutes: int) -> None:
    for day in days:
        known = START + timedelta(minutes=minutes)
        counts = counted(Moment(on=day, known=known))
        assert sum(counts.by_status.values()) == counts.pupils
        assert sum(sum(part.values()) for part in counts.by_stage.values()) == counts.pupils
        narrowing = counts.funnel
        assert narrowing.admitted >= narrowing.secondary >= narrowing.college >= narrowing.undergraduate
        parts = count_by_project([history.events for history in school()], Moment(on=day, known=known)).values()
        assert sum(part.pupils for part in parts) == counts.pupils
        for kind, number in counts.happened.items():
            assert counts.on_document[kind] + counts.approved[kind] <= number
