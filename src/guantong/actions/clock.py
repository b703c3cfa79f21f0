"""The day and the moment; a fixed day moves them in a demonstration only."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.conf import settings as django_settings

from guantong.settings import BEIJING, Settings
from guantong.store import opening


def today() -> date:
    """Return the day in Beijing; in a demonstration the day that the settings fix, else the one it was made for."""
    settings: Settings = django_settings.GUANTONG
    house = opening.house()
    fixed = (settings.today or house.today) if house.world == opening.DEMO else None
    return fixed or datetime.now(BEIJING).date()


def now() -> datetime:
    """Return the moment at which something is recorded, on the day of `today`; the journal's times stay real."""
    moment = datetime.now(BEIJING)
    return datetime.combine(today(), moment.timetz()).astimezone(UTC)


def real_now() -> datetime:
    """Return the moment, whatever day is fixed: for codes and tokens that run out."""
    return datetime.now(UTC)
