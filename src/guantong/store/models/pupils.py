"""Pupils: the projection of their events, the stages they passed through, and the one erasable table."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Pupil(models.Model):
    """Where a pupil stands: a fold of the events, written with each of them; holds nothing personal."""

    id = models.CharField(max_length=32, primary_key=True)
    cohort = models.PositiveSmallIntegerField()
    class_year = models.PositiveSmallIntegerField()
    project = models.CharField(max_length=128)
    kind = models.CharField(max_length=32)
    major = models.CharField(max_length=64)
    class_name = models.CharField(max_length=64)
    taught_at = models.CharField(max_length=64)
    registered_at = models.CharField(max_length=64)
    kept_at = models.CharField(max_length=64)
    stage = models.CharField(max_length=16)
    status = models.CharField(max_length=32)
    in_project = models.BooleanField()
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=64)
    pending = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[Pupil]] = models.Manager()

    class Meta:
        """Lists are asked for by institution, read in the order of classes, and narrowed by cohort or project."""

        indexes: ClassVar = [
            models.Index(fields=["kept_at", "cohort", "class_name", "id"], name="pupil_kept"),
            models.Index(
                fields=["taught_at", "cohort", "class_name", "id"],
                condition=~models.Q(kept_at=models.F("taught_at")),
                name="pupil_taught_elsewhere",
            ),
            models.Index(fields=["kept_at", "project", "class_name"], name="pupil_kept_project"),
            models.Index(
                fields=["taught_at", "project", "class_name"],
                condition=~models.Q(kept_at=models.F("taught_at")),
                name="pupil_taught_elsewhere_project",
            ),
            models.Index(fields=["project", "cohort"], name="pupil_project"),
        ]


class StageKept(models.Model):
    """A stage of a pupil at the institution that registered it; open while it is the present one."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="stages_kept")
    project = models.CharField(max_length=128)
    stage = models.CharField(max_length=16)
    kept_at = models.CharField(max_length=64)
    since = models.DateField()
    until = models.DateField(null=True)

    objects: ClassVar[models.Manager[StageKept]] = models.Manager()

    class Meta:
        """Past stages are looked up by institution."""

        indexes: ClassVar = [models.Index(fields=["kept_at", "until"], name="stage_kept_at")]


class Personal(models.Model):
    """Everything that says who a pupil is; erasing this row leaves the legal record without a person."""

    pupil = models.OneToOneField(Pupil, models.PROTECT, primary_key=True, related_name="personal")
    name = models.CharField(max_length=64)
    student_number = models.CharField(max_length=32)
    birth_month = models.CharField(max_length=7)
    identity = models.BinaryField()
    identity_lookup = models.CharField(max_length=64, null=True)
    phone = models.BinaryField()
    address = models.BinaryField()
    guardian = models.BinaryField()
    consent = models.CharField(max_length=128)
    digest_key = models.BinaryField()
    present = models.BooleanField()

    objects: ClassVar[models.Manager[Personal]] = models.Manager()

    class Meta:
        """Nobody is a pupil twice at one time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identity_lookup"], condition=models.Q(present=True), name="one_present_pupil_of_an_identity"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["student_number"], name="personal_student_number"),
            models.Index(fields=["name"], name="personal_name"),
        ]
