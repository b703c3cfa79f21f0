"""Codes (编码): how one input of everyone is kept, and the faults of a table with their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import numpy as np

from guantong.errors import Problem
from guantong.policies.inputs import InputKind, InputSpec, Known
from guantong.policies.kernel import Array

UNKNOWN_NUMBER = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """One input of everyone, as codes; `complete` where nobody's is unknown."""

    spec: InputSpec
    codes: Array
    complete: bool

    @property
    def unknown(self) -> int:
        """Return the code for unknown."""
        return unknown_code(self.spec)

    def at(self, row: int) -> Known | None:
        """Return one person's value as `decide` reads it; None where it is unknown."""
        return decoded(self.spec, int(self.codes[row]))


@dataclass(slots=True)
class Faults:
    """The problems of one table: how many, and the first of them with their rows."""

    file: str
    numbers: Sequence[int] | None
    limit: int
    count: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Keep one problem of the table as a whole."""
        self.count += 1
        self.problems.append(replace(problem, file=self.file))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keep several."""
        for problem in problems:
            self.add(problem)

    def rows(self, faulty: Array, raw: object, problem_of: Callable[[object], object]) -> None:
        """Count the faulty rows of a column; spell out the first ones by asking what is wrong with the raw value."""
        found = np.flatnonzero(faulty)
        self.count += len(found)
        for row in found[: max(0, self.limit - len(self.problems))]:
            value = cast("Sequence[object]", raw)[int(row)]
            problem = problem_of(value.item() if isinstance(value, np.generic) else value)
            if isinstance(problem, Problem):
                number = self.numbers[row] if self.numbers else int(row) + 1
                self.problems.append(replace(problem, file=self.file, row=number))


def decoded(spec: InputSpec, code: int) -> Known | None:
    """Return the value that a code stands for; None for unknown."""
    if spec.kind is InputKind.BOOLEAN:
        return None if code == 1 else code == 2
    if spec.kind is InputKind.CHOICE:
        return spec.choices[code][0] if code < len(spec.choices) else None
    return None if code == UNKNOWN_NUMBER else code


def unknown_code(spec: InputSpec) -> int:
    """Return the code for unknown."""
    return {InputKind.BOOLEAN: 1, InputKind.CHOICE: len(spec.choices)}.get(spec.kind, UNKNOWN_NUMBER)


def encoded(spec: InputSpec, value: Known | None) -> int:
    """Return the code of a value that was read."""
    if value is None:
        return unknown_code(spec)
    if spec.kind is InputKind.BOOLEAN:
        return 2 if value else 0
    if spec.kind is InputKind.CHOICE:
        return [name for name, _ in spec.choices].index(str(value))
    return int(value)
