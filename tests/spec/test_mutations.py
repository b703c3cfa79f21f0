"""What a changed or a missing value does: exactly the answers that rest on it change."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from tests.factories import real_book, real_cases

from guantong.policies import Case, Rulebook, decide, run_cases
from guantong.policies.law import DatedValue

HALF = Decimal("0.5")
FLOORS = {2023: Decimal(490), 2024: Decimal(490), 2025: Decimal(380)}
TOTALS = {2023: 660, 2024: 670, 2025: 510}
HOUSEHOLDS = {"beijing": "yes", "as_beijing": "unknown", "migrant": "no", "other": "no", None: "unknown"}
ELIGIBLE = {True: "yes", False: "no", None: "unknown"}

each_floor = pytest.mark.parametrize("cohort", sorted(FLOORS))


def moved(book: Rulebook, cohort: int, by: Decimal) -> Rulebook:
    """The rulebook with the floor of one cohort moved."""

    def move(value: DatedValue) -> DatedValue:
        hit = value.name == "score_floor" and cohort in value.cohorts
        return replace(value, numbers=tuple(number + by for number in value.numbers)) if hit else value

    return book.with_values(tuple(map(move, book.values)))


def failing(book: Rulebook) -> set[str]:
    """The cases that a rulebook answers otherwise than they say."""
    return {result.case.name for result in run_cases(book, real_cases()) if result.faults}


def scored(cohort: int, score: Decimal) -> set[str]:
    """The cases on applying that give exactly this score in a cohort."""

    def lies_on_it(case: Case) -> bool:
        given = str(case.given.get("score", "unknown"))
        return given != "unknown" and Decimal(given) == score

    asked = [case for case in real_cases() if case.decision == "may_apply" and case.cohort == cohort]
    return {case.name for case in asked if lies_on_it(case)}


def combined(*parts: str) -> str:
    """Kleene's and, in words."""
    return "no" if "no" in parts else "unknown" if "unknown" in parts else "yes"


def applications(cohort: int) -> Iterator[tuple[dict[str, object], str, str]]:
    """The whole domain of applying in a cohort: inputs, the answer, the answer without the floor."""
    floor = FLOORS[cohort]
    scores = (None, Decimal(0), floor - HALF, floor, floor + HALF, Decimal(TOTALS[cohort]))
    for score, household, eligible in product(scores, HOUSEHOLDS, ELIGIBLE):
        given: dict[str, object] = {"score": score, "household": household, "exam_eligible": eligible}
        reached = "unknown" if score is None else "yes" if score >= floor else "no"
        person = combined(HOUSEHOLDS[household], ELIGIBLE[eligible])
        yield given, combined(person, reached), combined(person, "unknown")


def test_the_rulebook_holds_exactly_the_values_that_are_mutated_here() -> None:
    held = {cohort: value.numbers for value in real_book().values for cohort in value.cohorts}
    assert held == {cohort: (floor,) for cohort, floor in FLOORS.items()}
    assert {value.name for value in real_book().values} == {"score_floor"}


@each_floor
def test_a_floor_one_step_higher_fails_exactly_the_cases_on_the_floor(cohort: int) -> None:
    on_the_floor = scored(cohort, FLOORS[cohort])
    assert on_the_floor
    assert failing(moved(real_book(), cohort, HALF)) == on_the_floor


@each_floor
def test_a_floor_one_step_lower_fails_exactly_the_cases_one_step_below(cohort: int) -> None:
    below = scored(cohort, FLOORS[cohort] - HALF)
    assert below
    assert failing(moved(real_book(), cohort, -HALF)) == below


@each_floor
def test_a_deleted_floor_turns_every_answer_that_rested_on_it_to_unknown(cohort: int) -> None:
    book = real_book()
    without = book.without_value("score_floor", cohort)
    for given, before, after in applications(cohort):
        assert decide(book, given, cohort=cohort).verdict == before, given
        assert decide(without, given, cohort=cohort).verdict == after, given


@each_floor
def test_what_is_missing_then_is_the_value_itself(cohort: int) -> None:
    without = real_book().without_value("score_floor", cohort)
    given = {"score": FLOORS[cohort], "household": "beijing", "exam_eligible": True}
    assert decide(without, given, cohort=cohort).missing == ("value:score_floor",)


@each_floor
def test_a_deleted_floor_leaves_the_other_cohorts_alone(cohort: int) -> None:
    without = real_book().without_value("score_floor", cohort)
    for other in FLOORS.keys() - {cohort}:
        for given, before, _ in applications(other):
            assert decide(without, given, cohort=other).verdict == before, (other, given)


@each_floor
def test_a_deleted_floor_leaves_the_other_decisions_alone(cohort: int) -> None:
    others = {case.name for case in real_cases() if (case.decision, case.cohort) != ("may_apply", cohort)}
    assert failing(real_book().without_value("score_floor", cohort)) & others == set()
