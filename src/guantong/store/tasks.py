"""Tasks of rectification as they are kept: what they come from, who answers for them, and everything that was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import F, QuerySet

from guantong.errors import RecordChanged, StepRefused, TaskUnknown
from guantong.procedures import Outcome, StepRecord
from guantong.store import models
from guantong.store.collection import Reached


class Origin(Enum):
    """What a task comes from."""

    FINDING = "finding"
    MAJOR = "major"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return {"finding": "诊断发现", "major": "一校一专一策"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDeed:
    """One thing that was done with a task, and its words: the plan, the evidence, why it came back."""

    record: StepRecord
    text: str
    by: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRecord:
    """One task; `finding` is the id of its finding or of its graded major, `year` that of what was found."""

    id: str
    organisation: str
    year: int
    origin: Origin
    finding: str
    indicator: str
    kind: str
    title: str
    owner: str
    due: date | None
    step: str
    version: int
    started: date
    deeds: tuple[TaskDeed, ...] = ()

    @property
    def closed(self) -> bool:
        """Tell whether a later year's figure closed it."""
        return not self.step


def add(record: TaskRecord) -> None:
    """Write a new task; raise `StepRefused` where its finding has one."""
    if exists(record.origin, record.finding):
        raise StepRefused(step="整改立项", why="这一条已经立项")
    models.Task.objects.create(
        id=record.id,
        organisation=record.organisation,
        year=record.year,
        origin=record.origin.value,
        finding=record.finding,
        indicator=record.indicator,
        kind=record.kind,
        title=record.title,
        owner=record.owner,
        due=record.due,
        step=record.step,
        version=record.version,
        started=record.started,
    )


def exists(origin: Origin, finding: str) -> bool:
    """Tell whether there is a task of a finding or a graded major."""
    return models.Task.objects.filter(origin=origin.value, finding=finding).exists()


def get(name: str, *, reached: Reached, seen: int | None = None) -> TaskRecord:
    """Return a task within reach; with `seen` its row is locked and its version compared."""
    rows = models.Task.objects.all() if seen is None else models.Task.objects.select_for_update()
    row = _within(rows, reached).filter(pk=name).first()
    if row is None:
        raise TaskUnknown(name)
    if seen is not None and row.version != seen:
        raise RecordChanged(what="整改事项", seen=seen, now=row.version)
    return _record(row)


def listed(*, reached: Reached, step: str | None = None) -> tuple[TaskRecord, ...]:
    """Return the tasks within reach, those that are open first, by what is due; of one step where given."""
    rows = _within(models.Task.objects.all(), reached)
    rows = rows if step is None else rows.filter(step=step)
    found = [_record(row) for row in rows.prefetch_related("deeds")]
    return tuple(sorted(found, key=lambda one: (one.closed, one.due or date.max, one.organisation, one.id)))


def waiting(year: int, step: str, *, reached: Reached) -> tuple[TaskRecord, ...]:
    """Return the tasks of a year that wait for a step, their rows locked."""
    rows = _within(models.Task.objects.select_for_update(), reached).filter(year=year, step=step)
    return tuple(map(_record, rows.order_by("organisation", "id")))


def assign(task: TaskRecord, owner: str, due: date) -> None:
    """Write who answers for a task, and until when."""
    models.Task.objects.filter(pk=task.id).update(owner=owner, due=due)


def move(task: TaskRecord, step: str, deed: TaskDeed) -> None:
    """Write what was done with a task and which step is up now, "" at the end."""
    models.Task.objects.filter(pk=task.id).update(step=step, version=F("version") + 1)
    models.TaskDeed.objects.create(
        task_id=task.id,
        number=len(task.deeds) + 1,
        step=deed.record.step,
        outcome=deed.record.outcome.value,
        choice=deed.record.choice,
        role=deed.record.role,
        on=deed.record.on,
        text=deed.text,
        by=deed.by,
        name=deed.name,
    )


def _within(rows: QuerySet[models.Task], reached: Reached) -> QuerySet[models.Task]:
    return rows if reached is None else rows.filter(organisation__in=list(reached))


def _record(row: models.Task) -> TaskRecord:
    return TaskRecord(
        id=row.pk,
        organisation=row.organisation,
        year=row.year,
        origin=Origin(row.origin),
        finding=row.finding,
        indicator=row.indicator,
        kind=row.kind,
        title=row.title,
        owner=row.owner,
        due=row.due,
        step=row.step,
        version=row.version,
        started=row.started,
        deeds=tuple(_deed(deed) for deed in sorted(row.deeds.all(), key=lambda deed: deed.number)),
    )


def _deed(row: models.TaskDeed) -> TaskDeed:
    returned = row.outcome == Outcome.RETURNED.value
    record = StepRecord(
        step=row.step,
        outcome=Outcome(row.outcome),
        role=row.role,
        on=row.on,
        choice=row.choice,
        reason=row.text if returned else "",
    )
    return TaskDeed(record=record, text=row.text, by=row.by, name=row.name)
