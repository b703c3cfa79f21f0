"""Submissions as they are kept: sections with their steps, every value ever entered, and who did what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from guantong.errors import RecordChanged, ReportingYearUnknown, StepRefused, SubmissionUnknown
from guantong.procedures import Outcome, StepRecord
from guantong.registry import Stage
from guantong.store import models

Reached = Collection[str] | None
"""The organisations that a person reaches; None for every one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRecord:
    """A reporting year."""

    year: int
    catalogue: str
    due: date
    published_on: date | None
    changes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedRecord:
    """One thing done, by whom, and the digest of what lay before them."""

    record: StepRecord
    by: str
    name: str
    organisation: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRecord:
    """Where a section stands; `deeds` are those since it was last begun anew."""

    name: str
    step: str
    end: str
    round: int
    version: int
    due: date
    deeds: tuple[DeedRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRecord:
    """What an organisation reports in a year, with its sections and what was done with the whole."""

    id: str
    year: int
    organisation: str
    stage: Stage
    kind: str
    size: str
    exempt: str
    step: str
    version: int
    started: date
    sections: tuple[SectionRecord, ...]
    deeds: tuple[DeedRecord, ...]

    def section(self, name: str) -> SectionRecord:
        """Return a section by id; raise `SubmissionUnknown` for one that is not asked for."""
        found = next((section for section in self.sections if section.name == name), None)
        if found is None:
            raise SubmissionUnknown(name)
        return found


def open_year(year: int, catalogue: str, due: date, *, by: str, at: datetime) -> None:
    """Write a reporting year; raise `StepRefused` where it is open already."""
    if models.ReportingYear.objects.filter(pk=year).exists():
        raise StepRefused(step="开始填报年度", why=f"{year} 年已经开始")
    models.ReportingYear.objects.create(
        year=year, catalogue=catalogue, due=due, opened_at=at, opened_by=by, published_on=None
    )


def get_year(year: int, *, taken: bool = False) -> YearRecord:
    """Return a year, its row locked where it is taken; raise `ReportingYearUnknown`."""
    rows = models.ReportingYear.objects.select_for_update() if taken else models.ReportingYear.objects.all()
    row = rows.filter(pk=year).first()
    if row is None:
        raise ReportingYearUnknown(str(year), [str(one) for one in years()])
    return YearRecord(
        year=row.year, catalogue=row.catalogue, due=row.due, published_on=row.published_on, changes=row.changes
    )


def years() -> tuple[int, ...]:
    """Return the reporting years, newest first."""
    return tuple(models.ReportingYear.objects.order_by("-year").values_list("year", flat=True))


def publish(year: int, on: date, *, by: str) -> None:
    """Write the day on which a year was published."""
    models.ReportingYear.objects.filter(pk=year).update(published_on=on, published_by=by)


def add(record: SubmissionRecord) -> None:
    """Write a submission with its sections; raise `StepRefused` where the organisation has one."""
    if models.Submission.objects.filter(year_id=record.year, organisation=record.organisation).exists():
        raise StepRefused(step="列入填报单位", why="这个单位本年度已经列入")
    models.Submission.objects.create(
        id=record.id,
        year_id=record.year,
        organisation=record.organisation,
        stage=record.stage.value,
        kind=record.kind,
        size=record.size,
        exempt=record.exempt,
        step=record.step,
        version=record.version,
        started=record.started,
    )
    models.Section.objects.bulk_create(
        models.Section(
            submission_id=record.id,
            name=section.name,
            step=section.step,
            end=section.end,
            round=section.round,
            version=section.version,
            due=section.due,
        )
        for section in record.sections
    )
    _changed(record)


def get(year: int, organisation: str, *, reached: Reached, seen: int | None = None) -> SubmissionRecord:
    """Return a submission within reach; with `seen` its row is locked and its version compared."""
    rows = models.Submission.objects.all() if seen is None else models.Submission.objects.select_for_update()
    row = _within(rows, reached).filter(year_id=year, organisation=organisation).first()
    if row is None:
        raise SubmissionUnknown(f"{organisation} {year}")
    if seen is not None and row.version != seen:
        raise RecordChanged(what="填报表", seen=seen, now=row.version)
    return _record(row)


def of_year(year: int, *, reached: Reached) -> tuple[SubmissionRecord, ...]:
    """Return the submissions of a year within reach, in the order of organisations."""
    rows = _within(models.Submission.objects.filter(year_id=year), reached).order_by("organisation")
    return tuple(map(_record, rows.prefetch_related("sections", "deeds")))


def some(submissions: Collection[str]) -> Mapping[str, SubmissionRecord]:
    """Return submissions by id, without those that there are not."""
    rows = models.Submission.objects.filter(pk__in=submissions)
    return {row.pk: _record(row) for row in rows.prefetch_related("sections", "deeds")}


def taken_section(submission: SubmissionRecord, name: str, *, seen: int) -> SectionRecord:
    """Return a section whose row is locked; raise `RecordChanged` where somebody wrote since."""
    rows = models.Section.objects.select_for_update().filter(submission_id=submission.id, name=name)
    row = rows.first()
    if row is None:
        raise SubmissionUnknown(name)
    if row.version != seen:
        raise RecordChanged(what="这一节", seen=seen, now=row.version)
    return submission.section(name)


def exempt(submission: SubmissionRecord, reason: str) -> None:
    """Write why an organisation need not report, or that it has to after all."""
    models.Submission.objects.filter(pk=submission.id).update(exempt=reason, version=F("version") + 1)
    _changed(submission)


def touch_section(submission: SubmissionRecord, name: str) -> None:
    """Count a section's version up."""
    models.Section.objects.filter(submission_id=submission.id, name=name).update(version=F("version") + 1)
    _changed(submission)


def move_section(
    submission: SubmissionRecord, section: SectionRecord, step: str, end: str, round_: int, deed: DeedRecord
) -> None:
    """Write what was done with a section and which step is up now."""
    models.Section.objects.filter(submission_id=submission.id, name=section.name).update(
        step=step, end=end, round=round_, version=F("version") + 1
    )
    _changed(submission)
    _put_deed(submission.id, section.name, round_, len(section.deeds) + 1 if round_ == section.round else 1, deed)


def move(submission: SubmissionRecord, step: str, deed: DeedRecord) -> None:
    """Write what was done with a submission and which step is up now, "" at the end."""
    models.Submission.objects.filter(pk=submission.id).update(step=step, version=F("version") + 1)
    _changed(submission)
    _put_deed(submission.id, "", 0, len(submission.deeds) + 1, deed)


def waiting(step: str, *, reached: Reached) -> int:
    """Return how many submissions wait for a step."""
    return _within(models.Submission.objects.filter(step=step, exempt=""), reached).count()


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one section of an overview stands, with the versions that say whether it is still so."""

    organisation: str
    submission: str
    exempt: str
    step: str
    section: str
    section_step: str
    section_end: str
    version: int
    due: date


def stands(year: int, *, reached: Reached) -> tuple[Stand, ...]:
    """Return every section of every submission of a year within reach, in the order of organisations."""
    rows = models.Section.objects.filter(submission__year_id=year)
    if reached is not None:
        rows = rows.filter(submission__organisation__in=list(reached))
    names = (
        "submission__organisation", "submission_id", "submission__exempt", "submission__step",
        "name", "step", "end", "version", "due",
    )  # fmt: skip
    return tuple(Stand(*row) for row in rows.order_by("submission__organisation", "pk").values_list(*names))


def _changed(submission: SubmissionRecord) -> None:
    models.ReportingYear.objects.filter(pk=submission.year).update(changes=F("changes") + 1)


def _within(rows: QuerySet[models.Submission], reached: Reached) -> QuerySet[models.Submission]:
    return rows if reached is None else rows.filter(Q(organisation__in=list(reached)))


def _put_deed(submission: str, section: str, round_: int, number: int, deed: DeedRecord) -> None:
    models.CollectionDeed.objects.create(
        submission_id=submission,
        section=section,
        round=round_,
        number=number,
        step=deed.record.step,
        outcome=deed.record.outcome.value,
        choice=deed.record.choice,
        role=deed.record.role,
        organisation=deed.organisation,
        on=deed.record.on,
        reason=deed.record.reason,
        digest=deed.digest,
        by=deed.by,
        name=deed.name,
    )


def _record(row: models.Submission) -> SubmissionRecord:
    deeds = sorted(row.deeds.all(), key=lambda deed: (deed.section, deed.round, deed.number))
    sections = tuple(
        SectionRecord(
            name=section.name,
            step=section.step,
            end=section.end,
            round=section.round,
            version=section.version,
            due=section.due,
            deeds=tuple(_deed(deed) for deed in deeds if (deed.section, deed.round) == (section.name, section.round)),
        )
        for section in sorted(row.sections.all(), key=lambda section: section.pk)
    )
    return SubmissionRecord(
        id=row.pk,
        year=row.year_id,
        organisation=row.organisation,
        stage=Stage(row.stage),
        kind=row.kind,
        size=row.size,
        exempt=row.exempt,
        step=row.step,
        version=row.version,
        started=row.started,
        sections=sections,
        deeds=tuple(_deed(deed) for deed in deeds if not deed.section),
    )


def _deed(row: models.CollectionDeed) -> DeedRecord:
    record = StepRecord(
        step=row.step, outcome=Outcome(row.outcome), role=row.role, on=row.on, reason=row.reason, choice=row.choice
    )
    return DeedRecord(record=record, by=row.by, name=row.name, organisation=row.organisation, digest=row.digest)


def received(year: int, organisation: str) -> str:
    """Return the id of a submission that went through every step, "" where there is none."""
    rows = models.Submission.objects.filter(year_id=year, organisation=organisation, step="", exempt="")
    return str(rows.values_list("pk", flat=True).first() or "")


def sent_by_peers(submission: SubmissionRecord) -> list[str]:
    """Return the ids of the submissions of the same year, stage, kind and size that were sent already."""
    rows = models.Submission.objects.filter(
        year_id=submission.year, stage=submission.stage.value, kind=submission.kind, size=submission.size, exempt=""
    )
    begun = submission_begins()
    return list(rows.exclude(pk=submission.id).exclude(step=begun).values_list("pk", flat=True))


def submission_begins() -> str:
    """Return the step with which every submission begins."""
    return "collect"


def begin_section_anew(submission: SubmissionRecord, section: SectionRecord, step: str, deed: DeedRecord) -> None:
    """Begin a section again in a new round; why stands with the last round."""
    _put_deed(submission.id, section.name, section.round, len(section.deeds) + 1, deed)
    models.Section.objects.filter(submission_id=submission.id, name=section.name).update(
        step=step, end="", round=section.round + 1, version=F("version") + 1
    )
    _changed(submission)


def touched(submission: SubmissionRecord) -> None:
    """Count a change of a submission's values that no section's step shows."""
    models.Section.objects.filter(submission_id=submission.id).update(version=F("version") + 1)
    _changed(submission)


CHAIN = "chain"
"""Under this name stand the confirmations of a chain's members before the last one."""


def confirm_in_chain(
    submission: SubmissionRecord, organisation: str, *, by: str, name: str, on: date, digest: str
) -> None:
    """Write that one member of the chain confirmed; the next one is up."""
    models.Submission.objects.filter(pk=submission.id).update(version=F("version") + 1)
    record = StepRecord(step=CHAIN, outcome=Outcome.DONE, role="supervisor", on=on)
    deed = DeedRecord(record=record, by=by, name=name, organisation=organisation, digest=digest)
    rows = models.CollectionDeed.objects.filter(submission_id=submission.id, section=CHAIN)
    _put_deed(submission.id, CHAIN, len(submission.deeds), rows.count() + 1, deed)
    _changed(submission)


def confirmed_by(submission: SubmissionRecord) -> frozenset[str]:
    """Return which members of the chain confirmed since the submission was last signed."""
    rows = models.CollectionDeed.objects.filter(submission_id=submission.id, section=CHAIN)
    return frozenset(rows.filter(round=len(submission.deeds)).values_list("organisation", flat=True))
