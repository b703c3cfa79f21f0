"""Many new pupils at once: sealed before the transaction, inserted in bulk inside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError

from guantong.errors import StepRefused
from guantong.store import bulk, events, models, personal
from guantong.store.bulk import Prepared
from guantong.store.keys import Ring
from guantong.store.projection import columns, project, stay_rows
from guantong.store.records import NewPupil


@dataclass(frozen=True, slots=True)
class ReadyPupils:
    """Rows of new pupils, folded and sealed, waiting for their transaction."""

    tables: tuple[Prepared, ...]
    keys_version: int


def prepare(new: Sequence[NewPupil], *, by: str, keys: Ring) -> ReadyPupils:
    """Fold and seal new pupils; the costly part, done while the database is free for others."""
    pupils, stays, people, happened = [], [], [], []
    for pupil in new:
        projection = project(pupil.events)
        assert projection is not None
        state = columns(projection.state)
        pupils.append(models.Pupil(id=pupil.id, class_name=pupil.class_name, version=len(pupil.events), **state))
        stays += stay_rows(pupil.id, projection.stays)
        people.append(personal.row(pupil.id, pupil.personal, pupil.digest_key, keys))
        happened += [
            events.row(event, number, by=by, outcome=events.APPLIED, keys=keys)
            for number, event in enumerate(pupil.events, 1)
        ]
    return ReadyPupils(
        tables=(
            bulk.prepare(models.Pupil, pupils),
            bulk.prepare(models.Personal, people),
            bulk.prepare(models.Event, happened),
            bulk.prepare(models.StageKept, stays),
        ),
        keys_version=keys.version,
    )


def insert(ready: ReadyPupils) -> None:
    """Write the rows; raise `StepRefused` where somebody admitted one of the persons meanwhile."""
    try:
        for table in ready.tables:
            bulk.insert(table)
    except IntegrityError:
        why = "名册中有人刚刚被其他人录入，或证件号重复"
        raise StepRefused(step="导入名册", why=why) from None
