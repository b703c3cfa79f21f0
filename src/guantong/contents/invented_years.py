"""The invented figures of a demonstration from `quality.yaml`; most packages have none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from guantong.contents.files import Files
from guantong.errors import Problem
from guantong.indicators import Catalogue
from guantong.indicators.invented import InventedMajor, InventedReporter, InventedYears
from guantong.registry import Registry, Stage
from guantong.sheets import Record

FILE = "quality.yaml"


def load_years(files: Files, registry: Registry, catalogue: Catalogue, problems: list[Problem]) -> InventedYears | None:
    """Return the invented years; None where the package invents no figures."""
    record = files.record(FILE, problems) if files.has(FILE) else None
    if record is None:
        return None
    years = InventedYears(
        past=record.wholes("past", required=True),
        open=record.whole("open") or 0,
        due=_day(record),
        usual=_numbers(record.record("usual"), catalogue),
        sample=record.whole("sample") or 0,
        reporters=tuple(_reporter(part, registry, catalogue) for part in record.records("reporters", required=True)),
        tasks=dict(_task(part, registry, catalogue) for part in record.records("tasks")),
        majors=tuple(_major(part, registry) for part in record.records("majors")),
    )
    record.done()
    asked = {
        one.id
        for reporter in years.reporters
        for year in (*years.past, years.open)
        for one in catalogue.asked(year, reporter.stage)
    }
    for name in sorted(asked - set(years.usual)):
        record.complain("usual", "缺少这个指标的演示数", name)
    return years


def _reporter(record: Record, registry: Registry, catalogue: Catalogue) -> InventedReporter:
    changes: dict[int, dict[str, Decimal]] = {}
    for part in record.records("changes"):
        changes[part.whole("year") or 0] = _numbers(part.record("values"), catalogue)
        part.done()
    reporter = InventedReporter(
        organisation=_school(record, registry),
        stage=record.choice("stage", Stage),
        kind=record.text("kind"),
        size=record.text("size"),
        scale=record.number("scale") or Decimal(1),
        changes=changes,
    )
    record.done()
    return reporter


def _major(record: Record, registry: Registry) -> InventedMajor:
    major = InventedMajor(
        organisation=_school(record, registry),
        code=record.text("code"),
        title=record.text("title"),
        points=record.number("points") or Decimal(0),
    )
    record.done()
    return major


def _task(record: Record, registry: Registry, catalogue: Catalogue) -> tuple[str, tuple[str, ...]]:
    names = record.texts("indicators", required=True)
    for name in names:
        _check(record, "indicators", name, catalogue)
    found = (_school(record, registry), names)
    record.done()
    return found


def _numbers(record: Record | None, catalogue: Catalogue) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for name in record.raw_keys() if record else ():
        if record:
            _check(record, name, name, catalogue)
            number = record.number(name)
            found[name] = Decimal(0) if number is None else number
    if record:
        record.done()
    return found


def _check(record: Record, column: str, name: str, catalogue: Catalogue) -> None:
    if name not in catalogue.indicators:
        record.complain(column, "指标目录里没有这个指标", name)


def _school(record: Record, registry: Registry) -> str:
    name = record.text("organisation")
    if registry.get(name) is None:
        record.complain("organisation", "名录里没有这个机构", name)
    return name


def _day(record: Record) -> date:
    text = record.text("due")
    try:
        return date.fromisoformat(text)
    except ValueError:
        record.complain("due", "应是 2026-11-15 形式的日期", text)
        return date.min
