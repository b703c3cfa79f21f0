"""Sittings (转段考核): a list that a school submits and the receiving institution answers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from guantong.store.models.events import Event, Receipt
from guantong.store.models.pupils import Pupil


class Sitting(models.Model):
    """One assessment of a class for the next stage."""

    id = models.CharField(max_length=32, primary_key=True)
    project = models.CharField(max_length=128)
    cohort = models.PositiveSmallIntegerField()
    class_name = models.CharField(max_length=64)
    school = models.CharField(max_length=64)
    receiver = models.CharField(max_length=64)
    to_stage = models.CharField(max_length=16)
    on = models.DateField()
    taught_at = models.CharField(max_length=64)
    state = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=64)
    submitted_by = models.CharField(max_length=64)
    confirmed_by = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Sitting]] = models.Manager()

    class Meta:
        """A school asks for its lists, a receiver for those that wait for an answer."""

        indexes: ClassVar = [
            models.Index(fields=["receiver", "state"], name="sitting_receiver"),
            models.Index(fields=["school", "state"], name="sitting_school"),
        ]


class SittingLine(models.Model):
    """One pupil of a sitting: result, verdict and the receiver's answer."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="sitting_lines")
    result = models.BinaryField()
    verdict = models.CharField(max_length=16)
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True)
    answer = models.CharField(max_length=16)
    reason = models.BinaryField()
    event = models.ForeignKey(Event, models.PROTECT, null=True)

    objects: ClassVar[models.Manager[SittingLine]] = models.Manager()

    class Meta:
        """A pupil stands once in a sitting."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sitting", "pupil"], name="one_line_of_a_pupil_in_a_sitting")
        ]
