"""Prefilling (预填): what a platform's export offers for a section. Nothing is kept: saving is the filler's.

A row is met by an indicator's id or its official name, as written. An entered value is never replaced: where the
export says otherwise, both are told.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from guantong.errors import Problem
from guantong.indicators.catalogue import Section
from guantong.indicators.entries import Entry
from guantong.indicators.forms import read_value
from guantong.indicators.indicator import Indicator
from guantong.reconciliation import Printed
from guantong.sheets.exports import ExportSheet, read_export
from guantong.sheets.writing_read import Seen

IDS = ("编号", "指标编号")
NAMES = ("指标", "指标名称", "名称")
UNITS = ("单位", "计量单位")
VALUES = ("数值", "指标值", "本年", "本年数", "值")
HEAD_WITHIN = 10
"""The heads stand in one of the first rows: exports have titles above them."""
OF_WHICH = "其中："
_REMEDY = "表头应有“编号”或“指标”一列，和“数值”一列；编号、名称与填报表一致。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """An indicator that is entered already, and what the export says of it instead."""

    indicator: Indicator
    entered: Printed
    offered: Printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefilled:
    """What an export offers for a section: values for empty cells, what differs from entered ones, rows unread.

    `passed` counts the rows that name nothing of this section.
    """

    offered: Mapping[str, Printed] = field(default_factory=dict)
    differing: tuple[Differing, ...] = ()
    problems: tuple[Problem, ...] = ()
    passed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One row of an export: where it stands, and the cells under the heads that are known."""

    file: str
    number: int
    cells: Mapping[str, Seen]

    def text(self, heads: Sequence[str]) -> str:
        return next((self.cells[head].text for head in heads if head in self.cells and self.cells[head].text), "")

    def problem(self, rule: str, remedy: str, value: str = "") -> Problem:
        return Problem(file=self.file, row=self.number, column="数值", value=value[:40], rule=rule, remedy=remedy)


def prefill(section: Section, entries: Mapping[str, Entry], content: bytes, file: str) -> Prefilled:
    """Return what an export offers for a section; a file without a table of indicators offers one Problem."""
    sheets, problems = read_export(content, file)
    if problems:
        return Prefilled(problems=tuple(problems))
    lines = [line for sheet in sheets for line in _lines(sheet, file)]
    if not lines:
        return Prefilled(problems=(Problem(file=file, rule="里面没有一张指标表", remedy=_REMEDY),))
    found: dict[str, list[tuple[_Line, Printed | None]]] = {}
    faults: list[Problem] = []
    passed = 0
    for line in lines:
        named = _named(section, line)
        if isinstance(named, Problem):
            faults.append(named)
        elif named is None:
            passed += 1
        elif line.text(VALUES):
            value = _value(named, line)
            found.setdefault(named.id, []).append((line, None if isinstance(value, Problem) else value))
            faults += [value] if isinstance(value, Problem) else []
    offered, more = _agreed(section, found)
    return _beside(section, entries, offered, (*faults, *more), passed)


def _beside(
    section: Section,
    entries: Mapping[str, Entry],
    offered: Mapping[str, Printed],
    faults: Sequence[Problem],
    passed: int,
) -> Prefilled:
    """Keep apart what is empty so far and what differs from an entered value; what is equal needs no word."""
    entered = {name: one.value for name, one in entries.items() if one.value is not None}
    differing = tuple(
        Differing(indicator=one, entered=entered[one.id], offered=offered[one.id])
        for one in section.indicators
        if one.id in offered and one.id in entered and entered[one.id].value != offered[one.id].value
    )
    empty = {name: value for name, value in offered.items() if name not in entered}
    return Prefilled(offered=empty, differing=differing, problems=tuple(faults), passed=passed)


def _agreed(
    section: Section, found: Mapping[str, Sequence[tuple[_Line, Printed | None]]]
) -> tuple[dict[str, Printed], list[Problem]]:
    """Return one value an indicator; an indicator that stands in several rows with several values has none."""
    offered: dict[str, Printed] = {}
    problems: list[Problem] = []
    names = {one.id: one.name for one in section.indicators}
    for name, rows in found.items():
        values = [value for _, value in rows if value is not None]
        if len(values) < len(rows):
            continue
        if len({value.value for value in values}) > 1:
            said = "、".join(map(str, values))
            problems.append(rows[-1][0].problem(f"{names[name]}有不同的数", "请核对平台里的数，再自己填。", said))
            continue
        offered[name] = values[0]
    return offered, problems


def _lines(sheet: ExportSheet, file: str) -> Iterator[_Line]:
    """Yield the rows below the heads; nothing where no row has both a name and a value for a head."""
    where = f"{file} {sheet.title}".strip()
    heads: list[str] = []
    for number, cells in sheet.rows.items():
        if heads:
            yield _Line(file=where, number=number, cells=dict(zip(heads, cells, strict=False)))
        elif number <= HEAD_WITHIN:
            texts = [_plain(cell.text) for cell in cells]
            if set(texts) & {*IDS, *NAMES} and set(texts) & set(VALUES):
                heads = texts


def _named(section: Section, line: _Line) -> Indicator | Problem | None:
    """Return the indicator that a row names; None where it is none of this section."""
    by_id = {one.id: one for one in section.indicators}
    name = _plain(line.text(NAMES))
    by_name = [one for one in section.indicators if name in (_plain(one.name), _plain(one.name).removeprefix(OF_WHICH))]
    named = by_id.get(line.text(IDS)) or by_id.get(line.text(NAMES))
    if named is None:
        return by_name[0] if len(by_name) == 1 else None
    if by_name and named not in by_name:
        return line.problem("编号和指标名称说的不是同一个指标", "请核对这一行。", line.text(IDS))
    return named


def _value(indicator: Indicator, line: _Line) -> Printed | Problem:
    cell = next(line.cells[head] for head in VALUES if head in line.cells and line.cells[head].text)
    if cell.formula or cell.error:
        rule = f"{indicator.name}这一格是{'公式' if cell.formula else '计算错误'}"
        return line.problem(rule, "请在平台里导出数值，或自己填。", cell.text)
    unit = line.text(UNITS)
    if unit and _plain(unit) != _plain(indicator.unit):
        return line.problem(
            f"{indicator.name}的单位是{unit}，填报表要{indicator.unit}", "请换算以后自己填。", cell.text
        )
    value = read_value(cell.text, indicator)
    if value is None:
        return line.problem(f"{indicator.name}不是数字", f"请只填数字，单位是{indicator.unit}。", cell.text)
    return value


def _plain(text: str) -> str:
    """Return a name as it is compared: full and half width alike, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())
