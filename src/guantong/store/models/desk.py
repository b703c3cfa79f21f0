"""What the school desk keeps beside the pupils: the table of similar majors, and work put aside for an hour."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SimilarMajor(models.Model):
    """Two majors that a school holds to be similar (相近专业), by which document; entered by the school itself."""

    school = models.CharField(max_length=64)
    first = models.CharField(max_length=64)
    second = models.CharField(max_length=64)
    document = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[SimilarMajor]] = models.Manager()

    class Meta:
        """A pair stands once, the smaller code first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "first", "second"], name="one_pair_of_similar_majors")
        ]


class PutAside(models.Model):
    """A search's result or a roster under examination: sealed, under an opaque id, its maker's alone, for an hour."""

    id = models.CharField(max_length=43, primary_key=True)
    person = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    body = models.BinaryField()
    until = models.DateTimeField()

    objects: ClassVar[models.Manager[PutAside]] = models.Manager()

    class Meta:
        """What has run out is swept."""

        indexes: ClassVar = [models.Index(fields=["until"], name="put_aside_until")]
