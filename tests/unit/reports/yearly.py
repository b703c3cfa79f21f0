"""A small invented city: its words, its facts, an outline; for tests of yearly reports."""

from datetime import date
from decimal import Decimal

from tests.unit.indicators.catalogue import CATALOGUE

from guantong.errors import Problem
from guantong.evidence import Grade, Place, Source
from guantong.facts import Attribute, AttributeKind, Fact, FactTable, Period, ScopeCode, ScopeKind, TimeBasis, Words
from guantong.reports.outline import YearlyOutline
from guantong.reports.outline_reading import read_outline
from guantong.reports.yearly import Built, Case, Edition, build_yearly
from guantong.sheets import Record

ATTRIBUTES = ("pupils", "rate", "majors", "words")
WORDS = Words(
    "演示市",
    [
        Attribute(id=name, name=f"项目{name}", unit=unit, kind=AttributeKind.COUNT, theme="规模", definitions=())
        for name, unit in zip(ATTRIBUTES, ("人", "%", "个", ""), strict=True)
    ],
    [
        ScopeCode(id=code, name=name, kind=kind)
        for code, name, kind in (
            ("higher", "高职院校", ScopeKind.LEVEL),
            ("secondary", "中职学校", ScopeKind.LEVEL),
            ("grade-a-plus", "最优", ScopeKind.PART),
            ("grade-b-minus", "良下", ScopeKind.PART),
        )
    ],
)
SOURCE = Source(id="doc", title="演示年报（2025 年）", grade=Grade.OFFICIAL)


def fact(
    name: str,
    value: str,
    *scope: str,
    year: int = 2025,
    unit: str = "人",
    subject: str = "city",
    table: str = "表 2-1 情况",
    compared: int | None = None,
    number: str = "",
) -> Fact:
    """One statement of the invented report."""
    text = value.replace(",", "")
    return Fact(
        id=f"{name}-{'-'.join(scope)}-{year}-{subject}-{number}",
        subject=subject,
        attribute=name,
        definition="",
        value=Decimal(text),
        printed=value,
        unit=unit,
        period=Period(year=year, basis_name=TimeBasis.POINT.value),
        scope=frozenset(scope),
        place=Place(document="doc", section="二", table=table, row="一", column="二", lines="1"),
        grade=Grade.OFFICIAL,
        compared=compared,
    )


def table(*facts: Fact) -> FactTable:
    """A table of facts of the invented world."""
    return FactTable("demo", WORDS, facts)


def outline(*parts: object, **fields: object) -> tuple[YearlyOutline, list[Problem]]:
    """An outline of one chapter with these parts, and what is wrong with it."""
    problems: list[Problem] = []
    chapter = {"id": "one", "title": "概况", "parts": list(parts), **fields}
    data = {
        "id": "o",
        "level": "city",
        "title": "{name}年报",
        "issuer": "{name}",
        "names": ["1+X"],
        "chapters": [chapter],
    }
    return read_outline(Record(data, "o.yaml", "", problems), WORDS), problems


def built(facts: FactTable, *parts: object, cases: tuple[Case, ...] = (), **fields: object) -> Built:
    """The report of the invented city for 2025."""
    made, problems = outline(*parts, **fields)
    assert problems == []
    return build_yearly(made, edition(facts, cases))


def edition(facts: FactTable, cases: tuple[Case, ...] = ()) -> Edition:
    """The invented city's edition of 2025."""
    return Edition(
        subject="city",
        name="演示市",
        year=2025,
        facts=facts,
        catalogue=CATALOGUE,
        sources={"doc": SOURCE},
        on=date(2026, 11, 20),
        cases=cases,
    )


def say(*sentences: str, required: bool = False) -> dict[str, object]:
    """A paragraph."""
    return {"say": [{"text": text, "required": required} for text in sentences]}
