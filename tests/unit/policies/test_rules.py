"""A rule is what its function says over symbols, under one clause, for one decision."""

from decimal import Decimal
from functools import partial

import pytest

from guantong.evidence import Grade
from guantong.policies import rule
from guantong.policies.expressions import Among, Compare, Constant, Expression, Law, Op, Pupil
from guantong.policies.rules import RuleKind

stated = partial(rule, decision="may_apply", clause="doc:1", title="条")


def adult(pupil: Pupil, law: Law) -> Expression:
    """Whoever is of age.

    Our note.
    """
    return pupil.age.equals(18)


def test_a_plain_rule_is_a_condition_named_after_its_function() -> None:
    made = stated()(adult)
    assert (made.name, made.kind, made.gives, made.reading) == ("adult", RuleKind.CONDITION, "", None)
    assert (made.decision, made.clause, made.title) == ("may_apply", "doc:1", "条")
    assert made.node == Compare("age", Op.EQUAL, Constant(Decimal(18)))


def test_the_docstring_is_the_note_without_its_margins() -> None:
    assert stated()(adult).note.startswith("Whoever is of age.")
    assert stated()(adult).note.endswith("Our note.")
    assert stated()(lambda pupil, law: pupil.member).note == ""


def test_a_bar_a_value_a_reading_and_a_name_are_said() -> None:
    bar = stated(bar=True, name="other", reading="pending")(lambda pupil, law: pupil.member)
    value = stated(gives="north")(adult)
    assert (bar.kind, bar.name, bar.reading, bar.node) == (
        RuleKind.BAR, "other", Grade.PENDING, Among("member", (True,)),
    )  # fmt: skip
    assert (value.kind, value.gives) == (RuleKind.VALUE, "north")


def test_a_grade_that_does_not_exist_is_no_reading() -> None:
    with pytest.raises(ValueError, match="perhaps"):
        stated(reading="perhaps")(adult)
