"""From received submissions to published facts: a year is published once, and afterwards only errata are entered.

`released.json` in the data folder is what public pages join with the bundled facts: a layer of one world
with a digest of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings as django_settings
from django.db import transaction

from guantong.actions import collection_state as state
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import CITY, contents
from guantong.actions.clock import now, today
from guantong.actions.words import Act
from guantong.actions.year_forms import SCOPES, YearForms, every_year, without_small_counts
from guantong.errors import FileRefused, InputRefused, Problem, StepRefused
from guantong.facts import Fact, FactTable
from guantong.facts.layer import FILE, layer_data
from guantong.indicators import Entry, Indicator
from guantong.indicators.combining import Missing
from guantong.indicators.forms import read_value
from guantong.indicators.published import facts_of, totals, words_with
from guantong.people import Person, Right
from guantong.settings import Settings
from guantong.store import collection, entries, journal

LONGEST_REASON = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A layer as it was written: where, with which digest, how many facts."""

    path: Path
    digest: str
    facts: int


def publish_year(year: int, *, by: Person) -> None:
    """Publish a year; raise `InputRefused` with every organisation that is neither received nor exempt."""
    with attempt(Act.COLLECTION_PUBLISHED, Right.RELEASE_FACTS, by=by), transaction.atomic():
        opened = collection.get_year(year, taken=True)
        if opened.published_on:
            raise StepRefused(step="发布年度数据", why=f"{year} 年已于 {opened.published_on} 发布，只能更正")
        open_ones = [one for one in collection.of_year(year, reached=None) if one.step and not one.exempt]
        if open_ones:
            remedy = "请催报；确实不能报的，写明理由列为免报。"
            raise InputRefused(
                Problem(column=one.organisation, rule="还没有走完填报流程", remedy=remedy) for one in open_ones
            )
        collection.publish(year, today(), by=by.id)
        journal.append([entry(Act.COLLECTION_PUBLISHED, str(year))], by=by)


def correct_value(year: int, organisation: str, indicator: str, value: str, reason: str, *, by: Person) -> None:
    """Enter an erratum (勘误) for a published value: both values stay on record, with the reason."""
    with attempt(Act.ERRATUM_ENTERED, Right.RELEASE_FACTS, by=by), transaction.atomic():
        if collection.get_year(year, taken=True).published_on is None:
            raise StepRefused(step="勘误", why="这一年还没有发布，请退回后修改")
        record = collection.get(year, organisation, reached=None)
        named = state.catalogue().get(indicator)
        before = entries.current(record.id, [named]).get(indicator, Entry(indicator=indicator, value=None))
        read, why = read_value(value, named), reason.strip()
        problems = list(_erratum_problems(named, value, read is None, why))
        if problems:
            raise InputRefused(problems)
        entries.put(record.id, [replace(before, value=read)], by=by.id, at=now(), erratum=why)
        collection.touched(record)
        journal.append([entry(Act.ERRATUM_ENTERED, record.id)], by=by)


def read_fact_table(*, by: Person) -> tuple[FactTable, tuple[Missing, ...]]:
    """Return the bundled facts joined with every received submission of this world, and totals that have holes."""
    with attempt(Act.SUBMISSIONS_LISTED, Right.READ_SUBMISSIONS, by=by):
        found = fact_table()
        leave_entry(entry(Act.SUBMISSIONS_LISTED), by=by)
    return found


def fact_table(
    years: Sequence[YearForms] | None = None, *, published_only: bool = False
) -> tuple[FactTable, tuple[Missing, ...]]:
    """Return the facts of this world; for actions, which ask the right and leave the entry."""
    book, words = contents(), words_with(contents().words, state.catalogue())
    facts: list[Fact] = list(book.facts)
    missing: list[Missing] = []
    for one in every_year() if years is None else years:
        if published_only and one.year.published_on is None:
            continue
        own, holes = _year_facts(one)
        facts += own
        missing += holes
    return FactTable(book.world, words, facts), tuple(missing)


def release_facts(*, by: Person) -> Released:
    """Write the published years' facts as a layer of their own into the data folder; public pages read it at start."""
    with attempt(Act.FACTS_RELEASED, Right.RELEASE_FACTS, by=by):
        bundled = contents().facts
        years = every_year()
        table, _ = fact_table(years, published_only=True)
        own = without_small_counts([fact for fact in table if fact.id not in bundled.facts], years)
        layer = FactTable(table.world, table.words, own)
        folder = _settings().data_folder
        path = folder / FILE
        _write(path, json.dumps(layer_data(layer), ensure_ascii=False, indent=1).encode())
        leave_entry(entry(Act.FACTS_RELEASED, layer.digest), by=by)
    return Released(path=path, digest=layer.digest, facts=len(own))


def _year_facts(own: YearForms) -> tuple[list[Fact], list[Missing]]:
    """Return every value of a year's received submissions and the city's totals by stage."""
    facts = [fact for form in own.received for fact in facts_of(state.catalogue(), form, own.grade)]
    missing: list[Missing] = []
    for stage, scope in SCOPES.items():
        forms = [form for form in own.forms if form.stage is stage]
        sums, holes = totals(state.catalogue(), CITY, own.year.year, forms, frozenset({scope}), own.grade)
        facts += sums
        missing += holes
    return facts, missing


def _erratum_problems(named: Indicator, value: str, unreadable: bool, why: str) -> list[Problem]:
    problems = []
    if unreadable:
        rule, remedy = f"{named.name}不是数字", f"请只填数字，单位是{named.unit}。"
        problems.append(Problem(column="value", value=value[:40], rule=rule, remedy=remedy))
    if not why or len(why) > LONGEST_REASON:
        rule = "没有写更正的理由" if not why else f"理由不超过 {LONGEST_REASON} 字"
        problems.append(Problem(column="reason", rule=rule, remedy="请写明为什么更正、依据什么。"))
    return problems


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; raise `FileRefused` where it cannot be written."""
    beside = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        raise FileRefused(file=path, fault="写不进去", advice="请检查数据文件夹、权限和磁盘空间。") from None


def _settings() -> Settings:
    ours: Settings = django_settings.GUANTONG
    return ours
