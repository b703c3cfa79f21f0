"""The catalogue (指标目录): every indicator by id, the tables they stand in, and what one form asks for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from guantong.errors import IndicatorUnknown, Problem
from guantong.indicators.indicator import CheckKind, Indicator, Office
from guantong.registry import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of the yearly report (数据表)."""

    id: str
    title: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of a form: what one office fills in of one table."""

    table: Table
    office: Office
    indicators: tuple[Indicator, ...]

    @property
    def id(self) -> str:
        """Return the id that a version and a form carry."""
        return f"{self.table.id}.{self.office.value}"


class Catalogue:
    """Indicators in the order of their tables; never holds two of one id."""

    def __init__(self, tables: Sequence[Table], indicators: Iterable[Indicator]) -> None:
        """Keep tables and indicators; what is wrong between them is told by `catalogue_problems`."""
        self.tables = tuple(sorted(tables, key=lambda table: table.number))
        self.indicators: Mapping[str, Indicator] = {indicator.id: indicator for indicator in indicators}

    def get(self, name: str) -> Indicator:
        """Return an indicator by id; raise `IndicatorUnknown`."""
        if name not in self.indicators:
            raise IndicatorUnknown(name, self.indicators)
        return self.indicators[name]

    def asked(self, year: int, stage: Stage) -> tuple[Indicator, ...]:
        """Return what a school of a stage is asked for in a reporting year, in the order of the tables."""
        order = {table.id: table.number for table in self.tables}
        found = (indicator for indicator in self.indicators.values() if indicator.asked_in(year, stage))
        return tuple(sorted(found, key=lambda indicator: order[indicator.table]))

    def sections(self, year: int, stage: Stage) -> tuple[Section, ...]:
        """Return the sections of a school's form: one an office and table."""
        asked = self.asked(year, stage)
        sections = []
        for table in self.tables:
            for office in Office:
                own = tuple(one for one in asked if one.table == table.id and one.office is office)
                if own:
                    sections.append(Section(table=table, office=office, indicators=own))
        return tuple(sections)

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 over what a form depends on: ids, names, units, offices and checks."""
        parts = [
            [one.id, one.name, one.unit, one.table, one.office.value, [str(check) for check in one.checks]]
            for one in sorted(self.indicators.values(), key=lambda one: one.id)
        ]
        return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def catalogue_problems(catalogue: Catalogue, file: str) -> list[Problem]:
    """Return every table, every check and every id that leads nowhere or does not fit."""
    tables = {table.id for table in catalogue.tables}
    problems = []
    for indicator in catalogue.indicators.values():
        if indicator.table not in tables:
            problems.append(_problem(file, indicator, "table", "没有这张表", indicator.table))
        for check in indicator.checks:
            for name in check.others:
                rule = _misfit(catalogue, indicator, check.kind, name)
                if rule:
                    problems.append(_problem(file, indicator, "checks", rule, name))
    return problems


def _misfit(catalogue: Catalogue, indicator: Indicator, kind: CheckKind, name: str) -> str:
    other = catalogue.indicators.get(name)
    if other is None:
        return f"{kind.label}检查指向的指标不存在"
    if other.id == indicator.id:
        return f"{kind.label}检查不能指向自己"
    if kind is not CheckKind.RATIO and other.unit != indicator.unit:
        return f"{kind.label}检查的两个指标单位不同（{indicator.unit}、{other.unit}）"
    if not indicator.stages <= other.stages:
        return f"{kind.label}检查指向的指标不是每个学段都填"
    return ""


def _problem(file: str, indicator: Indicator, column: str, rule: str, value: str) -> Problem:
    where = f"{indicator.id} › {column}"
    return Problem(file=file, column=where, rule=rule, value=value, remedy="请改正后重新载入。")
