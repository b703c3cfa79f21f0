"""The house itself: organisations and their supervisors, the keys by name, and the world it belongs to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Organisation(models.Model):
    """A school, college, university or office that has accounts here."""

    id = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=128)
    kind = models.CharField(max_length=32)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Organisation]] = models.Manager()


class Supervision(models.Model):
    """Which organisation supervises another, from and until when, by which document."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="supervisions")
    supervisor = models.ForeignKey(Organisation, models.PROTECT, related_name="supervises")
    since = models.DateField()
    until = models.DateField(null=True)
    document = models.CharField(max_length=256)
    entered_by = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Supervision]] = models.Manager()


class KeyName(models.Model):
    """A key's id and fingerprint; the key itself lies in a file and never here."""

    id = models.CharField(max_length=16, primary_key=True)
    kind = models.CharField(max_length=16)
    fingerprint = models.CharField(max_length=64)
    current = models.BooleanField()
    since = models.DateTimeField()

    objects: ClassVar[models.Manager[KeyName]] = models.Manager()

    class Meta:
        """One current key of each kind."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind"], condition=models.Q(current=True), name="one_current_key_of_a_kind")
        ]


class World(models.Model):
    """The one world that this database belongs to (世界): the real one or the demonstration."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    name = models.CharField(max_length=16)
    contents = models.CharField(max_length=64)
    today = models.DateField(null=True)
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager[World]] = models.Manager()
