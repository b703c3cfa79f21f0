"""Events of pupils, the receipts that decided them and the files that prove them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from guantong.store.models.pupils import Pupil


class Receipt(models.Model):
    """A decision kept with its event; its inputs and their salt are erased with the pupil, the answer stays."""

    id = models.CharField(max_length=71, primary_key=True)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="receipts")
    decision = models.CharField(max_length=64)
    answer = models.CharField(max_length=64)
    rulebook = models.CharField(max_length=80)
    clauses = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    body = models.BinaryField()
    salt = models.BinaryField()

    objects: ClassVar[models.Manager[Receipt]] = models.Manager()


class Event(models.Model):
    """One step of a pupil; written once, confirmed once, never changed: a mistake is reversed by another."""

    id = models.CharField(max_length=32, primary_key=True)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=32)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    standing = models.CharField(max_length=16)
    outcome = models.CharField(max_length=16)
    details = models.BinaryField()
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True, related_name="events")
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="reversed_by")
    recorded_by = models.CharField(max_length=64)
    confirmed_by = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField(null=True)
    why = models.BinaryField(default=b"")

    objects: ClassVar[models.Manager[Event]] = models.Manager()

    class Meta:
        """Each pupil's events are numbered, and an event is reversed at most once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pupil", "number"], name="one_event_of_a_number"),
            models.UniqueConstraint(
                fields=["reverses"], condition=models.Q(outcome="applied"), name="reversed_at_most_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["outcome", "kind", "effective_on"], name="event_outcome")]


class Attachment(models.Model):
    """A file that proves an event, encrypted; its body is erased with the pupil."""

    id = models.CharField(max_length=32, primary_key=True)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="attachments")
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="attachments")
    kind = models.CharField(max_length=32)
    size = models.PositiveIntegerField()
    body = models.BinaryField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Attachment]] = models.Manager()
