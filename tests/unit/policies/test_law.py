"""Which law governs whom: enacted, carried, standing; and values that are never carried."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories import make_book, make_clause, make_rule, make_value, real_book

from guantong.evidence import Basis, Grade, Place
from guantong.policies import decide
from guantong.policies.answers import carried_clauses
from guantong.policies.law import Clause, Mark
from guantong.policies.plan import Threshold, plan_of

GREEN = make_rule(lambda pupil, law: pupil.colour.among("green"))


def clause(enacted: tuple[int, ...] = (), carried: tuple[int, ...] = (), standing_from: int | None = None) -> Clause:
    """A clause that governs these cohorts."""
    return Clause(
        id="doc:1",
        number="一",
        title="条",
        paraphrase="转述。",
        place=Place(document="doc"),
        grade=Grade.OFFICIAL,
        mark=Mark.RULE,
        enacted=enacted,
        carried=carried,
        standing_from=standing_from,
    )


@pytest.mark.parametrize(
    ("cohort", "basis"),
    [(2022, None), (2023, Basis.PRINTED), (2024, Basis.CARRIED), (2025, Basis.CARRIED), (2026, None)],
)
def test_a_clause_governs_the_cohorts_it_names_and_no_others(cohort: int, basis: Basis | None) -> None:
    assert clause(enacted=(2023,), carried=(2024, 2025)).basis_for(cohort) is basis


@pytest.mark.parametrize(
    ("cohort", "school_year", "stands"),
    [(2019, None, False), (2020, None, True), (2030, None, True), (2019, 2020, True), (2019, 2019, False)],
)
def test_a_standing_rule_governs_from_its_school_year_whatever_the_cohort(
    cohort: int, school_year: int | None, stands: bool
) -> None:
    assert (clause(standing_from=2020).basis_for(cohort, school_year) is not None) is stands


@pytest.mark.parametrize(("day", "bars"), [(date(2020, 8, 31), 0), (date(2020, 9, 1), 1)])
def test_the_first_of_september_brings_the_standing_rule_into_force(day: date, bars: int) -> None:
    decision = decide(real_book(), {"stage": "secondary"}, cohort=2019, decision="may_change_school", on=day)
    assert len(decision.findings) == bars


def test_a_clause_stands_since_its_first_enacted_cohort_or_its_school_year() -> None:
    assert clause(enacted=(2024, 2023), carried=(2025,)).since == 2023
    assert clause(standing_from=2020).since == 2020
    assert clause().since is None


def test_a_carried_clause_decides_and_says_that_it_is_carried() -> None:
    book = make_book(GREEN, clauses=[make_clause(carried=[2024])])
    enacted, carried = (decide(book, {"colour": "green"}, cohort=cohort) for cohort in (2023, 2024))
    assert (enacted.verdict, carried_clauses(enacted)) == ("yes", ())
    assert (carried.verdict, bool(carried_clauses(carried))) == ("yes", True)


def test_a_value_is_never_carried_even_where_its_clause_is() -> None:
    book = make_book(clauses=[make_clause(carried=[2024])])
    decision = decide(book, {"score": 90}, cohort=2024)
    assert (decision.verdict, decision.missing) == ("unknown", ("value:floor",))


def test_no_value_of_the_real_rulebook_stands_for_a_cohort_it_does_not_name() -> None:
    book = real_book()
    known = {cohort for cohort in range(2015, 2032) if book.value("score_floor", cohort)}
    assert known == {2023, 2024, 2025}


def test_the_upper_bound_is_the_largest_paper_total_and_unknown_without_one() -> None:
    book = real_book()
    bounds = [book.highest(book.inputs["score"], cohort) for cohort in (2022, 2023, 2024, 2025, 2026)]
    assert bounds == [None, 660, 670, 510, None]


def test_every_mark_has_its_words() -> None:
    assert len({mark.label for mark in Mark}) == len(Mark)


def test_a_threshold_is_resolved_to_whole_steps_of_the_cohort() -> None:
    later = make_value(cohorts=[2024], value="60.5")
    book = make_book(clauses=[make_clause(enacted=[2023, 2024])], values={"floor": [make_value(), later]})
    steps = [plan_of(book, "may_apply", cohort).rules[0].step for cohort in (2023, 2024)]
    assert [step.numbers for step in steps if isinstance(step, Threshold)] == [(120,), (121,)]
    value = book.value("floor", 2024)
    assert value is not None
    assert (value.numbers, value.since) == ((Decimal("60.5"),), 2024)


def test_a_carried_clause_names_the_latest_notice_that_was_enacted() -> None:
    assert clause(enacted=(2020, 2023)).carried_notice == "本届通知全文未收录，按2023年通知推定"
    assert clause(carried=(2024,)).carried_notice == ""
