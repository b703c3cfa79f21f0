"""The cases beside the rules: each is a test under its own Chinese sentence, and together they leave nothing out."""

import pytest
from tests.factories import real_book, real_cases

from guantong.policies import Case, decide, run_cases
from guantong.policies.law import Mark


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in real_cases()])
def test_the_rulebook_answers_as_the_case_says(case: Case) -> None:
    (result,) = run_cases(real_book(), [case])
    assert result.faults == ()


def test_there_are_at_least_sixty_cases() -> None:
    assert len(real_cases()) >= 60


def test_every_decision_has_cases_for_each_of_its_answers() -> None:
    wanted = {
        (spec.id, answer)
        for spec in real_book().decisions.values()
        for answer in ("unknown", *(spec.values or ("yes", "no")))
    }
    assert wanted - {(case.decision, case.expect) for case in real_cases()} == set()


def test_every_choice_of_every_decision_is_given_in_a_case() -> None:
    book = real_book()
    given = {(case.decision, name, value) for case in real_cases() for name, value in case.given.items()}
    wanted = {
        (spec.id, name, value)
        for spec in book.decisions.values()
        for name in spec.inputs
        for value in book.inputs[name].domain()
    }
    assert wanted - given == set()


def test_every_input_of_every_decision_is_missing_alone_in_a_case() -> None:
    wanted = {(spec.id, (name,)) for spec in real_book().decisions.values() for name in spec.inputs}
    assert wanted - {(case.decision, case.missing) for case in real_cases()} == set()


def test_every_stage_stands_with_every_project_where_both_are_asked() -> None:
    book, asked = real_book(), ("registered_at", "certificate")
    given = {(case.decision, case.given.get("project"), case.given.get("stage")) for case in real_cases()}
    stages, projects = book.inputs["stage"].domain(), book.inputs["project"].domain()
    wanted = {(decision, project, stage) for decision in asked for project in projects for stage in stages}
    assert wanted - given == set()


def test_every_clause_marked_as_a_rule_is_touched_by_a_case() -> None:
    book = real_book()
    touched = {
        finding.planned.clause.id
        for case in real_cases()
        for finding in decide(book, case.given, cohort=case.cohort, decision=case.decision, on=case.on).findings
    }
    wanted = {clause.id for clause in book.clauses.values() if clause.mark is Mark.RULE}
    assert wanted - touched == set()


def test_every_rule_is_touched_by_a_case() -> None:
    book = real_book()
    touched = {
        (case.decision, finding.planned.rule.name)
        for case in real_cases()
        for finding in decide(book, case.given, cohort=case.cohort, decision=case.decision, on=case.on).findings
    }
    assert {(rule.decision, rule.name) for rule in book.rules} - touched == set()


def test_every_cohort_without_law_has_a_case_that_says_so() -> None:
    without = {case.cohort for case in real_cases() if case.decision == "may_apply" and case.missing == ("law",)}
    assert without >= {2019, 2020, 2021, 2022, 2026, 2027, 2028}
