"""Filling in a section (填报): by form or file, kept as it is, handed in once nothing blocks; an own office's only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from guantong.actions import collection_state as state
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import organisation_title
from guantong.actions.clock import now
from guantong.actions.collection_scope import own_sections, reached
from guantong.actions.words import Act
from guantong.errors import InputRefused, NotAllowed, Problem, StepRefused
from guantong.indicators import Entry, Section
from guantong.indicators.forms import LONGEST_METHOD, METHODS, Issue, is_imported, read_form, read_value, write_form
from guantong.people import Person, Right, Scope
from guantong.store import collection, entries, journal
from guantong.store.collection import SubmissionRecord

LONGEST = {"explanation": 1_000, "method": LONGEST_METHOD}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One row as it was typed into a page: words, read here."""

    indicator: str
    value: str = ""
    sample: str = ""
    method: str = ""
    explanation: str = ""


def hand_out_form(year: int, organisation: str, *, by: Person) -> bytes:
    """Return the XLSX form of one's own sections, with what was entered so far and last year's values."""
    with attempt(Act.FORM_HANDED_OUT, Right.FILL_SECTION, by=by) as scope:
        record = collection.get(year, organisation, reached=reached(scope))
        found = state.filled(record)
        own = _own(scope, record)
        before = {name: one.value for name, one in found.last_year.items() if one.value}
        content = write_form(_issue(record), own, found.entries, before)
        leave_entry(entry(Act.FORM_HANDED_OUT, record.id), by=by)
    return content


def save_section(year: int, organisation: str, section: str, rows: Sequence[Typed], *, seen: int, by: Person) -> int:
    """Keep what was typed into a section, finished or not, and return its new version.

    Raises `RecordChanged`, `StepRefused` once it was handed in, `InputRefused` with every cell that cannot be read.
    """
    with attempt(Act.SECTION_FILLED, Right.FILL_SECTION, by=by) as scope, transaction.atomic():
        record = collection.get(year, organisation, reached=reached(scope))
        part = own_section(scope, record, section)
        taken = collection.taken_section(record, section, seen=seen)
        check_fillable(record, taken.step)
        read, problems = _read(part, rows)
        if problems:
            raise InputRefused(problems)
        _put(record, section, read, by)
        journal.append([entry(Act.SECTION_FILLED, record.id)], by=by)
    return seen + 1


def import_form(year: int, organisation: str, content: bytes, file: str, *, by: Person) -> tuple[str, ...]:
    """Take a filled-in XLSX form back and return the sections it changed: one's own, and only those being filled.

    Raises `InputRefused` with every Problem of the file; then nothing of it is kept.
    """
    with attempt(Act.SECTION_FILLED, Right.FILL_SECTION, by=by) as scope, transaction.atomic():
        record = collection.get(year, organisation, reached=reached(scope))
        own = {part.id: part for part in _own(scope, record) if record.section(part.id).step == state.FILL}
        if not own:
            raise StepRefused(step="导入填报表", why="您负责的各节都已经交出")
        check_fillable(record, state.FILL)
        found, problems = read_form(_issue(record), state.sections_of(record), own, content, file)
        problems += [fault for part in found.values() for fault in _too_long(part, file)]
        if problems:
            raise InputRefused(problems)
        changed = []
        for name, read in found.items():
            collection.taken_section(record, name, seen=record.section(name).version)
            if _put(record, name, read, by):
                changed.append(name)
        journal.append([entry(Act.SECTION_FILLED, record.id)], by=by)
    return tuple(changed)


def hand_in_section(year: int, organisation: str, section: str, *, seen: int, by: Person) -> None:
    """Hand a section in to the quality officer; raise `InputRefused` with every error and unexplained warning."""
    with attempt(Act.SECTION_SUBMITTED, Right.FILL_SECTION, by=by) as scope, transaction.atomic():
        record = collection.get(year, organisation, reached=reached(scope))
        part = own_section(scope, record, section)
        taken = collection.taken_section(record, section, seen=seen)
        state.check_open(record, "交出这一节")
        blocking = [fault.problem for fault in state.filled(record).faults_of(part) if fault.blocks]
        if blocking:
            raise InputRefused(blocking)
        done = state.step_done(state.SECTION, state.FILL)
        state.move_section(record, taken, done, by=by, office=organisation)
        journal.append([entry(Act.SECTION_SUBMITTED, record.id)], by=by)


def hand_in_own(year: int, organisation: str, section: str = "", *, by: Person) -> tuple[str, ...]:
    """Hand in one section, or every section of one's own that is still being filled; return which.

    Each is handed in for itself: what blocks one leaves those before it handed in.
    """
    with attempt(Act.SUBMISSION_READ, Right.FILL_SECTION, by=by) as scope:
        record = collection.get(year, organisation, reached=reached(scope))
        own = [part.id for part in _own(scope, record)]
        leave_entry(entry(Act.SUBMISSION_READ, record.id), by=by)
    wanted = [section] if section else [name for name in own if record.section(name).step == state.FILL]
    for name in wanted:
        hand_in_section(year, organisation, name, seen=record.section(name).version, by=by)
    return tuple(wanted)


def exempt_section(year: int, organisation: str, section: str, reason: str, *, seen: int, by: Person) -> None:
    """Say that a section does not apply (such as graduates where there are none), with the reason."""
    with attempt(Act.SECTION_EXEMPTED, Right.FILL_SECTION, by=by) as scope, transaction.atomic():
        record = collection.get(year, organisation, reached=reached(scope))
        own_section(scope, record, section)
        taken = collection.taken_section(record, section, seen=seen)
        state.check_open(record, "标为不适用")
        if not reason.strip():
            raise InputRefused([Problem(column="reason", rule="没有写理由", remedy="请写明为什么这一节不适用。")])
        done = state.step_done(state.SECTION, state.FILL, choice="exempt", reason=reason.strip()[:400])
        state.move_section(record, taken, done, by=by, office=organisation)
        journal.append([entry(Act.SECTION_EXEMPTED, record.id)], by=by)


def _own(scope: Scope, record: SubmissionRecord) -> tuple[Section, ...]:
    own = own_sections(scope, record.organisation, state.sections_of(record))
    if not own:
        raise NotAllowed(right=scope.right.label, why="没有分给您的处室的内容")
    return own


def own_section(scope: Scope, record: SubmissionRecord, name: str) -> Section:
    """Return a section of one's own; raise `NotAllowed` for another office's."""
    part = state.section_named(record, name)
    if part not in _own(scope, record):
        raise NotAllowed(right=scope.right.label, why=f"这一节由{part.office.label}填写")
    return part


def check_fillable(record: SubmissionRecord, step: str) -> None:
    """Raise `StepRefused` where a section can no longer be changed by its office."""
    state.check_open(record, "修改数据")
    if step != state.FILL:
        raise StepRefused(step="修改数据", why="这一节已经交出；需要修改的，请质量专员先退回")


def _issue(record: SubmissionRecord) -> Issue:
    return Issue(
        organisation=record.organisation,
        title=organisation_title(record.organisation),
        year=record.year,
        digest=state.catalogue().digest,
        versions={section.name: section.version for section in record.sections},
    )


def _read(section: Section, rows: Iterable[Typed]) -> tuple[list[Entry], list[Problem]]:
    known = {one.id: one for one in section.indicators}
    read: list[Entry] = []
    problems: list[Problem] = []
    for row in rows:
        indicator = known.get(row.indicator)
        if indicator is None:
            problems.append(Problem(column=row.indicator, rule="这一节没有这个指标", remedy="请刷新页面后再填。"))
            continue
        value = read_value(row.value, indicator) if row.value.strip() else None
        if row.value.strip() and value is None:
            remedy = f"请只填数字，单位是{indicator.unit}。"
            problems.append(Problem(column=indicator.name, value=row.value[:40], rule="不是数字", remedy=remedy))
        sample = row.sample.strip().replace(",", "")
        if sample and not (sample.isascii() and sample.isdigit() and len(sample) < 8):
            problems.append(
                Problem(column=indicator.name, value=sample[:40], rule="调查人数应是整数", remedy="请只填数字。")
            )
            sample = ""
        if row.method and row.method not in METHODS and (indicator.surveyed or not is_imported(row.method)):
            remedy = f"请选择：{'、'.join(METHODS)}。"
            problems.append(
                Problem(column=indicator.name, value=row.method[:40], rule="没有这种调查方式", remedy=remedy)
            )
        read.append(
            Entry(
                indicator=row.indicator,
                value=value,
                sample=int(sample) if sample else None,
                method=row.method,
                explanation=row.explanation.strip(),
            )
        )
    problems += _too_long(read, "")
    return read, problems


def _too_long(read: Iterable[Entry], file: str) -> list[Problem]:
    return [
        Problem(file=file, row=one.row, column=column, rule=f"不超过 {most} 字", remedy="请写短一些。")
        for one in read
        for column, most in LONGEST.items()
        if len(getattr(one, column)) > most
    ] + [
        Problem(file=file, row=one.row, column="数值", rule="数字太长", remedy="请核对。")
        for one in read
        if one.value and len(str(one.value)) > 40
    ]


def _put(record: SubmissionRecord, section: str, read: Iterable[Entry], by: Person) -> bool:
    """Write what differs from what counts now; return whether anything did."""
    part = state.section_named(record, section)
    current: Mapping[str, Entry] = entries.current(record.id, part.indicators)
    sourced = [_with_source(one, current.get(one.indicator)) for one in read]
    changed = [one for one in sourced if _plain(one) != _plain(current.get(one.indicator))]
    if changed:
        entries.put(record.id, changed, by=by.id, at=now())
    collection.touch_section(record, section)
    return bool(changed)


def _with_source(one: Entry, before: Entry | None) -> Entry:
    """Keep where a value was imported from for as long as the value stays."""
    if one.method or before is None or not is_imported(before.method) or one.value != before.value:
        return one
    return replace(one, method=before.method)


def _plain(one: Entry | None) -> tuple[object, ...]:
    if one is None:
        return ("", None, "", "")
    return (str(one.value or ""), one.sample, one.method, one.explanation)
