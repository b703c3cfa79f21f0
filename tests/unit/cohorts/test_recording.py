"""Whether one more event may be written down, and what would be left if one were undone."""

from datetime import date
from typing import Any

import pytest
from tests.unit.cohorts.makers import History, asked, law, make_event

from guantong.cohorts import Event, Standing, Status, consider, refusals, state_without


def tried(history: History, event: Event, **facts: Any) -> list[tuple[str, str]]:
    """Column and rule of each refusal."""
    possible = consider(history.events, event, law=law(), asked=asked(**facts))
    return [(problem.column, problem.rule) for problem in refusals(history.events, event, possible)]


def test_an_event_with_the_standing_of_its_verdict_is_written() -> None:
    assert tried(History(), make_event("suspended", "2024-01-10", 3)) == []


def test_an_event_needs_exactly_the_standing_of_its_verdict() -> None:
    event = make_event("suspended", "2024-01-10", 3, Standing.ON_DOCUMENT)
    assert tried(History(), event) == [("standing", "收录的规则没有管到，可以如实记录")]


def test_a_no_is_not_written_on_a_document_but_only_on_an_approval() -> None:
    history = History()
    document = make_event("moved_on", "2026-09-01", 3, Standing.ON_DOCUMENT, stage="college")
    approval = make_event("moved_on", "2026-09-01", 3, Standing.APPROVED, stage="college")
    history.add("assessed", "2026-06-20", stage="secondary", passed=False)
    assert tried(history, document)[0][0] == "standing"
    assert [name for name, _ in tried(History(), document)] == ["standing"]
    fresh = make_event("moved_on", "2026-09-01", 9, Standing.APPROVED, stage="college")
    assert tried(history, approval)[0][0] == "id"
    assert tried(history, fresh) == []


def test_what_the_record_rules_out_no_standing_helps() -> None:
    for standing in Standing:
        event = make_event("resumed", "2024-01-10", 3, standing, class_year=2024)
        assert tried(History(), event)[0] == ("standing", "学籍状态是“在籍”")


def test_the_verdict_of_another_kind_is_not_taken() -> None:
    history = History()
    suspended, dropped = (make_event(kind, "2024-01-10", 3) for kind in ("suspended", "dropped_out"))
    possible = consider(history.events, suspended, law=law(), asked=asked())
    assert [problem.column for problem in refusals(history.events, dropped, possible)] == ["standing"]


def test_unreadable_details_come_first() -> None:
    history = History()
    event = make_event("disciplined", "2024-01-10", 3, number="1")
    possible = consider(history.events, event, law=law(), asked=asked())
    assert [problem.rule for problem in refusals(history.events, event, possible)] == ["缺少处分等级"]


def test_nothing_on_the_way_is_dated_before_what_is_there() -> None:
    history = History().add("suspended", "2024-01-10")
    event = make_event("dropped_out", "2024-01-09", 4)
    assert tried(history, event) == [("effective_on", "不能早于（或同日先于）2024-01-10 的休学")]


def test_on_one_day_the_kind_s_place_decides_too() -> None:
    history = History().add("dropped_out", "2024-01-10").undo("e003").add("suspended", "2024-01-10")
    assert tried(history, make_event("dropped_out", "2024-01-10", 9)) == []
    assert tried(history, make_event("stage_completed", "2024-01-10", 9, stage="secondary"))[0][0] == "standing"


def test_what_happened_aside_may_be_recorded_late_where_it_fits() -> None:
    history = History().add("dropped_out", "2024-06-01")
    assert tried(history, make_event("interned", "2024-03-01", 9, enterprise="演示企业")) == []
    assert tried(history, make_event("interned", "2024-07-01", 9, enterprise="演示企业"))[0][0] == "standing"


def test_a_late_discipline_must_leave_the_rest_standing() -> None:
    history = History().add("disciplined", "2024-05-01", number="1", level="警告")
    refused = tried(history, make_event("disciplined", "2024-03-01", 9, number="1", level="警告"))
    assert refused[0][0] == ""
    assert "这个文号的处分已经记录" in refused[0][1]


def correction(history: History, target: str) -> list[tuple[str, str]]:
    """What is said against undoing an event."""
    longer = History()
    longer.events = [*history.events]
    return tried(history, longer.undo(target).events[-1])


def test_the_last_event_is_undone_at_once() -> None:
    assert correction(History().add("suspended", "2024-01-10"), "e003") == []


def test_an_earlier_event_is_not_undone_before_what_followed() -> None:
    assert correction(History().add("suspended", "2024-01-10"), "e002") == [("reverses", "其后还有 2024-01-10 休学")]


def test_nothing_is_undone_that_is_not_there() -> None:
    ((column, rule),) = correction(History(), "e999")
    assert column == "reverses"
    assert "不存在，或已经撤销" in rule


def test_a_correction_that_breaks_the_rest_is_refused() -> None:
    history = History()
    event = history.undo("e002").events.pop()
    broken = [*history.events, make_event("interned", "2023-12-01", 9, enterprise="x"), event]
    found = refusals(broken, event, consider(history.events, event, law=law(), asked=asked()))
    assert found != ()


def test_before_undoing_one_sees_what_would_be_left() -> None:
    history = History().add("suspended", "2024-01-10").add("resumed", "2024-09-01", class_year=2024)
    left = state_without(history.events, "e003")
    assert left is not None
    assert (left.status, left.class_year, left.last_on) == (Status.ENROLLED, 2023, date(2023, 9, 1))
    assert state_without(history.events, "e001") is None


@pytest.mark.parametrize("day", ["2024-03-01", "2026-03-01"])
def test_what_happened_aside_is_judged_by_the_state_of_its_day(day: str) -> None:
    history = History(registered=False).add("registered", "2025-09-01", stage="secondary", institution="school-a")
    event = make_event("interned", day, 9, enterprise="演示企业")
    assert (tried(history, event) == []) == (day > "2025-09-01")


def test_one_may_come_back_into_the_same_class_on_the_very_day() -> None:
    history = History().add("suspended", "2024-01-10", until="2024-01-10")
    assert history.add("resumed", "2024-02-01", class_year=2023).state.class_year == 2023
