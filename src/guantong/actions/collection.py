"""A reporting year: its catalogue, who must report and who need not, and the overview of who is missing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db import transaction

from guantong.actions import collection_state as state
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.clock import now, today
from guantong.actions.collection_scope import reached
from guantong.actions.words import Act
from guantong.errors import InputRefused, Problem, StepRefused
from guantong.indicators import check_form
from guantong.people import Person, Right
from guantong.registry import Stage
from guantong.store import collection, entries, journal, organisations
from guantong.store.collection import Reached, SectionRecord, Stand, SubmissionRecord, YearRecord

LONGEST_REASON = 400
MOST_REMEMBERED = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Who must report: the organisation, its stage, and the kind and size by which it has peers."""

    organisation: str
    stage: Stage
    kind: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One square of the overview: a section of an organisation, its step, its errors, and whether it is late."""

    section: str
    step: str
    end: str
    hard: int
    due: date
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One organisation of the overview."""

    organisation: str
    step: str
    exempt: str
    squares: tuple[Square, ...]

    @property
    def missing(self) -> int:
        """Return how many sections nobody has handed in."""
        return sum(square.step == state.FILL for square in self.squares)


def open_year(year: int, due: date, *, by: Person) -> None:
    """Open a reporting year with today's catalogue; raise `StepRefused` where it is open already."""
    with attempt(Act.COLLECTION_OPENED, Right.MANAGE_COLLECTION, by=by), transaction.atomic():
        collection.open_year(year, state.catalogue().digest, due, by=by.id, at=now())
        journal.append([entry(Act.COLLECTION_OPENED, str(year))], by=by)


def name_duty(year: int, duty: Duty, *, by: Person) -> str:
    """Enter an organisation that must report in a year and return its submission's id."""
    with attempt(Act.DUTY_NAMED, Right.MANAGE_COLLECTION, by=by), transaction.atomic():
        organisations.check(duty.organisation)
        opened = collection.get_year(year)
        sections = state.catalogue().sections(year, duty.stage)
        if not sections:
            raise StepRefused(step="列入填报单位", why=f"指标目录没有{duty.stage.label}在 {year} 年要填的内容")
        record = SubmissionRecord(
            id=uuid4().hex,
            year=year,
            organisation=duty.organisation,
            stage=duty.stage,
            kind=duty.kind,
            size=duty.size,
            exempt="",
            step=state.COLLECT,
            version=1,
            started=today(),
            sections=tuple(_fresh(section.id, opened.due) for section in sections),
            deeds=(),
        )
        collection.add(record)
        journal.append([entry(Act.DUTY_NAMED, record.id)], by=by)
    return record.id


def exempt_organisation(year: int, organisation: str, reason: str, *, seen: int, by: Person) -> None:
    """Say why an organisation need not report in a year (无生单位 …); an empty reason takes it back."""
    with attempt(Act.DUTY_EXEMPTED, Right.MANAGE_COLLECTION, by=by) as scope, transaction.atomic():
        record = collection.get(year, organisation, reached=reached(scope), seen=seen)
        if record.step != state.COLLECT:
            raise StepRefused(step="免报", why="这个单位已经送签")
        if len(reason) > LONGEST_REASON:
            rule = f"理由不超过 {LONGEST_REASON} 字"
            raise InputRefused([Problem(column="reason", rule=rule, remedy="请写短一些。")])
        collection.exempt(record, reason.strip())
        journal.append([entry(Act.DUTY_EXEMPTED, record.id)], by=by)


def list_years(*, by: Person) -> tuple[YearRecord, ...]:
    """Return every reporting year, newest first."""
    with attempt(Act.SUBMISSIONS_LISTED, Right.READ_SUBMISSIONS, by=by):
        found = tuple(collection.get_year(year) for year in collection.years())
        leave_entry(entry(Act.SUBMISSIONS_LISTED), by=by)
    return found


def read_matrix(year: int, *, by: Person) -> tuple[MatrixRow, ...]:
    """Return the overview of a year: who is missing, where errors stand, what is due (缺谁、哪里红、何时交)."""
    with attempt(Act.SUBMISSIONS_LISTED, Right.READ_SUBMISSIONS, by=by) as scope:
        rows = _matrix(collection.get_year(year), reached(scope), today())
        leave_entry(entry(Act.SUBMISSIONS_LISTED, str(year)), by=by)
    return rows


def read_submission(year: int, organisation: str, *, by: Person) -> state.Filled:
    """Return a submission with its values, last year's and every fault; raise `SubmissionUnknown` out of reach."""
    with attempt(Act.SUBMISSION_READ, Right.READ_SUBMISSIONS, by=by) as scope:
        found = state.filled(collection.get(year, organisation, reached=reached(scope)))
        leave_entry(entry(Act.SUBMISSION_READ, found.submission.id), by=by)
    return found


def read_revisions(year: int, organisation: str, indicator: str, *, by: Person) -> tuple[entries.Revision, ...]:
    """Return every value that was ever entered for an indicator, oldest first."""
    with attempt(Act.SUBMISSION_READ, Right.READ_SUBMISSIONS, by=by) as scope:
        record = collection.get(year, organisation, reached=reached(scope))
        found = entries.revisions(record.id, state.catalogue().get(indicator).id)
        leave_entry(entry(Act.SUBMISSION_READ, record.id), by=by)
    return found


def _fresh(name: str, due: date) -> SectionRecord:
    return SectionRecord(name=name, step=state.FILL, end="", round=1, version=1, due=due, deeds=())


_overviews: OrderedDict[tuple[int, int, Reached, date], tuple[MatrixRow, ...]] = OrderedDict()
_errors: OrderedDict[tuple[str, int], Mapping[str, int]] = OrderedDict()


def _matrix(year: YearRecord, names: Reached, on: date) -> tuple[MatrixRow, ...]:
    """Return the overview, remembered for as long as nothing of the year was written."""
    key = (year.year, year.changes, names, on)
    if key not in _overviews:
        _overviews[key] = _made_matrix(year, names, on)
        while len(_overviews) > MOST_REMEMBERED // 100:
            _overviews.popitem(last=False)
    return _overviews[key]


def _made_matrix(year: YearRecord, names: Reached, on: date) -> tuple[MatrixRow, ...]:
    by_organisation: dict[str, list[Stand]] = {}
    for stand in collection.stands(year.year, reached=names):
        by_organisation.setdefault(stand.organisation, []).append(stand)
    errors = _hard_errors(year, by_organisation)
    rows = []
    for organisation, stands in by_organisation.items():
        own = errors[stands[0].submission]
        squares = tuple(
            Square(
                section=stand.section,
                step=stand.section_step,
                end=stand.section_end,
                hard=own.get(stand.section, 0),
                due=stand.due,
                late=stand.section_step == state.FILL and stand.due < on and not stand.exempt,
            )
            for stand in stands
        )
        first = stands[0]
        rows.append(MatrixRow(organisation=organisation, step=first.step, exempt=first.exempt, squares=squares))
    return tuple(rows)


def _hard_errors(year: YearRecord, stands: Mapping[str, list[Stand]]) -> Mapping[str, Mapping[str, int]]:
    """Return the number of errors by submission and section; what did not change is not checked again."""
    versions = {own[0].submission: sum(stand.version for stand in own) for own in stands.values()}
    found = {name: _errors[name, version] for name, version in versions.items() if (name, version) in _errors}
    wanted = [name for name in versions if name not in found]
    records = collection.some(wanted)
    values = entries.current_of(wanted, state.catalogue().indicators.values())
    for name in wanted:
        record = records.get(name)
        if record is None:  # written between the two questions: shown without errors until the next look
            found[name] = {}
            continue
        hard = check_form(state.catalogue(), state.form_of(record, values[name])).hard
        counts = {
            section.id: sum(fault.indicator in section.indicators for fault in hard)
            for section in state.sections_of(record)
        }
        found[name] = _errors[name, versions[name]] = counts
    while len(_errors) > MOST_REMEMBERED:
        _errors.popitem(last=False)
    return found
