"""One step of many pupils: sealed and folded before the transaction, written in bulk inside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F

from guantong.cohorts.events import Event
from guantong.cohorts.questions import Asked
from guantong.store import bulk, events, models
from guantong.store.keys import Ring
from guantong.store.projection import Projection, columns, project, stay_rows
from guantong.store.records import KeptReceipt, PupilRecord

_STATE = (
    "cohort", "class_year", "project", "kind", "major", "taught_at", "registered_at", "kept_at", "stage", "status",
    "in_project", "state", "version", "pending",
)  # fmt: skip
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One pupil's step: the record as it was read, the event, its question and receipt, and whether it counts."""

    record: PupilRecord
    event: Event
    asked: Asked
    kept: KeptReceipt | None
    outcome: str

    @property
    def counts(self) -> bool:
        """Tell whether the event counts at once."""
        return self.outcome == events.APPLIED


@dataclass(frozen=True, slots=True)
class Ready:
    """Sealed rows of every step, by pupil, waiting for their transaction."""

    steps: Mapping[str, Step]
    rows: Mapping[str, models.Event]
    receipts: Mapping[str, models.Receipt]
    projections: Mapping[str, Projection]
    keys_version: int


def prepare(steps: Sequence[Step], *, by: str, keys: Ring) -> Ready:
    """Fold and seal every step; the costly part, done while the database is free for others."""
    rows, receipts, projections = {}, {}, {}
    for step in steps:
        name, number = step.record.id, len(step.record.events) + 1
        rows[name] = events.row(step.event, number, by=by, outcome=step.outcome, keys=keys, asked=step.asked)
        if step.kept:
            receipts[name] = events.receipt_row(name, step.kept, keys)
        if step.counts:
            projection = project((*step.record.event_list(), step.event))
            assert projection is not None
            projections[name] = projection
    return Ready({step.record.id: step for step in steps}, rows, receipts, projections, keys.version)


def write(ready: Ready, names: Collection[str]) -> None:
    """Write the steps of some pupils, whose rows are locked and whose versions are those that were read."""
    bulk.insert(bulk.prepare(models.Receipt, [ready.receipts[name] for name in names if name in ready.receipts]))
    bulk.insert(bulk.prepare(models.Event, [ready.rows[name] for name in names]))
    moved = {name: ready.projections[name] for name in names if name in ready.projections}
    waiting = models.Pupil.objects.filter(pk__in=[name for name in names if name not in moved])
    waiting.update(version=F("version") + 1, pending=F("pending") + 1)
    models.Pupil.objects.bulk_update([_pupil(ready, name) for name in moved], _STATE, batch_size=BATCH)
    models.StageKept.objects.filter(pupil_id__in=list(moved)).delete()
    bulk.insert(bulk.prepare(models.StageKept, [
        row for name, projection in moved.items() for row in stay_rows(name, projection.stays)
    ]))  # fmt: skip
    over = [name for name, projection in moved.items() if projection.state.status.is_final]
    models.Personal.objects.filter(pupil_id__in=over).update(present=False)


def _pupil(ready: Ready, name: str) -> models.Pupil:
    record = ready.steps[name].record
    state = columns(ready.projections[name].state)
    return models.Pupil(id=name, version=record.version + 1, pending=record.pending, **state)
