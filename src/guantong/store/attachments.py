"""Files that prove an event: sealed in the database, read within scope, erased with the pupil."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from guantong.errors import AttachmentUnknown
from guantong.people import Scope
from guantong.store import models
from guantong.store.keys import Ring, ring
from guantong.store.reach import present
from guantong.store.sealing import seal_bytes, unseal_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file of a pupil without its body; `erased` where that is gone."""

    id: str
    pupil: str
    event: str
    kind: str
    size: int
    recorded_at: datetime
    recorded_by: str
    erased: bool


def of_pupil(pupil: str) -> tuple[Attached, ...]:
    """Return the files of a pupil who was found within a scope before, oldest first."""
    rows = models.Attachment.objects.filter(pupil_id=pupil).order_by("recorded_at", "id")
    empty = set(rows.filter(body=b"").values_list("pk", flat=True))
    return tuple(_attached(row, erased=row.pk in empty) for row in rows.defer("body"))


def row(name: str, pupil: str, event: str, kind: str, content: bytes, *, by: str, at: datetime) -> models.Attachment:
    """Return a file's row, sealed and ready to be inserted."""
    return models.Attachment(
        id=name,
        pupil_id=pupil,
        event_id=event or None,
        kind=kind,
        size=len(content),
        body=_sealed(name, pupil, content, ring()),
        recorded_at=at,
        recorded_by=by,
    )


def put(name: str, pupil: str, event: str, kind: str, content: bytes, *, by: str, at: datetime) -> None:
    """Write a file; its pupil's record is taken, its event stands."""
    row(name, pupil, event, kind, content, by=by, at=at).save(force_insert=True)


def count(pupil: str) -> int:
    """Return how many files a pupil has."""
    return models.Attachment.objects.filter(pupil_id=pupil).count()


def get(pupil: str, name: str, *, scope: Scope) -> tuple[Attached, bytes]:
    """Return a file with its body; raise `AttachmentUnknown` out of scope, or once it is erased."""
    reached = models.Pupil.objects.filter(present(scope)).values("pk")
    found = models.Attachment.objects.filter(pk=name, pupil_id=pupil, pupil__in=reached).first()
    if found is None or not found.body:
        raise AttachmentUnknown(name)
    return _attached(found, erased=False), unseal_bytes(found.body, f"{pupil}/{name}", ring())


def _attached(row: models.Attachment, *, erased: bool) -> Attached:
    return Attached(
        id=row.pk,
        pupil=row.pupil_id,
        event=row.event_id or "",
        kind=row.kind,
        size=row.size,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        erased=erased,
    )


def _sealed(name: str, pupil: str, content: bytes, keys: Ring) -> bytes:
    return seal_bytes(content, f"{pupil}/{name}", keys)
