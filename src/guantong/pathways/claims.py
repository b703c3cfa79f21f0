"""Claims (听说): statements that families hear, what the sources say of them by year, and our verdict.

A verdict that rests on rules, plans or printed numbers carries a check, so that a test can compute
it anew; the checks are data, `guantong.pathways.recompute` runs them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from guantong.errors import ClaimUnknown
from guantong.evidence import Grade, Place
from guantong.pathways.routes import Anchor
from guantong.registry import Stage


class ClaimVerdict(Enum):
    """What the sources make of a statement (结论)."""

    TRUE = "true"
    INACCURATE = "inaccurate"
    UNVERIFIABLE = "unverifiable"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return {"true": "属实", "inaccurate": "不准确", "unverifiable": "无法核实"}[self.value]


class Direction(Enum):
    """Which way a claim says that a number went."""

    FELL = "fell"
    ROSE = "rose"


class YearFigure(Enum):
    """A kind of figure of a year."""

    PAPER_TOTALS = "paper_totals"
    CHOICES = "choices"
    BATCHES = "batches"
    FLOORS = "floors"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOfTotal:
    """A floor moved as a share of its paper total, by more than `tolerance` points, from year to year."""

    value: str
    years: tuple[int, ...]
    direction: Direction
    tolerance: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalChange:
    """The number of places moved in every step of the years; or by `percent` from the first to the last."""

    years: tuple[int, ...]
    direction: Direction
    percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalOf:
    """The places of some years together reach a number."""

    years: tuple[int, ...]
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOf:
    """A figure of every named year is the one that is claimed."""

    figure: YearFigure
    years: tuple[int, ...]
    claimed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A rulebook gives a claimed answer in each case, for each cohort."""

    book: str
    decision: str
    cohorts: tuple[int, ...]
    cases: tuple[Mapping[str, object], ...]
    claimed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FitsAYear:
    """A pupil of a score enters a school's programme in one of the years: floor and plan allow it."""

    score: str
    school: str
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudiesAt:
    """Cohorts study in a stage at a certain place."""

    route: str
    stage: Stage
    cohorts: tuple[int, ...]
    claimed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HasStage:
    """A route itself holds a stage."""

    route: str
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRate:
    """A published rate of a route lies within bounds."""

    route: str
    rate: str
    at_least: Decimal | None
    at_most: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fraction:
    """A percentage follows from printed parts and wholes; where several wholes are printed, from one of them."""

    pairs: tuple[tuple[int, int], ...]
    equals: Decimal | None
    at_least: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SumOf:
    """A printed value is the sum of two printed values."""

    parts: tuple[Decimal, ...]
    equals: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksWith:
    """Enterprises work with schools, as an official source says."""

    enterprises: tuple[str, ...]


Check: TypeAlias = (
    ShareOfTotal
    | TotalChange
    | TotalOf
    | FigureOf
    | Decided
    | FitsAYear
    | StudiesAt
    | HasStage
    | RouteRate
    | Fraction
    | SumOf
    | WorksWith
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What a source says of the matter, for a year where it is bound to one."""

    text: str
    year: int | None
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement, who makes it, what the sources say, and the verdict with its reason."""

    id: str
    statement: str
    claimant: str
    place: Place | None
    grade: Grade
    says: tuple[Saying, ...]
    verdict: ClaimVerdict
    why: str
    kind: str
    check: Check | None


class Claims:
    """Every claim by id, in the order of the file."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        """Keep the claims; the contents loader has made sure that ids are unique."""
        self.all: tuple[Claim, ...] = tuple(claims)
        self._by_id: Mapping[str, Claim] = {claim.id: claim for claim in self.all}

    def __getitem__(self, name: str) -> Claim:
        """Return a claim by id; raise `ClaimUnknown` with near ids."""
        if name not in self._by_id:
            raise ClaimUnknown(name, difflib.get_close_matches(name, self._by_id, n=3))
        return self._by_id[name]
