"""Which events count, in which order, and what has to be undone with one of them."""

from datetime import date, timedelta

import pytest
from tests.unit.cohorts.makers import START, History, make_event

from guantong.cohorts import EventKind, Standing, Status, effective, in_order, what_follows
from guantong.errors import HistoryBroken


def kinds(events: object) -> list[str]:
    """The kinds of some events."""
    return [event.kind.value for event in events]  # type: ignore[attr-defined]


def test_events_follow_by_day_then_by_the_kind_s_place_in_a_day() -> None:
    late = make_event("registered", "2023-09-01", 1)
    events = [late, make_event("moved_on", "2023-09-01", 2), make_event("admitted", "2023-07-01", 3)]
    assert kinds(in_order(events)) == ["admitted", "moved_on", "registered"]


def test_equal_kinds_of_a_day_follow_by_id_and_not_by_the_time_of_recording() -> None:
    first, second = make_event("interned", "2024-05-01", 1), make_event("interned", "2024-05-01", 2)
    assert [event.id for event in in_order([second, first])] == ["e001", "e002"]


def test_a_correction_and_what_it_undoes_do_not_count() -> None:
    history = History().add("suspended", "2024-01-10").undo("e003")
    assert kinds(effective(history.events)) == ["admitted", "registered"]


def test_a_correction_recorded_later_undoes_nothing_yet() -> None:
    history = History().add("suspended", "2024-01-10").undo("e003")
    then = START + timedelta(minutes=3)
    assert kinds(effective(history.events, known=then))[-1] == "suspended"
    assert kinds(effective(history.events, known=then + timedelta(minutes=1)))[-1] == "registered"


def test_on_a_day_only_what_took_effect_by_then_counts() -> None:
    events = History().add("suspended", "2024-01-10").events
    assert len(effective(events, on=date(2024, 1, 9))) == 2
    assert len(effective(events, on=date(2024, 1, 10))) == 3


@pytest.mark.parametrize("target", ["e999", "e004"])
def test_a_correction_of_nothing_or_of_a_correction_is_refused(target: str) -> None:
    history = History().add("suspended", "2024-01-10").undo("e003").undo(target)
    with pytest.raises(HistoryBroken, match="要撤销的记录不存在，或本身就是更正"):
        effective(history.events)


def test_nothing_is_undone_twice() -> None:
    history = History().add("suspended", "2024-01-10").undo("e003").undo("e003")
    with pytest.raises(HistoryBroken, match="已经撤销过"):
        effective(history.events)


def test_another_pupil_s_event_is_not_undone() -> None:
    history = History()
    stranger = make_event("suspended", "2024-01-10", 50)
    other = type(stranger)(**{**{name: getattr(stranger, name) for name in stranger.__slots__}, "pupil": "p2"})
    with pytest.raises(HistoryBroken, match="不存在"):
        effective([*history.events, other, *History().undo("e050").events[-1:]])


@pytest.mark.parametrize("kind", ["corrected", "suspended"])
def test_a_correction_names_what_it_undoes_and_nothing_else_does(kind: str) -> None:
    event = make_event(kind, "2024-01-10", 3)
    wrong = type(event)(**{**{name: getattr(event, name) for name in event.__slots__}, "reverses": "e001"})
    with pytest.raises(HistoryBroken, match="更正要写明撤销哪一条"):
        effective([*History().events, event if kind == "corrected" else wrong])


def test_everything_after_an_event_follows_it_last_first() -> None:
    events = History().add("suspended", "2024-01-10").add("disciplined", "2024-02-01", number="1", level="警告").events
    assert kinds(what_follows(events, "e002")) == ["disciplined", "suspended"]
    assert what_follows(events, "e004") == ()


def test_what_happened_aside_draws_nothing_after_it_but_a_discipline_its_lifting() -> None:
    history = History().add("disciplined", "2024-01-10", number="1", level="警告")
    history.add("interned", "2024-02-01", enterprise="演示企业").add(
        "disciplined", "2024-02-02", number="2", level="警告"
    )
    history.add("discipline_lifted", "2024-03-01", number="2").add("discipline_lifted", "2024-03-02", number="1")
    assert [event.id for event in what_follows(history.events, "e003")] == ["e007"]
    assert what_follows(history.events, "e004") == ()


def test_what_does_not_count_cannot_be_undone_again() -> None:
    with pytest.raises(HistoryBroken, match="不存在，或已经撤销"):
        what_follows(History().add("suspended", "2024-01-10").undo("e003").events, "e003")


def test_details_are_read_by_type_and_what_is_left_out_is_none() -> None:
    event = make_event("assessed", "2024-01-10", stage="college", passed=False)
    assert (event.flag("passed"), event.flag("other"), event.whole("other"), event.text("other")) == (
        False,
        None,
        None,
        "",
    )
    assert event.stage.value == "college"


def test_only_admission_and_transfer_begin_a_history_and_only_three_kinds_stand_aside() -> None:
    assert [kind.value for kind in EventKind if kind.begins] == ["admitted", "transferred_in"]
    assert [kind.value for kind in EventKind if kind.is_aside] == ["disciplined", "discipline_lifted", "interned"]


def test_every_standing_and_status_has_its_word() -> None:
    assert len({standing.label for standing in Standing}) == 4
    assert len({status.label for status in Status}) == len(Status)
    assert [status.value for status in Status if not status.is_final] == [
        "admitted", "place_kept", "enrolled", "suspended",
    ]  # fmt: skip
