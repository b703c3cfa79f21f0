"""The people of a demonstration (演示人物) from `demo.yaml`; most packages have none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from guantong.cohorts import is_project, project_named
from guantong.cohorts.invented import Fate, InventedAccount, InventedCity, InventedIntake, Listed
from guantong.contents.files import Files
from guantong.contents.references import repeated
from guantong.errors import Problem
from guantong.people import ANY, Role
from guantong.registry import Registry
from guantong.sheets import Record

FILE = "demo.yaml"
_OFFICES = ("city", ANY)


def load_city(files: Files, registry: Registry, problems: list[Problem]) -> InventedCity | None:
    """Return the invented city; None where the package invents nobody."""
    if not files.has(FILE):
        return None
    record = files.record(FILE, problems)
    if record is None:
        return None
    known = {*_OFFICES, *registry.institutions, *(f"district:{name}" for name in registry.districts)}
    city = InventedCity(
        seen_on=_day(record),
        seed=record.whole("seed") or 0,
        class_size=record.whole("class_size") or 1,
        intakes=tuple(_intake(part, known) for part in record.records("intakes")),
        deck=tuple(_deck(record.record("deck"))),
        enterprises=record.texts("enterprises", required=True),
        accounts=tuple(_account(part, known) for part in record.records("accounts")),
        supervisors=dict(_supervisor(part, known) for part in record.records("supervisors")),
    )
    record.done()
    problems += repeated((account.login for account in city.accounts), FILE)
    return city


def _day(record: Record) -> date:
    text = record.text("today")
    try:
        return date.fromisoformat(text)
    except ValueError:
        record.complain("today", "应是 2026-11-20 形式的日期", text)
        return date.min


def _intake(record: Record, known: Iterable[str]) -> InventedIntake:
    name = record.text("project")
    if not is_project(name):
        record.complain("project", "应是“牵头院校:合作院校:类别:专业”", name)
        name = "unknown::plain:unknown"
    project = project_named(name)
    for school in filter(None, (project.lead, project.partner)):
        _check(record, "project", school, known)
    intake = InventedIntake(
        project=project,
        cohort=record.whole("cohort") or 0,
        title=record.text("title"),
        pupils=record.whole("pupils") or 0,
        sitting=record.text("sitting", required=False),
        listed=_listed(record),
    )
    record.done()
    return intake


def _listed(record: Record) -> Listed | None:
    text = record.text("listed", required=False)
    known = {listed.value: listed for listed in Listed}
    if text and text not in known:
        record.complain("listed", f"只能是 {'、'.join(known)}", text)
    return known.get(text)


def _deck(record: Record | None) -> Iterable[Fate]:
    if record is None:
        return
    for fate in Fate:
        yield from [fate] * (record.whole(fate.value, required=False) or 0)
    record.done()


def _account(record: Record, known: Iterable[str]) -> InventedAccount:
    account = InventedAccount(
        login=record.text("login"),
        name=record.text("name"),
        role=record.choice("role", Role),
        organisation=record.text("organisation"),
    )
    _check(record, "organisation", account.organisation, known)
    record.done()
    return account


def _supervisor(record: Record, known: Iterable[str]) -> tuple[str, str]:
    pair = record.text("organisation"), record.text("supervisor")
    for column, name in zip(("organisation", "supervisor"), pair, strict=True):
        _check(record, column, name, known)
    record.done()
    return pair


def _check(record: Record, column: str, name: str, known: Iterable[str]) -> None:
    if name not in known:
        record.complain(column, "名录里没有这个机构", name)
