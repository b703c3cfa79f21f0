"""Programs over blocks of rows: what the table evaluator runs.

Every result of a tape gets a small buffer, used again as soon as nobody needs it, so that a block of
rows stays inside the cache. Nothing is generated: a program is a list of numpy functions and places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from guantong.policies.tape import MASK, TRUTH, Tape

Array: TypeAlias = npt.NDArray[Any]
"""Codes of any width: how narrow they are kept depends on what the column holds."""
BLOCK = 1 << 16
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
        frame: list[Any] = [None] * self.size
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
                frame[place] = frame[of].view(np.bool_)
            for call, left, right, out in self.calls:
                call(frame[left], frame[right], out=frame[out])


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

    def _needed(self, roots: Iterable[int]) -> list[int]:
        found: set[int] = set()
        waiting = list(roots)
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
        self.program.calls.append(
            (function, left, right, self._mask(number) if node.dtype == MASK else self.place[number])
        )
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
