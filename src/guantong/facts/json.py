"""The JSON contract of one fact."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from guantong.evidence import Source
from guantong.facts.fact import Fact, plain

NO_SOURCES: Mapping[str, Source] = {}


def fact_json(fact: Fact, sources: Mapping[str, Source] = NO_SOURCES) -> dict[str, object]:
    """Return a fact as JSON data; the value is text, so that 97.20 keeps its last place."""
    return {
        "id": fact.id,
        "subject": fact.subject,
        "attribute": fact.attribute,
        "definition": fact.definition,
        "value": plain(fact.value),
        "numeric": isinstance(fact.value, Decimal),
        "printed": fact.printed,
        "unit": fact.unit,
        "period": fact.period.code(),
        "year": fact.period.year,
        "time_basis": fact.period.basis_name,
        "compared": fact.compared,
        "scope": sorted(fact.scope),
        "place": fact.place.as_json(sources.get(fact.place.document)),
        "grade": fact.grade.value,
        "basis": fact.basis.value,
        "standing": fact.standing.value,
        "note": fact.note,
    }
