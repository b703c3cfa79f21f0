"""The rules for a whole city in public: the proof that three evaluators agree, and a floor that can be moved."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from guantong.errors import InputRefused, Problem
from guantong.pathways.applicant import FLOOR
from guantong.policies.inputs import number_or_none
from guantong.policies.rulebook import DEFAULT_DECISION, Rulebook
from guantong.web.page import Asked, Page

if TYPE_CHECKING:
    from guantong.policies.city import Comparison, Verification

_FIELDS = ("cohort", "number")
_DEFAULT_COHORT = 2025


def verify_page(asked: Asked) -> Page:
    """Return the report of verification: every rulebook, every combination that its rules can tell apart."""
    from guantong.policies.city_answers import verification_json

    asked.only()
    found = [(book, _verified(book)) for book in asked.desk.books.values()]
    return Page(
        title="逐一核对",
        template="guantong/verify.html",
        context={"found": found, "different": sum(one.different for _, one in found)},
        data=lambda: [verification_json(one, book) for book, one in found],
    )


def what_if_page(asked: Asked) -> Page:
    """Return what a moved floor would do to an invented city; the invention stands beside every number."""
    from guantong.policies.city_answers import comparison_json
    from guantong.policies.synthetic import ASSUMPTIONS

    asked.only(*_FIELDS)
    book = asked.desk.parts.book
    floors = {cohort: value for value in book.values if value.name == FLOOR for cohort in value.cohorts}
    cohort = _cohort(asked, tuple(floors))
    value = floors[cohort]
    number = _number(asked, max(value.out_of))
    found = _moved(book, cohort, number if number is not None else max(value.numbers))
    return Page(
        title="如果分数线变了",
        template="guantong/what_if.html",
        context={
            "floors": floors,
            "cohort": cohort,
            "value": value,
            "number": number,
            "rows": _rows(found, book),
            "changed": sum(row.people for row in found.changes),
            "people": len(found.changed),
            "assumptions": ASSUMPTIONS,
            "clause": book.clauses[value.clause],
        },
        data=lambda: {"cohort": cohort, "number": _plain(number), **comparison_json(found, ASSUMPTIONS)},
    )


@lru_cache(maxsize=16)
def _verified(book: Rulebook) -> Verification:
    from guantong.policies.city import verify

    return verify(book)


@lru_cache(maxsize=64)
def _moved(book: Rulebook, cohort: int, number: Decimal) -> Comparison:
    from guantong.policies.city import ValueChange, read_people, what_if
    from guantong.policies.synthetic import synthetic_city

    people = read_people(book, synthetic_city(book, cohort))
    return what_if(book, ValueChange(value=FLOOR, cohort=cohort, number=number), people)


def _rows(found: Comparison, book: Rulebook) -> list[dict[str, object]]:
    words = book.decision(DEFAULT_DECISION).words
    total = len(found.changed)
    rows = sorted(found.rows, key=lambda row: (not row.changed, -row.people))
    return [
        {
            "before": row.before,
            "after": row.after,
            "before_words": words[row.before],
            "after_words": words[row.after],
            "changed": row.changed,
            "people": row.people,
            "percent": f"{row.people / total * 100:.1f}",
            "clauses": tuple(dict.fromkeys((*row.clauses_before, *row.clauses_after))),
        }
        for row in rows
    ]


def _cohort(asked: Asked, known: tuple[int, ...]) -> int:
    text = asked.one("cohort")
    if not text:
        return _DEFAULT_COHORT if _DEFAULT_COHORT in known else max(known)
    if text not in map(str, known):
        allowed = "、".join(map(str, known))
        raise InputRefused(
            [Problem(column="cohort", value=text[:20], rule="这一年的分数线没有收录", remedy=f"可选：{allowed}。")]
        )
    return int(text)


def _number(asked: Asked, highest: Decimal) -> Decimal | None:
    text = asked.one("number")
    number = number_or_none(text) if text else None
    if text and (number is None or not 0 <= number <= highest or number % Decimal("0.5")):
        rule = f"应是 0 到 {highest} 之间的分数，最小单位 0.5"
        raise InputRefused([Problem(column="number", value=text[:20], rule=rule, remedy="请改正后再试。")])
    return number


def _plain(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
