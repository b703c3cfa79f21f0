"""One answer as cards: a route's verdict with its reasons, and its programmes, nearest wishes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from guantong.evidence import Basis, Source
from guantong.pathways.ladder import ladder
from guantong.pathways.listing import Criterion, Listed
from guantong.pathways.planner import Answer, Desk, RouteAnswer
from guantong.pathways.routes import Route
from guantong.policies.answers import change_json
from guantong.policies.decide import Decision, Finding
from guantong.policies.truth import Truth
from guantong.policies.why import operands
from guantong.registry import Programme
from guantong.web.desk import public_desk
from guantong.web.fragments import programme_rows, route_body
from guantong.web.labels import Missing, failed_titles, missing_words

_UNFOLDED = 4
_FIRST = 12
"""Rows shown at once; the others stand one click further, so that a phone is not flooded."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the trace in words: the rule, what was said, the standard, what it rests on."""

    finding: Finding
    operands: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]

    @property
    def word(self) -> str:
        """Return "yes", "no" or "unknown"."""
        return self.finding.says.word


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of programmes: the first rows, and the rest behind one click."""

    first: SafeString
    rest: SafeString
    count: int
    more: int
    reasons: bool
    documents: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A route that the law decides, ready for the template."""

    answer: RouteAnswer
    because: str
    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]
    change: dict[str, object] | None
    body: SafeString
    rows: Rows | None

    @property
    def route(self) -> Route:
        """Return the route itself."""
        return self.answer.route


def overview(whole: Answer) -> SafeString:
    """Return one row per route: what it is, what is said of it, how long it takes, where it leads."""
    rows = (
        overview_row(answer.route.id, answer.verdict, answer.words, answer.meets_target, answer.within_years)
        for answer in whole.routes
    )
    return mark_safe("".join(rows))


@lru_cache(maxsize=1024)
def overview_row(
    route_id: str, verdict: str, words: str, meets_target: bool | None, within_years: bool | None
) -> SafeString:
    """Return the row of one route; there are only so many kinds of it."""
    context = {
        "route": public_desk().parts.routes[route_id],
        "verdict_word": verdict,
        "words": words,
        "meets_target": meets_target,
        "within_years": within_years,
    }
    return mark_safe(get_template("guantong/parts/overview_row.html").render(context))


def ruled(whole: Answer, desk: Desk) -> tuple[Card, ...]:
    """Return the cards of the routes that the law decides."""
    return tuple(_card(answer, whole, desk) for answer in whole.routes if answer.route.decision)


def others(whole: Answer) -> tuple[SafeString, ...]:
    """Return the routes whose entry rules are not in our sources, to be unfolded one by one.

    Where the law says no to the child, the first that name schools stand open: a family never meets unknowns only.
    """
    refused = any(answer.verdict == Truth.NO.word for answer in whole.routes)
    undecided = [answer for answer in whole.routes if not answer.route.decision]
    named = [answer.route.id for answer in undecided if answer.route.schools and answer.meets_target is not False]
    unfolded = named[:_UNFOLDED] if refused else []
    return tuple(other(part.route.id, part.words, unfolded=part.route.id in unfolded) for part in undecided)


@lru_cache(maxsize=512)
def other(route_id: str, words: str, *, unfolded: bool) -> SafeString:
    """Return a route that no law of ours decides; it is the same for every child."""
    parts = public_desk().parts
    route = parts.routes[route_id]
    context = {"route": route, "words": words, "unfolded": unfolded, "rungs": ladder(route, parts.book, None)}
    return mark_safe(get_template("guantong/parts/card_other.html").render(context))


def _card(answer: RouteAnswer, whole: Answer, desk: Desk) -> Card:
    decision = answer.decision
    missing = missing_of(answer, desk)
    mine = [row for row in whole.programmes if row.programme.type is answer.route.programme_type]
    return Card(
        answer=answer,
        because=because(answer, missing),
        lines=tuple(_line(decision, finding) for finding in decision.findings) if decision else (),
        missing=missing,
        change=change_json(decision, public=True) if decision else None,
        body=route_body(answer.route.id, whole.applicant.cohort),
        rows=table(mine, whole) if mine else None,
    )


def table(programmes: Sequence[Listed], whole: Answer) -> Rows:
    """Return a table; where something was wished for, the rows that meet it come first."""
    wished = bool(whole.applicant.interests or whole.applicant.district)
    matching = sum(bool(row.reasons) for row in programmes) if whole.criterion is Criterion.INTEREST else 0
    split = min(max(matching, 6), _FIRST) if matching else _FIRST
    split = len(programmes) if len(programmes) - split <= 3 else split
    return Rows(
        first=programme_rows(programmes[:split], reasons=wished),
        rest=programme_rows(programmes[split:], reasons=wished),
        count=len(programmes),
        more=len(programmes) - split,
        reasons=wished,
        documents=documents(row.programme for row in programmes),
    )


def documents(rows: Iterable[Programme]) -> tuple[Source, ...]:
    """Return the documents that rows of a plan were printed in."""
    sources = public_desk().contents.sources
    return tuple(sources[name] for name in dict.fromkeys(row.place.document for row in rows))


def missing_of(answer: RouteAnswer, desk: Desk) -> tuple[Missing, ...]:
    """Return what would settle an open answer, in words."""
    return tuple(missing_words(name, desk.book) for name in answer.missing)


def because(answer: RouteAnswer, missing: tuple[Missing, ...]) -> str:
    """Return which rule says no, or what is missing, in the fixed form of DESIGN §4."""
    if answer.verdict == Truth.NO.word and answer.decision:
        return "、".join(dict.fromkeys(failed_titles(answer.decision)))
    if answer.verdict == Truth.UNKNOWN.word:
        return "缺" + "、".join(part.text for part in missing) if missing else ""
    return ""


def _line(decision: Decision, finding: Finding) -> Line:
    planned = finding.planned
    reading = f"我们的理解，{planned.rule.reading.label}" if planned.rule.reading else ""
    carried = planned.clause.carried_notice if planned.basis is Basis.CARRIED else ""
    said = tuple((spec.label, spec.words(decision.inputs.get(spec.name))) for spec in operands(decision, finding))
    return Line(finding, said, tuple(filter(None, (carried, reading))))
