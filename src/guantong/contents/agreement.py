"""What stands in two files must agree: a year's floor and paper totals in `plans.yaml` and in a rulebook's values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from guantong.errors import Problem
from guantong.pathways.applicant import FLOOR
from guantong.policies.rulebook import Rulebook
from guantong.registry.plans import Figure, Plans

FILE = "plans.yaml"


def disagreements(plans: Plans, book: Rulebook) -> Iterator[Problem]:
    """Report every cohort whose floor or paper totals are not the same set in both files."""
    for value in book.values:
        if value.name != FLOOR:
            continue
        for cohort in value.cohorts:
            figures = plans.figures.get(cohort)
            for column, numbers in (("floors", value.numbers), ("paper_totals", value.out_of)):
                found = _numbers(getattr(figures, column)) if figures else set()
                if found != set(numbers):
                    yield _problem(cohort, column, found, set(numbers))


def _numbers(figures: Sequence[Figure]) -> set[Decimal]:
    return {Decimal(figure.value) for figure in figures}


def _problem(cohort: int, column: str, found: set[Decimal], wanted: set[Decimal]) -> Problem:
    return Problem(
        file=FILE,
        column=f"{cohort} › {column}",
        value="、".join(map(str, sorted(found))) or "空",
        rule=f"与规则册取值 {FLOOR} 的 {'、'.join(map(str, sorted(wanted)))} 不一致",
        remedy="请对照原文改成一致；两边不一致时页面会互相矛盾。",
    )
