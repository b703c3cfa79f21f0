"""Asking the planner on the real contents, in as few words as possible."""

from datetime import date
from functools import cache
from typing import Any

from tests.factories import beijing

from guantong.errors import InputRefused, Problem
from guantong.pathways.answers import answer_json
from guantong.pathways.applicant import Applicant, read_applicant
from guantong.pathways.planner import Desk, plan

TODAY = date(2026, 11, 21)
Data = dict[str, Any]


@cache
def desk() -> Desk:
    """The parts that the family desk reads."""
    contents = beijing()
    return Desk(
        book=contents.rulebook("guantong"),
        registry=contents.registry,
        plans=contents.plans,
        routes=contents.routes,
        interests=contents.interests,
    )


def applicant(today: date = TODAY, /, **given: object) -> Applicant:
    """The applicant whom some options describe; a list is an option given several times."""
    texts = {
        name: [str(part) for part in (value if isinstance(value, list) else [value])] for name, value in given.items()
    }
    return read_applicant(texts, book=desk().book, registry=desk().registry, today=today)


def answer(today: date = TODAY, /, **given: object) -> Data:
    """What `plan --json` says to some options."""
    return answer_json(plan(applicant(today, **given), desk()), beijing().sources)


def route(data: Data, name: str = "gaoben") -> Data:
    """One route of an answer."""
    found: Data = next(route for route in data["routes"] if route["id"] == name)
    return found


def faults(today: date = TODAY, /, **given: object) -> tuple[Problem, ...]:
    """The problems of some options; empty where they can be read."""
    try:
        applicant(today, **given)
    except InputRefused as refused:
        return refused.problems
    return ()
