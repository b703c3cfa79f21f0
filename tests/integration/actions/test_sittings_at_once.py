"""Sittings under pressure: many answers at once, one cut down in the middle, and any order of steps."""

import signal
from collections import Counter
from collections.abc import Mapping
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.desk import REGISTRAR, UNIVERSITY_REGISTRAR
from tests.integration.actions.test_at_once import at_once, left_alone, process
from tests.integration.actions.test_sittings import kinds, sound, weighed
from tests.sitting import (
    FAILED,
    HEAD,
    LEAVES,
    OUT,
    PASSED,
    REPEATS,
    a_class,
    answered,
    entered,
    opened,
    submitted,
    version,
)

from guantong.actions import sitting_answers, sittings
from guantong.actions.sitting_answers import Answer
from guantong.cohorts.sittings import LineState, SittingState, counted, state_after
from guantong.errors import GuantongError, RecordChanged
from guantong.settings import Settings
from guantong.store import accepted_lines, models

PEOPLE = 8
ROUNDS = 6
PASSED_STEPS = ["stage_completed", "assessed", "moved_on", "registered"]
YES = Answer(accepted=True)


@pytest.mark.usefixtures("database")
def test_of_eight_answers_at_once_one_applies_and_seven_are_told() -> None:
    admitted = a_class(3)
    sitting = opened()
    entered(sitting, PASSED, PASSED, FAILED)
    submitted(sitting)
    seen = version(sitting)
    answers = {1: YES, 2: YES, 3: Answer(accepted=False, reason="待核")}
    work = [lambda: sitting_answers.answer_sitting(sitting, answers, seen=seen, by=UNIVERSITY_REGISTRAR)] * PEOPLE
    assert Counter(at_once(*work)) == {"done": 1, "record-changed": PEOPLE - 1}
    assert [kinds(pupil) for pupil in admitted] == [PASSED_STEPS, PASSED_STEPS, []]
    assert sound()


@pytest.mark.usefixtures("database")
def test_eight_who_open_a_list_for_one_class_open_one() -> None:
    a_class(2)
    told = Counter(at_once(*[opened] * PEOPLE))
    assert told == {"done": 1, "step-refused": PEOPLE - 1}
    assert models.Sitting.objects.count() == 1


@pytest.mark.usefixtures("database")
def test_of_eight_who_enter_results_on_one_version_one_is_first() -> None:
    a_class(PEOPLE)
    sitting = opened()
    work = [
        lambda number=number: sittings.enter_results(sitting, {number: PASSED}, seen=1, by=REGISTRAR)
        for number in range(1, PEOPLE + 1)
    ]
    assert Counter(at_once(*work)) == {"done": 1, "record-changed": PEOPLE - 1}
    assert [line.result.text("outcome") for line in weighed(sitting).sitting.lines].count("达到条件") == 1


@pytest.mark.usefixtures("database")
def test_a_recall_and_a_first_answer_at_the_same_moment_never_both_win() -> None:
    told = Counter[tuple[str, str]]()
    numbers = iter(range(1, 1_000))
    for round_ in range(ROUNDS):
        class_name = f"2023级第{round_}班"
        admitted = a_class(2, class_name=class_name, numbers=numbers)
        sitting = opened(class_name=class_name)
        entered(sitting, PASSED, PASSED)
        submitted(sitting)
        seen, receive = version(sitting), partial(sitting_answers.answer_sitting, sitting, {1: YES})
        both = (
            lambda sitting=sitting, seen=seen: sittings.recall_sitting(sitting, "成绩有误", seen=seen, by=REGISTRAR),
            partial(receive, seen=seen, by=UNIVERSITY_REGISTRAR),
        )
        recalled, answer = at_once(*both) if round_ % 2 else reversed(at_once(*reversed(both)))
        told[(recalled, answer)] += 1
        state, applied = weighed(sitting).sitting.state, [bool(kinds(pupil)) for pupil in admitted]
        if recalled == "done":
            assert (answer, state, applied) == ("record-changed", SittingState.RECALLED, [False, False])
        else:
            assert (recalled, answer) == ("record-changed", "done")
            assert (state, applied) == (SittingState.SUBMITTED, [True, False])
    assert sum(told.values()) == ROUNDS
    assert sound()


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("first", ["recall", "answer"])
def test_whoever_comes_second_into_a_recall_or_an_answer_is_told(first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (pupil,) = a_class(1)
    sitting = opened()
    entered(sitting, PASSED)
    submitted(sitting)
    seen, prepare = version(sitting), accepted_lines.prepare
    recall = partial(sittings.recall_sitting, sitting, "成绩有误", seen=seen, by=REGISTRAR)
    answer = partial(sitting_answers.answer_sitting, sitting, {1: YES}, seen=seen, by=UNIVERSITY_REGISTRAR)

    def meanwhile(*args: object, **kwargs: object) -> object:
        recall()
        return prepare(*args, **kwargs)  # type: ignore[arg-type]

    if first == "recall":
        monkeypatch.setattr(accepted_lines, "prepare", meanwhile)
    else:
        answer()
    with pytest.raises(RecordChanged):
        (answer if first == "recall" else recall)()
    assert bool(kinds(pupil)) is (first == "answer")
    assert sound()


@pytest.mark.parametrize("stop_at", ["write", "move", "append"])
def test_an_answer_killed_inside_its_transaction_leaves_nothing_of_it(database: Settings, stop_at: str) -> None:
    admitted = a_class(2)
    sitting = opened()
    entered(sitting, PASSED, PASSED)
    submitted(sitting)
    seen, before = version(sitting), models.JournalEntry.objects.count()
    worker = process(database, "answer", sitting, str(seen), "2", stop_at)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "inside\n"
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    left_alone()
    assert [kinds(pupil) for pupil in admitted] == [[], []]
    found = models.Sitting.objects.get()
    assert (found.state, found.version, models.JournalEntry.objects.count()) == ("submitted", seen, before)
    assert sound()
    assert answered(sitting, 1, 2).state is SittingState.APPLIED
    assert [kinds(pupil) for pupil in admitted] == [PASSED_STEPS, PASSED_STEPS]
    assert sound()


# any order of steps

RESULTS: tuple[Mapping[str, object], ...] = (PASSED, FAILED, LEAVES, OUT, REPEATS, {"outcome": "passed"}, {})
PUPILS = 3
Step = tuple[str, int, int]
ENTERED = st.tuples(
    *(st.tuples(st.just("enter"), st.just(number), st.integers(0, len(RESULTS) - 1)) for number in range(1, PUPILS + 1))
)
SUBMITTED, CLOSED, OPENED = ("submit", 0, 0), ("close", 0, 0), ("open", 0, 0)
RECALLED = ("recall", 0, 0)
CONFIRMED = st.tuples(st.just("confirm"), st.just(0), st.integers(0, 3))
ANSWERED = st.tuples(st.just("answer"), st.just(0), st.integers(0, 2**PUPILS - 1))
BACK = st.sampled_from([(), (RECALLED,), (RECALLED, SUBMITTED)])
ROUND = st.builds(
    lambda entered, back, head, said: (*entered, SUBMITTED, *back, head, said), ENTERED, BACK, CONFIRMED, ANSWERED
)
AFTER = st.sampled_from([(), (CLOSED,), (CLOSED, OPENED), (OPENED,), (SUBMITTED,), (SUBMITTED, RECALLED)])
ANY_ORDER = ROUND.flatmap(st.permutations)
STEPS = st.tuples(ROUND, AFTER, st.one_of(ROUND, ANY_ORDER), AFTER).map(
    lambda parts: [step for part in parts for step in part]
)
"""A round in its order, a second in its order or in any, and what may come after each."""
ENDS = (
    tuple(PASSED_STEPS),
    ("stage_completed", "assessed"),
    ("stage_completed", "assessed", "left_project"),
    ("stage_completed", "assessed", "repeated"),
)
"""What one accepted line may have written."""


def some_answers(sitting: str, choice: int) -> dict[int, Answer]:
    """Answers to every line that waits: accepted where the choice has its bit."""
    waits = models.SittingLine.objects.filter(sitting=sitting, answer="put_up").values_list("number", flat=True)
    return {number: YES if choice >> (number - 1) & 1 else Answer(accepted=False, reason="请补正") for number in waits}


def take(sitting: str, step: Step, class_name: str) -> str:
    """Take one step of a list on its present version, allowed or not; return the id of a list that it opened."""
    name, number, choice = step
    seen = models.Sitting.objects.get(pk=sitting).version
    acts = {
        "enter": lambda: sittings.enter_results(sitting, {number: RESULTS[choice]}, seen=seen, by=REGISTRAR),
        "submit": lambda: sittings.submit_sitting(sitting, seen=seen, by=REGISTRAR),
        "confirm": lambda: (
            sittings.confirm_sitting(sitting, seen=seen, by=HEAD)
            if choice
            else sittings.turn_down_sitting(sitting, "请核对", seen=seen, by=HEAD)
        ),
        "answer": lambda: sitting_answers.answer_sitting(
            sitting, some_answers(sitting, choice), seen=seen, by=UNIVERSITY_REGISTRAR
        ),
        "close": lambda: sittings.close_sitting(sitting, "另行办理", seen=seen, by=REGISTRAR),
        "recall": lambda: sittings.recall_sitting(sitting, "填错了", seen=seen, by=REGISTRAR),
        "open": lambda: opened(class_name=class_name),
    }  # fmt: skip
    try:
        done = acts[name]()
    except GuantongError:
        return ""
    return str(done) if name == "open" else ""


def check_list(sitting: str) -> None:
    """The lines add up, and the list stands where its lines do."""
    found = weighed(sitting).sitting
    lines = [line.state for line in found.lines]
    assert sum(counted(lines).values()) == len(lines)
    waits = SittingState.CONFIRMING if found.state is SittingState.CONFIRMING else state_after(lines)
    assert (found.state, found.state is SittingState.CONFIRMING) in ((waits, LineState.PUT_UP in lines), (waits, False))


def check_pupil(pupil: str) -> None:
    """What was accepted was applied, once each, and nothing else was."""
    accepted = models.SittingLine.objects.filter(pupil_id=pupil, answer=LineState.ACCEPTED.value).count()
    assert models.JournalEntry.objects.filter(action="sitting-applied", subject=pupil).count() == accepted
    steps = kinds(pupil)
    assert len(steps) == len(set(steps)) or accepted > 1
    assert Counter(steps)["moved_on"] + Counter(steps)["left_project"] <= 1
    assert (tuple(steps) in ENDS) if accepted == 1 else (bool(steps) == bool(accepted))


@pytest.mark.usefixtures("sqlite")
def test_any_order_of_steps_adds_up_and_applies_nobody_twice() -> None:
    number = iter(range(1, 10_000))

    @settings(max_examples=20, derandomize=True)
    @given(steps=STEPS)
    def orders(steps: list[Step]) -> None:
        class_name = f"2023级第{next(number)}班"
        admitted = a_class(PUPILS, class_name=class_name, numbers=number)
        lists = [opened(class_name=class_name)]
        for step in steps:
            made = take(lists[-1], step, class_name)
            lists += [made] if made else []
        for sitting in lists:
            check_list(sitting)
        for pupil in admitted:
            check_pupil(pupil)

    orders()
    assert models.SittingLine.objects.filter(answer=LineState.ACCEPTED.value).count() > 4
    assert sound()
