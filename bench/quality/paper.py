"""A synthetic city report: so many tables and charts of invented facts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from guantong.evidence import Grade, Place, Source
from guantong.facts import Attribute, AttributeKind, Fact, FactTable, Period, ScopeCode, ScopeKind, TimeBasis, Words
from guantong.indicators import Catalogue
from guantong.reports.outline import Chapter, FactRows, Level, Row, SeriesChart, YearlyOutline
from guantong.reports.yearly import Edition

YEARS, ROWS = range(2017, 2027), 12
SCOPES = ("higher", "secondary")
SOURCE = Source(id="doc", title="演示年报", grade=Grade.OFFICIAL)


def city_report(*, tables: int, charts: int) -> tuple[YearlyOutline, Edition]:
    """Return an outline and what it prints."""
    names = [f"a{number}" for number in range(max(tables * ROWS // 3, charts))]
    words = Words(
        "演示市",
        [
            Attribute(id=name, name="演示项目", unit="人", kind=AttributeKind.COUNT, theme="规模", definitions=())
            for name in names
        ],
        [ScopeCode(id=scope, name=scope, kind=ScopeKind.LEVEL) for scope in SCOPES],
    )
    facts = [_fact(name, scope, year, at) for at, name in enumerate(names) for scope in SCOPES for year in YEARS]
    parts = [_table(number, names) for number in range(tables)]
    drawn = [
        SeriesChart(
            id=f"c{number}",
            caption="演示图",
            attribute=names[number],
            strands=(("higher", "高职"), ("secondary", "中职")),
        )
        for number in range(charts)
    ]
    outline = YearlyOutline(
        id="bench",
        level=Level.CITY,
        title="{name}职业教育质量年度报告",
        issuer="测速",
        chapters=(
            Chapter(id="tables", title="表", parts=tuple(parts)),
            Chapter(id="charts", title="图", parts=tuple(drawn)),
        ),
    )
    edition = Edition(
        subject="city",
        name="演示市",
        year=YEARS[-1],
        facts=FactTable("bench", words, facts),
        catalogue=Catalogue((), ()),
        sources={SOURCE.id: SOURCE},
        on=date(2026, 11, 20),
    )
    return outline, edition


def _table(number: int, names: list[str]) -> FactRows:
    rows = tuple(
        Row(
            head=("演示行",),
            cells=tuple(f"{names[(number * ROWS + row) % len(names)]};{scope}" for scope in SCOPES),
        )
        for row in range(ROWS)
    )
    return FactRows(id=f"t{number}", caption="演示表", columns=("项目", "高职", "中职"), rows=rows)


def _fact(name: str, scope: str, year: int, at: int) -> Fact:
    value = 1_000 + at * 37 + (year - YEARS[0]) * 11
    return Fact(
        id=f"{name}-{scope}-{year}",
        subject="city",
        attribute=name,
        definition="",
        value=Decimal(value),
        printed=str(value),
        unit="人",
        period=Period(year=year, basis_name=TimeBasis.CALENDAR_YEAR.value),
        scope=frozenset({scope}),
        place=Place(document="doc", table="表 1-1"),
        grade=Grade.OFFICIAL,
    )
