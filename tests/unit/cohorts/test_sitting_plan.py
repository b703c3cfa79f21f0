"""What a result amounts to for one pupil: the steps that follow by the cohort's law, or the clause against them."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache

import pytest
from tests.unit.cohorts.makers import (
    GAOBEN,
    NO_PARTNER,
    PAPER,
    PLAIN,
    SINGLE,
    THREE_PLUS_TWO,
    ZHONGBEN,
    History,
    asked,
    law,
)

from guantong.cohorts import EventKind, NextClass, Standing, Verdict, fold, state_of
from guantong.cohorts.majors import SimilarMajors
from guantong.cohorts.sitting_plan import (
    NOTHING_AHEAD,
    Ahead,
    LinePlan,
    can_be_put_up,
    plan_line,
    receiving_institution,
)
from guantong.cohorts.sittings import Terms, read_result
from guantong.registry import Stage

AT = datetime(2026, 7, 10, 9)
PASSED = {"outcome": "passed", "completed": True}
FAILED = {"outcome": "failed", "completed": True}
LEAVES = {"outcome": "leaves", "completed": True}
REPEATS = {"outcome": "repeats", "completed": True, "eligible_to_repeat": True, "similar_major_next": True}
the_law = cache(law)


def terms(project: str = ZHONGBEN, receiver: str = "university-b", **fields: object) -> Terms:
    """What holds for the list."""
    base = Terms(
        project=project,
        school=project.split(":")[0],
        on=date(2026, 7, 10),
        to_stage=Stage.COLLEGE,
        receiver=receiver,
    )
    return replace(base, **fields)  # type: ignore[arg-type]


def plan(history: History, raw: dict[str, object], held: Terms | None = None, ahead: Ahead = NOTHING_AHEAD) -> LinePlan:
    """The plan for a pupil."""
    result, problems = read_result(raw)
    assert problems == ()
    return plan_line(history.events, result, held or terms(), law=the_law(), at=AT, ahead=ahead)


def kinds(found: LinePlan) -> list[str]:
    """The steps by name."""
    assert found.refusal is None
    return [event.kind.value for event in found.events]


def against(found: LinePlan) -> tuple[Verdict, str]:
    """Why a line cannot be put up."""
    assert found.refusal is not None
    assert (found.steps, found.stands) == ((), False)
    return found.refusal.verdict, found.refusal.reason


def test_a_pass_completes_assesses_moves_on_and_registers_where_the_law_says() -> None:
    found = plan(History(), PASSED)
    assert kinds(found) == ["stage_completed", "assessed", "moved_on", "registered"]
    assert found.stands
    assert not found.on_paper
    after = fold([*History().events, *found.events])
    assert (after.stage, after.registered_at, after.school) == (Stage.COLLEGE, "university-b", "school-a")
    assert all(event.recorded_at == AT and event.effective_on == date(2026, 7, 10) for event in found.events)


def test_what_is_recorded_already_is_not_recorded_again() -> None:
    history = History().add("stage_completed", "2026-06-30", stage="secondary")
    assert kinds(plan(history, {"outcome": "passed"})) == ["assessed", "moved_on", "registered"]
    history.add("assessed", "2026-07-01", stage="secondary", passed=True)
    assert kinds(plan(history, {"outcome": "passed"})) == ["moved_on", "registered"]


def test_a_completion_on_record_is_not_denied_by_a_list() -> None:
    history = History().add("stage_completed", "2026-06-30", stage="secondary")
    verdict, reason = against(plan(history, {"outcome": "passed", "completed": False}))
    assert (verdict, "与学籍记录不符" in reason) == (Verdict.IMPOSSIBLE, True)


def test_a_failure_whose_way_is_open_is_only_recorded() -> None:
    assert kinds(plan(History(), FAILED)) == ["stage_completed", "assessed"]
    assert kinds(plan(History(), {"outcome": "failed", "completed": False})) == ["assessed"]


@pytest.mark.parametrize("raw", [REPEATS, LEAVES])
def test_who_failed_on_an_earlier_list_chooses_later_without_a_second_failure(raw: dict[str, object]) -> None:
    history = History().add("stage_completed", "2026-06-30", stage="secondary")
    history.add("assessed", "2026-07-01", stage="secondary", passed=False)
    assert kinds(plan(history, raw)) == ["repeated" if raw is REPEATS else "left_project"]
    assert kinds(plan(history, FAILED)) == ["assessed"]
    assert kinds(plan(history, PASSED)) == ["assessed", "moved_on", "registered"]


@pytest.mark.parametrize("raw", [FAILED, REPEATS])
def test_a_pass_on_record_is_not_failed_by_a_list(raw: dict[str, object]) -> None:
    history = History().add("stage_completed", "2026-06-30", stage="secondary")
    history.add("assessed", "2026-07-01", stage="secondary", passed=True)
    verdict, reason = against(plan(history, raw))
    assert (verdict, "已经达到条件" in reason) == (Verdict.IMPOSSIBLE, True)


def test_a_repeat_goes_into_the_next_class() -> None:
    found = plan(History(), REPEATS)
    assert kinds(found) == ["stage_completed", "assessed", "repeated"]
    assert found.events[-1].details["class_year"] == 2024
    assert found.steps[-1].asked.facts == {"eligible_to_repeat": True, "similar_major_next": True}


def test_a_repeat_without_what_its_rule_asks_names_what_would_settle_it() -> None:
    found = plan(History(), {"outcome": "repeats", "completed": True})
    verdict, _ = against(found)
    assert verdict is Verdict.UNKNOWN
    assert found.refusal is not None
    assert found.refusal.clauses
    assert found.refusal.settle


def test_a_repeat_that_a_clause_forbids_needs_an_approval_and_so_stays_off_the_list() -> None:
    found = plan(History(), {**REPEATS, "similar_major_next": False, **PAPER})
    verdict, _ = against(found)
    assert verdict is Verdict.NO
    assert found.refusal is not None
    assert found.refusal.clauses
    assert "请在学生页单独办理，附批准文件" in found.refusal.settle
    assert found.refusal.alone is EventKind.REPEATED


def test_what_an_unknown_leaves_open_a_document_of_the_school_settles() -> None:
    found = plan(History(), {"outcome": "repeats", "completed": True, **PAPER})
    assert (kinds(found)[-1], found.on_paper) == ("repeated", True)
    assert found.events[-1].standing is Standing.ON_DOCUMENT
    assert found.events[-1].details["document_number"] == PAPER["document_number"]


def test_half_a_document_is_told_what_it_lacks() -> None:
    raw = {"outcome": "repeats", "completed": True, "document_number": "演示〔2026〕1号"}
    found = plan(History(), raw)
    assert found.refusal is not None
    assert found.refusal.settle[-1] == "还缺所依据文件的文件日期、出具单位"


def test_the_class_to_come_on_record_answers_for_itself_and_is_not_contradicted() -> None:
    ahead = Ahead(next_class=NextClass(school="school-a", class_year=2024, majors=("710205",)), similar=SimilarMajors())
    raw = {"outcome": "repeats", "completed": True, "eligible_to_repeat": True}
    assert kinds(plan(History(), raw, ahead=ahead))[-1] == "repeated"
    assert kinds(plan(History(), REPEATS, ahead=ahead))[-1] == "repeated"
    verdict, reason = against(plan(History(), {**REPEATS, "similar_major_next": False}, ahead=ahead))
    assert (verdict, "与学籍记录不符" in reason) == (Verdict.IMPOSSIBLE, True)


def test_who_leaves_after_the_stage_is_certified_by_whom_the_law_names_or_who_registered() -> None:
    found = plan(History(), LEAVES)
    assert kinds(found) == ["stage_completed", "assessed", "left_project"]
    assert found.events[-1].details == {"because": "not_passed", "issuer": "school-a"}
    unfinished = plan(History(), {"outcome": "leaves", "completed": False})
    assert unfinished.refusal is not None or "issuer" not in unfinished.events[-1].details


def test_a_pass_without_the_stages_studies_is_against_the_clause() -> None:
    found = plan(History(), {"outcome": "passed", "completed": False})
    assert against(found)[0] is Verdict.NO
    assert found.refusal is not None
    assert found.refusal.clauses


def test_a_registration_that_the_law_leaves_open_is_left_to_be_done_and_told() -> None:
    found = plan(History(SINGLE), PASSED, terms(SINGLE, "university-b"))
    assert kinds(found) == ["stage_completed", "assessed", "moved_on"]
    assert found.notices[0].startswith("接续注册另办")
    with_paper = plan(History(SINGLE), {**PASSED, **PAPER}, terms(SINGLE, "university-b"))
    assert (kinds(with_paper)[-1], with_paper.on_paper, with_paper.notices) == ("registered", True, ())


def test_half_a_document_for_a_registration_is_not_passed_over() -> None:
    found = plan(History(SINGLE), {**PASSED, "document_number": "演示〔2026〕1号"}, terms(SINGLE, "university-b"))
    assert against(found)[0] is Verdict.UNKNOWN


def test_projects_outside_the_rules_move_on_with_a_document_only() -> None:
    held = terms(THREE_PLUS_TWO, "college-a")
    assert against(plan(History(THREE_PLUS_TWO), PASSED, held))[0] is Verdict.UNKNOWN
    found = plan(History(THREE_PLUS_TWO), {**PASSED, **PAPER}, held)
    assert (kinds(found)[-1], found.on_paper) == ("registered", True)


@pytest.mark.parametrize(
    ("raw", "settle"),
    [({}, "考核结果"), ({"completed": True}, "考核结果"), ({"outcome": "passed"}, "是否完成本学段学业")],
)
def test_what_is_not_entered_is_asked_for(raw: dict[str, object], settle: str) -> None:
    found = plan(History(), raw)
    assert against(found)[0] is Verdict.UNKNOWN
    assert found.refusal is not None
    assert found.refusal.settle == (settle,)


def test_who_does_not_take_part_has_neither_steps_nor_a_refusal() -> None:
    found = plan(History(), {"outcome": "not_put_up"})
    assert (found.steps, found.refusal, found.stands) == ((), None, False)


def test_an_event_of_a_later_day_stands_against_an_earlier_list() -> None:
    history = History().add("suspended", "2026-08-01").add("resumed", "2026-08-20", class_year=2023)
    verdict, reason = against(plan(history, PASSED))
    assert (verdict, "不能早于" in reason) == (Verdict.IMPOSSIBLE, True)


def test_the_same_question_has_the_same_answer() -> None:
    for raw in (PASSED, FAILED, REPEATS, LEAVES, {}):
        assert plan(History(), raw) == plan(History(), raw)


def test_who_has_gone_elsewhere_is_not_put_up_by_this_school() -> None:
    for held in (terms(school="school-c"), terms(project=GAOBEN)):
        verdict, reason = against(plan(History(), PASSED, held))
        assert (verdict, "不在本校" in reason) == (Verdict.IMPOSSIBLE, True)


@pytest.mark.parametrize(
    ("history", "why"),
    [
        (History(registered=False), "学籍状态"),
        (History().add("suspended", "2026-03-01"), "休学"),
        (History().add("dropped_out", "2026-03-01"), "退学"),
        (History(PLAIN), "没有转段"),
    ],
)
def test_the_record_itself_says_who_cannot_be_put_up(history: History, why: str) -> None:
    state = state_of(history.events)
    assert state is not None
    named = {"project": state.project.id, "school": state.school}
    assert why in can_be_put_up(state, **named, to_stage=Stage.COLLEGE)


def test_nobody_is_put_up_for_another_stage_than_the_next() -> None:
    state = state_of(History().events)
    named = {"project": ZHONGBEN, "school": "school-a"}
    assert can_be_put_up(state, **named, to_stage=Stage.COLLEGE) == ""
    assert "不能升入" in can_be_put_up(state, **named, to_stage=Stage.UNDERGRADUATE)
    assert can_be_put_up(None, **named, to_stage=Stage.COLLEGE)


@pytest.mark.parametrize(
    ("project", "cohort", "named"),
    [
        (ZHONGBEN, 2023, "university-b"),
        (GAOBEN, 2023, "college-a"),
        (SINGLE, 2023, ""),
        (NO_PARTNER, 2023, ""),
    ],
)
def test_the_law_of_the_cohort_names_who_receives(project: str, cohort: int, named: str) -> None:
    state = fold(History(project, cohort).events)
    assert receiving_institution(state, Stage.COLLEGE, law=the_law(), asked=asked()) == named
