"""Before anything can be done, and so before anything can be journalled: the database opened, keys brought back.

A door calls these as itself; they show nothing of what people entered.
"""

from __future__ import annotations

from django.conf import settings as django_settings

from guantong.store import key_bundle, keys, opening


def open_store(*, demo: bool = False) -> None:
    """Make the database usable; raise `DatabaseNotReady` or `KeyMissing` with what to do where it is not."""
    opening.open_store(opening.DEMO if demo else opening.REAL)


def migrate() -> None:
    """Bring the tables of the database up to date."""
    opening.migrate()


def import_keys(bundle: bytes, passphrase: str) -> tuple[str, ...]:
    """Bring key files back and return their names; the journal's own key is among them, so no entry is left."""
    written = key_bundle.unpack(bundle, passphrase, django_settings.GUANTONG.keys_folder)
    keys.forget()
    return written
