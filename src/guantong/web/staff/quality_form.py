"""One section of a submission (填报): a table of indicators with last year's value, faults beside their cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from guantong.actions import collection, filling, prefilling
from guantong.actions.books import organisation_title
from guantong.actions.collection_state import EXEMPT, FILL, Filled, catalogue, section_named
from guantong.actions.filling import Typed
from guantong.errors import InputRefused, Problem, RecordChanged
from guantong.indicators import Entry, Fault, Indicator, Section
from guantong.indicators.forms import METHODS, imported_from, is_imported
from guantong.indicators.prefilling import Prefilled
from guantong.people import Right
from guantong.web.staff.conflict import seen_version
from guantong.web.staff.frame import labelled
from guantong.web.staff.page import StaffAsked, StaffPage, StaffSent
from guantong.web.staff.quality_words import (
    address_of,
    deed_words,
    may_do,
    section_state,
    section_words,
    year_named,
)
from guantong.web.staff.respond import staff

FIELDS = ("value", "sample", "method", "explanation")


@dataclass(frozen=True, slots=True)
class Offer:
    """What an export offers for a section, and the words that say where it is from."""

    found: Prefilled
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One row of the form: the indicator, what is typed, last year's value, what is wrong with it.

    `imported` says that the value was taken from an export and is not saved yet; `otherwise` is what the export
    says of a value that was entered already.
    """

    indicator: Indicator
    typed: Typed
    before: str
    faults: tuple[Fault, ...] = ()
    otherwise: str = ""
    imported: bool = False
    unread: tuple[Problem, ...] = ()

    @property
    def wrong(self) -> bool:
        """Tell whether something in the row must be mended."""
        return bool(self.unread) or any(fault.kind.hard for fault in self.faults)

    @property
    def asks(self) -> bool:
        """Tell whether the row asks for an explanation."""
        return any(fault.blocks and not fault.kind.hard for fault in self.faults)


def section_page(asked: StaffAsked, year: str, organisation: str, section: str) -> StaffPage:
    """Return a section's form, or the table where it is not one's own to fill; once sent, keep what was typed."""
    number = year_named(asked, year)
    if asked.sent is None:
        found = collection.read_submission(number, organisation, by=asked.by)
        return _form(asked, found, section_named(found.submission, section))
    asked.by.scope(Right.FILL_SECTION, on=asked.today)
    rows = _typed(asked.sent)
    where = address_of(number, organisation, section)
    try:
        filling.save_section(number, organisation, section, rows, seen=seen_version(asked.sent), by=asked.by)
    except InputRefused as refused:
        found = collection.read_submission(number, organisation, by=asked.by)
        return _form(asked, found, section_named(found.submission, section), rows, refused)
    except RecordChanged as changed:
        found = collection.read_submission(number, organisation, by=asked.by)
        return _conflict(found, section_named(found.submission, section), rows, changed, where)
    then = "/hand-in" if asked.sent.one("then") == "hand-in" else ""
    return StaffPage(redirect=where + then, notice="已保存。")


def prefill_page(asked: StaffAsked, year: str, organisation: str, section: str) -> StaffPage:
    """Return a section's form with what a platform's export offers in its empty cells; nothing is saved by it."""
    asked.by.scope(Right.FILL_SECTION, on=asked.today)
    number = year_named(asked, year)
    if asked.sent is None:
        return StaffPage(redirect=address_of(number, organisation, section))
    file = asked.sent.file("file")
    try:
        if file is None:
            raise InputRefused([Problem(column="文件", rule="没有选择文件", remedy="请选择平台导出的表。")])
        offered = prefilling.prefill_section(number, organisation, section, file.content, file.name, by=asked.by)
    except InputRefused as refused:
        found = collection.read_submission(number, organisation, by=asked.by)
        return _form(asked, found, section_named(found.submission, section), refused=refused)
    found = collection.read_submission(number, organisation, by=asked.by)
    return _form(asked, found, section_named(found.submission, section), offer=Offer(offered, imported_from(file.name)))


def history_page(asked: StaffAsked, year: str, organisation: str, section: str, indicator: str) -> StaffPage:
    """Return every value that was ever entered for one indicator."""
    number = year_named(asked, year)
    revisions = collection.read_revisions(number, organisation, indicator, by=asked.by)
    found = catalogue().get(indicator)
    context = {
        "indicator": found,
        "revisions": revisions,
        "name": organisation_title(organisation),
        "back": address_of(number, organisation, section),
    }
    return StaffPage(title="修改记录", template="guantong/staff/quality_history.html", context=context)


def _form(
    asked: StaffAsked,
    found: Filled,
    part: Section,
    rows: Iterable[Typed] = (),
    refused: InputRefused | None = None,
    offer: Offer | None = None,
) -> StaffPage:
    record, may = found.submission, may_do(asked, found)
    own = record.section(part.id)
    context = {
        "record": record,
        "section": own,
        "words": section_words(part),
        "part": part,
        "name": organisation_title(record.organisation),
        "where": address_of(record.year, record.organisation),
        "here": address_of(record.year, record.organisation, part.id),
        "state": section_state(own.step, own.end),
        "exempt": own.end == EXEMPT,
        "late": own.step == FILL and own.due < asked.today,
        "cells": _cells(found, part, {row.indicator: row for row in rows}, refused, offer),
        "methods": METHODS,
        "surveyed": any(one.surveyed for one in part.indicators),
        "may_fill": own.step == FILL and part.id in may.fill,
        "may_check": own.step != FILL and may.check,
        "may_pass": own.step == "check" and may.check,
        "may_correct": not record.step and asked.may(Right.RELEASE_FACTS),
        "returned": own.deeds[-1] if own.deeds and own.step == FILL else None,
        "deeds": [(deed_words(deed.record.step), deed) for deed in own.deeds],
        "seen": own.version if refused is None or not rows else asked.sent and asked.sent.one("seen"),
        **_beside(found, part),
        "problems": labelled(refused) if refused else (),
        "offer": offer,
        "unread": labelled(offer.found.problems) if offer else (),
    }
    status = refused.status if refused else 200
    return StaffPage(
        title=section_words(part), template="guantong/staff/quality_form.html", context=context, status=status
    )


def _beside(found: Filled, part: Section) -> dict[str, Section | None]:
    """Return the sections before and after one."""
    place = [one.id for one in found.sections].index(part.id)
    return dict(zip(("earlier", "later"), (None, *found.sections, None)[place : place + 3 : 2], strict=True))


def _cells(
    found: Filled, part: Section, rows: dict[str, Typed], refused: InputRefused | None, offer: Offer | None
) -> list[Cell]:  # fmt: skip
    own = found.submission.section(part.id)
    faults = () if own.end == EXEMPT or refused else found.faults_of(part)
    problems = refused.problems if refused else ()
    offered = offer.found.offered if offer else {}
    otherwise = {one.indicator.id: str(one.offered) for one in offer.found.differing} if offer else {}
    cells = []
    for one in part.indicators:
        before = found.last_year.get(one.id)
        cells.append(
            Cell(
                indicator=one,
                typed=_offered(one, rows.get(one.id) or _as_typed(one.id, found.entries.get(one.id)), offer),
                before=str(before.value) if before and before.value else "",
                faults=tuple(fault for fault in faults if fault.indicator.id == one.id and one.id not in offered),
                otherwise=otherwise.get(one.id, ""),
                imported=one.id in offered,
                unread=tuple(problem for problem in problems if problem.column == one.name),
            )
        )
    return cells


def _offered(indicator: Indicator, typed: Typed, offer: Offer | None) -> Typed:
    """Return a row with the value that an export offers; a survey keeps its own way of asking."""
    value = offer.found.offered.get(indicator.id) if offer else None
    if offer is None or value is None:
        return typed
    return replace(typed, value=str(value), method=typed.method if indicator.surveyed else offer.source)


def _as_typed(name: str, entry: Entry | None) -> Typed:
    if entry is None:
        return Typed(indicator=name)
    return Typed(
        indicator=name,
        value=str(entry.value) if entry.value else "",
        sample="" if entry.sample is None else str(entry.sample),
        method=entry.method,
        explanation=entry.explanation,
    )


def _typed(sent: StaffSent) -> list[Typed]:
    """Return the rows that the form sent: those whose value stands in it."""
    names = [name.removeprefix("value-") for name in sent.fields if name.startswith("value-")]
    rows = [Typed(indicator=name, **{field: sent.one(f"{field}-{name}") for field in FIELDS}) for name in names]
    return [row if _still_imported(sent, row) else replace(row, method="") for row in rows]


def _still_imported(sent: StaffSent, row: Typed) -> bool:
    """Tell whether a value that came from an export is still that value; any other row is as it is."""
    return not is_imported(row.method) or sent.one(f"imported-{row.indicator}") == row.value


def _conflict(
    found: Filled, part: Section, rows: Iterable[Typed], changed: RecordChanged, again: str
) -> StaffPage:  # fmt: skip
    """Show what one wanted to write beside what stands there now, where they differ."""
    names = {one.id: one.name for one in part.indicators}
    pairs = [(row, _as_typed(row.indicator, found.entries.get(row.indicator))) for row in rows]
    differing = [(mine, theirs) for mine, theirs in pairs if mine != theirs and mine.indicator in names]
    context = {
        "error": changed,
        "mine": [(names[mine.indicator], _told(mine)) for mine, _ in differing],
        "theirs": [(names[mine.indicator], _told(theirs)) for mine, theirs in differing],
        "again": again,
    }
    return StaffPage(title="没有改动", template="guantong/staff/conflict.html", context=context, status=changed.status)


def _told(row: Typed) -> str:
    parts = (row.value, f"{row.sample} 人" if row.sample else "", row.method, row.explanation)
    return "，".join(part for part in parts if part)


addresses = (
    staff(
        "desk/quality/<str:year>/<str:organisation>/<str:section>/history/<str:indicator>",
        history_page,
        "desk-quality-history",
    ),
    staff(
        "desk/quality/<str:year>/<str:organisation>/<str:section>/prefill",
        prefill_page,
        "desk-quality-prefill",
        sends=True,
    ),
    staff("desk/quality/<str:year>/<str:organisation>/<str:section>", section_page, "desk-quality-section", sends=True),
)
