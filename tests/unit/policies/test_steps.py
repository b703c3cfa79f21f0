"""Steps: a rule with its numbers in place."""

from guantong.policies.expressions import Among, Op
from guantong.policies.steps import Every, Never, Pairwise, Some, Threshold, evaluate, thresholds
from guantong.policies.truth import Truth

FLOOR = Threshold("score", Op.AT_LEAST, (120,), "floor")
TOP = Threshold("score", Op.BELOW, (180,), "top")


def test_every_threshold_is_found_however_deep_it_stands() -> None:
    assert thresholds(Never(FLOOR)) == (FLOOR,)
    assert thresholds(Some((Every((FLOOR, Among("member", (True,)))), Never(TOP)))) == (FLOOR, TOP)
    assert thresholds(Pairwise("score", Op.ABOVE, "other")) == ()


def test_of_no_parts_every_one_holds_and_none_does() -> None:
    assert (evaluate(Every(()), {}), evaluate(Some(()), {})) == (Truth.YES, Truth.NO)
