"""Verification: every signature three ways, and what the rules leave open."""

from typing import Any

import numpy as np
import pytest
from tests.cities import wild_book
from tests.factories import beijing, make_book, make_clause, make_rule, make_value, real_book

from guantong.policies import table_plan
from guantong.policies import verify as verification
from guantong.policies.city import verify
from guantong.policies.conflicts import find_conflicts
from guantong.policies.kernel import Array
from guantong.policies.rulebook import Rulebook
from guantong.policies.signatures import decide_by_signature
from guantong.policies.soundness import FindingKind
from guantong.policies.tape import Tape

COHORTS = tuple(range(2019, 2029))


def kinds(book: Rulebook, kind: FindingKind) -> set[tuple[str, ...]]:
    return {found.rules for found in verify(book, (2023,)).found(kind.value)}


def test_every_signature_of_the_rulebook_is_answered_alike_three_ways() -> None:
    found = verify(real_book(), COHORTS)
    assert found.different == 0
    assert found.signatures > 500_000
    assert found.dead_clauses == ()


@pytest.mark.parametrize("name", [name for name in beijing().rulebook_ids if name != "guantong"])
def test_every_signature_of_every_other_rulebook_is_answered_alike(name: str) -> None:
    assert verify(beijing().rulebook(name), COHORTS).different == 0


def test_every_signature_of_a_rulebook_with_every_kind_of_rule_is_answered_alike() -> None:
    found = verify(wild_book(), COHORTS, (None, 2022, 2024))
    assert found.different == 0
    assert found.signatures > 10_000


def test_conflicts_are_those_that_walking_the_domain_finds() -> None:
    for book in (real_book(), wild_book()):
        walked = {(c.decision, c.cohort, c.first, c.second, c.declared) for c in find_conflicts(book, COHORTS)}
        found = {
            (one.decision, cohort, one.clauses[0], one.clauses[-1], one.declared)
            for one in verify(book, COHORTS).found("conflict")
            for cohort in one.cohorts
        }
        assert found == walked


def test_a_table_that_answers_otherwise_is_found_with_the_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tape, "least", Tape.most)
    table_plan.table_plan.cache_clear()
    (found, *_) = verify(real_book(), (2025,)).decisions
    table_plan.table_plan.cache_clear()
    assert found.different > 0
    first = found.differences[0]
    assert (first.decision, first.cohort) == ("may_apply", 2025)
    assert first.scalar == first.signature != first.table


def test_a_case_that_no_value_rule_reaches_is_a_gap() -> None:
    book = make_book(make_rule(lambda p, w: p.member, decision="home", gives="north"))
    (gap,) = verify(book, (2023,)).found("gap")
    assert gap.example is not None
    assert gap.example["member"] is False


def test_what_the_clause_leaves_open_and_a_disputed_value_are_told_apart() -> None:
    disputed = {"floor": [make_value(value=["60", "61"])]}
    book = make_book(
        make_rule(lambda p, w: p.score >= w.floor, "floor"),
        make_rule(lambda p, w: p.colour.among("red", unsettled=("green",)), "open"),
        values=disputed,
    )
    assert kinds(book, FindingKind.VALUE) == {("floor",)}
    assert kinds(book, FindingKind.OPEN) == {("open",)}


def test_a_rule_that_never_changes_an_answer_is_dead_and_so_is_its_clause() -> None:
    book = make_book(
        make_rule(lambda p, w: p.score >= 60, "strong"),
        make_rule(lambda p, w: p.score >= 50, "weak", clause="doc:2"),
    )
    assert kinds(book, FindingKind.DEAD) == {("weak",)}
    assert verify(book, (2023,)).dead_clauses == ("doc:2",)


def test_a_clause_that_governs_none_of_the_cohorts_is_dead() -> None:
    clauses = [make_clause(), make_clause("doc:2", enacted=[2030])]
    rules = [make_rule(lambda p, w: p.member), make_rule(lambda p, w: p.member, "late", clause="doc:2")]
    assert verify(make_book(*rules, clauses=clauses), (2023,)).dead_clauses == ("doc:2",)


def test_two_rules_with_the_same_value_overlap() -> None:
    book = make_book(
        make_rule(lambda p, w: p.member, "first", decision="home", gives="north"),
        make_rule(lambda p, w: p.member & p.colour.among("red"), "second", decision="home", gives="north"),
    )
    assert kinds(book, FindingKind.OVERLAP) == {("first", "second")}
    assert kinds(book, FindingKind.DEAD) == {("second",)}


def test_cohorts_without_any_law_are_one_finding() -> None:
    (found,) = [one for one in verify(real_book(), COHORTS).found("lawless") if one.decision == "may_apply"]
    assert found.cohorts == (2019, 2020, 2021, 2022, 2026, 2027, 2028)
    assert all(kind.label for kind in FindingKind)


def test_a_trace_with_other_reasons_than_the_table_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def spoilt(tape: Tape, masks: object, width: str) -> int:
        return tape.constant(0, width)

    monkeypatch.setattr(table_plan, "_bits", spoilt)
    table_plan.table_plan.cache_clear()
    found = verify(real_book(), (2025,))
    table_plan.table_plan.cache_clear()
    assert found.different > 0
    assert np.all([not one.differences for one in found.decisions])


def test_a_signature_that_is_looked_up_otherwise_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def spoilt(*given: Any) -> Array:
        codes: Array = decide_by_signature(*given).copy()
        if given[0].spec.id == "may_apply":
            codes[0] = (codes[0] + 1) % 3
        return codes

    monkeypatch.setattr(verification, "decide_by_signature", spoilt)
    found = verify(make_book(make_rule(lambda p, w: p.score >= 60)), (2023,))
    (applied,) = (one for one in found.decisions if one.decision == "may_apply")
    (case,) = applied.differences
    assert (applied.different, case.scalar == case.table, case.signature == case.scalar) == (1, True, False)
