"""The JSON contract of the planner, used by the CLI and the web alike: one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guantong.evidence import Source
from guantong.pathways.ladder import Rung
from guantong.pathways.listing import Listed
from guantong.pathways.planner import Answer, Notice, Reference, RouteAnswer
from guantong.pathways.routes import Anchor, Rate, Route
from guantong.policies.answers import change_json, clauses_json

Sources = Mapping[str, Source]


def answer_json(answer: Answer, sources: Sources) -> dict[str, object]:
    """Return `plan --json`."""
    return {
        "applicant": answer.applicant.as_json(),
        "routes": [route_answer_json(route, answer.programmes, sources) for route in answer.routes],
        "programmes": [listed_json(row, sources) for row in answer.programmes],
        "order": {"criterion": answer.criterion.value, "text": answer.criterion.label},
        "notices": [notice_json(notice, sources) for notice in answer.notices],
        "readiness": answer.readiness.value,
        "weakest_grade": answer.weakest_grade.value if answer.weakest_grade else None,
        "receipts": list(answer.receipts),
        "reference": reference_json(answer.reference, sources) if answer.reference else None,
        "next_steps": [notice_json(step, sources) for step in answer.next_steps],
    }


def route_answer_json(answer: RouteAnswer, programmes: Sequence[Listed], sources: Sources) -> dict[str, object]:
    """Return one route of the answer: what the child gets told, then what the route is."""
    about = route_json(answer.route, answer.rungs, sources)
    return {
        **about,
        "verdict": answer.verdict,
        "words": answer.words,
        "clauses": clauses_json(answer.decision, sources) if answer.decision else [],
        "missing": list(answer.missing),
        "change_one": change_json(answer.decision, public=True) if answer.decision else None,
        "meets_target": answer.meets_target,
        "within_years": answer.within_years,
        "programmes": [row.programme.id for row in programmes if row.programme.type is answer.route.programme_type],
    }


def route_json(route: Route, rungs: tuple[Rung, ...], sources: Sources) -> dict[str, object]:
    """Return what a route is: ladder, branches, doors, rates, schools, where to ask, what is not known."""
    return {
        "id": route.id,
        "name": route.title,
        "summary": route.summary,
        "leads_to": [target.value for target in route.leads_to],
        "years": route.years,
        "years_text": route.years_text or None,
        "stages": [rung.as_json() for rung in rungs],
        "conditions": [
            {"text": part.text, "years": list(part.years), **anchor_json(part.anchor, sources)}
            for part in route.conditions
        ],
        "entry_unknown": route.entry_unknown or None,
        "branches": [
            {"when": part.when, "then": part.then, "holds": part.holds, **anchor_json(part.anchor, sources)}
            for part in route.branches
        ],
        "worst_case": {
            "text": route.worst_case.then,
            "holds": route.worst_case.holds,
            **anchor_json(route.worst_case.anchor, sources),
        },
        "one_way": [{"text": part.text, **anchor_json(part.anchor, sources)} for part in route.one_way],
        **_seen_json(route, sources),
        "not_in_sources": list(route.not_in_sources),
    }


def _seen_json(route: Route, sources: Sources) -> dict[str, object]:
    """Return what sources show of a route: rates, years, schools, and where to ask."""
    return {
        "rates": [rate_json(rate, sources) for rate in route.rates],
        "existed": {
            "text": route.existed.text,
            "cohorts": list(route.existed.cohorts),
            "place": route.existed.place.as_json(sources.get(route.existed.place.document)),
            "grade": route.existed.grade.value,
        },
        "schools": [
            {
                "name": school.name,
                "majors": list(school.majors),
                "year": school.year,
                "place": school.place.as_json(sources.get(school.place.document)),
                "grade": school.grade.value,
            }
            for school in route.schools
        ],
        "ask": [
            {"text": part.text, "place": part.place.as_json(sources.get(part.place.document)) if part.place else None}
            for part in route.ask
        ],
    }


def rate_json(rate: Rate, sources: Sources) -> dict[str, object]:
    """Return a published rate with everything it leaves open."""
    names = ("name", "unit", "population", "numerator", "denominator", "destination")
    parts: dict[str, object] = {name: getattr(rate, name) for name in names}
    return parts | {
        "value": float(rate.value),
        "printed": rate.value,
        "year": int(rate.year) if rate.year.isdigit() else rate.year,
        "exclusions": rate.exclusions,
        "claimant": rate.claimant,
        "place": rate.place.as_json(sources.get(rate.place.document)),
        "grade": rate.grade.value,
    }


def listed_json(row: Listed, sources: Sources) -> dict[str, object]:
    """Return a programme of a list, with the reasons for its place."""
    return {**row.programme.as_json(sources), "reasons": list(row.reasons)}


def notice_json(notice: Notice, sources: Sources) -> dict[str, object]:
    """Return a notice or a step."""
    place = notice.place.as_json(sources.get(notice.place.document)) if notice.place else None
    return {"level": notice.level, "text": notice.text, "source": notice.source or None, "place": place}


def reference_json(reference: Reference, sources: Sources) -> dict[str, object]:
    """Return the newest loaded year, which carries no verdict."""
    return {
        "year": reference.year,
        "label": "往年参考",
        "routes": [
            {"id": route.id, "name": route.title, "stages": [rung.as_json() for rung in rungs]}
            for route, rungs in reference.rungs
        ],
        "programmes": [listed_json(row, sources) for row in reference.programmes],
    }


def anchor_json(anchor: Anchor, sources: Sources) -> dict[str, object]:
    """Return what a statement rests on."""
    place = anchor.place.as_json(sources.get(anchor.place.document)) if anchor.place else None
    return {"clause": anchor.clause or None, "place": place, "grade": anchor.grade.value}
