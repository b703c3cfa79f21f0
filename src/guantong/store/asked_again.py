"""What an event says and what its decision was asked with, as one text to be sealed: confirming asks the same again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from guantong.cohorts.details import Value
from guantong.cohorts.majors import SimilarMajors
from guantong.cohorts.questions import Asked, NextClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The details of an event, the facts entered for its decision, the class to come and the school's table."""

    details: dict[str, Value]
    facts: dict[str, Value]
    next_class: NextClass | None
    similar: SimilarMajors


def packed(details: Mapping[str, Value], asked: Asked | None) -> str:
    """Return details and question as JSON; what was not asked is left out."""
    whole: dict[str, object] = {"details": dict(details), "facts": dict(asked.facts) if asked else {}}
    if asked and asked.next_class:
        plan = asked.next_class
        whole["next_class"] = {"school": plan.school, "class_year": plan.class_year, "majors": list(plan.majors)}
    if asked and asked.similar.listed:
        whole["similar"] = {major: sorted(others) for major, others in asked.similar.listed.items()}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True)


def unpacked(text: str) -> Said:
    """Return what `packed` wrote, of this or an earlier version."""
    whole = json.loads(text)
    plan = whole.get("next_class")
    next_class = plan and NextClass(school=plan["school"], class_year=plan["class_year"], majors=tuple(plan["majors"]))
    similar = SimilarMajors(listed=whole.get("similar", {}))
    return Said(details=whole["details"], facts=whole["facts"], next_class=next_class or None, similar=similar)
