"""After a new field or look-up key: what older keys sealed is sealed anew, in batches that may be repeated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models as orm
from django.db import transaction

from guantong.store import models
from guantong.store.keys import KeyKind, Ring
from guantong.store.sealing import key_of, lookup, seal_bytes, unseal, unseal_bytes

BATCH = 500
About = Callable[[Any], str]

_SEALED: tuple[tuple[type[orm.Model], str, About], ...] = (
    *((models.Personal, name, lambda row, name=name: f"{row.pk}/{name}") for name in (
        "identity", "phone", "address", "guardian", "digest_key",
    )),
    (models.Event, "details", lambda row: f"{row.pupil_id}/{row.pk}"),
    (models.Event, "why", lambda row: f"{row.pupil_id}/{row.pk}/why"),
    (models.Receipt, "body", lambda row: f"{row.pupil_id}/{row.pk}"),
    (models.Receipt, "salt", lambda row: f"{row.pupil_id}/{row.pk}/salt"),
    (models.Attachment, "body", lambda row: f"{row.pupil_id}/{row.pk}"),
    (models.PutAside, "body", lambda row: f"put_aside/{row.pk}"),
    (models.HandoverLine, "cells", lambda row: f"{row.pupil_id}/{row.pk}"),
    (models.SittingLine, "result", lambda row: f"{row.pupil_id}/{row.sitting_id}"),
    (models.SittingLine, "reason", lambda row: f"{row.pupil_id}/{row.sitting_id}/reason"),
    (models.User, "second_factor", lambda row: f"{row.pk}/second_factor"),
)  # fmt: skip
"""Every sealed column, and what each value is bound to."""


def reseal(ring: Ring) -> int:
    """Seal every value of an older key with the current one; return how many. Safe to stop and begin again."""
    return sum(_reseal_column(model, column, about, ring) for model, column, about in _SEALED)


def renew_lookups(ring: Ring) -> int:
    """Reckon every look-up column anew inside one transaction; return how many there are."""
    rows = models.Personal.objects.exclude(identity_lookup=None).only("pupil_id", "identity", "identity_lookup")
    changed = []
    for row in rows.iterator(chunk_size=BATCH):
        row.identity_lookup = lookup(unseal(row.identity, f"{row.pk}/identity", ring), ring)
        changed.append(row)
    models.Personal.objects.bulk_update(changed, ["identity_lookup"], batch_size=BATCH)
    return len(changed)


def _reseal_column(model: type[orm.Model], column: str, about: About, ring: Ring) -> int:
    current, done, after = ring.current[KeyKind.FIELD], 0, orm.Q()
    while True:
        with transaction.atomic():
            found = model._default_manager.select_for_update().filter(after).order_by("pk")[:BATCH]
            rows = list(found)
            old = [row for row in rows if key_of(getattr(row, column)) not in ("", current)]
            for row in old:
                setattr(row, column, seal_bytes(unseal_bytes(getattr(row, column), about(row), ring), about(row), ring))
            model._default_manager.bulk_update(old, [column])
        done += len(old)
        if not rows:
            return done
        after = orm.Q(pk__gt=rows[-1].pk)
