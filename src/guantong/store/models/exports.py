"""Working copies asked for inside an organisation (工作副本): never the copy itself, only who had it and why."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class WorkingCopy(models.Model):
    """One request, its answer by the head, and the one download that may follow within an hour."""

    id = models.CharField(max_length=32, primary_key=True)
    institution = models.CharField(max_length=64)
    project = models.CharField(max_length=128)
    cohort = models.PositiveSmallIntegerField()
    class_name = models.CharField(max_length=64)
    purpose = models.CharField(max_length=32)
    state = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=64)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64)
    until = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(null=True)
    expires_on = models.DateField(null=True)

    objects: ClassVar[models.Manager[WorkingCopy]] = models.Manager()

    class Meta:
        """The head asks for what waits."""

        indexes: ClassVar = [models.Index(fields=["institution", "state"], name="working_copy_waiting")]
