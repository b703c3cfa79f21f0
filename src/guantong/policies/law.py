"""Law in time: clauses, which cohorts they govern, and values that belong to one cohort only."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from guantong.evidence import Basis, Grade, Place


class Mark(Enum):
    """What a clause is to the machine."""

    RULE = "rule"
    OPEN = "open"
    OBLIGATION = "obligation"
    DEFINITION = "definition"
    PASSAGE = "passage"

    @property
    def label(self) -> str:
        """Return the words that a page shows."""
        return _MARK_LABELS[self]


_MARK_LABELS = {
    Mark.RULE: "已编成规则",
    Mark.OPEN: "条文不足以计算",
    Mark.OBLIGATION: "工作要求，不可计算",
    Mark.DEFINITION: "定义",
    Mark.PASSAGE: "取值依据",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause (条款): its number, our paraphrase, and whom it governs.

    Enacted and carried cohorts belong to the law of a year of entry. A standing rule instead has
    `standing_from`, the first school year in which it holds; its end is not known.
    """

    id: str
    number: str
    title: str
    paraphrase: str
    place: Place
    grade: Grade
    mark: Mark
    enacted: tuple[int, ...] = ()
    carried: tuple[int, ...] = ()
    standing_from: int | None = None

    def basis_for(self, cohort: int, school_year: int | None = None) -> Basis | None:
        """Return how the clause governs: printed, carried, or None where it does not.

        A standing rule governs from its first school year; without a school year the question is
        about the cohort's whole course, which lies inside it where the cohort entered no earlier.
        """
        if self.standing_from is not None:
            when = cohort if school_year is None else school_year
            return Basis.PRINTED if when >= self.standing_from else None
        if cohort in self.enacted:
            return Basis.PRINTED
        return Basis.CARRIED if cohort in self.carried else None

    @property
    def carried_notice(self) -> str:
        """Return the words under the clause where it is carried (DESIGN §4); "" where it was never enacted."""
        return f"本届通知全文未收录，按{max(self.enacted)}年通知推定" if self.enacted else ""

    @property
    def since(self) -> int | None:
        """Return the first cohort, or school year, for which the clause stands."""
        return self.standing_from if self.standing_from is not None else min(self.enacted, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """A value of some cohorts (取值), never carried to others.

    `numbers` has more than one member where sources disagree: a comparison is then decided only
    where every member agrees. `out_of` are the paper totals that the value refers to, same rule.
    """

    name: str
    cohorts: tuple[int, ...]
    numbers: tuple[Decimal, ...]
    unit: str
    clause: str
    place: Place
    grade: Grade
    basis: Basis = Basis.PRINTED
    out_of: tuple[Decimal, ...] = ()
    out_of_grade: Grade | None = None

    @property
    def since(self) -> int:
        """Return the first cohort for which this value stands."""
        return min(self.cohorts)
