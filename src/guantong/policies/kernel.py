"""Straight-line programs over blocks of rows: what the table evaluator runs.

A `Tape` collects operations, each distinct one once. `Program` gives every result a small buffer that
is used again as soon as nobody needs it, so that a block of rows stays inside the cache. Truths are
bytes 0 (no), 1 (unknown), 2 (yes): *and* is the minimum, *or* the maximum, *not* is 2 − t.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.generic]
BLOCK = 1 << 16
TRUTH = "u1"
MASK = "?"
MOST_JUMPS = 4
"""A table by code with more jumps than this is cheaper to look up than to add together from masks."""


class Node(NamedTuple):
    """One operation: its name, its operands (numbers of other nodes), the type of its result, what it holds."""

    op: str
    left: int
    right: int
    dtype: str
    holds: object = None


class Tape:
    """Operations in order, without repeats; every method returns the number of the node that holds the result."""

    def __init__(self) -> None:
        """Begin empty."""
        self.nodes: list[Node] = []
        self._numbers: dict[Node, int] = {}

    def column(self, name: str, dtype: str) -> int:
        """Read a column; another type of the same width reads the same bytes."""
        return self._add(Node("column", -1, -1, dtype, name))

    def constant(self, value: int, dtype: str = TRUTH) -> int:
        """Hold one number."""
        return self._add(Node("constant", -1, -1, dtype, value))

    def apply(self, op: str, left: int, right: int, dtype: str = TRUTH) -> int:
        """Join two results by a numpy function; comparisons give masks, which read as bytes 0 and 1."""
        return self._add(Node(op, left, right, dtype))

    def value(self, number: int) -> int | None:
        """Return the number that a node always holds; None where it depends on the row."""
        node = self.nodes[number]
        return node.holds if isinstance(node.holds, int) and node.op == "constant" else None

    def least(self, left: int, right: int) -> int:
        """Return the Kleene *and*."""
        return self._chosen("minimum", left, right, absorbing=0, neutral=2)

    def most(self, left: int, right: int) -> int:
        """Return the Kleene *or*."""
        return self._chosen("maximum", left, right, absorbing=2, neutral=0)

    def negated(self, part: int) -> int:
        """Return the Kleene *not*."""
        known = self.value(part)
        return self.constant(2 - known) if known is not None else self.apply("subtract", self.constant(2), part)

    def table(self, code: int, entries: Sequence[int | None], dtype: str = TRUTH) -> int:
        """Return `entries[code]` row by row; None stands where no row will look, and costs nothing."""
        whole = filled(entries)
        jumps = [at for at, (before, after) in enumerate(pairwise(whole), 1) if before != after]
        if len(jumps) > MOST_JUMPS:
            return self._add(Node("table", code, -1, dtype, whole))
        if len(jumps) == 1 and whole[-1] == 0:
            return self._times(self._mask("less", code, jumps[0]), whole[0], dtype)
        if len(jumps) == 2 and jumps[0] + 1 == jumps[1] and whole[0] == whole[-1]:
            alone = self._times(self._mask("equal", code, jumps[0]), whole[jumps[0]] - whole[0], dtype)
            return self._plus(self.constant(whole[0], dtype), alone, dtype)
        result = self.constant(whole[0], dtype)
        for at in jumps:
            step = self._times(self._mask("greater_equal", code, at), whole[at] - whole[at - 1], dtype)
            result = self._plus(result, step, dtype)
        return result

    def _mask(self, op: str, code: int, at: int) -> int:
        return self.apply(op, code, self.constant(at, self.nodes[code].dtype), MASK)

    def _times(self, mask: int, by: int, dtype: str) -> int:
        if by == 1 and dtype == TRUTH:
            return mask
        return self.apply("multiply", mask, self.constant(by, dtype), dtype)

    def _plus(self, left: int, right: int, dtype: str) -> int:
        return right if self.value(left) == 0 else self.apply("add", left, right, dtype)

    def _chosen(self, op: str, left: int, right: int, *, absorbing: int, neutral: int) -> int:
        left, right = sorted((left, right))
        if left == right or absorbing in (self.value(left), self.value(right)):
            return left if left == right else self.constant(absorbing)
        if self.value(left) == neutral:
            return right
        return left if self.value(right) == neutral else self.apply(op, left, right)

    def _add(self, node: Node) -> int:
        number = self._numbers.setdefault(node, len(self.nodes))
        if number == len(self.nodes):
            self.nodes.append(node)
        return number


def filled(entries: Sequence[int | None]) -> tuple[int, ...]:
    """Return the entries with each None replaced by its neighbour, so that it makes no jump."""
    known = [entry for entry in entries if entry is not None]
    last = known[0] if known else 0
    whole = []
    for entry in entries:
        last = last if entry is None else entry
        whole.append(last)
    return tuple(whole)


Call: TypeAlias = tuple[Callable[..., object], int, int, int]


@dataclass(slots=True)
class Program:
    """A tape made ready: calls over a frame of arrays, of which columns and outputs change with the block."""

    calls: list[Call] = field(default_factory=list)
    constants: dict[int, object] = field(default_factory=dict)
    columns: list[tuple[int, str, str]] = field(default_factory=list)
    outputs: list[tuple[int, str]] = field(default_factory=list)
    buffers: list[tuple[int, str]] = field(default_factory=list)
    views: list[tuple[int, int]] = field(default_factory=list)
    size: int = 0

    def run(self, columns: Mapping[str, Array], outputs: Mapping[str, Array], rows: int) -> None:
        """Fill the outputs, block by block."""
        width = min(rows, BLOCK)
        whole = {place: np.empty(width, dtype) for place, dtype in self.buffers}
        frame: list[object] = [None] * self.size
        for place, value in self.constants.items():
            frame[place] = value
        sources = [(place, columns[name].view(dtype)) for place, name, dtype in self.columns]
        targets = [(place, outputs[name]) for place, name in self.outputs]
        for start in range(0, rows, BLOCK):
            stop = min(start + BLOCK, rows)
            if start == 0 or stop - start < BLOCK:
                for place, buffer in whole.items():
                    frame[place] = buffer[: stop - start]
            for place, array in sources:
                frame[place] = array[start:stop]
            for place, array in targets:
                frame[place] = array[start:stop]
            for place, of in self.views:
                frame[place] = frame[of].view(np.bool_)  # type: ignore[attr-defined]
            for call, left, right, out in self.calls:
                call(frame[left], frame[right], frame[out])


def assemble(tape: Tape, outputs: Mapping[str, int]) -> Program:
    """Lay out a tape: drop what no output needs, share buffers, write results where they are wanted."""
    return _Layout(tape, outputs).program


class _Layout:
    """The making of one program."""

    def __init__(self, tape: Tape, outputs: Mapping[str, int]) -> None:
        self.tape, self.program = tape, Program()
        self.free: dict[str, list[int]] = {}
        self.place: dict[int, int] = {}
        self.masks: dict[int, int] = {}
        self.pinned = self._outputs(outputs)
        needed = self._needed(outputs.values())
        self.last = {operand: number for number in needed for operand in self._operands(number)}
        for number in needed:
            self._lay(number)
        for name, number in outputs.items():
            if self.pinned.get(number) != (name,):
                self._copy(number, name)

    def _outputs(self, outputs: Mapping[str, int]) -> dict[int, tuple[str]]:
        """Let the first output of each computed node be written in place."""
        pinned: dict[int, tuple[str]] = {}
        for name, number in outputs.items():
            if self.tape.nodes[number].op not in ("column", "constant"):
                pinned.setdefault(number, (name,))
        for number, (name,) in pinned.items():
            self.place[number] = self._new()
            self.program.outputs.append((self.place[number], name))
        return pinned

    def _needed(self, roots: object) -> list[int]:
        found: set[int] = set()
        waiting = list(roots)  # type: ignore[call-overload]
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                waiting += self._operands(number)
        return sorted(found)

    def _operands(self, number: int) -> list[int]:
        node = self.tape.nodes[number]
        return [operand for operand in (node.left, node.right) if operand >= 0]

    def _new(self) -> int:
        self.program.size += 1
        return self.program.size - 1

    def _lay(self, number: int) -> None:
        node = self.tape.nodes[number]
        if node.op == "column":
            self.place[number] = self._new()
            self.program.columns.append((self.place[number], str(node.holds), node.dtype))
            return
        if node.op == "constant":
            self._constant(number, np.array(node.holds).astype(node.dtype)[()])
            return
        function: Callable[..., object] = _look_up if node.op == "table" else getattr(np, node.op)
        left, right = self.place[node.left], self.place[node.right] if node.right >= 0 else -1
        if node.op == "table":
            left, right = self._constant(-number - 1, np.array(node.holds).astype(node.dtype)), left
        if number not in self.place:
            self.place[number] = self._buffer(TRUTH if node.dtype == MASK else node.dtype)
        self.program.calls.append((function, left, right, self._mask(number) if node.dtype == MASK else self.place[number]))
        for operand in set(self._operands(number)):
            if self.last[operand] == number:
                self._release(operand)

    def _constant(self, number: int, value: object) -> int:
        self.place[number] = self._new()
        self.program.constants[self.place[number]] = value
        return self.place[number]

    def _buffer(self, dtype: str) -> int:
        free = self.free.setdefault(dtype, [])
        if free:
            return free.pop()
        place = self._new()
        self.program.buffers.append((place, dtype))
        return place

    def _release(self, number: int) -> None:
        node = self.tape.nodes[number]
        if number not in self.pinned and node.op not in ("column", "constant"):
            self.free[TRUTH if node.dtype == MASK else node.dtype].append(self.place[number])

    def _mask(self, number: int) -> int:
        place = self.place[number]
        if place not in self.masks:
            self.masks[place] = self._new()
            self.program.views.append((self.masks[place], place))
        return self.masks[place]

    def _copy(self, number: int, name: str) -> None:
        place = self._new()
        self.program.outputs.append((place, name))
        zero = self._constant(-len(self.tape.nodes) - 1 - place, np.zeros((), self.tape.nodes[number].dtype)[()])
        self.program.calls.append((np.add, self.place[number], zero, place))


def _look_up(table: Array, codes: Array, out: Array) -> None:
    np.take(table, codes, out=out, mode="clip")
