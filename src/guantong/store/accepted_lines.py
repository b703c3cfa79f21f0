"""What accepted lines of a sitting write (办理落笔): folded and sealed first, written in bulk in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from guantong.cohorts.events import Event
from guantong.cohorts.questions import Asked
from guantong.store import bulk, events, models
from guantong.store.events import APPLIED
from guantong.store.keys import ring
from guantong.store.projection import columns, project, stay_rows
from guantong.store.records import KeptReceipt
from guantong.store.sittings import LineHistory

_STATE = (
    "cohort", "class_year", "project", "kind", "major", "taught_at", "registered_at", "kept_at", "stage", "status",
    "in_project", "state", "version",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What an accepted line writes: the pupil as weighed, the new events, each with its question, and receipts."""

    pupil: str
    history: LineHistory
    new: tuple[tuple[Event, Asked], ...]
    receipts: tuple[KeptReceipt, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """Sealed rows of every accepted line, waiting for their transaction."""

    pupils: tuple[models.Pupil, ...]
    stays: tuple[models.StageKept, ...]
    receipts: bulk.Prepared
    events: bulk.Prepared
    over: tuple[str, ...]
    keys_version: int


def prepare(applied: Sequence[Applied], *, by: str, confirmed_by: str, at: datetime) -> Ready:
    """Fold and seal what accepted lines write; the costly part, done while the database is free for others."""
    keys = ring()
    rows, receipts, pupils, stays, over = [], [], [], list[models.StageKept](), []
    for one in applied:
        history = one.history
        projection = project((*history.events, *(event for event, _ in one.new)))
        assert projection is not None
        receipts += [events.receipt_row(one.pupil, kept, keys) for kept in one.receipts]
        for number, (event, asked) in enumerate(one.new, history.recorded + 1):
            row = events.row(event, number, by=by, outcome=APPLIED, keys=keys, asked=asked)
            row.confirmed_by, row.confirmed_at = confirmed_by, at
            rows.append(row)
        pupils.append(models.Pupil(id=one.pupil, version=history.version + 1, **columns(projection.state)))
        stays += stay_rows(one.pupil, projection.stays)
        over += [one.pupil] if projection.state.status.is_final else []
    return Ready(
        pupils=tuple(pupils),
        stays=tuple(stays),
        receipts=bulk.prepare(models.Receipt, receipts),
        events=bulk.prepare(models.Event, rows),
        over=tuple(over),
        keys_version=keys.version,
    )


def write(ready: Ready) -> None:
    """Write accepted lines, whose pupils are locked and whose versions are those that were read."""
    bulk.insert(ready.receipts)
    bulk.insert(ready.events)
    models.Pupil.objects.bulk_update(ready.pupils, _STATE, batch_size=500)
    models.StageKept.objects.filter(pupil_id__in=[pupil.pk for pupil in ready.pupils]).delete()
    bulk.insert(bulk.prepare(models.StageKept, list(ready.stays)))
    models.Personal.objects.filter(pupil_id__in=ready.over).update(present=False)
