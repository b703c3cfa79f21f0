"""The closed language of rules: a small expression tree, built once from symbols.

A rule is a function over symbols, run when it is defined. What it returns is data: comparisons of
an input with a constant, a dated value or another input; membership; and, or, not. There is no
`exec`, no generated code and nothing else that a rule could do.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import NoReturn, TypeAlias

Answer: TypeAlias = str | bool


class Op(Enum):
    """A comparison of two numbers."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    EQUAL = "=="


@dataclass(frozen=True, slots=True)
class Constant:
    """A number written in the rule itself, in the unit of the input."""

    number: Decimal


@dataclass(frozen=True, slots=True)
class LawValue:
    """A dated value, looked up by the pupil's cohort."""

    name: str


@dataclass(frozen=True, slots=True)
class OtherInput:
    """Another declared input: the comparison counts as one three-valued symbol."""

    name: str


Operand: TypeAlias = Constant | LawValue | OtherInput


@dataclass(frozen=True, slots=True)
class Compare:
    """`input op operand`; unknown where either side is."""

    input: str
    op: Op
    operand: Operand


@dataclass(frozen=True, slots=True)
class Among:
    """`input` is one of `members`; for `unsettled` members the clause's own text leaves it open."""

    input: str
    members: tuple[Answer, ...]
    unsettled: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node


Node: TypeAlias = Compare | Among | AllOf | AnyOf | Not


class Expression:
    """What a rule returns: a node that can still be joined with `&`, `|` and `~`."""

    def __init__(self, node: Node) -> None:
        """Wrap a finished node."""
        self.node = node

    def __and__(self, other: Expression | InputSymbol) -> Expression:
        """Both hold."""
        return Expression(AllOf((self.node, expression(other).node)))

    def __or__(self, other: Expression | InputSymbol) -> Expression:
        """At least one holds."""
        return Expression(AnyOf((self.node, expression(other).node)))

    def __invert__(self) -> Expression:
        """It does not hold."""
        return Expression(Not(self.node))

    def __bool__(self) -> NoReturn:
        """Refuse Python's own `and`, `or`, `not`, which cannot know of unknowns."""
        raise TypeError("rules join parts with & | ~, not with and / or / not")


class ValueSymbol:
    """A dated value in a rule: `law.score_floor`."""

    def __init__(self, name: str) -> None:
        """Name the value."""
        self.name = name


class InputSymbol:
    """An input in a rule: `pupil.score`. A boolean one may stand alone, as “it is yes”."""

    def __init__(self, name: str) -> None:
        """Name the input."""
        self.name = name

    def __ge__(self, other: InputSymbol | ValueSymbol | int | Decimal) -> Expression:
        """Not below."""
        return self._compare(Op.AT_LEAST, other)

    def __gt__(self, other: InputSymbol | ValueSymbol | int | Decimal) -> Expression:
        """Above."""
        return self._compare(Op.ABOVE, other)

    def __le__(self, other: InputSymbol | ValueSymbol | int | Decimal) -> Expression:
        """Not above."""
        return self._compare(Op.AT_MOST, other)

    def __lt__(self, other: InputSymbol | ValueSymbol | int | Decimal) -> Expression:
        """Below."""
        return self._compare(Op.BELOW, other)

    def equals(self, other: InputSymbol | ValueSymbol | int | Decimal) -> Expression:
        """The same number."""
        return self._compare(Op.EQUAL, other)

    def among(self, *members: Answer, unsettled: tuple[Answer, ...] = ()) -> Expression:
        """One of the members; for an unsettled member the clause's text leaves it open."""
        return Expression(Among(self.name, members, unsettled))

    def __and__(self, other: Expression | InputSymbol) -> Expression:
        """Both are yes."""
        return expression(self) & other

    def __or__(self, other: Expression | InputSymbol) -> Expression:
        """At least one is yes."""
        return expression(self) | other

    def __invert__(self) -> Expression:
        """It is no."""
        return ~expression(self)

    def __bool__(self) -> NoReturn:
        """Refuse Python's own `and`, `or`, `not`."""
        raise TypeError("rules join parts with & | ~, not with and / or / not")

    def _compare(self, op: Op, other: InputSymbol | ValueSymbol | int | Decimal) -> Expression:
        if isinstance(other, InputSymbol):
            return Expression(Compare(self.name, op, OtherInput(other.name)))
        if isinstance(other, ValueSymbol):
            return Expression(Compare(self.name, op, LawValue(other.name)))
        return Expression(Compare(self.name, op, Constant(Decimal(other))))


class Pupil:
    """The inputs of a decision, as symbols."""

    def __getattr__(self, name: str) -> InputSymbol:
        """Return the symbol of an input; whether it is declared is checked when the rulebook loads."""
        return InputSymbol(name)


class Law:
    """The dated values of the cohort's law, as symbols."""

    def __getattr__(self, name: str) -> ValueSymbol:
        """Return the symbol of a value; whether it exists is checked when the rulebook loads."""
        return ValueSymbol(name)


def expression(part: Expression | InputSymbol) -> Expression:
    """Return an expression; an input alone means that it is yes."""
    if isinstance(part, Expression):
        return part
    if not isinstance(part, InputSymbol):
        raise TypeError(f"a rule returns comparisons and memberships of inputs, not {part!r}")
    return part.among(True)


def inputs_of(node: Node) -> frozenset[str]:
    """Return the names of every input that a node reads."""
    match node:
        case Compare(input=name, operand=OtherInput(name=other)):
            return frozenset({name, other})
        case Compare(input=name) | Among(input=name):
            return frozenset({name})
        case Not(part=part):
            return inputs_of(part)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return frozenset().union(*map(inputs_of, parts))


def values_of(node: Node) -> tuple[str, ...]:
    """Return the names of the dated values that a node reads, in order of appearance."""
    match node:
        case Compare(operand=LawValue(name=name)):
            return (name,)
        case Not(part=part):
            return values_of(part)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return tuple(dict.fromkeys(name for part in parts for name in values_of(part)))
        case _:
            return ()
