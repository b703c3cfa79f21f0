"""From entries to facts (填报数据成为事实): the words of the catalogue, one fact an entry, and totals that are whole.

An entry becomes a fact of its school under the indicator's own name. A total of a district or the city is
formed only from counts, and only where every school that must report has one: a sum with a hole is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from guantong.evidence import Basis, Grade, Place
from guantong.facts import Attribute, AttributeKind, Fact, Period, Words
from guantong.facts.fact import Standing
from guantong.indicators.catalogue import Catalogue
from guantong.indicators.entries import Form
from guantong.indicators.indicator import Indicator

DOCUMENT = "submission"
PREFIX = "form."
"""What an indicator is called among attributes: a report's own count of the same name is another statement."""
_KINDS = {"%": AttributeKind.SHARE, ":1": AttributeKind.RATIO, "元": AttributeKind.MONEY, "万元": AttributeKind.MONEY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A total that could not be formed: the indicator, and who has no number for it."""

    indicator: str
    organisations: tuple[str, ...]


def attribute_of(indicator: str) -> str:
    """Return the attribute under which an indicator's values are facts."""
    return PREFIX + indicator


def words_with(words: Words, catalogue: Catalogue) -> Words:
    """Return the words of a world with every indicator of its catalogue as an attribute of its own."""
    titles = {table.id: table.title for table in catalogue.tables}
    own = [
        Attribute(
            id=attribute_of(one.id),
            name=one.name,
            unit=one.unit,
            kind=AttributeKind.COUNT if one.counted else _KINDS.get(one.unit, AttributeKind.MEASURE),
            theme=titles.get(one.table, one.table),
            definitions=(),
        )
        for one in catalogue.indicators.values()
        if not words.has(attribute_of(one.id))
    ]
    return Words(words.city, [*words.attributes.values(), *own], words.scopes.values())


def document_of(organisation: str, year: int) -> str:
    """Return the id of the document that a submission is."""
    return f"{DOCUMENT}:{organisation}:{year}"


def facts_of(catalogue: Catalogue, form: Form, grade: Grade) -> tuple[Fact, ...]:
    """Return a fact for every value of a submission; what is empty is no fact."""
    titles = {table.id: table.title for table in catalogue.tables}
    facts = []
    for indicator in catalogue.asked(form.year, form.stage):
        entry = form.entries.get(indicator.id)
        if entry is None or entry.value is None:
            continue
        place = Place(
            document=document_of(form.organisation, form.year),
            section=titles.get(indicator.table, ""),
            row=indicator.name,
            column="数值",
        )
        facts.append(
            Fact(
                id=f"{form.organisation}-{form.year}-{indicator.id}",
                subject=form.organisation,
                attribute=attribute_of(indicator.id),
                definition="",
                value=entry.value.value,
                printed=str(entry.value),
                unit=indicator.unit,
                period=period_of(indicator, form.year),
                scope=frozenset(),
                place=place,
                grade=grade,
                standing=Standing.CONFIRMED,
                note=entry.explanation,
            )
        )
    return tuple(facts)


def period_of(indicator: Indicator, year: int) -> Period:
    """Return the period of an indicator in a reporting year: a school year ends in it."""
    return Period(year=year, basis_name=indicator.basis.value)


def totals(
    catalogue: Catalogue, subject: str, year: int, forms: Sequence[Form], scope: frozenset[str], grade: Grade
) -> tuple[tuple[Fact, ...], tuple[Missing, ...]]:
    """Return the sums of counts over the forms of one stage, and what is missing for the others.

    `forms` holds a form, perhaps empty, of every organisation that must report. Rates, surveys and
    measures are never added up. An exempt organisation counts as none, not as missing.
    """
    facts: list[Fact] = []
    missing: list[Missing] = []
    stages = {form.stage for form in forms}
    if len(stages) != 1:
        return (), ()
    for indicator in catalogue.asked(year, stages.pop()):
        if not indicator.counted:
            continue
        values = _values(indicator, forms)
        without = tuple(name for name, value in values.items() if value is None)
        if without:
            missing.append(Missing(indicator=indicator.id, organisations=without))
        elif values:
            total = sum((value for value in values.values() if value is not None), Decimal(0))
            facts.append(_total(indicator, subject, year, total, scope, grade, len(values)))
    return tuple(facts), tuple(missing)


def _values(indicator: Indicator, forms: Sequence[Form]) -> Mapping[str, Decimal | None]:
    values: dict[str, Decimal | None] = {}
    for form in forms:
        entry = form.entries.get(indicator.id)
        if entry is None or entry.value is None:
            if indicator.id not in form.exempt:
                values[form.organisation] = None
        else:
            values[form.organisation] = entry.value.value
    return values


def _total(
    indicator: Indicator,
    subject: str,
    year: int,
    total: Decimal,
    scope: frozenset[str],
    grade: Grade,
    schools: int,
) -> Fact:
    place = Place(document=document_of(subject, year), section=f"由 {schools} 所学校的数相加", row=indicator.name)
    codes = "-".join(sorted(scope))
    return Fact(
        id=f"{subject}-{year}-{indicator.id}" + (f"-{codes}" if codes else ""),
        subject=subject,
        attribute=attribute_of(indicator.id),
        definition="",
        value=total,
        printed=f"{total:f}",
        unit=indicator.unit,
        period=period_of(indicator, year),
        scope=scope,
        place=place,
        grade=grade,
        basis=Basis.DERIVED,
        standing=Standing.CONFIRMED,
    )


def with_standing(facts: Sequence[Fact], grade: Grade) -> tuple[Fact, ...]:
    """Return facts under another grade: what a school claims, once its authority has published it."""
    return tuple(replace(fact, grade=grade) for fact in facts)
