"""Proofs that a school gave out (证明): numbers, keyed hashes of check codes, and tries at the check page."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from guantong.store.models.pupils import Pupil


class ProofCount(models.Model):
    """How many proofs an institution gave out in a year: the next number comes from this row, locked."""

    institution = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    objects: ClassVar[models.Manager[ProofCount]] = models.Manager()

    class Meta:
        """One row an institution and year."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "year"], name="one_count_of_proofs_a_year")
        ]


class Proof(models.Model):
    """One proof; where the pupil stood is kept so that the paper is no longer valid once that has changed."""

    id = models.CharField(max_length=32, primary_key=True)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=16)
    institution = models.CharField(max_length=64)
    number = models.CharField(max_length=96, unique=True)
    key = models.CharField(max_length=16)
    code = models.CharField(max_length=64)
    stage = models.CharField(max_length=16)
    status = models.CharField(max_length=32)
    issued_on = models.DateField()
    valid_until = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=64)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=64)
    revoked_because = models.CharField(max_length=16)

    objects: ClassVar[models.Manager[Proof]] = models.Manager()


class CheckTry(models.Model):
    """How often somebody tried the check page within the running ten minutes; who is kept as a keyed hash only."""

    caller = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField(db_index=True)
    tries = models.PositiveIntegerField()

    objects: ClassVar[models.Manager[CheckTry]] = models.Manager()
