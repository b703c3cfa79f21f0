"""A tape of operations on columns: what the table evaluator is to do, each distinct operation once.

Truths are bytes 0 (no), 1 (unknown), 2 (yes): *and* is the minimum, *or* the maximum, *not* is 2 − t.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

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

    def both(self, mask: int, other: int) -> int:
        """Join two masks of 0 and 1; one that always holds costs nothing."""
        for one, rest in ((mask, other), (other, mask)):
            if (known := self.value(one)) is not None:
                return rest if known == 1 else self.constant(0)
        return self.apply("bitwise_and", mask, other)

    def without(self, mask: int) -> int:
        """Return the mask of 0 and 1 where another is not."""
        known = self.value(mask)
        return self.constant(1 - known) if known is not None else self.apply("subtract", self.constant(1), mask)

    def is_yes(self, truth: int) -> int:
        """Return the mask of the rows where a truth is yes, in plain two-valued steps where it is made of such."""
        node = self.nodes[truth]
        if node.op == "minimum":
            return self.apply("bitwise_and", self.is_yes(node.left), self.is_yes(node.right))
        if node.op == "maximum":
            return self.apply("bitwise_or", self.is_yes(node.left), self.is_yes(node.right))
        if node.op == "subtract" and self.value(node.left) == 2:
            return self._is_no(node.right)
        mask = self._doubled(node)
        return self.apply("equal", truth, self.constant(2), MASK) if mask is None else mask

    def _is_no(self, truth: int) -> int:
        node = self.nodes[truth]
        if node.op == "minimum":
            return self.apply("bitwise_or", self._is_no(node.left), self._is_no(node.right))
        if node.op == "maximum":
            return self.apply("bitwise_and", self._is_no(node.left), self._is_no(node.right))
        if node.op == "subtract" and self.value(node.left) == 2:
            return self.is_yes(node.right)
        mask = self._doubled(node)
        if mask is None:
            return self.apply("equal", truth, self.constant(0), MASK)
        return self.apply("subtract", self.constant(1), mask)

    def _doubled(self, node: Node) -> int | None:
        """Return the mask of which a node is the double; None where it is not one."""
        if node.op == "add" and node.left == node.right and self.nodes[node.left].dtype == MASK:
            return node.left
        if node.op == "multiply" and self.nodes[node.left].dtype == MASK and self.value(node.right) == 2:
            return node.left
        return None

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
    return tuple(whole) or (last,)
