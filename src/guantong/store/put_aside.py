"""Work put aside for an hour under an opaque id: sealed, for its maker alone, swept when it has run out."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from guantong.store import models
from guantong.store.keys import ring
from guantong.store.sealing import seal, unseal

HOUR = timedelta(hours=1)
MOST = 20
"""How much one person may have put aside at a time; the oldest gives way."""


def put(kind: str, body: str, *, person: str, at: datetime) -> str:
    """Put a text aside and return its id; sweep what has run out."""
    models.PutAside.objects.filter(until__lte=at).delete()
    mine = models.PutAside.objects.filter(person=person).order_by("-until").values_list("pk", flat=True)
    models.PutAside.objects.filter(pk__in=list(mine[MOST - 1 :])).delete()
    name = secrets.token_urlsafe(32)
    sealed = seal(body, about(name), ring())
    models.PutAside.objects.create(id=name, person=person, kind=kind, body=sealed, until=at + HOUR)
    return name


def get(name: str, kind: str, *, person: str, at: datetime) -> str | None:
    """Return what was put aside; None where it is somebody else's, of another kind, or has run out."""
    row = models.PutAside.objects.filter(pk=name, kind=kind, person=person, until__gt=at).first()
    return unseal(row.body, about(name), ring()) if row else None


def drop(name: str, *, person: str) -> bool:
    """Take away what is done with; False where it is gone already."""
    gone, _ = models.PutAside.objects.filter(pk=name, person=person).delete()
    return gone > 0


def about(name: str) -> str:
    """Return what the sealed text is bound to."""
    return f"put_aside/{name}"
