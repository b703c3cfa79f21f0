"""From entries to facts (填报数据成为事实): the words of the catalogue, one fact an entry, and totals that are whole.

An entry becomes a fact of its school under the indicator's own name; what a section that does not apply once
held is no fact. What all schools of a district or the city say together is formed only where every school that
must report has its number: a sum with a hole is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from guantong.evidence import Basis, Grade, Place
from guantong.facts import Attribute, AttributeKind, Fact, Period, Words
from guantong.facts.fact import Standing
from guantong.indicators.catalogue import Catalogue
from guantong.indicators.combining import Combined, Missing, Way, combine, ratio_check
from guantong.indicators.entries import Form
from guantong.indicators.indicator import Indicator

DOCUMENT = "submission"
PREFIX = "form."
"""What an indicator is called among attributes: a report's own count of the same name is another statement."""
PEOPLE = ".people"
"""How many people a survey asked is an attribute beside the survey's own."""
_KINDS = {"%": AttributeKind.SHARE, ":1": AttributeKind.RATIO, "元": AttributeKind.MONEY, "万元": AttributeKind.MONEY}


def attribute_of(indicator: str) -> str:
    """Return the attribute under which an indicator's values are facts."""
    return PREFIX + indicator


def words_with(words: Words, catalogue: Catalogue) -> Words:
    """Return the words of a world with every indicator of its catalogue as an attribute of its own."""
    titles = {table.id: table.title for table in catalogue.tables}
    own = [
        attribute
        for one in catalogue.indicators.values()
        for attribute in _attributes(one, titles.get(one.table, one.table))
        if not words.has(attribute.id)
    ]
    return Words(words.city, [*words.attributes.values(), *own], words.scopes.values())


def _attributes(indicator: Indicator, theme: str) -> tuple[Attribute, ...]:
    """Return an indicator as what can be stated, and for a survey how many people were asked."""
    kind = AttributeKind.COUNT if indicator.counted else _KINDS.get(indicator.unit, AttributeKind.MEASURE)
    name = attribute_of(indicator.id)
    own = Attribute(id=name, name=indicator.name, unit=indicator.unit, kind=kind, theme=theme, definitions=())
    if not indicator.surveyed:
        return (own,)
    asked = replace(own, id=name + PEOPLE, name=f"{indicator.name}调查人数", unit="人", kind=AttributeKind.COUNT)
    return (own, asked)


def document_of(organisation: str, year: int) -> str:
    """Return the id of the document that a submission is."""
    return f"{DOCUMENT}:{organisation}:{year}"


def facts_of(catalogue: Catalogue, form: Form, grade: Grade) -> tuple[Fact, ...]:
    """Return a fact for every value of a submission; what is empty is no fact."""
    titles = {table.id: table.title for table in catalogue.tables}
    facts = []
    for indicator in catalogue.asked(form.year, form.stage):
        entry = form.entries.get(indicator.id)
        if entry is None or entry.value is None or indicator.id in form.exempt:
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
    """Return what the forms of one stage say together, and what is lacking for the rest; see `combining`.

    `forms` holds a form, perhaps empty, of every organisation that must report. A survey is a fact beside
    a second one: how many people were asked.
    """
    facts: list[Fact] = []
    missing: list[Missing] = []
    stages = {form.stage for form in forms}
    if len(stages) != 1:
        return (), ()
    whole = _Whole(catalogue=catalogue, subject=subject, year=year, scope=scope, grade=grade)
    for indicator in catalogue.asked(year, stages.pop()):
        found = combine(indicator, forms)
        if isinstance(found, Missing):
            missing.append(found)
        elif found:
            facts += whole.facts(indicator, found)
    return tuple(facts), tuple(missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """Whose totals are formed: of a district or the city, of one year and stage."""

    catalogue: Catalogue
    subject: str
    year: int
    scope: frozenset[str]
    grade: Grade

    def facts(self, indicator: Indicator, found: Combined) -> tuple[Fact, ...]:
        """Return the number of several schools as a fact, and how many people a survey asked as a second one."""
        own = self._fact(
            indicator, attribute_of(indicator.id), found.value, indicator.unit, self._made(indicator, found)
        )
        if found.people is None:
            return (own,)
        made = f"由 {found.schools} 所学校的调查人数相加"
        return own, self._fact(indicator, own.attribute + PEOPLE, Decimal(found.people), "人", made)

    def _fact(self, indicator: Indicator, attribute: str, value: Decimal, unit: str, made: str) -> Fact:
        codes = "-".join(sorted(self.scope))
        place = Place(document=document_of(self.subject, self.year), section=made, row=indicator.name)
        return Fact(
            id=f"{self.subject}-{self.year}-{attribute.removeprefix(PREFIX)}" + (f"-{codes}" if codes else ""),
            subject=self.subject,
            attribute=attribute,
            definition="",
            value=value,
            printed=f"{value:f}",
            unit=unit,
            period=period_of(indicator, self.year),
            scope=self.scope,
            place=place,
            grade=self.grade,
            basis=Basis.DERIVED,
            standing=Standing.CONFIRMED,
        )

    def _made(self, indicator: Indicator, found: Combined) -> str:
        """Return in words how the number was formed."""
        check = ratio_check(indicator)
        if found.way is Way.RATE and check:
            above, below = (self.catalogue.get(name).name for name in check.others)
            return f"由 {found.schools} 所学校的{above}之和除以{below}之和"
        if found.way is Way.SURVEY:
            return f"由 {found.schools} 所学校的数按调查人数（共 {found.people} 人）加权"
        return f"由 {found.schools} 所学校的数相加"
