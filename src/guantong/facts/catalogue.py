"""The facts as JSON data for every door: the list of attributes, one attribute over time, the overview of a subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guantong.errors import InputRefused, Problem
from guantong.evidence import Source
from guantong.facts.fact import CITY, DISTRICT, PROGRAMME, Fact, plain
from guantong.facts.json import fact_json
from guantong.facts.overview import Newest
from guantong.facts.series import Point, Segment, Series, series
from guantong.facts.table import Clash, FactTable, Wanted
from guantong.facts.words import Attribute, Words
from guantong.registry import Plans, Registry

Sources = Mapping[str, Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What turns the subject of a fact into words."""

    words: Words
    registry: Registry
    plans: Plans

    def subject(self, name: str) -> str:
        """Return a subject's name: the city, a district, a school, or a line of a plan."""
        if name == CITY:
            return self.words.city
        if name.startswith(DISTRICT):
            return self.registry.district_name(name.removeprefix(DISTRICT)) or name
        if name.startswith(PROGRAMME):
            row = self.plans.programmes.get(name.removeprefix(PROGRAMME))
            return f"{row.school} {row.major}（{row.year} 年）" if row else name
        school = self.registry.get(name)
        return school.name if school else name


def read_wanted(given: Mapping[str, str], table: FactTable) -> Wanted:
    """Return a question from texts (`subject`, `attribute`, `year`); raise `InputRefused` with every problem."""
    problems = []
    subject, attribute, year = (given.get(name, "").strip() for name in ("subject", "attribute", "year"))
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        problems.append(Problem(column="year", rule="年份应是四位数字", value=year[:20], remedy="例如 2025。"))
    if attribute and not table.words.has(attribute):
        remedy = "可用的编号见 /indicators 或 guantong facts list。"
        problems.append(Problem(column="attribute", rule="没有这个统计项目", value=attribute[:40], remedy=remedy))
    if subject and subject not in table.subjects():
        remedy = "全市写 city，区写 district:dongcheng，学校写名录里的编号。"
        problems.append(Problem(column="subject", rule="没有关于它的数据", value=subject[:40], remedy=remedy))
    if problems:
        raise InputRefused(problems)
    return Wanted(attribute=attribute, subject=subject, year=int(year) if year else None)


def facts_json(facts: Iterable[Fact], names: Names, sources: Sources) -> list[dict[str, object]]:
    """Return `facts list --json`: each fact with the words for its subject, attribute and scope."""
    return [
        {
            **fact_json(fact, sources),
            "subject_name": names.subject(fact.subject),
            "attribute_name": names.words.attribute(fact.attribute).name,
            "scope_text": names.words.scope_words(fact.scope),
            "period_text": str(fact.period),
        }
        for fact in facts
    ]


def attributes_json(table: FactTable, names: Names) -> list[dict[str, object]]:
    """Return every attribute that is stated, with its years and subjects."""
    return [_listed(table, names, table.words.attribute(name)) for name in table.attributes()]


def attribute_json(table: FactTable, names: Names, attribute: Attribute, sources: Sources) -> dict[str, object]:
    """Return one attribute over time: its series by subject, its contradictions, and every fact."""
    facts = table.find(Wanted(attribute=attribute.id))
    subjects = table.subjects(attribute.id)
    return {
        **_listed(table, names, attribute),
        "series": [series_json(one, names) for subject in subjects for one in series(table, attribute.id, subject)],
        "contradictions": [clash_json(clash) for clash in clashes_of(table, attribute.id)],
        "facts": facts_json(facts, names, sources),
    }


def clashes_of(table: FactTable, attribute: str) -> tuple[Clash, ...]:
    """Return the contradictions about an attribute."""
    return tuple(clash for clash in table.clashes if clash.facts[0].attribute == attribute)


def clash_json(clash: Clash) -> dict[str, object]:
    """Return a contradiction as JSON data: the facts that cannot all be true."""
    return {"facts": [fact.id for fact in clash.facts], "one_source": clash.one_source}


def series_json(one: Series, names: Names) -> dict[str, object]:
    """Return a series as JSON data; points name their facts, and a value only where the statements agree."""
    words = names.words
    return {
        "subject": one.subject,
        "subject_name": names.subject(one.subject),
        "strand": sorted(one.strand),
        "strand_text": words.scope_words(one.strand),
        "segments": [_segment(segment, words) for segment in one.segments],
        "breaks": [
            {"after": gap.after.year, "before": gap.before.year, "reasons": list(gap.reasons)} for gap in one.breaks
        ],
    }


def overview_json(found: Sequence[Newest], subject: str, names: Names, sources: Sources) -> dict[str, object]:
    """Return the overview of a subject as JSON data."""
    return {
        "subject": subject,
        "subject_name": names.subject(subject),
        "rows": [
            {
                "attribute": row.attribute.id,
                "attribute_name": row.attribute.name,
                "theme": row.attribute.theme,
                "agreed": row.point.agreed,
                "facts": facts_json(row.point.facts, names, sources),
                "before": facts_json(row.before.facts, names, sources) if row.before else [],
            }
            for row in found
        ],
    }


def _listed(table: FactTable, names: Names, attribute: Attribute) -> dict[str, object]:
    facts = table.find(Wanted(attribute=attribute.id))
    return {
        "id": attribute.id,
        "name": attribute.name,
        "unit": attribute.unit,
        "kind": attribute.kind.value,
        "theme": attribute.theme,
        "definitions": [{"id": part.id, "text": part.text, "mark": part.mark.value} for part in attribute.definitions],
        "count": len(facts),
        "years": sorted({fact.period.year for fact in facts}),
        "subjects": [{"id": name, "name": names.subject(name)} for name in table.subjects(attribute.id)],
        "contradictory": bool(clashes_of(table, attribute.id)),
    }


def _segment(segment: Segment, words: Words) -> dict[str, object]:
    return {
        "definition": segment.definition,
        "scope": sorted(segment.scope),
        "scope_text": words.scope_words(segment.scope),
        "time_basis": segment.first.basis_name,
        "points": [_point(point) for point in segment.points],
    }


def _point(point: Point) -> dict[str, object]:
    return {
        "period": point.period.code(),
        "year": point.period.year,
        "agreed": point.agreed,
        "value": None if point.magnitude is None else plain(point.magnitude),
        "facts": [fact.id for fact in point.facts],
    }
