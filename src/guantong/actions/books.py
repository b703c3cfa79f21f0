"""The contents that actions decide by: purposes and rulebooks, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from guantong.cohorts import Law
from guantong.contents import Contents
from guantong.store import opening

CITY, DISTRICT = "city", "district:"
"""The ids of offices: the city, and a district by its id."""


def purposes() -> Mapping[str, str]:
    """Return the purposes for which a pupil's record may be looked at."""
    return contents().purposes


def law() -> Law:
    """Return the rulebooks that events are decided by."""
    return _law(opening.house().contents)


def contents() -> Contents:
    """Return the contents package that the database names, whatever the public pages read."""
    return _contents(opening.house().contents)


@lru_cache(maxsize=2)
def _contents(package: str) -> Contents:
    return Contents(package)


@lru_cache(maxsize=2)
def _law(package: str) -> Law:
    read = _contents(package)
    return Law(tuple(read.rulebook(name) for name in read.rulebook_ids))


def organisation_title(name: str) -> str:
    """Return what people call an organisation or an office by its id; an id that the contents do not name as it is."""
    if name == CITY:
        return "市教委"
    if name.startswith(DISTRICT):
        district = contents().districts.get(name.removeprefix(DISTRICT))
        return f"{district}教委" if district else name
    school = contents().registry.get(name)
    return school.name if school else name
