"""Codes by which a family looks at its own record (查阅码): only digests are kept, and they go with the pupil."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from guantong.store.models.pupils import Personal


class FamilyCode(models.Model):
    """One code, for a guardian or for the pupil, good for some days and for one use."""

    id = models.CharField(max_length=32, primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    pupil = models.ForeignKey(Personal, models.CASCADE, related_name="family_codes")
    reader = models.CharField(max_length=16)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[FamilyCode]] = models.Manager()
