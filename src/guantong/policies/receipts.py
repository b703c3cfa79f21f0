"""Receipts (判断凭据): what was asked, what was answered and by which rulebook, under one digest.

A receipt is replayed only with the rulebook whose digest it names; another one is never put in
its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from guantong import __version__
from guantong.errors import DigestUnknown
from guantong.policies.canonical import book_digest, canonical_json, digest_of
from guantong.policies.decide import Decision, decide
from guantong.policies.rulebook import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The canonical JSON of one decision and its SHA-256, which is its id."""

    id: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A receipt answered again: whether the answer is the one written down."""

    same: bool
    written: str
    answered: str


def receipt(decision: Decision, digest: str = "") -> Receipt:
    """Return the receipt of a decision; `digest` spares reckoning the rulebook's again."""
    body = canonical_json(
        {
            "rulebook": decision.book.id,
            "rulebook_digest": digest or book_digest(decision.book),
            "program": __version__,
            "decision": decision.spec.id,
            "cohort": decision.cohort,
            "school_year": decision.school_year,
            "on": decision.on.isoformat() if decision.on else None,
            "inputs": {
                name: decision.book.inputs[name].shown(value) for name, value in sorted(decision.inputs.items())
            },
            "answer": decision.value if decision.value is not None else decision.verdict,
        }
    )
    return Receipt(id=digest_of(body), body=body)


def replay(body: Mapping[str, object], kept: Callable[[str], Rulebook | None]) -> Replay:
    """Answer a receipt again with the rulebook kept under its digest; raise `DigestUnknown` without one."""
    digest = str(body["rulebook_digest"])
    book = kept(digest)
    if book is None:
        raise DigestUnknown(digest=digest)
    again = decide(
        book,
        cast("Mapping[str, object]", body["inputs"]),
        cohort=int(str(body["cohort"])),
        decision=str(body["decision"]),
        on=date.fromisoformat(str(body["on"])) if body["on"] else None,
    )
    answered = again.value if again.value is not None else again.verdict
    return Replay(same=answered == body["answer"], written=str(body["answer"]), answered=answered)
