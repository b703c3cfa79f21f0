"""Facts of an invented city: the smallest words, and facts made from few arguments."""

from decimal import Decimal

from guantong.evidence import Grade, Place
from guantong.facts import (
    Attribute,
    AttributeKind,
    Definition,
    Fact,
    FactTable,
    Period,
    ScopeCode,
    ScopeKind,
    TimeBasis,
    Words,
)


def attribute(name: str, unit: str, kind: AttributeKind, *definitions: str) -> Attribute:
    """An attribute with named definitions."""
    ways = tuple(Definition(id=part, text=part, mark=Grade.OFFICIAL) for part in definitions)
    return Attribute(id=name, name=f"演示{name}", unit=unit, kind=kind, theme="规模", definitions=ways)


WORDS = Words(
    "演示市",
    [
        attribute("pupils", "人", AttributeKind.COUNT),
        attribute("teachers", "人", AttributeKind.COUNT),
        attribute("rate", "%", AttributeKind.SHARE, "of_all", "of_some"),
        attribute("money", "元", AttributeKind.MONEY),
    ],
    [
        ScopeCode(id="secondary", name="中职学校", kind=ScopeKind.LEVEL),
        ScopeCode(id="higher", name="高职院校", kind=ScopeKind.LEVEL),
        ScopeCode(id="no-adult", name="不含成人中专", kind=ScopeKind.EXCLUDES),
        ScopeCode(id="part", name="其中一部分", kind=ScopeKind.PART),
    ],
)


def fact(
    name: str,
    value: str,
    *,
    attribute: str = "pupils",
    year: int = 2020,
    unit: str = "人",
    scope: str = "secondary",
    definition: str = "",
    basis: TimeBasis = TimeBasis.POINT,
    subject: str = "city",
    document: str = "report",
    table: str = "",
    section: str = "一",
    compared: int | None = None,
) -> Fact:
    """A fact of few words."""
    number = value.replace(",", "").rstrip("%")
    return Fact(
        id=name,
        subject=subject,
        attribute=attribute,
        definition=definition,
        value=number if ":" in number else Decimal(number),
        printed=value,
        unit=unit,
        period=Period(year, basis.value),
        scope=frozenset(scope.split()),
        place=Place(document=document, section=section, table=table, lines="1"),
        grade=Grade.OFFICIAL,
        compared=compared,
    )


def table(*facts: Fact, world: str = "demo") -> FactTable:
    """A table of facts."""
    return FactTable(world, WORDS, facts)
