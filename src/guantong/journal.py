"""The journal (审计日志): what an entry is, how each is chained to the one before, how the chain is verified.

An entry never holds a value or free text: of a change it names the fields and keeps keyed digests;
of a list it keeps the digest of the pupils' ids, which stand in an index beside the chain.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum

from guantong.policies.canonical import canonical_json

ORIGIN = ""
"""What the first entry names as its predecessor's code."""

DIGEST_LENGTH = 32
"""Hexadecimal digits kept of a field's keyed digest: 128 bits."""


class Fault(Enum):
    """What is wrong with a chain."""

    NONE = ""
    ALTERED = "altered"
    OUT_OF_ORDER = "out_of_order"
    KEY_UNKNOWN = "key_unknown"
    CUT = "cut"
    HEAD = "head"
    INDEX = "index"

    @property
    def label(self) -> str:
        """Return the words that a person reads."""
        return _FAULTS[self]


_FAULTS = {
    Fault.NONE: "完整",
    Fault.ALTERED: "这一条被改动过",
    Fault.OUT_OF_ORDER: "这里缺了一条，或次序被调换过",
    Fault.KEY_UNKNOWN: "找不到这一条所用的密钥，无法核验",
    Fault.CUT: "末尾的记录被删去",
    Fault.HEAD: "与另存的日志头不一致，此前的记录被整体替换过",
    Fault.INDEX: "名单索引与这一条不符",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What an action says for the journal: everything of an entry but who, when and its place in the chain."""

    action: str
    subject: str = ""
    fields: Mapping[str, str] | None = None
    index: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the journal (日志条目)."""

    number: int
    at: datetime
    actor: str
    door: str
    account: str
    action: str
    subject: str
    purpose: str
    fields: Mapping[str, str]
    listed: int
    index: str
    key: str
    previous: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How far the journal reaches (日志头): kept elsewhere, it shows a cut tail later."""

    count: int
    digest: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Whether a chain holds; the number of the first entry where it does not, and why."""

    entries: int
    ok: bool
    first_bad: int | None
    reason: Fault


EMPTY = Head(count=0, digest=ORIGIN, key="")


def canonical(entry: Entry) -> str:
    """Return the one text of an entry that its code is reckoned over."""
    return canonical_json(
        {
            "number": entry.number,
            "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": entry.actor,
            "door": entry.door,
            "account": entry.account,
            "action": entry.action,
            "subject": entry.subject,
            "purpose": entry.purpose,
            "fields": dict(entry.fields),
            "listed": entry.listed,
            "index": entry.index,
            "key": entry.key,
            "previous": entry.previous,
        }
    )


def code_of(entry: Entry, key: bytes) -> str:
    """Return the HMAC-SHA256 of an entry, its predecessor's code included."""
    return hmac.digest(key, canonical(entry).encode(), "sha256").hex()


def sealed(entry: Entry, key: bytes) -> Entry:
    """Return the entry with its code."""
    return replace(entry, code=code_of(entry, key))


def following(head: Head, entry: Entry) -> Head:
    """Return the head after a sealed entry."""
    return Head(count=head.count + 1, digest=entry.code, key=entry.key)


def index_digest(pupils: Iterable[str]) -> str:
    """Return the digest of the ids on a list, whatever their order; "" for an empty list."""
    ordered = sorted(pupils)
    return hashlib.sha256("\n".join(ordered).encode()).hexdigest() if ordered else ""


def field_digest(key: bytes, name: str, value: str) -> str:
    """Return the keyed digest of a changed field; the key is the pupil's own and erased with the pupil."""
    return hmac.digest(key, f"{name}\0{value}".encode(), "sha256").hex()[:DIGEST_LENGTH]


def verify(
    entries: Iterable[Entry], keys: Mapping[str, bytes], head: Head | None = None, *, after: Head = EMPTY
) -> Verification:
    """Follow the chain from its first entry, or on `after` one; with a head kept elsewhere find a cut tail too."""
    reached = after
    for entry in entries:
        fault = _fault(reached, entry, keys)
        if fault is Fault.NONE and head is not None and entry.number == head.count and entry.code != head.digest:
            fault = Fault.HEAD
        if fault is not Fault.NONE:
            return Verification(entries=reached.count, ok=False, first_bad=reached.count + 1, reason=fault)
        reached = following(reached, entry)
    if head is not None and reached.count < head.count:
        return Verification(entries=reached.count, ok=False, first_bad=reached.count + 1, reason=Fault.CUT)
    return Verification(entries=reached.count, ok=True, first_bad=None, reason=Fault.NONE)


def _fault(reached: Head, entry: Entry, keys: Mapping[str, bytes]) -> Fault:
    if entry.number != reached.count + 1 or entry.previous != reached.digest:
        return Fault.OUT_OF_ORDER
    if entry.key not in keys:
        return Fault.KEY_UNKNOWN
    return Fault.NONE if hmac.compare_digest(code_of(entry, keys[entry.key]), entry.code) else Fault.ALTERED
