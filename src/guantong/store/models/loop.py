"""The quality loop: findings, the adviser's thread, tasks, graded majors, cases and yearly reports."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Finding(models.Model):
    """One finding as it was last told to a school; `current` says whether the last diagnosis still finds it."""

    id = models.CharField(max_length=16, primary_key=True)
    year = models.PositiveSmallIntegerField()
    organisation = models.CharField(max_length=64)
    indicator = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    severity = models.CharField(max_length=16)
    text = models.TextField()
    evidence = models.JSONField(default=list)
    weight = models.FloatField()
    current = models.BooleanField()
    told_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Finding]] = models.Manager()

    class Meta:
        """Findings are asked for by year and organisation."""

        indexes: ClassVar = [models.Index(fields=["year", "organisation"], name="finding_year_organisation")]


class AdvisingMessage(models.Model):
    """One question or answer between a school and its adviser; never changed."""

    organisation = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    text = models.TextField()
    role = models.CharField(max_length=32)
    by = models.CharField(max_length=64)
    name = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[AdvisingMessage]] = models.Manager()

    class Meta:
        """Messages are numbered, so that two at once never overwrite each other."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "number"], name="one_message_of_a_number")
        ]


class Task(models.Model):
    """What a finding, or a major's grade, asks a school to mend; `step` is the step that is up, "" once closed."""

    id = models.CharField(max_length=32, primary_key=True)
    organisation = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=16)
    finding = models.CharField(max_length=64)
    indicator = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=400)
    owner = models.CharField(max_length=64)
    due = models.DateField(null=True)
    step = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    started = models.DateField()

    objects: ClassVar[models.Manager[Task]] = models.Manager()

    class Meta:
        """One task of a finding or of a graded major."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["origin", "finding"], name="one_task_of_a_finding")]


class TaskDeed(models.Model):
    """One thing that was done with a task: assigned, planned, approved, proved, verified; never changed."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="deeds")
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=32)
    outcome = models.CharField(max_length=16)
    choice = models.CharField(max_length=32)
    role = models.CharField(max_length=32)
    on = models.DateField()
    text = models.TextField()
    by = models.CharField(max_length=64)
    name = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[TaskDeed]] = models.Manager()

    class Meta:
        """Deeds are numbered, so that two at once never both count."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["task", "number"], name="one_deed_of_a_number")]


class GradingRound(models.Model):
    """A year in which new majors are graded, by which rubric; graded once when it is closed."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    rubric = models.CharField(max_length=64)
    rubric_digest = models.CharField(max_length=71)
    opened_by = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    closed_on = models.DateField(null=True)
    closed_by = models.CharField(max_length=64, default="")

    objects: ClassVar[models.Manager[GradingRound]] = models.Manager()


class GradedMajor(models.Model):
    """A major that a school enters for grading; grade and points once the round is closed."""

    id = models.CharField(max_length=32, primary_key=True)
    round = models.ForeignKey(GradingRound, models.PROTECT, related_name="majors")
    organisation = models.CharField(max_length=64)
    code = models.CharField(max_length=16)
    title = models.CharField(max_length=100)
    grade = models.CharField(max_length=2)
    points = models.CharField(max_length=16)
    spread = models.CharField(max_length=16)
    entered_by = models.CharField(max_length=64)
    entered_at = models.DateTimeField()

    objects: ClassVar[models.Manager[GradedMajor]] = models.Manager()

    class Meta:
        """One entry of a school's major in a round."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "organisation", "code"], name="one_entry_of_a_major")
        ]


class MajorReview(models.Model):
    """One reviewer's points of one major; a later version stands beside the earlier one."""

    major = models.ForeignKey(GradedMajor, models.PROTECT, related_name="reviews")
    reviewer = models.CharField(max_length=64)
    name = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField()
    current = models.BooleanField()
    points = models.JSONField(default=dict)
    remark = models.CharField(max_length=1000)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[MajorReview]] = models.Manager()

    class Meta:
        """Versions are numbered, and one of them counts."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["major", "reviewer", "number"], name="one_review_of_a_number"),
            models.UniqueConstraint(
                fields=["major", "reviewer"], condition=models.Q(current=True), name="one_current_review"
            ),
        ]


class SchoolCase(models.Model):
    """A case (案例) that a school submits in its own words for a chapter of a report."""

    id = models.CharField(max_length=32, primary_key=True)
    year = models.PositiveSmallIntegerField()
    organisation = models.CharField(max_length=64)
    chapter = models.CharField(max_length=64)
    title = models.CharField(max_length=100)
    text = models.TextField()
    standing = models.CharField(max_length=16)
    reason = models.CharField(max_length=400)
    version = models.PositiveIntegerField()
    submitted_by = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[SchoolCase]] = models.Manager()

    class Meta:
        """Cases are asked for by year."""

        indexes: ClassVar = [models.Index(fields=["year", "organisation"], name="case_year_organisation")]


class YearlyReport(models.Model):
    """A yearly report in the making, or frozen under its digest once it is signed."""

    id = models.CharField(max_length=32, primary_key=True)
    level = models.CharField(max_length=16)
    organisation = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    standing = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    texts = models.JSONField(default=dict)
    facts = models.JSONField(default=list)
    digest = models.CharField(max_length=71)
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    signed_by = models.CharField(max_length=64)
    signed_name = models.CharField(max_length=64)
    signed_on = models.DateField(null=True)
    published_on = models.DateField(null=True)

    objects: ClassVar[models.Manager[YearlyReport]] = models.Manager()

    class Meta:
        """One report of an organisation and year."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "year"], name="one_yearly_report_of_a_year")
        ]


class YearlyReportFile(models.Model):
    """One file of a signed report, byte by byte as it was signed."""

    report = models.ForeignKey(YearlyReport, models.PROTECT, related_name="files")
    ending = models.CharField(max_length=8)
    content = models.BinaryField()
    digest = models.CharField(max_length=71)

    objects: ClassVar[models.Manager[YearlyReportFile]] = models.Manager()

    class Meta:
        """One file of a kind."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "ending"], name="one_file_of_a_kind")]
