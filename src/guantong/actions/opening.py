"""Before anything can be done, and so before anything can be journalled: the database opened, keys brought back.

A door calls these as itself; they show nothing of what people entered.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings as django_settings
from django.db import DatabaseError, connections

from guantong.contents import Contents
from guantong.errors import GuantongError, KeyMissing
from guantong.store import key_bundle, keys, opening


def open_store(*, demo: bool = False) -> None:
    """Make the database usable; raise `DatabaseNotReady` or `KeyMissing` with what to do where it is not."""
    opening.open_store(opening.DEMO if demo else opening.REAL)


def open_demo() -> None:
    """Make the database the demonstration's, with its contents and its day; raise `DatabaseNotReady` otherwise."""
    package = django_settings.GUANTONG.demo_contents
    city = Contents(package).invented
    opening.open_store(opening.DEMO, contents=package, today=city.seen_on if city else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether the work desk can be used, for whoever starts the server: where the data lie, and what is to be done."""

    place: str
    demo: bool = False
    claimed: bool = False
    fault: str = ""


def prepare_to_serve() -> Readiness:
    """Migrate a SQLite database and look where things stand; raise `KeyMissing`, without whose file nothing starts.

    Everything else that is wrong is told: the public pages need no database.
    """
    place = opening.place()
    try:
        claimed = opening.bring_up_to_date()
        if claimed:
            open_as_it_is()
        return Readiness(place=place, demo=claimed and is_demo(), claimed=claimed)
    except KeyMissing:
        raise
    except (GuantongError, OSError, DatabaseError) as fault:
        words = str(fault) if isinstance(fault, GuantongError) else "数据文件夹或数据库不能读写。"
        return Readiness(place=place, fault=words)
    finally:
        connections.close_all()


def open_as_it_is() -> None:
    """Make the database usable in whatever world it belongs to; raise `DatabaseNotReady` where it has none yet."""
    opening.open_as_it_is()


def is_demo() -> bool:
    """Tell whether everything in the database is invented."""
    return opening.world() == opening.DEMO


def migrate() -> None:
    """Bring the tables of the database up to date."""
    opening.migrate()


def import_keys(bundle: bytes, passphrase: str) -> tuple[str, ...]:
    """Bring key files back and return their names; the journal's own key is among them, so no entry is left."""
    written = key_bundle.unpack(bundle, passphrase, django_settings.GUANTONG.keys_folder)
    keys.forget()
    return written
