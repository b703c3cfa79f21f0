"""The contents that actions decide by: purposes and rulebooks, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings as django_settings

from guantong.cohorts import Law
from guantong.contents import Contents


def purposes() -> Mapping[str, str]:
    """Return the purposes for which a pupil's record may be looked at."""
    return contents().purposes


def law() -> Law:
    """Return the rulebooks that events are decided by."""
    return _law(django_settings.GUANTONG.contents)


def contents() -> Contents:
    """Return the contents package of this process."""
    return _contents(django_settings.GUANTONG.contents)


@lru_cache(maxsize=2)
def _contents(package: str) -> Contents:
    return Contents(package)


@lru_cache(maxsize=2)
def _law(package: str) -> Law:
    read = _contents(package)
    return Law(tuple(read.rulebook(name) for name in read.rulebook_ids))
