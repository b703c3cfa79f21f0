"""Kleene's strong logic, law by law."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.policies.truth import Truth, all_of, any_of, negated

NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES
truths = st.sampled_from(Truth)
many = st.lists(truths, max_size=6)


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (YES, YES, YES, YES),
        (YES, UNKNOWN, UNKNOWN, YES),
        (YES, NO, NO, YES),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (UNKNOWN, NO, NO, UNKNOWN),
        (NO, NO, NO, NO),
    ],
)
def test_and_and_or_follow_the_printed_table_in_either_order(
    left: Truth, right: Truth, both: Truth, either: Truth
) -> None:
    assert all_of((left, right)) == all_of((right, left)) == both
    assert any_of((left, right)) == any_of((right, left)) == either


def test_of_nothing_and_is_yes_and_or_is_no() -> None:
    assert (all_of(()), any_of(())) == (YES, NO)


def test_not_keeps_the_unknown() -> None:
    assert [negated(truth) for truth in (NO, UNKNOWN, YES)] == [YES, UNKNOWN, NO]


def test_the_words_are_those_of_the_contract() -> None:
    assert [truth.word for truth in (NO, UNKNOWN, YES)] == ["no", "unknown", "yes"]


def test_a_plain_boolean_is_yes_or_no() -> None:
    assert (Truth.of(True), Truth.of(False)) == (YES, NO)


@given(many)
def test_de_morgan_holds(parts: list[Truth]) -> None:
    assert negated(all_of(parts)) == any_of(map(negated, parts))


@given(truths)
def test_not_twice_is_nothing_done(truth: Truth) -> None:
    assert negated(negated(truth)) == truth


@given(many, many)
def test_parts_may_be_grouped_at_will(first: list[Truth], second: list[Truth]) -> None:
    assert all_of([all_of(first), all_of(second)]) == all_of([*first, *second])


@given(truths, many)
def test_and_distributes_over_or(one: Truth, parts: list[Truth]) -> None:
    assert all_of((one, any_of(parts))) == any_of(all_of((one, part)) for part in parts)


@given(many, st.integers(0, 5), st.sampled_from((NO, YES)))
def test_settling_an_unknown_never_flips_what_was_settled(parts: list[Truth], at: int, known: Truth) -> None:
    settled = [known if number == at and part is UNKNOWN else part for number, part in enumerate(parts)]
    for combine in (all_of, any_of):
        assert combine(parts) in (UNKNOWN, combine(settled))
