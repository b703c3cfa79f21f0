"""Branches: no step is skipped, a run comes to exactly one end, and a decision is always said."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import beijing

from guantong.errors import Problem, StepRefused
from guantong.people import Role
from guantong.procedures import DONE, Outcome, Procedure, Run, StepKind, StepRecord, advanced, read_procedure, state_of
from guantong.sheets import Record

PROCEDURES = beijing().procedures
NAMES = sorted(PROCEDURES)
START = date(2026, 9, 1)


def run_of(procedure: Procedure) -> Run:
    """A run that has just begun."""
    return Run(procedure=procedure, subject="x", year=2026, started=START)


def record(run: Run, choice: str = "", outcome: Outcome = Outcome.DONE, days: int = 0) -> StepRecord:
    """What is done with the step that is up."""
    step = state_of(run).current
    assert step is not None
    day = START + timedelta(days=len(run.records) + days)
    return StepRecord(step=step.id, outcome=outcome, role=step.role, on=day, reason="理由", choice=choice)


def plain_path(procedure: Procedure, made: list[tuple[str, str]]) -> tuple[str, str]:
    """An independent model: the place after some (outcome, choice), as a walk over the list of steps."""
    steps, at = list(procedure.steps), 0
    for outcome, choice in made:
        step = steps[at]
        if outcome == "returned":
            at = [one.id for one in steps].index(step.returns_to)
            continue
        chosen = [branch.to for branch in step.branches if branch.choice == choice]
        if not chosen:
            at += 1
        elif chosen[0] in [one.id for one in steps]:
            at = [one.id for one in steps].index(chosen[0])
        else:
            return "", chosen[0]
        if at == len(steps):
            return "", DONE
    return steps[at].id, ""


@given(st.sampled_from(NAMES), st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=30))
def test_a_run_follows_the_plain_walk_and_comes_to_one_end(name: str, tries: list[tuple[bool, int]]) -> None:
    procedure = PROCEDURES[name]
    run, made = run_of(procedure), []
    for returned, pick in tries:
        step = state_of(run).current
        if step is None:
            assert state_of(run).end in {DONE, *(end.id for end in procedure.ends)}
            break
        if returned and step.returns_to and step.kind.may_return:
            run = advanced(run, record(run, outcome=Outcome.RETURNED))
            made.append(("returned", ""))
        else:
            choices = [branch.choice for branch in step.branches] + ([] if step.kind is StepKind.DECIDE else [""])
            choice = choices[pick % len(choices)]
            run = advanced(run, record(run, choice))
            made.append(("done", choice))
        state = state_of(run)
        assert (state.current.id if state.current else "", state.end) == plain_path(procedure, made)
        done = [procedure.place_of(one) for one in state.done]
        if state.current:
            assert sorted(done) == list(range(procedure.place_of(state.current.id)))


def test_a_decision_names_its_outcome_and_no_other() -> None:
    run = run_of(PROCEDURES["rectification"])
    for _ in range(4):
        run = advanced(run, record(run))
    for choice, why in (("", "要说明结果是哪一种"), ("maybe", "这一步没有这种结果")):
        with pytest.raises(StepRefused, match=why):
            advanced(run, record(run, choice))
    still = advanced(run, record(run, "still"))
    assert (state_of(still).current.id, state_of(still).returns) == ("plan", 1)  # type: ignore[union-attr]
    gone = state_of(advanced(run, record(run, "gone")))
    assert (gone.current, gone.end, max(gone.done.values())) == (None, "closed", START + timedelta(days=4))


def test_after_its_end_nothing_more_is_done() -> None:
    run = run_of(PROCEDURES["section"])
    over = advanced(run, record(run, "exempt"))
    assert state_of(over).end == "exempted"
    with pytest.raises(StepRefused, match="全部步骤都已办完"):
        advanced(over, StepRecord(step="check", outcome=Outcome.DONE, role="quality_officer", on=START))


def rules(branches: list[dict[str, Any]], **fields: Any) -> list[str]:
    """The complaints about a procedure of three steps whose first has these branches."""
    steps = [
        {"id": name, "kind": "prepare", "title": name, "role": Role.REGISTRAR.value}
        for name in ("first", "second", "third")
    ]
    raw = {"id": "p", "title": "流程", "steps": [{**steps[0], "branches": branches}, *steps[1:]], **fields}
    problems: list[Problem] = []
    read_procedure(Record(raw, "p.yaml", "", problems), [role.value for role in Role])
    return [problem.rule for problem in problems]


@pytest.mark.parametrize(
    ("to", "rule"),
    [("third", "会跳过步骤"), ("nowhere", "没有这个步骤或结果"), ("second", ""), ("first", ""), ("over", "")],
)
def test_a_branch_leads_to_an_end_the_next_step_or_an_earlier_one(to: str, rule: str) -> None:
    found = rules([{"choice": "a", "title": "甲", "to": to}], ends=[{"id": "over", "title": "结束"}])
    assert any(rule in one for one in found) if rule else found == []


def test_choices_and_ends_have_names_of_their_own() -> None:
    twice = [{"choice": "a", "title": "甲", "to": "second"}] * 2
    assert any("结果编号重复" in one for one in rules(twice))
    assert any("已经用过" in one for one in rules([], ends=[{"id": "first", "title": "重名"}]))
    assert any("已经用过" in one for one in rules([], ends=[{"id": DONE, "title": "重名"}]))


def test_a_step_that_decides_has_something_to_decide() -> None:
    problems: list[Problem] = []
    step = {"id": "s", "kind": "decide", "title": "判定", "role": Role.CITY.value}
    read_procedure(Record({"id": "p", "title": "流程", "steps": [step]}, "p", "", problems), [Role.CITY.value])
    assert [problem.rule for problem in problems] == ["判定这一步要写明有哪几种结果"]
