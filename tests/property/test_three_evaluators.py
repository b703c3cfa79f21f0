"""Laws of the three evaluators, on random populations with unknowns: one definition, one answer."""

import random
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cities import Cells, answered, decide_row, random_cells, wild_book
from tests.factories import make_book, make_rule, real_book

from guantong.policies import Rulebook
from guantong.policies.city import decide_table, read_people
from guantong.policies.plan import plan_of
from guantong.policies.signatures import decide_by_signature, domain_of
from guantong.policies.verify import reasons_of
from guantong.years import SchoolYear

DAYS = [None, date(2022, 9, 1), date(2024, 3, 1)]
ROWS = 150
SEEDS = st.integers(0, 2**32)


def books() -> dict[str, Rulebook]:
    return {"wild": wild_book(), "guantong": real_book()}


def cells_of(name: str, seed: int, *, unknown: float = 0.2) -> Cells:
    top = {"wild": 100, "guantong": 510}[name]
    cells = random_cells(books()[name], ROWS, seed, unknown=unknown, top=top)
    if name == "wild":
        limit = 100
        for key in ("score", "other"):
            cells[key] = [value if value is None or float(str(value)) <= limit else limit for value in cells[key]]
    return cells


def words(book: Rulebook, cells: Cells, decision: str, on: date | None = None) -> list[str]:
    answer = decide_table(book, cells, (decision,), on=on)[decision]
    return [answer.word(row) for row in range(len(cells["cohort"]))]


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("name", ["wild", "guantong"])
@settings(max_examples=8, deadline=None)
@given(seed=SEEDS, unknown=st.sampled_from([0.0, 0.2, 0.7]))
def test_the_table_gives_everyone_the_answer_and_the_reasons_of_the_single_case(
    name: str, on: date | None, seed: int, unknown: float
) -> None:
    book, cells = books()[name], cells_of(name, seed, unknown=unknown)
    run = decide_table(book, cells, tuple(book.decisions), on=on)
    year = SchoolYear.of(on).start if on else None
    for decision, answer in run.answers.items():
        for row in range(0, ROWS, 3):
            single = decide_row(book, cells, decision, row, on)
            assert answer.word(row) == answered(single), (decision, single.inputs, single.cohort)
            plan = plan_of(book, decision, single.cohort, year)
            bits = {kind: int(reasons[row]) for kind, reasons in answer.reasons.items()}
            assert bits == reasons_of(single, plan, answer), (decision, single.inputs, single.cohort)


@pytest.mark.parametrize("name", ["wild", "guantong"])
@settings(max_examples=8, deadline=None)
@given(seed=SEEDS)
def test_looking_up_the_signature_gives_the_answer_of_the_table(name: str, seed: int) -> None:
    book, cells = books()[name], cells_of(name, seed)
    for decision in book.decisions:
        people = read_people(book, cells, (decision,))
        looked_up = decide_by_signature(domain_of(book, decision, people.regimes), people)
        assert np.array_equal(looked_up, decide_table(book, people, (decision,))[decision].codes)


@pytest.mark.parametrize("name", ["wild", "guantong"])
@settings(max_examples=8, deadline=None)
@given(seed=SEEDS, which=st.integers(0, 99))
def test_an_answer_rests_on_no_missing_field_unless_it_is_unknown(name: str, seed: int, which: int) -> None:
    book, cells = books()[name], cells_of(name, seed)
    for decision, spec in book.decisions.items():
        column = spec.inputs[which % len(spec.inputs)]
        before = words(book, cells, decision)
        filled = cells_of(name, seed + 1, unknown=0)[column]
        more = [new if old is None else old for old, new in zip(cells[column], filled, strict=True)]
        after = words(book, {**cells, column: more}, decision)
        assert [a for b, a in zip(before, after, strict=True) if b != "unknown" and a != b] == []


@pytest.mark.parametrize("name", ["wild", "guantong"])
@settings(max_examples=8, deadline=None)
@given(seed=SEEDS)
def test_the_order_of_the_rows_does_not_matter(name: str, seed: int) -> None:
    book, cells = books()[name], cells_of(name, seed)
    order = list(range(ROWS))
    random.Random(seed).shuffle(order)
    shuffled = {key: [column[row] for row in order] for key, column in cells.items()}
    for decision in book.decisions:
        straight = words(book, cells, decision)
        assert words(book, shuffled, decision) == [straight[row] for row in order]


@pytest.mark.parametrize("name", ["wild", "guantong"])
@settings(max_examples=6, deadline=None)
@given(seed=SEEDS)
def test_the_numbering_of_choices_does_not_matter(name: str, seed: int) -> None:
    book, cells = books()[name], cells_of(name, seed)
    turned = {key: replace(spec, choices=spec.choices[::-1]) for key, spec in book.inputs.items()}
    other = replace(book, inputs=turned)
    for decision in book.decisions:
        assert words(other, cells, decision) == words(book, cells, decision)


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS, cohort=st.sampled_from([2023, 2024, 2025]))
def test_without_a_value_every_verdict_that_rested_on_it_is_unknown_and_no_other_changes(
    seed: int, cohort: int
) -> None:
    """A no that another rule gives anyway did not rest on the floor; every other answer of the cohort did."""
    book, cells = real_book(), cells_of("guantong", seed)
    before, after = (
        words(book, cells, "may_apply"),
        words(book.without_value("score_floor", cohort), cells, "may_apply"),
    )
    for row in range(ROWS):
        mine = cells["cohort"][row] == cohort
        said_no = cells["household"][row] in ("migrant", "other") or cells["exam_eligible"][row] is False
        assert after[row] == ("unknown" if mine and not said_no else before[row])


def barred_book(winner: str, loser: str) -> Rulebook:
    """Members may apply under doc:1, doc:2 bars who has 60; one of the clauses wins."""
    return make_book(
        make_rule(lambda p, w: p.member, "member"),
        make_rule(lambda p, w: p.score >= 60, "bar", clause="doc:2", bar=True),
        make_rule(lambda p, w: p.member & (p.score >= w.floor), decision="home", gives="north"),
        beats=[{"decision": "may_apply", "winner": winner, "loser": loser, "note": "先"}],
    )


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS)
def test_swapping_which_clause_wins_changes_exactly_those_whom_the_bar_may_reach(seed: int) -> None:
    """No for who has 60 becomes what membership says; a member of unknown score becomes a yes."""
    cells: Cells = {**cells_of("wild", seed), "cohort": [2023] * ROWS}
    bar_wins, bar_loses = (
        words(barred_book(*pair), cells, "may_apply") for pair in (("doc:2", "doc:1"), ("doc:1", "doc:2"))
    )
    for row in range(ROWS):
        member, score = cells["member"][row], cells["score"][row]
        reached = score is not None and float(str(score)) >= 60
        plain = "unknown" if member is None else "yes" if member else "no"
        assert bar_loses[row] == plain
        changes = (reached and member is not False) or (score is None and member is True)
        assert (bar_wins[row] != plain) == changes
