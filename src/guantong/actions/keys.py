"""Keys: replaced by an operator, carried away and brought back apart from the data."""

from __future__ import annotations

from django.conf import settings as django_settings
from django.db import transaction

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.words import Act
from guantong.people import Person, Right
from guantong.store import journal, key_bundle, keys, resealing
from guantong.store.keys import KeyKind


def rotate_key(kind: str, *, by: Person) -> int:
    """Replace a key by a new one; return how many values were sealed or reckoned anew. The old file stays."""
    wanted = KeyKind(kind)
    with attempt(Act.KEY_ROTATED, Right.MANAGE_KEYS, by=by):
        try:
            with transaction.atomic():
                ring = keys.replace(wanted, django_settings.GUANTONG.keys_folder)
                renewed = resealing.renew_lookups(ring) if wanted is KeyKind.LOOKUP else 0
                journal.append([entry(Act.KEY_ROTATED, wanted.value)], by=by)
        except BaseException:
            keys.forget()
            raise
        return renewed + (resealing.reseal(ring) if wanted is KeyKind.FIELD else 0)


def export_keys(passphrase: str, *, by: Person) -> bytes:
    """Return every key sealed with a passphrase, to be kept where no backup lies."""
    with attempt(Act.KEYS_EXPORTED, Right.MANAGE_KEYS, by=by):
        bundle = key_bundle.export(passphrase, django_settings.GUANTONG.keys_folder)
        leave_entry(entry(Act.KEYS_EXPORTED), by=by)
    return bundle
