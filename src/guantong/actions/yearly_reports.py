"""Yearly reports (质量年报) of a school, a district or the city: written, checked, signed, frozen and published.

Whoever wrote last does not sign. Once signed, the files stay as they are, byte by byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction

from guantong.actions import yearly_editions as editions
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.clock import now, today
from guantong.actions.words import Act
from guantong.actions.yearly_editions import Made
from guantong.errors import InputRefused, NotAllowed, StepRefused, YearlyReportUnknown
from guantong.journal import Note
from guantong.people import ANY, Person, Right, Scope
from guantong.policies.canonical import canonical_json, digest_of
from guantong.reports.files import write_files
from guantong.reports.html import write_html
from guantong.reports.layout import lay_out
from guantong.store import journal, yearly_reports
from guantong.store.yearly_reports import ReportStanding, YearlyRecord

LONGEST_TEXT = 6_000
ANCHOR = "files"
"""Under this name an entry of the journal keeps the digest of what was signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A report as it would be signed now, and what was kept of it; `record` None where nobody began it."""

    record: YearlyRecord | None
    made: Made
    page: str


def preview_yearly(year: int, organisation: str, *, by: Person) -> Preview:
    """Return a report as it would be signed now, with everything that stands between it and a signature."""
    with attempt(Act.YEARLY_READ, Right.READ_REPORTS, by=by) as scope:
        _check_own(scope, organisation)
        record = yearly_reports.find(organisation, year)
        made = editions.make(organisation, year, record.texts if record else {})
        page = write_html(lay_out(made.built.report))
        leave_entry(entry(Act.YEARLY_READ, record.id if record else ""), by=by)
    return Preview(record=record, made=made, page=page)


def write_yearly(year: int, organisation: str, texts: Mapping[str, str], *, seen: int, by: Person) -> None:
    """Keep an author's words; `seen` is 0 for a report that nobody began.

    Raises `InputRefused` where an authority writes a number outside a slot, or the place does not exist.
    """
    with attempt(Act.YEARLY_WRITTEN, Right.EDIT_REPORT, by=by) as scope, transaction.atomic():
        _check_own(scope, organisation)
        record = yearly_reports.find(organisation, year, seen=seen)
        if record is None:
            level = editions.level_of(organisation)
            record = yearly_reports.begin(uuid4().hex, level, organisation, year, by=by.id, at=now())
        _check_standing(record, ReportStanding.DRAFT, "改写年报")
        editions.check_texts(editions.outline_of(organisation, year), texts, LONGEST_TEXT)
        whole = {**record.texts, **{name: text.strip() for name, text in texts.items()}}
        editions.make(organisation, year, whole)
        yearly_reports.write(record, whole, by=by.id, at=now())
        journal.append([entry(Act.YEARLY_WRITTEN, record.id)], by=by)


def sign_yearly(year: int, organisation: str, *, seen: int, by: Person) -> str:
    """Sign a report and freeze its files; return their digest.

    Raises `InputRefused` with everything that is missing, ambiguous, personal or unconfirmed.
    """
    with attempt(Act.YEARLY_SIGNED, Right.SIGN_YEARLY, by=by) as scope, transaction.atomic():
        _check_own(scope, organisation)
        record = yearly_reports.get(organisation, year, seen=seen)
        _check_standing(record, ReportStanding.DRAFT, "签署年报")
        if record.written_by == by.id:
            raise NotAllowed(right=scope.right.label, why="这份年报是您写的，请由另一位负责人签署")
        made = editions.make(organisation, year, record.texts)
        if not (made.compliance.ready(strict=True) and made.confirmed):
            raise InputRefused(made.problems())
        files = write_files(made.built.report)
        facts = [fact.id for fact in made.built.used]
        digests = {ending: yearly_reports.file_digest(content) for ending, content in files.items()}
        digest = digest_of(canonical_json({"files": digests, "facts": facts}))
        yearly_reports.freeze(record, files, facts, digest, by=by.id, name=by.name, on=today())
        journal.append([Note(action=Act.YEARLY_SIGNED.value, subject=record.id, fields={ANCHOR: digest})], by=by)
    return digest


def return_yearly(year: int, organisation: str, *, seen: int, by: Person) -> None:
    """Make a signed report that is not published a draft again."""
    with attempt(Act.YEARLY_RETURNED, Right.SIGN_YEARLY, by=by) as scope, transaction.atomic():
        _check_own(scope, organisation)
        record = yearly_reports.get(organisation, year, seen=seen)
        _check_standing(record, ReportStanding.SIGNED, "退回年报")
        yearly_reports.thaw(record)
        journal.append([entry(Act.YEARLY_RETURNED, record.id)], by=by)


def publish_yearly(year: int, organisation: str, *, seen: int, by: Person) -> None:
    """Publish a signed report; afterwards nothing of it changes."""
    with attempt(Act.YEARLY_PUBLISHED, Right.SIGN_YEARLY, by=by) as scope, transaction.atomic():
        _check_own(scope, organisation)
        record = yearly_reports.get(organisation, year, seen=seen)
        _check_standing(record, ReportStanding.SIGNED, "公布年报")
        yearly_reports.publish(record, today())
        journal.append([entry(Act.YEARLY_PUBLISHED, record.id)], by=by)


def take_yearly(year: int, organisation: str, ending: str, *, by: Person) -> bytes:
    """Return a signed file as it was signed: docx, pdf or html. Published ones are for all readers."""
    with attempt(Act.YEARLY_TAKEN, Right.READ_REPORTS, by=by) as scope:
        record = yearly_reports.get(organisation, year)
        if record.standing is not ReportStanding.PUBLISHED:
            _check_own(scope, organisation)
        content = yearly_reports.file(record, ending)
        leave_entry(entry(Act.YEARLY_TAKEN, record.id), by=by)
    return content


def list_yearly(year: int, *, by: Person) -> tuple[YearlyRecord, ...]:
    """Return the reports of a year: one's own, and those that are published."""
    with attempt(Act.YEARLY_LISTED, Right.READ_REPORTS, by=by) as scope:
        found = tuple(
            one
            for one in yearly_reports.listed(year, organisations=None)
            if one.standing is ReportStanding.PUBLISHED or _own(scope, one.organisation)
        )
        leave_entry(entry(Act.YEARLY_LISTED, str(year)), by=by)
    return found


def _own(scope: Scope, organisation: str) -> bool:
    return bool({organisation, ANY} & scope.organisations)


def _check_own(scope: Scope, organisation: str) -> None:
    if not _own(scope, organisation):
        raise YearlyReportUnknown(organisation)


def _check_standing(record: YearlyRecord, standing: ReportStanding, step: str) -> None:
    if record.standing is not standing:
        raise StepRefused(step=step, why=f"这份年报{record.standing.label}")
