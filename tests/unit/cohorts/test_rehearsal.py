"""The rehearsal of an invented city: the same seed, the same people; every step one that the law was asked about."""

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from guantong.cohorts import EventKind, Law, ProjectKind, Standing, Status, consider, refusals, state_of
from guantong.cohorts.invented import Fate, InventedCity
from guantong.cohorts.rehearsal import Rehearsed, rehearse
from guantong.contents import Contents
from guantong.registry import Stage

SHARE = 0.25


@cache
def contents() -> Contents:
    return Contents("guantong_demo")


@cache
def law() -> Law:
    return Law(tuple(contents().rulebook(name) for name in contents().rulebook_ids))


def city() -> InventedCity:
    found = contents().invented
    assert found is not None
    return found


@cache
def people() -> tuple[Rehearsed, ...]:
    return tuple(rehearse(city(), law(), share=SHARE))


@cache
def everybody() -> tuple[Rehearsed, ...]:
    return tuple(rehearse(city(), law()))


def of(fate: Fate, cohort: int = 0) -> list[Rehearsed]:
    return [one for one in people() if one.fate is fate and cohort in (0, one.intake.cohort)]


def kinds(one: Rehearsed) -> list[EventKind]:
    return [step.event.kind for step in one.steps]


def test_the_same_seed_makes_the_same_people_and_another_seed_others() -> None:
    again = tuple(rehearse(city(), law(), share=SHARE))
    assert [one.steps for one in again] == [one.steps for one in people()]
    others = rehearse(replace(city(), seed=1), law(), share=SHARE)
    assert {one.pupil for one in others}.isdisjoint(one.pupil for one in people())


def test_the_whole_city_has_the_pupils_that_its_intakes_name() -> None:
    assert sum(intake.pupils for intake in city().intakes) == 1500


def test_every_step_may_stand_where_it_stands_when_the_law_is_asked_again() -> None:
    for one in people()[::7]:
        for number, step in enumerate(one.steps):
            if step.asked is None:
                continue
            before = [earlier.event for earlier in one.steps[:number] if not earlier.waits]
            plain = {name: value for name, value in step.event.details.items() if not name.startswith("document_")}
            possible = consider(before, replace(step.event, details=plain), law=law(), asked=step.asked)
            assert possible.standing is step.event.standing
            assert refusals(before, step.event, possible) == ()


def test_the_state_is_the_fold_of_what_counts() -> None:
    for one in people():
        assert state_of(step.event for step in one.steps if not step.waits) == one.state


def test_what_waits_is_last_and_rests_on_paper() -> None:
    waiting = [one for one in people() if any(step.waits for step in one.steps)]
    assert waiting
    for one in waiting:
        assert [step.waits for step in one.steps].count(True) == 1
        assert one.steps[-1].waits
        assert one.steps[-1].event.standing in (Standing.APPROVED, Standing.ON_DOCUMENT)


def test_nothing_happens_after_today() -> None:
    days = [(step.event.effective_on, step.event.recorded_at.date()) for one in people() for step in one.steps]
    assert max(map(max, days)) <= city().seen_on


def test_the_first_cohort_is_decided_by_no_clause_because_none_is_on_record() -> None:
    decided = Counter(
        step.event.standing for one in people() if one.intake.cohort == 2019 for step in one.steps if step.asked
    )
    assert decided[Standing.BY_RULE] == 0
    assert decided[Standing.ON_DOCUMENT] > 0


def test_a_pupil_of_2023_goes_through_the_transition_by_rule() -> None:
    steady = [
        one
        for one in of(Fate.STEADY, 2023)
        if one.intake.project.kind is ProjectKind.ZHONGBEN and one.state.stage is not Stage.SECONDARY
    ]
    assert steady
    for one in steady:
        moved = next(step for step in one.steps if step.event.kind is EventKind.MOVED_ON)
        assert moved.event.standing is Standing.BY_RULE
        assert (one.state.stage, one.state.registered_at) == (Stage.COLLEGE, one.intake.project.partner)


def test_a_class_that_still_sits_has_completed_its_stage_and_was_not_assessed() -> None:
    sitting = [one for one in people() if one.class_name == one.intake.sitting and one.fate is Fate.STEADY]
    assert sitting
    for one in sitting:
        assert EventKind.STAGE_COMPLETED in kinds(one)
        assert EventKind.ASSESSED not in kinds(one)


@pytest.mark.parametrize(
    ("fate", "kind"),
    [
        (Fate.ABSENT, EventKind.NOT_ARRIVED),
        (Fate.PLACE_KEPT, EventKind.PLACE_KEPT),
        (Fate.DROPS_OUT, EventKind.DROPPED_OUT),
        (Fate.SUSPENDED_AND_BACK, EventKind.RESUMED),
        (Fate.CHANGES_SCHOOL, EventKind.CHANGED_SCHOOL),
        (Fate.FORGIVEN, EventKind.DISCIPLINE_LIFTED),
        (Fate.MISTAKEN, EventKind.CORRECTED),
        (Fate.TRANSFERS_IN, EventKind.TRANSFERRED_IN),
        (Fate.REPEATS, EventKind.REPEATED),
        (Fate.LEAVES, EventKind.LEFT_PROJECT),
        (Fate.FAILS_AND_LEAVES, EventKind.LEFT_PROJECT),
        (Fate.WITHOUT_DIPLOMA, EventKind.COMPLETED_WITHOUT_DIPLOMA),
        (Fate.CHANGES_MAJOR_APPROVED, EventKind.CHANGED_MAJOR),
    ],
)
def test_a_fate_shows_in_somebodys_history(fate: Fate, kind: EventKind) -> None:
    assert any(kind in kinds(one) for one in everybody() if one.fate is fate)


def test_who_was_absent_has_nothing_more() -> None:
    assert all(one.state.status is Status.NOT_ARRIVED for one in of(Fate.ABSENT))


def test_nobody_transfers_into_guantong_because_the_law_forbids_it() -> None:
    into = [one for one in of(Fate.TRANSFERS_IN) if one.intake.project.kind.is_guantong]
    assert into
    assert all(EventKind.TRANSFERRED_IN not in kinds(one) for one in into)
