"""The one erasable table: sealed fields, masked unless the full ones are asked for, and their erasure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import IntegrityError

from guantong.errors import StepRefused
from guantong.journal import field_digest
from guantong.store import events, models
from guantong.store.keys import Ring, ring
from guantong.store.records import Personal
from guantong.store.sealing import lookup, seal, seal_bytes, unseal, unseal_bytes

SEALED = ("identity", "phone", "address", "guardian")
_SHOWN = 4


def of_pupil(pupil: str, *, masked: bool, past: bool = False) -> Personal | None:
    """Return a pupil's personal fields; None once they are erased. A past reader gets name and number only."""
    row = models.Personal.objects.filter(pupil_id=pupil).first()
    if row is None:
        return None
    opened = dict.fromkeys(SEALED, "") if past else _opened(row, ring())
    if masked:
        opened = {name: mask(value) if name in ("identity", "phone") else "" for name, value in opened.items()}
    return Personal(
        name=row.name,
        student_number=row.student_number,
        birth_month="" if past else row.birth_month,
        consent="" if past else row.consent,
        **opened,
    )


def of_pupils(pupils: Iterable[str]) -> dict[str, Personal]:
    """Return the personal fields of many pupils in full; whoever is erased is left out."""
    keys, rows = ring(), models.Personal.objects.filter(pupil_id__in=list(pupils))
    return {
        row.pk: Personal(
            name=row.name,
            student_number=row.student_number,
            birth_month=row.birth_month,
            consent=row.consent,
            **_opened(row, keys),
        )
        for row in rows
    }


def mask(text: str) -> str:
    """Return a number with all but its last digits hidden."""
    return "＊" * (len(text) - _SHOWN) + text[-_SHOWN:] if len(text) > _SHOWN else "＊" * len(text)


def row(pupil: str, who: Personal, digest_key: bytes, keys: Ring) -> models.Personal:
    """Return the row of a new pupil, sealed and ready to be inserted."""
    sealed = {name: seal(getattr(who, name), f"{pupil}/{name}", keys) for name in SEALED}
    return models.Personal(
        pupil_id=pupil,
        name=who.name,
        student_number=who.student_number,
        birth_month=who.birth_month,
        identity_lookup=lookup(who.identity, keys),
        consent=who.consent,
        digest_key=seal_bytes(digest_key, f"{pupil}/digest_key", keys),
        present=True,
        **sealed,
    )


def present_among(lookups: Iterable[str]) -> frozenset[str]:
    """Return which identities belong to a pupil who is present anywhere; it says that and nothing else."""
    wanted, found = sorted(set(lookups)), set[str]()
    for start in range(0, len(wanted), 500):
        rows = models.Personal.objects.filter(identity_lookup__in=wanted[start : start + 500], present=True)
        found.update(str(name) for name in rows.values_list("identity_lookup", flat=True))
    return frozenset(found)


def digests(pupil: str, changed: dict[str, str]) -> dict[str, str]:
    """Return the digests of changed fields for the journal, keyed with the pupil's own key."""
    sealed = models.Personal.objects.values_list("digest_key", flat=True).get(pupil_id=pupil)
    key = unseal_bytes(sealed, f"{pupil}/digest_key", ring())
    return {name: field_digest(key, name, value) for name, value in changed.items()}


def digests_of(changed: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Return the digests of the changed fields of many pupils; whoever is erased is left out."""
    keys = ring()
    sealed = models.Personal.objects.filter(pupil_id__in=list(changed)).values_list("pupil_id", "digest_key")
    found = {pupil: unseal_bytes(key, f"{pupil}/digest_key", keys) for pupil, key in sealed}
    return {
        pupil: {name: field_digest(key, name, value) for name, value in changed[pupil].items()}
        for pupil, key in found.items()
    }


def correct(pupil: str, who: Personal, names: Iterable[str]) -> None:
    """Write the named fields of a pupil anew, sealed where they are sealed; the pupil's row is taken.

    Raises `StepRefused` where the identity belongs to somebody who is present.
    """
    keys = ring()
    given: dict[str, object] = {}
    for name in names:
        value = getattr(who, name)
        given[name] = seal(value, f"{pupil}/{name}", keys) if name in SEALED else value
    if "identity" in given:
        given["identity_lookup"] = lookup(who.identity, keys)
    try:
        models.Personal.objects.filter(pupil_id=pupil).update(**given)
    except IntegrityError:
        raise StepRefused(step="更正证件号", why="该证件号已有在籍记录") from None


def erase(pupil: str) -> bool:
    """Erase who a pupil is: the row, free text and marks of events, bodies of receipts and files; False if done."""
    gone, _ = models.Personal.objects.filter(pupil_id=pupil).delete()
    models.Receipt.objects.filter(pupil_id=pupil).update(body=b"", salt=b"")
    models.Attachment.objects.filter(pupil_id=pupil).update(body=b"")
    models.SittingLine.objects.filter(pupil_id=pupil).update(result=b"", reason=b"")
    models.HandoverLine.objects.filter(pupil_id=pupil).update(cells=b"")
    events.erase_details(models.Event.objects.filter(pupil_id=pupil))
    return gone > 0


def _opened(row: models.Personal, keys: Ring) -> dict[str, str]:
    return {name: unseal(getattr(row, name), f"{row.pk}/{name}", keys) for name in SEALED}
