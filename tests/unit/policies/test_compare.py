"""Two laws for the same people: who changes, in which direction, under which clause."""

from decimal import Decimal

import pytest
from tests.cities import random_cells
from tests.factories import make_book, make_clause, make_rule, make_value, real_book

from guantong.errors import ValueUnknown
from guantong.policies import Rulebook, decide
from guantong.policies.city import ValueChange, compare, explain_table, read_people, what_if

FLOOR = "doc:1"


def two_year_book(**second: object) -> Rulebook:
    values = {"floor": [make_value(), make_value(cohorts=[2024], value="70", **second)]}
    rule = make_rule(lambda p, w: p.score >= w.floor)
    return make_book(rule, clauses=[make_clause(enacted=[2023, 2024])], values=values)


PEOPLE = {"score": [55, 60, 65, 70, None], "cohort": [2023] * 5}


def test_the_rows_say_who_changes_in_which_direction_under_which_clause() -> None:
    found = compare(two_year_book(), 2023, 2024, PEOPLE)
    (change,) = found.changes
    assert (change.before, change.after, change.people) == ("yes", "no", 2)
    assert (change.clauses_before, change.clauses_after) == ((), (FLOOR,))
    assert found.changed.tolist() == [False, True, True, False, False]
    assert sum(row.people for row in found.rows) == 5
    assert found.as_table()[0] == {
        "before": "yes", "after": "no", "clauses_before": [], "clauses_after": [FLOOR], "people": 2,
    }  # fmt: skip


def test_a_score_on_another_paper_is_unknown_and_counted() -> None:
    found = compare(two_year_book(out_of=["200"]), 2023, 2024, PEOPLE)
    assert {(row.before, row.after) for row in found.rows} == {
        ("no", "unknown"),
        ("yes", "unknown"),
        ("unknown", "unknown"),
    }
    assert found.unknown_scores == 4
    assert found.assumptions == ()


def test_by_share_a_score_is_brought_to_the_other_paper_and_the_assumption_stands_in_the_result() -> None:
    found = compare(two_year_book(out_of=["200"]), 2023, 2024, PEOPLE, by_share=True)
    assert [found.after.word(row) for row in range(5)] == ["yes"] * 4 + ["unknown"]
    assert "占满分的比例" in found.assumptions[0]


def test_a_disputed_paper_total_is_no_share() -> None:
    found = compare(two_year_book(out_of=["200", "210"]), 2023, 2024, PEOPLE, by_share=True)
    assert found.unknown_scores == 4


def test_moving_a_value_changes_only_its_cohort() -> None:
    people = {"score": [62, 62], "cohort": [2023, 2024]}
    change = ValueChange(value="floor", cohort=2023, number=Decimal(65))
    found = what_if(two_year_book(), change, people)
    assert found.changed.tolist() == [True, False]
    assert found.changes[0].clauses_after == (FLOOR,)


def test_moving_one_cohort_of_a_shared_value_leaves_the_others() -> None:
    values = {"floor": [make_value(cohorts=[2023, 2024])]}
    rule = make_rule(lambda p, w: p.score >= w.floor)
    book = make_book(rule, clauses=[make_clause(enacted=[2023, 2024])], values=values)
    found = what_if(
        book, ValueChange(value="floor", cohort=2024, number=Decimal(50)), {"score": [55, 55], "cohort": [2023, 2024]}
    )
    assert found.changed.tolist() == [False, True]


def test_a_value_that_is_not_enacted_cannot_be_moved() -> None:
    with pytest.raises(ValueUnknown, match="floor"):
        what_if(two_year_book(), ValueChange(value="floor", cohort=2030, number=Decimal(1)), PEOPLE)


def test_what_if_agrees_with_the_single_case_for_everyone() -> None:
    book, cells = real_book(), random_cells(real_book(), 300, 9, top=500)
    change = ValueChange(value="score_floor", cohort=2025, number=Decimal(400))
    found = what_if(book, change, cells)
    for row in range(300):
        given = {name: cells[name][row] for name in book.decision("may_apply").inputs}
        single = decide(book, given, cohort=int(str(cells["cohort"][row])))
        assert found.before.word(row) == single.verdict


def test_a_value_decision_is_compared_by_the_clause_that_gives_the_value() -> None:
    people = {"project": ["zhongben"], "stage": ["college"], "stage_completed": [True], "cohort": [2023]}
    (row,) = compare(real_book(), 2020, 2023, people, "certificate").rows
    assert (row.before, row.after) == ("unknown", "college_by_university")
    assert row.clauses_after == ("jjzc-2023-6:2.2",)


def test_everyone_is_explained_by_the_trace_of_their_signature_over_their_own_inputs() -> None:
    book, cells = real_book(), random_cells(real_book(), 400, 4, top=500)
    found = explain_table(book, cells, "may_change_major")
    assert int(found.counts.sum()) == 400
    for row in range(400):
        given = {name: cells[name][row] for name in book.decision("may_change_major").inputs}
        single = decide(book, given, cohort=int(str(cells["cohort"][row])), decision="may_change_major")
        mine = found[row]
        assert (mine.inputs, mine.verdict, mine.missing) == (single.inputs, single.verdict, single.missing)
        assert [line.truth for line in mine.findings] == [line.truth for line in single.findings]


def test_people_who_were_read_before_are_not_read_again() -> None:
    people = read_people(two_year_book(), PEOPLE)
    assert compare(two_year_book(), 2023, 2024, people).changed.sum() == 2
    assert explain_table(two_year_book(), people)[0].verdict == "no"
