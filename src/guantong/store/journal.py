"""The journal as it is kept: appended to inside a transaction, read as entries of `guantong.journal`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter

from django.db import connection
from django.db.models import Q

from guantong.journal import Entry, Head, Note, following, index_digest, sealed
from guantong.people import Person, Scope
from guantong.settings import BEIJING
from guantong.store import bulk, keys
from guantong.store.keys import KeyKind
from guantong.store.models import JournalEntry, JournalHead, JournalIndex, User
from guantong.store.records import EntryFilter

CHUNK = 2_000


def append(notes: Sequence[Note], *, by: Person, keys_version: int | None = None) -> Head:
    """Add entries to the chain; the last act of a transaction, because the head row is locked until its end.

    `keys_version` is that of the keys with which something was sealed before the transaction; raises
    `KeysChanged` where they are no longer the database's.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the journal is written inside the transaction of the act it tells of")
    row = JournalHead.objects.select_for_update().get(pk=1)
    ring = keys.unchanged(row.keys_version, sealed_with=keys_version)
    name = ring.current[KeyKind.JOURNAL]
    key = ring.keys[name]
    head, at, entries = _head(row), datetime.now(UTC), []
    for note in notes:
        entry = sealed(_entry(note, head, at, by, name), key)
        entries.append(entry)
        head = following(head, entry)
    bulk.insert(bulk.prepare(JournalEntry, entries))
    index = [
        JournalIndex(entry=entry.number, pupil=pupil)
        for note, entry in zip(notes, entries, strict=True)
        for pupil in note.index
    ]
    bulk.insert(bulk.prepare(JournalIndex, index))
    JournalHead.objects.filter(pk=1).update(count=head.count, digest=head.digest, key=head.key)
    return head


def head() -> Head:
    """Return how far the journal reaches."""
    return _head(JournalHead.objects.get(pk=1))


def entries() -> Iterator[Entry]:
    """Return every entry in the order of the chain."""
    return map(_read, JournalEntry.objects.order_by("number").iterator(chunk_size=CHUNK))


def tail(most: int) -> tuple[Head, Iterator[Entry]]:
    """Return where the last entries begin, and those entries in the order of the chain."""
    first = max(head().count - most, 0)
    before = JournalEntry.objects.filter(number=first).first() if first else None
    rows = JournalEntry.objects.filter(number__gt=first).order_by("number")
    start = Head(count=first, digest=before.code if before else "", key=before.key if before else "")
    return start, map(_read, rows.iterator(chunk_size=CHUNK))


def entries_about(pupil: str, *, first: int = 0, most: int = 200) -> list[Entry]:
    """Return the latest entries that name a pupil or list the pupil, newest first."""
    listed = JournalIndex.objects.filter(pupil=pupil).values("entry")
    named = JournalEntry.objects.filter(subject=pupil).values("number")
    rows = JournalEntry.objects.filter(number__in=listed.union(named)).order_by("-number")
    return [_read(row) for row in rows[first : first + most]]


def listed(wanted: EntryFilter, *, scope: Scope, first: int, most: int) -> tuple[int, tuple[Entry, ...]]:
    """Return how many entries a filter finds, and one page of them, newest first.

    Whoever audits an organisation sees what its own accounts did; an actor is found by id or by login.
    """
    rows = JournalEntry.objects.order_by("-number")
    if not scope.whole:
        rows = rows.filter(actor__in=User.objects.filter(organisation__in=scope.organisations).values("id"))
    if wanted.actor:
        named = User.objects.filter(login=wanted.actor).values("id")
        rows = rows.filter(Q(actor=wanted.actor) | Q(actor__in=named))
    if wanted.action:
        rows = rows.filter(action=wanted.action)
    if wanted.since:
        rows = rows.filter(at__gte=datetime.combine(wanted.since, time.min, BEIJING))
    if wanted.until:
        rows = rows.filter(at__lt=datetime.combine(wanted.until, time.min, BEIJING) + timedelta(days=1))
    return rows.count(), tuple(map(_read, rows[first : first + most]))


def chain_keys() -> Mapping[str, bytes]:
    """Return every key that a chain may name."""
    return keys.ring().keys


def first_bad_index() -> int | None:
    """Return the first entry whose list is not the one whose digest it holds; None where all agree."""
    wanted: dict[int, str] = dict(
        JournalEntry.objects.exclude(index="").values_list("number", "index").iterator(chunk_size=CHUNK)
    )
    rows = JournalIndex.objects.order_by("entry").values_list("entry", "pupil").iterator(chunk_size=CHUNK)
    found = {number: index_digest(pupil for _, pupil in group) for number, group in groupby(rows, key=itemgetter(0))}
    return min((number for number, digest in wanted.items() ^ found.items()), default=None)


def _head(row: JournalHead) -> Head:
    return Head(count=row.count, digest=row.digest, key=row.key)


def _entry(note: Note, head: Head, at: datetime, by: Person, key: str) -> Entry:
    return Entry(
        number=head.count + 1,
        at=at,
        actor=by.id,
        door=by.door.value,
        account=by.account,
        action=note.action,
        subject=note.subject,
        purpose=by.purpose,
        fields=note.fields or {},
        listed=len(note.index),
        index=index_digest(note.index),
        key=key,
        previous=head.digest,
    )


_NAMES = (
    "number", "at", "actor", "door", "account", "action", "subject", "purpose", "fields", "listed", "index",
    "key", "previous", "code",
)  # fmt: skip


def _read(row: JournalEntry) -> Entry:
    return Entry(**{name: getattr(row, name) for name in _NAMES})
