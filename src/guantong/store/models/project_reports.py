"""Implementation reports of projects: one per project and year, frozen once it is sent for signature."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ProjectReport(models.Model):
    """A report: its content as one JSON text with its digest, and what was done with it, step by step."""

    id = models.CharField(max_length=32, primary_key=True)
    project = models.CharField(max_length=128)
    year = models.PositiveSmallIntegerField()
    lead = models.CharField(max_length=64)
    partner = models.CharField(max_length=64)
    step = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=71)
    started = models.DateField()
    submitted = models.DateField(null=True)
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    objects: ClassVar[models.Manager[ProjectReport]] = models.Manager()

    class Meta:
        """One report of a project and year; lists are asked for by year."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "year"], name="one_report_of_a_project_and_year")
        ]
        indexes: ClassVar = [models.Index(fields=["year", "project"], name="project_report_year")]


class ProjectReportStep(models.Model):
    """One thing that somebody did with a report: wrote it, signed it, sent it back, submitted it; never changed."""

    report = models.ForeignKey(ProjectReport, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=32)
    outcome = models.CharField(max_length=16)
    role = models.CharField(max_length=32)
    on = models.DateField()
    reason = models.CharField(max_length=400)
    digest = models.CharField(max_length=71)
    by = models.CharField(max_length=64)
    name = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[ProjectReportStep]] = models.Manager()

    class Meta:
        """The steps of a report are numbered, so that two at once never both count."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="one_step_of_a_number_in_a_report")
        ]
