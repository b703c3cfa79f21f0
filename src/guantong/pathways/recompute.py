"""Recomputing claims (复算): a claim's verdict anew from rules, plans, routes and printed numbers.

Where sources disagree, every combination is tried: the claim holds where all of them bear it out,
is inaccurate where none does, and cannot be verified otherwise or where something is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise, product

from guantong.evidence import Grade
from guantong.pathways.claims import (
    Check,
    Claim,
    ClaimVerdict,
    Decided,
    Direction,
    FigureOf,
    FitsAYear,
    Fraction,
    HasStage,
    RouteRate,
    ShareOfTotal,
    StudiesAt,
    SumOf,
    TotalChange,
    TotalOf,
    WorksWith,
)
from guantong.pathways.routes import Routes
from guantong.policies.decide import decide
from guantong.policies.rulebook import DEFAULT_DECISION, Rulebook
from guantong.policies.standing import UNKNOWN_VALUE
from guantong.policies.truth import Truth
from guantong.registry import Partnership, Plans, YearFigures

_SEPTEMBER = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The frozen parts that a claim is checked against; `book` is the one that decides who may apply."""

    books: Mapping[str, Rulebook]
    book: Rulebook
    plans: Plans
    routes: Routes
    partnerships: Sequence[Partnership]


def recompute(claim: Claim, grounds: Grounds) -> ClaimVerdict | None:
    """Return the verdict that the grounds give; None where the claim has no check."""
    return None if claim.check is None else _verdict(_trials(claim.check, grounds))


def _verdict(trials: Iterable[bool | None]) -> ClaimVerdict:
    """Return true where every trial holds, inaccurate where none does, else unverifiable; none at all likewise."""
    found = set(trials)
    if found == {True}:
        return ClaimVerdict.TRUE
    return ClaimVerdict.INACCURATE if found == {False} else ClaimVerdict.UNVERIFIABLE


def _trials(check: Check, grounds: Grounds) -> Iterable[bool | None]:
    """Return whether the claim holds in each way of reading the sources; None where it is not known."""
    match check:
        case ShareOfTotal():
            return _shares(check, grounds.book)
        case TotalChange() | TotalOf():
            return _totals(check, grounds.plans)
        case FigureOf():
            return _figures(check, grounds.plans)
        case Decided():
            return _decided(check, grounds.books)
        case FitsAYear():
            return _fits(check, grounds)
        case StudiesAt() | HasStage() | RouteRate():
            return _route(check, grounds.routes)
        case Fraction():
            return _fractions(check)
        case SumOf():
            return [sum(check.parts, Decimal(0)) == check.equals]
    return _partners(check, grounds.partnerships)


def _shares(check: ShareOfTotal, book: Rulebook) -> Iterable[bool | None]:
    values = [book.value(check.value, year) for year in check.years]
    if any(value is None or not value.out_of for value in values):
        return [None]
    sets = [[number * 100 / total for number in value.numbers for total in value.out_of] for value in values if value]
    return [_moved(shares, check.direction, check.tolerance) for shares in product(*sets)]


def _moved(numbers: Sequence[Decimal], direction: Direction, tolerance: Decimal = Decimal(0)) -> bool:
    """Tell whether each number lies beyond the one before it, in one direction, by more than a tolerance."""
    sign = -1 if direction is Direction.FELL else 1
    return all((after - before) * sign > tolerance for before, after in pairwise(numbers))


def _totals(check: TotalChange | TotalOf, plans: Plans) -> Iterable[bool | None]:
    sets = [_places_of(plans, year) for year in check.years]
    if not all(sets):
        return [None]
    if isinstance(check, TotalOf):
        return [sum(numbers) >= check.at_least for numbers in product(*sets)]
    return [_changed(numbers, check) for numbers in product(*sets)]


def _changed(numbers: Sequence[Decimal], check: TotalChange) -> bool:
    if check.percent is None:
        return _moved(numbers, check.direction)
    change = (numbers[-1] - numbers[0]) * 100 / numbers[0]
    return change.quantize(check.percent) == check.percent


def _places_of(plans: Plans, year: int) -> set[Decimal]:
    figures = plans.figures.get(year)
    return {Decimal(figure.value) for figure in figures.total_places()} if figures else set()


def _figures(check: FigureOf, plans: Plans) -> Iterable[bool | None]:
    """Ask every year: one in which no document gives just the claimed value already belies the claim."""
    years = [_year_says(check, plans.figures.get(year)) for year in check.years]
    return [False] if False in years else years


def _year_says(check: FigureOf, figures: YearFigures | None) -> bool | None:
    """Return what the documents of one year say together; None where they disagree or none speaks of it."""
    said: dict[str, set[str]] = {}
    for figure in getattr(figures, check.figure.value) if figures else ():
        said.setdefault(figure.place.document, set()).add(figure.value)
    answers = {values == {check.claimed} for values in said.values()}
    return answers.pop() if len(answers) == 1 else None


def _decided(check: Decided, books: Mapping[str, Rulebook]) -> Iterable[bool | None]:
    """Ask about every case of every cohort: one case that is otherwise already belies the claim."""
    answers = []
    for cohort, case in product(check.cohorts, check.cases):
        day = date(cohort, _SEPTEMBER, 1)
        decision = decide(books[check.book], case, cohort=cohort, decision=check.decision, on=day)
        answer = decision.value or decision.verdict
        answers.append(None if answer == UNKNOWN_VALUE else answer in check.claimed)
    return [False] if False in answers else answers


def _fits(check: FitsAYear, grounds: Grounds) -> Iterable[bool | None]:
    """Try each year: the score must reach the floor, and the loaded plan must list the school."""
    given = {"score": check.score, "household": "beijing", "exam_eligible": True}
    fits: list[bool | None] = []
    for year in check.years:
        decision = decide(grounds.book, given, cohort=year, decision=DEFAULT_DECISION)
        file = grounds.plans.files.get(year)
        if decision.verdict == Truth.NO.word:
            fits.append(False)
        elif file is None or decision.verdict == Truth.UNKNOWN.word:
            fits.append(None)
        else:
            fits.append(any(row.school_id == check.school for row in file.programmes))
    return [True] if True in fits else fits


def _route(check: StudiesAt | HasStage | RouteRate, routes: Routes) -> Iterable[bool | None]:
    route = routes[check.route]
    if isinstance(check, RouteRate):
        numbers = [Decimal(rate.value) for rate in route.rates if rate.name == check.rate]
        return [_within(number, check.at_least, check.at_most) for number in numbers] or [None]
    stages = [stage for stage in route.stages if stage.stage is check.stage]
    if isinstance(check, HasStage):
        return [bool(stages)]
    seats = [stage.studies_at_for(cohort)[0] for stage in stages for cohort in check.cohorts]
    return [seat.value == check.claimed for seat in seats]


def _within(number: Decimal, at_least: Decimal | None, at_most: Decimal | None) -> bool:
    return (at_least is None or number >= at_least) and (at_most is None or number <= at_most)


def _fractions(check: Fraction) -> Iterable[bool | None]:
    """Compare the share of each pair; a value that no printed pair gives cannot be verified."""
    shares = [Decimal(part) * 100 / Decimal(whole) for part, whole in check.pairs]
    if check.equals is None:
        return [_within(share, check.at_least, None) for share in shares]
    found = any(share.quantize(check.equals) == check.equals for share in shares)
    return [True] if found else [None]


def _partners(check: WorksWith, partnerships: Sequence[Partnership]) -> Iterable[bool | None]:
    """Hold for an enterprise only what an official source says; the essay alone verifies nothing."""
    known = {part.enterprise for part in partnerships if part.grade is Grade.OFFICIAL}
    return [True if enterprise in known else None for enterprise in check.enterprises]
