"""Lists handed over by law (法定移交名单): frozen when made, each line sealed, received with a receipt."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from guantong.store.models.pupils import Pupil


class Handover(models.Model):
    """One list from one organisation to another; a copy for a third names the list that it copies."""

    id = models.CharField(max_length=32, primary_key=True)
    kind = models.CharField(max_length=16)
    project = models.CharField(max_length=128)
    cohort = models.PositiveSmallIntegerField()
    class_name = models.CharField(max_length=64)
    sender = models.CharField(max_length=64)
    receiver = models.CharField(max_length=64)
    copy_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    rows = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)
    handed_at = models.DateTimeField(null=True)
    handed_by = models.CharField(max_length=64)
    receipt_number = models.CharField(max_length=64)
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Handover]] = models.Manager()

    class Meta:
        """Either side asks for its own lists."""

        indexes: ClassVar = [
            models.Index(fields=["receiver", "state"], name="handover_receiver"),
            models.Index(fields=["sender", "state"], name="handover_sender"),
        ]


class HandoverLine(models.Model):
    """One pupil of a list, sealed with a salt; erased with the pupil, while the salted digest of the line stays."""

    id = models.CharField(max_length=32, primary_key=True)
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="lines")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="handover_lines")
    number = models.PositiveIntegerField()
    cells = models.BinaryField()
    digest = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[HandoverLine]] = models.Manager()

    class Meta:
        """A pupil stands once on a list, at one place."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["handover", "pupil"], name="one_line_of_a_pupil_on_a_list"),
            models.UniqueConstraint(fields=["handover", "number"], name="one_line_of_a_number_on_a_list"),
        ]
