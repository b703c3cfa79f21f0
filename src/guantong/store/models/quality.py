"""The quality desk: reporting years, who must report, sections with their steps, and every value that was entered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ReportingYear(models.Model):
    """A year in which schools report, by which catalogue and until when; published once.

    `changes` counts every write below it, so that an overview knows whether it is still true.
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    catalogue = models.CharField(max_length=64)
    due = models.DateField()
    changes = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=64)
    published_on = models.DateField(null=True)
    published_by = models.CharField(max_length=64, default="")

    objects: ClassVar[models.Manager[ReportingYear]] = models.Manager()


class Submission(models.Model):
    """What one organisation reports in one year, or why it need not; `step` is the step that is up, "" at the end."""

    id = models.CharField(max_length=32, primary_key=True)
    year = models.ForeignKey(ReportingYear, models.PROTECT, related_name="submissions")
    organisation = models.CharField(max_length=64)
    stage = models.CharField(max_length=16)
    kind = models.CharField(max_length=32)
    size = models.CharField(max_length=32)
    exempt = models.CharField(max_length=400)
    step = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    started = models.DateField()

    objects: ClassVar[models.Manager[Submission]] = models.Manager()

    class Meta:
        """One submission of an organisation and year."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "organisation"], name="one_submission_of_a_year")
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "year"], name="submission_organisation")]


class Section(models.Model):
    """One section of a submission: the step that is up, its version, and how often it was begun anew."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="sections")
    name = models.CharField(max_length=64)
    step = models.CharField(max_length=32)
    end = models.CharField(max_length=32)
    round = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField()
    due = models.DateField()

    objects: ClassVar[models.Manager[Section]] = models.Manager()

    class Meta:
        """One section of a name in a submission."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "name"], name="one_section_of_a_name_in_a_submission")
        ]


class CollectionDeed(models.Model):
    """One thing that somebody did with a section or, where `section` is empty, with the whole submission."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="deeds")
    section = models.CharField(max_length=64)
    round = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=32)
    outcome = models.CharField(max_length=16)
    choice = models.CharField(max_length=32)
    role = models.CharField(max_length=32)
    organisation = models.CharField(max_length=64)
    on = models.DateField()
    reason = models.CharField(max_length=400)
    digest = models.CharField(max_length=71)
    by = models.CharField(max_length=64)
    name = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[CollectionDeed]] = models.Manager()

    class Meta:
        """Deeds are numbered, so that two at once never both count."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "section", "round", "number"], name="one_deed_of_a_number_in_a_round"
            )
        ]


class EntryRevision(models.Model):
    """One value as it was entered; a later one stands beside it and only says which counts now."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="entries")
    indicator = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    current = models.BooleanField()
    value = models.CharField(max_length=40)
    sample = models.PositiveIntegerField(null=True)
    method = models.CharField(max_length=40)
    explanation = models.CharField(max_length=1000)
    erratum = models.CharField(max_length=400)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[EntryRevision]] = models.Manager()

    class Meta:
        """Revisions are numbered, and one of them counts."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "indicator", "number"], name="one_revision_of_a_number"),
            models.UniqueConstraint(
                fields=["submission", "indicator"], condition=models.Q(current=True), name="one_current_revision"
            ),
        ]
