"""A rule (规则): one expression under one clause, for one decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from guantong.evidence import Grade
from guantong.policies.expressions import Expression, InputSymbol, Law, Node, Pupil, expression


class RuleKind(Enum):
    """How a rule enters its decision."""

    CONDITION = "condition"
    BAR = "bar"
    VALUE = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A condition that must hold, a bar that must not, or a value that is given where it holds.

    `reading` is the grade of our own reading, where the clause's text does not say it outright.
    """

    name: str
    decision: str
    clause: str
    title: str
    kind: RuleKind
    node: Node
    gives: str = ""
    reading: Grade | None = None
    note: str = ""


def rule(
    *,
    decision: str,
    clause: str,
    title: str,
    bar: bool = False,
    gives: str = "",
    reading: str = "",
    name: str = "",
) -> Callable[[Callable[[Pupil, Law], Expression | InputSymbol]], Rule]:
    """Turn a function over symbols into a `Rule`; the function runs once, here.

    A condition by default; `bar=True` makes a bar, `gives` a value rule. Its docstring is our note;
    its name is the rule's, unless one function serves several decisions and `name` tells them apart.
    """
    kind = RuleKind.BAR if bar else RuleKind.VALUE if gives else RuleKind.CONDITION

    def define(function: Callable[[Pupil, Law], Expression | InputSymbol]) -> Rule:
        return Rule(
            name=name or function.__name__,
            decision=decision,
            clause=clause,
            title=title,
            kind=kind,
            node=expression(function(Pupil(), Law())).node,
            gives=gives,
            reading=Grade(reading) if reading else None,
            note=(function.__doc__ or "").strip(),
        )

    return define
