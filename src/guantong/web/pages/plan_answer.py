"""One answer as cards: a route's verdict with its reasons, and its programmes, nearest wishes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from guantong.evidence import Basis, Source
from guantong.pathways.listing import Criterion, Listed
from guantong.pathways.planner import Answer, Desk, RouteAnswer
from guantong.pathways.routes import Route
from guantong.policies.answers import CARRIED_NOTICE, change_json
from guantong.policies.decide import Decision, Finding
from guantong.policies.truth import Truth
from guantong.policies.why import operands
from guantong.registry import Programme
from guantong.web.desk import public_desk
from guantong.web.fragments import programme_rows, route_body
from guantong.web.labels import Missing, failed_titles, missing_words

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
    """One route of the answer, ready for the template."""

    answer: RouteAnswer
    because: str
    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]
    change: dict[str, object] | None
    body: SafeString
    rows: Rows | None
    html: SafeString | None = None
    """The whole card, where nothing of it depends on the child."""

    @property
    def route(self) -> Route:
        """Return the route itself."""
        return self.answer.route


def card(answer: RouteAnswer, whole: Answer, desk: Desk) -> Card:
    """Return one route's card; one that rests on no decision is the same for every child of a cohort."""
    decision = answer.decision
    missing = tuple(missing_words(name, desk.book) for name in answer.missing)
    mine = [row for row in whole.programmes if row.programme.type is answer.route.programme_type]
    made = Card(
        answer=answer,
        because=_because(answer, missing),
        lines=tuple(_line(decision, finding) for finding in decision.findings) if decision else (),
        missing=missing,
        change=change_json(decision, public=True) if decision else None,
        body=route_body(answer.route.id, whole.applicant.cohort),
        rows=table(mine, whole) if mine else None,
    )
    return made if decision else replace(made, html=_still(made, whole.applicant.cohort))


_STILL: dict[tuple[str, str, int | None], SafeString] = {}
"""Cards that rest on no decision, by route, reason and cohort: a few hundred at most."""


def _still(made: Card, cohort: int | None) -> SafeString:
    key = (made.route.id, made.because, cohort)
    if key not in _STILL:
        _STILL[key] = mark_safe(get_template("guantong/parts/card.html").render({"card": made}))
    return _STILL[key]


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


def _because(answer: RouteAnswer, missing: tuple[Missing, ...]) -> str:
    """Return which rule says no, or what is missing, in the fixed form of DESIGN §4."""
    if answer.verdict == Truth.NO.word and answer.decision:
        return "、".join(dict.fromkeys(failed_titles(answer.decision)))
    if answer.verdict == Truth.UNKNOWN.word:
        return "缺" + "、".join(part.text for part in missing) if missing else ""
    return ""


def _line(decision: Decision, finding: Finding) -> Line:
    planned = finding.planned
    reading = f"我们的理解，{planned.rule.reading.label}" if planned.rule.reading else ""
    carried = CARRIED_NOTICE if planned.basis is Basis.CARRIED else ""
    said = tuple((spec.label, spec.words(decision.inputs.get(spec.name))) for spec in operands(decision, finding))
    return Line(finding, said, tuple(filter(None, (carried, reading))))
