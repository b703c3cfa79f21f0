"""Same or similar majors (相同或相近专业) of 三（四）3–4: the school's own table, else the national family."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

_NATIONAL_CODE = re.compile(r"\d{6}", re.ASCII)
_FAMILY = 4
"""The first four digits of a code of the national catalogue name the 专业类."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarMajors:
    """A school's own table: a major that stands in it is similar to exactly what is listed, in both directions."""

    listed: Mapping[str, Collection[str]] = field(default_factory=dict)

    def are_similar(self, first: str, second: str) -> bool | None:
        """Tell whether two majors are the same or similar; None where a code is missing and no table speaks."""
        if first == second:
            return True
        if first in self.listed or second in self.listed:
            return second in self.listed.get(first, ()) or first in self.listed.get(second, ())
        if _NATIONAL_CODE.fullmatch(first) and _NATIONAL_CODE.fullmatch(second):
            return first[:_FAMILY] == second[:_FAMILY]
        return None

    def any_similar(self, major: str, others: Iterable[str]) -> bool | None:
        """Tell whether one of some majors is the same or similar; one that is decides, else one unknown leaves it."""
        answers = [self.are_similar(major, other) for other in others]
        if True in answers:
            return True
        return None if None in answers else False
