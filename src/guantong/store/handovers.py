"""Lists handed over, as they are kept: frozen lines, each sealed with a salt, and what either side may see of them."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db.models import F, Q

from guantong.errors import HandoverUnknown, RecordChanged
from guantong.people import ANY, Scope
from guantong.store import models
from guantong.store.keys import ring
from guantong.store.named_rows import Selection
from guantong.store.reach import NOTHING
from guantong.store.sealing import seal, unseal

EVERYTHING = Q(pk__isnull=False)
"""A condition that holds for all; `|` would lose an empty one."""

MADE, HANDED, RECEIVED = "made", "handed", "received"
"""What becomes of a list: frozen, handed over, its receipt confirmed."""

SALT_BYTES = 16
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One list (移交名单) without its lines."""

    id: str
    kind: str
    selection: Selection
    sender: str
    receiver: str
    copy_of: str
    rows: int
    digest: str
    state: str
    version: int
    made_at: datetime
    handed_at: datetime | None
    receipt_number: str
    received_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One pupil of a list; `cells` is None once the person was erased."""

    pupil: str
    number: int
    cells: Cells | None


def make(
    kind: str, selection: Selection, lines: Sequence[tuple[str, Cells]], sender: str, receiver: str, *,
    copy_of: str = "", by: str, at: datetime,
) -> Handover:  # fmt: skip
    """Write a frozen list; its digest is over the salted digests of its lines, in their order."""
    name = uuid4().hex
    rows = _frozen(name, lines)
    row = models.Handover.objects.create(
        id=name,
        kind=kind,
        project=selection.project,
        cohort=selection.cohort,
        class_name=selection.class_name,
        sender=sender,
        receiver=receiver,
        copy_of_id=copy_of or None,
        rows=len(rows),
        digest=whole_digest([line.digest for line in rows]),
        state=MADE,
        version=1,
        made_at=at,
        made_by=by,
        handed_by="",
        receipt_number="",
        received_by="",
    )
    models.HandoverLine.objects.bulk_create(rows)
    return _read(row)


def _frozen(name: str, lines: Sequence[tuple[str, Cells]]) -> list[models.HandoverLine]:
    keys, rows = ring(), []
    for number, (pupil, cells) in enumerate(lines, 1):
        line, text = uuid4().hex, _salted(cells)
        row = models.HandoverLine(id=line, handover_id=name, pupil_id=pupil, number=number)
        row.cells, row.digest = seal(text, f"{pupil}/{line}", keys), hashlib.sha256(text.encode()).hexdigest()
        rows.append(row)
    return rows


def sent(*, scope: Scope) -> tuple[Handover, ...]:
    """Return the lists that the scope's organisations made, newest first."""
    return _listed(_tied("sender", scope))


def received(*, scope: Scope) -> tuple[Handover, ...]:
    """Return the lists that were handed over to the scope's organisations, newest first."""
    return _listed(_tied("receiver", scope) & ~Q(state=MADE))


def unreceived(*, scope: Scope) -> int:
    """Return how many lists wait for the receiver's confirmation."""
    return models.Handover.objects.filter(_tied("receiver", scope), state=HANDED).count()


def get(handover: str, *, scope: Scope, as_receiver: bool) -> Handover:
    """Return a list of the sender's, or one handed over to the receiver; raise `HandoverUnknown` out of scope."""
    tied = _tied("receiver", scope) & ~Q(state=MADE) if as_receiver else _tied("sender", scope)
    row = models.Handover.objects.filter(tied, pk=handover).first()
    if row is None:
        raise HandoverUnknown(handover)
    return _read(row)


def copies(handover: str) -> tuple[Handover, ...]:
    """Return the copies of a list."""
    return _listed(Q(copy_of=handover))


def lines(handover: str) -> tuple[Line, ...]:
    """Return the lines of a list in their order; the list was found within a scope before."""
    keys, rows = ring(), models.HandoverLine.objects.filter(handover=handover).order_by("number")
    return tuple(
        Line(
            pupil=row.pupil_id,
            number=row.number,
            cells=json.loads(unseal(row.cells, f"{row.pupil_id}/{row.pk}", keys))["cells"] if row.cells else None,
        )
        for row in rows
    )


def unaltered(handover: Handover) -> bool:
    """Tell whether every line is the one that was frozen; a line whose person was erased stands by its digest."""
    keys, digests = ring(), []
    for row in models.HandoverLine.objects.filter(handover=handover.id).order_by("number"):
        text = unseal(row.cells, f"{row.pupil_id}/{row.pk}", keys)
        if text and hashlib.sha256(text.encode()).hexdigest() != row.digest:
            return False
        digests.append(row.digest)
    return whole_digest(digests) == handover.digest


def settle(handover: Handover, seen: int, **columns: object) -> None:
    """Write what became of a list; raise `RecordChanged` where it is no longer the version that was seen."""
    rows = models.Handover.objects.filter(pk=handover.id, version=seen)
    if not rows.update(**columns, version=seen + 1):
        raise RecordChanged(what="名单", seen=seen, now=handover.version)


def discard(handover: Handover, seen: int) -> None:
    """Take back a list that nobody was handed, with its copies; raise `RecordChanged`."""
    settle(handover, seen)
    whole = Q(pk=handover.id) | Q(copy_of=handover.id)
    models.HandoverLine.objects.filter(handover__in=models.Handover.objects.filter(whole).values("pk")).delete()
    models.Handover.objects.filter(copy_of=handover.id).delete()
    models.Handover.objects.filter(pk=handover.id).delete()


def whole_digest(digests: Sequence[str]) -> str:
    """Return the digest of a list from those of its lines."""
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _salted(cells: Cells) -> str:
    whole = {"cells": dict(cells), "salt": secrets.token_hex(SALT_BYTES)}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True)


def _tied(side: str, scope: Scope) -> Q:
    found = NOTHING
    for reach in scope.reaches:
        tied = EVERYTHING if reach.organisation == ANY else Q(**{side: reach.organisation})
        found |= tied if ANY in reach.projects else tied & Q(project__in=sorted(reach.projects))
    return found


def _listed(wanted: Q) -> tuple[Handover, ...]:
    return tuple(
        map(_read, models.Handover.objects.filter(wanted).order_by("-made_at", F("copy_of").asc(nulls_first=True)))
    )


def _read(row: models.Handover) -> Handover:
    return Handover(
        id=row.pk,
        kind=row.kind,
        selection=Selection(project=row.project, cohort=row.cohort, class_name=row.class_name),
        sender=row.sender,
        receiver=row.receiver,
        copy_of=row.copy_of_id or "",
        rows=row.rows,
        digest=row.digest,
        state=row.state,
        version=row.version,
        made_at=row.made_at,
        handed_at=row.handed_at,
        receipt_number=row.receipt_number,
        received_at=row.received_at,
    )
