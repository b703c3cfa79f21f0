"""A run of official work: whose turn it is, what was done, what came back, what is due."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.errors import StepRefused
from guantong.procedures import (
    DayOfYear,
    DaysAfter,
    Outcome,
    Procedure,
    Run,
    Step,
    StepKind,
    StepRecord,
    advanced,
    due,
    due_on,
    state_of,
    what_is_due,
)

REPORT = Procedure(
    id="december-report",
    title="项目年度报告",
    clause="jjzc-2023-6:4.3.1",
    steps=(
        Step(id="draft", kind=StepKind.PREPARE, title="起草", role="registrar", deadline=DaysAfter(days=30)),
        Step(id="sign", kind=StepKind.SIGN, title="校长签署", role="head", returns_to="draft"),
        Step(
            id="cosign", kind=StepKind.COSIGN, title="高校会签", role="university", returns_to="draft",
            deadline=DaysAfter(days=10, step="sign"),
        ),
        Step(id="submit", kind=StepKind.SUBMIT, title="报市教委", role="head", deadline=DayOfYear(month=12, day=31)),
    ),
)  # fmt: skip
ROLES = {step.id: step.role for step in REPORT.steps}


def make_run(*done: tuple[str, str], subject: str = "p") -> Run:
    """A run of 2026, begun on 1 November, with steps done on days."""
    records = tuple(record(step, on) for step, on in done)
    return Run(procedure=REPORT, subject=subject, year=2026, started=date(2026, 11, 1), records=records)


def record(step: str, on: str, outcome: Outcome = Outcome.DONE, reason: str = "", role: str = "") -> StepRecord:
    """What somebody did."""
    return StepRecord(
        step=step, outcome=outcome, role=role or ROLES.get(step, "x"), on=date.fromisoformat(on), reason=reason
    )


def test_a_new_run_is_at_its_first_step() -> None:
    state = state_of(make_run())
    assert (state.current, state.done, state.returned) == (REPORT.steps[0], {}, "")


def test_each_step_done_hands_on_to_the_next_and_the_last_finishes() -> None:
    run = make_run(("draft", "2026-11-10"), ("sign", "2026-11-12"), ("cosign", "2026-11-20"))
    assert state_of(run).current == REPORT.steps[3]
    finished = state_of(advanced(run, record("submit", "2026-12-01")))
    assert (finished.current, finished.done["submit"]) == (None, date(2026, 12, 1))
    assert due(advanced(run, record("submit", "2026-12-01")), date(2026, 12, 2)) is None


def test_what_is_sent_back_goes_to_its_step_with_the_reason_and_is_done_anew() -> None:
    run = make_run(("draft", "2026-11-10"), ("sign", "2026-11-12"))
    back = advanced(run, record("cosign", "2026-11-15", Outcome.RETURNED, "数字不符"))
    state = state_of(back)
    assert (state.current, state.returned, state.returns, state.done) == (REPORT.steps[0], "数字不符", 1, {})
    again = advanced(back, record("draft", "2026-11-16"))
    assert (state_of(again).returned, state_of(again).returns) == ("", 1)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (record("submit", "2026-11-15"), "现在轮到“校长签署”"),
        (record("sign", "2026-11-15", role="registrar"), "由另一个角色办理"),
        (record("sign", "2026-11-09"), "日期早于上一步"),
        (record("sign", "2026-11-15", Outcome.RETURNED, " "), "退回要写明理由"),
        (record("nothing", "2026-11-15"), "办“nothing”"),
    ],
)
def test_what_does_not_fit_is_refused(made: StepRecord, why: str) -> None:
    with pytest.raises(StepRefused, match=why):
        advanced(make_run(("draft", "2026-11-10")), made)


def test_only_who_checks_may_send_back() -> None:
    with pytest.raises(StepRefused, match="这一步不能退回"):
        advanced(make_run(), record("draft", "2026-11-10", Outcome.RETURNED, "不做"))


def test_after_the_last_step_nothing_follows() -> None:
    done = make_run(("draft", "2026-11-10"), ("sign", "2026-11-12"), ("cosign", "2026-11-20"), ("submit", "2026-12-01"))
    with pytest.raises(StepRefused, match="全部步骤都已办完"):
        advanced(done, record("submit", "2026-12-02"))


def test_the_day_itself_is_in_time_and_the_next_is_late() -> None:
    run = make_run(("draft", "2026-11-10"), ("sign", "2026-11-12"), ("cosign", "2026-11-20"))
    last, after = due(run, date(2026, 12, 31)), due(run, date(2027, 1, 1))
    assert last is not None
    assert after is not None
    assert (last.until, last.days_left, last.late) == (date(2026, 12, 31), 0, False)
    assert (after.days_left, after.late) == (-1, True)


def test_a_step_without_a_deadline_is_never_late() -> None:
    up = due(make_run(("draft", "2026-11-10")), date(2030, 1, 1))
    assert up is not None
    assert (up.until, up.days_left, up.late) == (None, None, False)


def test_deadlines_count_from_the_start_from_a_step_or_stand_in_the_year() -> None:
    done = {"sign": date(2026, 11, 12)}
    days = [
        due_on(deadline, year=2026, started=date(2026, 11, 1), done=done)
        for deadline in (
            DaysAfter(days=30), DaysAfter(days=10, step="sign"), DaysAfter(days=10, step="cosign"),
            DayOfYear(month=3, day=31, years_after=1), None,
        )
    ]  # fmt: skip
    assert days == [date(2026, 12, 1), date(2026, 11, 22), None, date(2027, 3, 31), None]


def test_the_most_pressing_comes_first_and_each_role_sees_its_own() -> None:
    signing = make_run(("draft", "2026-11-10"), subject="b")
    drafting, cosigning = make_run(subject="a"), make_run(("draft", "2026-11-10"), ("sign", "2026-11-12"), subject="c")
    runs = [signing, drafting, cosigning]
    assert [one.run.subject for one in what_is_due(runs, date(2026, 11, 15))] == ["c", "a", "b"]
    assert [one.run.subject for one in what_is_due(runs, date(2026, 11, 15), "head")] == ["b"]


def test_every_kind_and_outcome_has_its_word() -> None:
    assert len({kind.label for kind in StepKind}) == len(StepKind)
    assert [outcome.label for outcome in Outcome] == ["已办", "退回"]
    assert [kind.value for kind in StepKind if not kind.may_return] == [
        "prepare", "submit", "hand_over", "decide", "publish",
    ]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from([step.id for step in REPORT.steps]), st.booleans()), max_size=30))
def test_the_step_that_is_up_is_the_first_that_is_not_done(tries: list[tuple[str, bool]]) -> None:
    run, place = make_run(), 0
    for step, done in tries:
        made = record(step, "2026-11-02", Outcome.DONE if done else Outcome.RETURNED, "理由")
        fits = place < 4 and REPORT.steps[place].id == step and (done or place in (1, 2))
        try:
            run = advanced(run, made)
        except StepRefused:
            assert not fits
        else:
            assert fits
            place = place + 1 if done else 0
    state = state_of(run)
    assert list(state.done) == [step.id for step in REPORT.steps[:place]]
    assert state.current == (REPORT.steps[place] if place < 4 else None)
