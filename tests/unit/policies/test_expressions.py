"""The closed language: what a rule may say, and what it becomes."""

from decimal import Decimal

import pytest
from tests.factories import make_rule

from guantong.policies.canonical import node_from_data, node_to_data
from guantong.policies.expressions import (
    AllOf,
    Among,
    AnyOf,
    Compare,
    Constant,
    Expression,
    InputSymbol,
    Law,
    LawValue,
    Not,
    Op,
    OtherInput,
    Pupil,
    expression,
    inputs_of,
    values_of,
)

pupil, law = Pupil(), Law()
REFUSAL = r"^rules join parts with & \| ~, not with and / or / not$"


@pytest.mark.parametrize(
    ("formula", "op"),
    [
        (pupil.score >= 3, Op.AT_LEAST),
        (pupil.score > 3, Op.ABOVE),
        (pupil.score <= 3, Op.AT_MOST),
        (pupil.score < 3, Op.BELOW),
        (pupil.score.equals(3), Op.EQUAL),
    ],
)
def test_a_comparison_becomes_a_node(formula: Expression, op: Op) -> None:
    assert formula.node == Compare("score", op, Constant(Decimal(3)))


def test_a_comparison_may_be_written_from_either_side() -> None:
    assert (law.floor <= pupil.score).node == (pupil.score >= law.floor).node


def test_the_other_side_may_be_a_dated_value_or_another_input() -> None:
    assert (pupil.score >= law.floor).node == Compare("score", Op.AT_LEAST, LawValue("floor"))
    assert (pupil.score > pupil.other).node == Compare("score", Op.ABOVE, OtherInput("other"))


def test_an_input_alone_means_that_it_is_yes() -> None:
    assert expression(pupil.member).node == Among("member", (True,))


def test_parts_are_joined_with_and_or_not_signs() -> None:
    a, b = Among("a", (True,)), Among("b", (True,))
    assert (pupil.a & pupil.b).node == AllOf((a, b))
    assert (pupil.a | pupil.b).node == AnyOf((a, b))
    assert (~pupil.a).node == Not(a)
    assert (~(pupil.a & pupil.b) | pupil.a).node == AnyOf((Not(AllOf((a, b))), a))


@pytest.mark.parametrize("part", [pupil.a, pupil.a & pupil.b, pupil.score > 3])
def test_python_words_and_or_not_are_refused(part: Expression | InputSymbol) -> None:
    with pytest.raises(TypeError, match=REFUSAL):
        _ = part and pupil.b  # type: ignore[unreachable]
    with pytest.raises(TypeError, match=REFUSAL):
        _ = part or pupil.b  # type: ignore[unreachable]
    with pytest.raises(TypeError, match=REFUSAL):
        _ = not part


def test_a_chained_comparison_is_refused() -> None:
    with pytest.raises(TypeError, match=REFUSAL):
        _ = 1 <= pupil.score <= 3


def test_a_rule_written_with_double_equals_is_refused_where_it_is_defined() -> None:
    with pytest.raises(TypeError, match="comparisons and memberships"):
        make_rule(lambda pupil, law: pupil.stage == "college")  # type: ignore[arg-type, comparison-overlap, return-value]


def test_inputs_are_named_wherever_they_stand() -> None:
    whole = (pupil.score > pupil.other) & ~(pupil.member | pupil.colour.among("red"))
    assert inputs_of(whole.node) == {"score", "other", "member", "colour"}


def test_values_are_named_once_in_order_of_appearance() -> None:
    whole = (pupil.score > law.b) & (~(pupil.score < law.a) | (pupil.other > law.b))
    assert values_of(whole.node) == ("b", "a")
    assert values_of(expression(pupil.member).node) == ()


@pytest.mark.parametrize(
    "formula",
    [
        pupil.score >= law.floor,
        pupil.score > pupil.other,
        pupil.score.equals(3),
        pupil.colour.among("red", "green", unsettled=("green",)),
        pupil.member.among(True, unsettled=(False,)),
        ~(pupil.member & (pupil.score < 2)) | pupil.colour.among("red"),
    ],
)
def test_an_expression_goes_to_data_and_back(formula: Expression) -> None:
    assert node_from_data(node_to_data(formula.node)) == formula.node
