"""The public desk of a process: the contents once, and the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings

from guantong.contents import Contents
from guantong.facts.layer import FILE
from guantong.pathways.planner import Desk
from guantong.policies.cases import Case
from guantong.policies.rulebook import Rulebook
from guantong.settings import BEIJING, Settings

RULEBOOK = "guantong"


@dataclass(frozen=True, slots=True)
class PublicDesk:
    """The contents of the public desk, with the frozen parts that the planner reads."""

    contents: Contents
    parts: Desk
    books: Mapping[str, Rulebook]
    cases: Mapping[str, tuple[Case, ...]]

    def book(self, name: str) -> Rulebook:
        """Return a rulebook by id; raise `RulebookUnknown`."""
        return self.books[name] if name in self.books else self.contents.rulebook(name)


@lru_cache(maxsize=1)
def public_desk() -> PublicDesk:
    """Return the one desk of this process; the contents are validated when it is first asked for."""
    contents = Contents(_settings().contents, layer=_released())
    books = {name: contents.rulebook(name) for name in contents.rulebook_ids}
    parts = Desk(
        book=books[RULEBOOK],
        registry=contents.registry,
        plans=contents.plans,
        routes=contents.routes,
        interests=contents.interests,
    )
    return PublicDesk(contents, parts, books, {name: contents.cases(name) for name in books})


def today() -> date:
    """Return the day in Beijing, or the day that the settings fix."""
    return _settings().today or datetime.now(BEIJING).date()


def _released() -> str:
    """Return the layer of published facts in the data folder, "" where nothing was published."""
    folder = _settings().data
    path = folder / FILE if folder else None
    return path.read_text("utf-8") if path and path.is_file() else ""


def _settings() -> Settings:
    ours: Settings = settings.GUANTONG
    return ours
