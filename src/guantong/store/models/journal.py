"""The journal's rows: entries, the one head row, and the index of lists."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class JournalEntry(models.Model):
    """One entry of the chain; its number comes from the head row."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    door = models.CharField(max_length=8)
    account = models.CharField(max_length=64)
    action = models.TextField()
    subject = models.CharField(max_length=64)
    purpose = models.CharField(max_length=32)
    fields = models.JSONField(default=dict)
    listed = models.PositiveIntegerField()
    index = models.CharField(max_length=64)
    key = models.CharField(max_length=16)
    previous = models.CharField(max_length=64)
    code = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[JournalEntry]] = models.Manager()

    class Meta:
        """An auditor asks by subject and by actor."""

        indexes: ClassVar = [
            models.Index(fields=["subject", "number"], name="journal_subject"),
            models.Index(fields=["actor", "number"], name="journal_actor"),
        ]


class JournalHead(models.Model):
    """The one row that says how far the journal reaches; locked last in every transaction."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    count = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=16)
    keys_version = models.PositiveIntegerField()

    objects: ClassVar[models.Manager[JournalHead]] = models.Manager()


class JournalIndex(models.Model):
    """One pupil who stood on a list that was shown; the entry holds the digest of all of them."""

    entry = models.BigIntegerField()
    pupil = models.CharField(max_length=32)

    objects: ClassVar[models.Manager[JournalIndex]] = models.Manager()

    class Meta:
        """Who saw a pupil is asked by pupil; the check reads by entry."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "pupil"], name="one_index_row_of_a_pupil_in_an_entry")
        ]
        indexes: ClassVar = [models.Index(fields=["pupil", "entry"], name="index_pupil")]
