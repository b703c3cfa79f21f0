"""Accounts: who may sign in, what they were granted, and tokens for the command line."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from guantong.store.models.house import Organisation


class User(AbstractBaseUser):
    """An account; the second factor's secret is encrypted, the password hashed with Argon2."""

    id = models.CharField(max_length=32, primary_key=True)
    login = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=64)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="users")
    is_active = models.BooleanField(default=True)
    second_factor = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)

    USERNAME_FIELD = "login"

    objects = BaseUserManager["User"]()


class Grant(models.Model):
    """A role at an organisation, dated; lists are closed ids, "*" meaning every one."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=32)
    organisation = models.CharField(max_length=64)
    projects = models.JSONField(default=list)
    stages = models.JSONField(default=list)
    classes = models.JSONField(default=list)
    sections = models.JSONField(default=list)
    since = models.DateField()
    until = models.DateField(null=True)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Grant]] = models.Manager()


class Token(models.Model):
    """Leave to act at the command line for some hours; only the digest of the token is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    purpose = models.CharField(max_length=32)
    account = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Token]] = models.Manager()
