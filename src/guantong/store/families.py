"""Family codes as they are kept, each good for one use."""

from __future__ import annotations

import hashlib
from datetime import datetime

from guantong.store import models
from guantong.store.records import FamilyCode


def add(code: bytes, kept: FamilyCode, *, by: str) -> None:
    """Write a new code by its digest; those of the same reader that were not used end."""
    models.FamilyCode.objects.filter(pupil_id=kept.pupil, reader=kept.reader, used_at__isnull=True).delete()
    models.FamilyCode.objects.create(
        id=kept.id,
        digest=_digest(code),
        pupil_id=kept.pupil,
        reader=kept.reader,
        issued_at=kept.issued_at,
        issued_by=by,
        expires_at=kept.expires_at,
    )


def use(code: bytes, *, at: datetime) -> str | None:
    """Use a code up and return its id; None where it does not hold. Of two uses at once one succeeds."""
    rows = models.FamilyCode.objects.filter(digest=_digest(code))
    if rows.filter(used_at__isnull=True, expires_at__gt=at).update(used_at=at) != 1:
        return None
    return str(rows.get().pk)


def of_pupil(pupil: str) -> tuple[FamilyCode, ...]:
    """Return the codes of a pupil, newest first; the pupil was found within a scope before."""
    rows = models.FamilyCode.objects.filter(pupil_id=pupil).order_by("-issued_at")
    return tuple(map(_code, rows))


def get(name: str) -> FamilyCode | None:
    """Return a code by its id; None where the pupil's personal fields are erased."""
    row = models.FamilyCode.objects.filter(pk=name).first()
    return _code(row) if row else None


def _digest(code: bytes) -> str:
    return hashlib.sha256(b"family/" + code).hexdigest()


def _code(row: models.FamilyCode) -> FamilyCode:
    return FamilyCode(
        id=row.pk,
        pupil=row.pupil_id,
        reader=row.reader,
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
    )
