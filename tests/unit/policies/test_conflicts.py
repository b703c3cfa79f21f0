"""Conflicts of law are found where they are, and only there."""

import pytest
from tests.factories import make_book, make_clause, make_rule, real_book

from guantong.policies.conflicts import find_conflicts
from guantong.policies.rules import Rule

MEMBER = make_rule(lambda pupil, law: pupil.member, "member")
FLOOR = make_rule(lambda pupil, law: pupil.score >= law.floor, "floor")
RED = make_rule(lambda pupil, law: pupil.colour.among("red"), "red", clause="doc:2", bar=True)
NORTH = make_rule(lambda pupil, law: pupil.member, "north", decision="home", gives="north")
SOUTH = make_rule(lambda pupil, law: pupil.colour.among("red"), "south", decision="home", clause="doc:2", gives="south")


def pair(kind: str, decision: str) -> dict[str, object]:
    """The two clauses, declared in a decision."""
    names = ("winner", "loser") if kind == "beats" else ("first", "second")
    return {kind: [{"decision": decision, names[0]: "doc:1", names[1]: "doc:2", "note": "说明。"}]}


@pytest.mark.parametrize(("rules", "decision"), [((MEMBER, RED), "may_apply"), ((NORTH, SOUTH), "home")])
def test_an_undeclared_conflict_is_found_with_its_case(rules: tuple[Rule, ...], decision: str) -> None:
    (found,) = find_conflicts(make_book(*rules), (2023,))
    assert {found.first, found.second} == {"doc:1", "doc:2"}
    assert (found.decision, found.cohort, found.declared) == (decision, 2023, False)
    assert (found.inputs["member"], found.inputs["colour"]) == (True, "red")


@pytest.mark.parametrize("kind", ["beats", "unresolved"])
@pytest.mark.parametrize(("rules", "decision"), [((MEMBER, RED), "may_apply"), ((NORTH, SOUTH), "home")])
def test_a_declared_conflict_is_reported_as_declared(rules: tuple[Rule, ...], decision: str, kind: str) -> None:
    (found,) = find_conflicts(make_book(*rules, **pair(kind, decision)), (2023,))
    assert found.declared


def test_a_bar_of_the_same_clause_is_its_exception() -> None:
    own = make_rule(lambda pupil, law: pupil.colour.among("red"), "own", bar=True)
    assert find_conflicts(make_book(MEMBER, own), (2023,)) == ()


def test_a_bar_that_never_meets_the_conditions_is_no_conflict() -> None:
    apart = make_rule(lambda pupil, law: ~pupil.member, "apart", clause="doc:2", bar=True)
    assert find_conflicts(make_book(MEMBER, apart), (2023,)) == ()


def test_two_rules_that_give_the_same_value_are_no_conflict() -> None:
    same = make_rule(
        lambda pupil, law: ~pupil.colour.among("green"), "same", decision="home", clause="doc:2", gives="north"
    )
    assert find_conflicts(make_book(NORTH, same), (2023,)) == ()


def test_clauses_of_different_cohorts_do_not_meet() -> None:
    clauses = [make_clause(enacted=[2022]), make_clause("doc:2", enacted=[2023])]
    assert find_conflicts(make_book(MEMBER, RED, clauses=clauses), (2022, 2023)) == ()


@pytest.mark.parametrize(
    "bar",
    [
        make_rule(lambda pupil, law: pupil.score <= law.floor, "equal", clause="doc:2", bar=True),
        make_rule(lambda pupil, law: pupil.other < pupil.score, "lower", clause="doc:2", bar=True),
        make_rule(lambda pupil, law: pupil.other > pupil.score, "higher", clause="doc:2", bar=True),
    ],
    ids=lambda bar: bar.name,
)
def test_a_conflict_on_one_side_of_a_threshold_is_found(bar: Rule) -> None:
    (found,) = find_conflicts(make_book(FLOOR, bar), (2023,))
    assert not found.declared


def test_the_real_rulebook_has_no_undeclared_conflict() -> None:
    found = find_conflicts(real_book(), tuple(range(2019, 2031)))
    assert [conflict for conflict in found if not conflict.declared] == []


def test_the_declared_conflicts_of_the_real_rulebook_are_those_that_exist() -> None:
    found = find_conflicts(real_book(), tuple(range(2019, 2031)))
    pairs = {(conflict.decision, frozenset((conflict.first, conflict.second))) for conflict in found}
    declared = {(pair.decision, frozenset((pair.first, pair.second))) for pair in real_book().precedences}
    assert pairs == declared
    assert {conflict.cohort for conflict in found} == {2023, 2024, 2025}


def test_of_several_conditions_the_one_that_the_pair_names_is_reported() -> None:
    third = make_rule(lambda pupil, law: pupil.member, "third", clause="doc:3")
    (found,) = find_conflicts(make_book(third, MEMBER, RED, **pair("unresolved", "may_apply")), (2023,))
    assert (found.first, found.second, found.declared) == ("doc:2", "doc:1", True)


def test_a_conflict_above_a_threshold_of_nothing_is_found() -> None:
    above = make_rule(lambda pupil, law: pupil.score > 0, "above", clause="doc:2", bar=True)
    (found,) = find_conflicts(make_book(MEMBER, above), (2023,))
    assert found.inputs["score"] == 1
