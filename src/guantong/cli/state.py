"""What a command knows of its run: settings, the moment, and the contents opened once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from guantong.contents import Contents
from guantong.pathways.planner import Desk
from guantong.settings import Settings

RULEBOOK = "guantong"


@dataclass
class State:
    """The settings and the moment of one run, handed to the commands."""

    settings: Settings
    now: datetime

    @cached_property
    def contents(self) -> Contents:
        """Return the contents package named by the settings."""
        return Contents(self.settings.contents)

    @property
    def today(self) -> date:
        """Return the day in Beijing, or the fixed one of a demonstration."""
        return self.settings.today or self.now.date()

    def desk(self) -> Desk:
        """Return the parts that the family desk reads."""
        return Desk(
            book=self.contents.rulebook(RULEBOOK),
            registry=self.contents.registry,
            plans=self.contents.plans,
            routes=self.contents.routes,
            interests=self.contents.interests,
        )


_RUNNING: ContextVar[State] = ContextVar("guantong state")


@contextmanager
def running(current: State) -> Iterator[None]:
    """Make a state the one of the running command."""
    token = _RUNNING.set(current)
    try:
        yield
    finally:
        _RUNNING.reset(token)


def state() -> State:
    """Return the state of the running command."""
    return _RUNNING.get()
