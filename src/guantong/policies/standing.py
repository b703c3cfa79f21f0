"""Value rules against each other (取值之争): which value is given where several rules speak.

A rule stands where it holds and no clause that beats it holds with another value: in Kleene's logic, so that a
winner not yet known leaves its loser open. A value is given where a rule of it stands and no rule of another value
may: filling in an unknown never changes what was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guantong.policies.plan import PlannedRule
from guantong.policies.truth import Truth, negated

UNKNOWN_VALUE = "unknown"


def standing(rules: Iterable[PlannedRule], truths: Sequence[Truth]) -> Sequence[Truth]:
    """Return for each value rule whether it stands against those that beat it; of these only the given ones count."""
    rules = tuple(rules)
    if not any(planned.yields_to for planned in rules):
        return truths
    held = {planned.rule.name: truth for planned, truth in zip(rules, truths, strict=True)}
    return [
        min(truth, *(negated(held[name]) for name in planned.yields_to if name in held), Truth.YES)
        for planned, truth in zip(rules, truths, strict=True)
    ]


def value_given(rules: Iterable[PlannedRule], stand: Sequence[Truth]) -> str:
    """Return the only value that may be given, where one of its rules stands; else it is unknown."""
    possible = {planned.rule.gives for planned, truth in zip(rules, stand, strict=True) if truth is not Truth.NO}
    return possible.pop() if len(possible) == 1 and Truth.YES in stand else UNKNOWN_VALUE


def values_standing(rules: Iterable[PlannedRule], stand: Sequence[Truth]) -> set[str]:
    """Return the values that some rule gives for certain; two of them contradict each other for good."""
    return {planned.rule.gives for planned, truth in zip(rules, stand, strict=True) if truth is Truth.YES}


def in_doubt(rules: Sequence[PlannedRule], stand: Sequence[Truth]) -> set[str]:
    """Return the names of the rules that would settle an unknown value; none where it is given or contradicted."""
    sure = values_standing(rules, stand)
    if len(sure) > 1:
        return set()
    may = [
        planned
        for planned, truth in zip(rules, stand, strict=True)
        if truth is Truth.UNKNOWN and planned.rule.gives not in sure
    ]
    return {name for planned in may for name in (planned.rule.name, *planned.yields_to)}
