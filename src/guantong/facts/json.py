"""The JSON contract of one fact, both ways: what is published is read again as it was."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from guantong.evidence import Basis, Grade, Place, Source
from guantong.facts.fact import Fact, Standing, plain
from guantong.facts.periods import Period, TimeBasis

_TEXTS = ("id", "subject", "attribute", "definition", "printed", "unit", "note")
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


def fact_of(data: Mapping[str, object]) -> Fact:
    """Return the fact that `fact_json` wrote; raise `KeyError`, `TypeError` or `ValueError` for anything else."""
    texts = {
        name: _text(data, name) for name in ("id", "subject", "attribute", "definition", "printed", "unit", "note")
    }
    period = Period.read(_text(data, "period"), TimeBasis(data["time_basis"]))
    place, compared, scope = data["place"], data["compared"], data["scope"]
    if period is None or not isinstance(place, Mapping) or not isinstance(scope, list):
        raise ValueError("no fact")
    lines = _ranges([int(line) for line in place["lines"]])
    names = ("section", "table", "row", "column")
    value = _text(data, "value")
    return Fact(
        **texts,
        value=Decimal(value) if data["numeric"] else value,
        period=period,
        scope=frozenset(map(str, scope)),
        place=Place(document=place["document"], lines=lines, **{name: place.get(name, "") for name in names}),
        grade=Grade(data["grade"]),
        basis=Basis(data["basis"]),
        standing=Standing(data["standing"]),
        compared=compared if isinstance(compared, int) else None,
    )


def _text(data: Mapping[str, object], name: str) -> str:
    value = data[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _ranges(lines: list[int]) -> str:
    """Return lines as “124-126;130”."""
    parts: list[tuple[int, int]] = []
    for line in lines:
        if parts and line == parts[-1][1] + 1:
            parts[-1] = (parts[-1][0], line)
        else:
            parts.append((line, line))
    return ";".join(f"{first}-{last}" if last > first else str(first) for first, last in parts)
