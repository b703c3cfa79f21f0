"""Whole histories of many new pupils at once (整段历史), folded and sealed before the transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from guantong.cohorts.events import Event
from guantong.cohorts.questions import Asked
from guantong.store import attachments, bulk, events, models, personal
from guantong.store.admitting import ReadyPupils
from guantong.store.keys import Ring
from guantong.store.projection import Projection, columns, project, stay_rows
from guantong.store.records import KeptReceipt, Personal


@dataclass(frozen=True, slots=True, kw_only=True)
class PastStep:
    """One event of the past: its question and receipt, who recorded it, who confirmed it, and the scanned paper."""

    event: Event
    outcome: str
    recorded_by: str
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    asked: Asked | None = None
    kept: KeptReceipt | None = None
    paper: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A pupil with every step, in the order of recording."""

    id: str
    class_name: str
    personal: Personal
    digest_key: bytes
    steps: tuple[PastStep, ...]


def prepare(histories: Sequence[History], *, keys: Ring) -> ReadyPupils:
    """Fold and seal every history; rows come in the order in which they refer to each other."""
    rows = [_rows(history, keys) for history in histories]
    models_in_order = (
        models.Pupil, models.Personal, models.Receipt, models.Event, models.Attachment, models.StageKept,
    )  # fmt: skip
    return ReadyPupils(
        tables=tuple(
            bulk.prepare(model, [row for part in rows for row in part if isinstance(row, model)])
            for model in models_in_order
        ),
        keys_version=keys.version,
    )


def any_pupils() -> bool:
    """Tell whether anybody is on record at all."""
    return models.Pupil.objects.exists()


def _rows(history: History, keys: Ring) -> list[object]:
    projection = project(step.event for step in history.steps if step.outcome == events.APPLIED)
    if projection is None:
        raise ValueError("a history begins with an admission that counts")
    found: list[object] = [_pupil(history, projection), _person(history, projection, keys)]
    for number, step in enumerate(history.steps, 1):
        found += _step_rows(history.id, step, number, keys)
    return [*found, *stay_rows(history.id, projection.stays)]


def _pupil(history: History, projection: Projection) -> models.Pupil:
    waiting = sum(step.outcome == events.WAITING for step in history.steps)
    confirmed = sum(bool(step.confirmed_by) for step in history.steps)
    return models.Pupil(
        id=history.id,
        class_name=history.class_name,
        version=len(history.steps) + confirmed,
        pending=waiting,
        **columns(projection.state),
    )


def _person(history: History, projection: Projection, keys: Ring) -> models.Personal:
    row = personal.row(history.id, history.personal, history.digest_key, keys)
    row.present = not projection.state.status.is_final
    return row


def _step_rows(pupil: str, step: PastStep, number: int, keys: Ring) -> list[object]:
    row = events.row(step.event, number, by=step.recorded_by, outcome=step.outcome, keys=keys, asked=step.asked)
    row.confirmed_by, row.confirmed_at = step.confirmed_by, step.confirmed_at
    found: list[object] = [events.receipt_row(pupil, step.kept, keys)] if step.kept else []
    found.append(row)
    if step.paper:
        name = step.event.text("document_file")
        by, at = step.recorded_by, step.event.recorded_at
        found.append(attachments.row(name, pupil, step.event.id, "application/pdf", step.paper, by=by, at=at))
    return found
