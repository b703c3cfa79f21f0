"""Proofs as they are kept: numbered in a row of their own, found by number, their codes as keyed hashes only."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F

from guantong.errors import ProofUnknown
from guantong.people import Scope
from guantong.store import models
from guantong.store.keys import KeyKind, Ring
from guantong.store.reach import present


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProof:
    """A proof that was given out (证明): where the pupil stood on that day, and what has become of the paper."""

    id: str
    pupil: str
    kind: str
    institution: str
    number: str
    stage: str
    status: str
    issued_on: date
    valid_until: date
    issued_by: str
    revoked_because: str = ""

    @property
    def revoked(self) -> bool:
        """Tell whether it was taken back."""
        return bool(self.revoked_because)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedProof:
    """What a check compares: the keyed hash of the code, and whether the pupil still stands where the paper says."""

    key: str
    code: str
    valid_until: date
    stands: bool


NO_PROOF = CheckedProof(key="", code="0" * 64, valid_until=date.min, stands=False)


def next_number(institution: str, year: int) -> int:
    """Return the next number of an institution's year; its row stays locked until the transaction ends."""
    models.ProofCount.objects.get_or_create(institution=institution, year=year, defaults={"last": 0})
    row = models.ProofCount.objects.select_for_update().get(institution=institution, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def put(proof: KeptProof, code: str, ring: Ring, *, at: datetime) -> None:
    """Write a proof; of its code only the keyed hash."""
    models.Proof.objects.create(
        id=proof.id,
        pupil_id=proof.pupil,
        kind=proof.kind,
        institution=proof.institution,
        number=proof.number,
        key=ring.current[KeyKind.CHECK_CODE],
        code=hashed(proof.number, code, ring.of(KeyKind.CHECK_CODE)),
        stage=proof.stage,
        status=proof.status,
        issued_on=proof.issued_on,
        valid_until=proof.valid_until,
        issued_at=at,
        issued_by=proof.issued_by,
        revoked_by="",
        revoked_because="",
    )


def of_pupil(pupil: str, institution: str) -> tuple[KeptProof, ...]:
    """Return the proofs that an institution gave a pupil, newest first; the pupil was found within a scope before."""
    rows = models.Proof.objects.filter(pupil_id=pupil, institution=institution).order_by("-issued_at", "-number")
    return tuple(_kept(row) for row in rows)


def get(proof: str, *, scope: Scope) -> KeptProof:
    """Return a proof of a pupil within scope, given out by the institution that keeps the pupil now."""
    reached = models.Pupil.objects.filter(present(scope)).values("pk")
    rows = models.Proof.objects.select_for_update().filter(pk=proof, pupil__in=reached)
    row = rows.filter(institution=F("pupil__kept_at")).first()
    if row is None:
        raise ProofUnknown(proof)
    return _kept(row)


def revoke(proof: str, because: str, *, by: str, at: datetime) -> None:
    """Write that a proof was taken back, and why in one word of a closed list."""
    models.Proof.objects.filter(pk=proof).update(revoked_because=because, revoked_by=by, revoked_at=at)


def numbered(number: str) -> CheckedProof:
    """Return what a check needs of a number; `NO_PROOF` where there is none, so that it takes the same steps."""
    row = models.Proof.objects.select_related("pupil").filter(number=number).first()
    if row is None:
        return NO_PROOF
    pupil = row.pupil
    unchanged = (pupil.kept_at, pupil.stage, pupil.status) == (row.institution, row.stage, row.status)
    stands = unchanged and not row.revoked_because
    return CheckedProof(key=row.key, code=row.code, valid_until=row.valid_until, stands=stands)


def hashed(number: str, code: str, key: bytes) -> str:
    """Return the keyed hash of a code, bound to its number."""
    return hmac.digest(key, f"{number}\0{code}".encode(), "sha256").hex()


def count_try(caller: str, *, at: datetime, window: timedelta) -> int:
    """Count a try of a caller and return how many there were since the window began; old rows are swept away."""
    models.CheckTry.objects.filter(since__lt=at - window).delete()
    models.CheckTry.objects.get_or_create(caller=caller, defaults={"since": at, "tries": 0})
    row = models.CheckTry.objects.select_for_update().get(caller=caller)
    row.tries += 1
    row.save(update_fields=["tries"])
    return row.tries


def _kept(row: models.Proof) -> KeptProof:
    return KeptProof(
        id=row.pk,
        pupil=row.pupil_id,
        kind=row.kind,
        institution=row.institution,
        number=row.number,
        stage=row.stage,
        status=row.status,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        issued_by=row.issued_by,
        revoked_because=row.revoked_because,
    )
