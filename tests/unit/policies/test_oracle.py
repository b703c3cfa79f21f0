"""The whole rulebook written a second time, as plain ifs from DESIGN's table of clauses, and compared with the machine.

Nothing here uses the machine's logic. An answer is "yes", "no", "unknown" or a value; None is an input not known.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories import real_book

from guantong.policies import decide

Given = Mapping[str, Any]
HALF = Decimal("0.5")
FLOORS = {2023: Decimal(490), 2024: Decimal(490), 2025: Decimal(380)}
TOTALS = {2023: 660, 2024: 670, 2025: 510}
CONSENTS = (
    "meets_registration_rules", "pupil_applied", "releasing_school_agrees", "receiving_school_agrees",
    "departments_reviewed",
)  # fmt: skip


def together(*parts: str) -> str:
    """One no decides; else one unknown leaves it open."""
    return "no" if "no" in parts else "unknown" if "unknown" in parts else "yes"


def when(known: bool, value: object) -> str:
    """Unknown where the input is; else whether it holds."""
    return "unknown" if value is None else "yes" if known else "no"


def may_apply(cohort: int, case: Given) -> str:
    household, score = case["household"], case["score"]
    formal = "unknown" if household == "as_beijing" else when(household == "beijing", household)
    reached = when(score is not None and score >= FLOORS[cohort], score)
    return together(formal, when(case["exam_eligible"] is True, case["exam_eligible"]), reached)


def may_move_on(cohort: int, case: Given) -> str:
    return together(
        when(case["stage"] != "undergraduate", case["stage"]),
        when(case["stage_completed"] is True, case["stage_completed"]),
        when(case["assessment_passed"] is True, case["assessment_passed"]),
        when(case["left_project"] is False, case["left_project"]),
    )


def may_repeat(cohort: int, case: Given) -> str:
    facts = [case[name] for name in ("failed_transition", "eligible_to_repeat", "similar_major_next")]
    return together(
        *(when(fact is True, fact) for fact in facts), when(case["repeats_used"] == 0, case["repeats_used"])
    )


def one_change(case: Given) -> str:
    """What 三（三）5 asks of any change, of major or of school."""
    score, cutoff = case["exam_score"], case["target_cutoff"]
    above = "unknown" if score is None or cutoff is None else when(score > cutoff, score)
    consents = (when(case[name] is True, case[name]) for name in CONSENTS)
    return together(when(case["changes_used"] == 0, case["changes_used"]), *consents, above)


def may_change_major(cohort: int, case: Given) -> str:
    special, forbidden = case["special_entrant"], case["change_forbidden"]
    if special is False or forbidden is False:
        return one_change(case)
    return together(one_change(case), "no" if special and forbidden else "unknown")


def may_change_school(cohort: int, case: Given) -> str:
    in_doubt = case["stage"] in (None, "secondary")
    return together(one_change(case), "unknown" if in_doubt else "yes")


def may_resume(cohort: int, case: Given) -> str:
    eligible, runs, similar = (case[name] for name in ("eligible_to_resume", "school_runs_next", "similar_major_next"))
    return together(when(eligible is True, eligible), when(runs is True, runs), "yes" if similar else "unknown")


def may_leave_project(cohort: int, case: Given) -> str:
    before = when(case["stage"] != "undergraduate", case["stage"])
    return together(before, when(case["stage_completed"] is True, case["stage_completed"]))


def registered_at(cohort: int, case: Given) -> str:
    project, stage = case["project"], case["stage"]
    if project is None or stage is None:
        return "unknown"
    if project == "zhongben":
        return "school" if stage == "secondary" else "university"
    if cohort == 2020 or case["single_university"] is not False:
        return "unknown"
    return "university" if stage == "undergraduate" else "college"


def certificate(cohort: int, case: Given) -> str:
    project, stage, completed = case["project"], case["stage"], case["stage_completed"]
    if cohort == 2020:
        last = (project, stage, completed) == ("zhongben", "undergraduate", True)
        return "undergraduate_by_university" if last else "unknown"
    if project is not None and completed is False:
        return "none"
    if project is None or stage is None or completed is None:
        return "unknown"
    return of_zhongben(stage) if project == "zhongben" else of_gaoben(stage, case)


def of_zhongben(stage: str) -> str:
    """Who gives which certificate at the end of a stage, 二（二）."""
    by_stage = {"secondary": "secondary_by_school", "college": "college_by_university"}
    return by_stage.get(stage, "undergraduate_by_university")


def of_gaoben(stage: str, case: Given) -> str:
    """The same for 高本, 二（一）; a 中职 diploma only on leaving, nothing where one university runs it all."""
    if case["single_university"] is not False:
        return "unknown"
    if stage == "secondary":
        return "secondary_by_college" if case["leaving"] else "unknown"
    return "college_by_college" if stage == "college" else "undergraduate_by_university"


ORACLE: dict[str, Callable[[int, Given], str]] = {
    function.__name__: function
    for function in (
        may_apply, may_move_on, may_repeat, may_change_major, may_change_school, may_resume, may_leave_project,
        registered_at, certificate,
    )
}  # fmt: skip
ENACTED = {name: {2023, 2024, 2025} for name in ORACLE}
ENACTED["registered_at"] = ENACTED["certificate"] = {2020, 2023, 2024, 2025}


def expected(decision: str, cohort: int, case: Given) -> str:
    """The plain answer; unknown for a cohort of which nothing is enacted or carried."""
    return ORACLE[decision](cohort, case) if cohort in ENACTED[decision] else "unknown"


def answered(decision: str, cohort: int, case: Given) -> str:
    """The machine's answer."""
    made = decide(real_book(), case, cohort=cohort, decision=decision)
    assert (made.missing != ()) == ("unknown" in (made.verdict, made.value))
    return made.value or made.verdict


@st.composite
def cases(draw: st.DrawFn, decision: str, cohort: int) -> dict[str, Any]:
    """Any inputs of a decision, some of them unknown; scores often near the floor or each other."""
    book, middle = real_book(), FLOORS.get(cohort, Decimal(400))
    near = st.integers(-2, 2).map(lambda steps: middle + Decimal(steps) / 2)
    far = st.integers(0, 2 * TOTALS.get(cohort, 700)).map(lambda steps: Decimal(steps) / 2)
    numbers = {"score": near | far, "count": st.integers(0, 3)}
    case: dict[str, Any] = {}
    for name in book.decisions[decision].inputs:
        spec = book.inputs[name]
        known = st.sampled_from(spec.domain()) if spec.domain() else numbers[spec.kind.value]
        case[name] = draw(st.one_of(known, known, known, st.none()))
    return case


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, int, dict[str, Any]]:
    """Any decision, any cohort, any inputs."""
    decision, cohort = draw(st.sampled_from(sorted(ORACLE))), draw(st.integers(2019, 2028))
    return decision, cohort, draw(cases(decision, cohort))


def whole_domain(decision: str, cohort: int) -> Iterator[dict[str, Any]]:
    """Every case that plain reading can tell apart, unknowns included."""
    book, middle = real_book(), FLOORS.get(cohort, Decimal(400))
    numbers = {"score": (None, Decimal(0), middle - HALF, middle, middle + HALF), "count": (None, 0, 1, 2)}
    specs = [book.inputs[name] for name in book.decisions[decision].inputs]
    values = [numbers.get(spec.kind.value, (None, *spec.domain())) for spec in specs]
    for combination in product(*values):
        yield dict(zip((spec.name for spec in specs), combination, strict=True))


def test_every_decision_of_the_rulebook_is_written_here() -> None:
    assert set(ORACLE) == set(real_book().decisions)


@pytest.mark.parametrize("cohort", range(2019, 2029))
@pytest.mark.parametrize("decision", sorted(ORACLE.keys() - {"may_change_major", "may_change_school"}))
def test_the_machine_agrees_with_plain_python_on_the_whole_domain(decision: str, cohort: int) -> None:
    for case in whole_domain(decision, cohort):
        assert answered(decision, cohort, case) == expected(decision, cohort, case), case


@pytest.mark.parametrize("cohort", [2019, 2020, 2021, 2023, 2025, 2026])
@pytest.mark.parametrize("decision", ["may_change_major", "may_change_school"])
@given(data=st.data())
def test_the_machine_agrees_with_plain_python_on_changes(decision: str, cohort: int, data: st.DataObject) -> None:
    case = data.draw(cases(decision, cohort))
    assert answered(decision, cohort, case) == expected(decision, cohort, case)


@pytest.mark.parametrize("stage", [None, "secondary", "college", "undergraduate"])
@given(data=st.data())
def test_the_machine_agrees_where_at_most_two_things_are_amiss(stage: str | None, data: st.DataObject) -> None:
    good = {"stage": stage, "changes_used": 0, **dict.fromkeys(CONSENTS, True)}
    case = {**good, "exam_score": 400, "target_cutoff": data.draw(st.sampled_from([399.5, 400, 400.5, None]))}
    amiss = data.draw(st.sampled_from(sorted({*CONSENTS, "changes_used"})))
    case[amiss] = data.draw(st.sampled_from([case[amiss], None, 1 if amiss == "changes_used" else False]))
    assert answered("may_change_school", 2025, case) == expected("may_change_school", 2025, case)


@settings(max_examples=1000)
@given(questions())
def test_the_machine_agrees_with_plain_python_on_anything(question: tuple[str, int, dict[str, Any]]) -> None:
    assert answered(*question) == expected(*question)


@settings(max_examples=1000)
@given(questions(), st.data())
def test_filling_in_an_unknown_never_flips_a_settled_answer(
    question: tuple[str, int, dict[str, Any]], data: st.DataObject
) -> None:
    decision, cohort, full = question
    hidden = data.draw(st.sets(st.sampled_from(sorted(full))))
    partly = {name: None if name in hidden else value for name, value in full.items()}
    assert answered(decision, cohort, partly) in ("unknown", answered(decision, cohort, full))
