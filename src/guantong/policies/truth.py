"""Kleene's strong three-valued logic: no < unknown < yes, *and* is the least, *or* the greatest."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Truth(IntEnum):
    """Yes, no, or not to be told from what is known."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    @property
    def word(self) -> str:
        """Return the word of the JSON contract: "yes", "no" or "unknown"."""
        return _WORDS[self]

    @classmethod
    def of(cls, known: bool) -> Truth:
        """Return YES or NO for a plain boolean."""
        return cls.YES if known else cls.NO


_WORDS = {Truth.NO: "no", Truth.UNKNOWN: "unknown", Truth.YES: "yes"}


def all_of(parts: Iterable[Truth]) -> Truth:
    """Return the Kleene *and*; of nothing it is yes."""
    return min(parts, default=Truth.YES)


def any_of(parts: Iterable[Truth]) -> Truth:
    """Return the Kleene *or*; of nothing it is no."""
    return max(parts, default=Truth.NO)


def negated(truth: Truth) -> Truth:
    """Return the Kleene *not*."""
    return Truth(2 - truth)
