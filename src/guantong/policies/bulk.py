"""Receipts in bulk (成批凭据): one receipt for a whole table run, which anyone with the table can prove.

It holds no person's row: only digests of the input columns, the rulebook and the output. A table run is
replayed with the rulebook whose digest it names; another one is never put in its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

import numpy as np

from guantong import __version__
from guantong.errors import DigestUnknown
from guantong.policies.canonical import book_digest, canonical_json, digest_of
from guantong.policies.columns import Columns, People, read_people
from guantong.policies.kernel import Array
from guantong.policies.receipts import Receipt
from guantong.policies.rulebook import Rulebook
from guantong.policies.table import TableRun, decide_table

_ROWS_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReplay:
    """A table run answered again: whether input and output are those written down, and which differ."""

    same: bool
    other_inputs: tuple[str, ...]
    other_answers: tuple[str, ...]


class RunDigests:
    """The digests of a run that goes by in batches: fed batch by batch, the same as for the whole table."""

    def __init__(self) -> None:
        """Begin with no rows."""
        self.rows = 0
        self._hashes: dict[str, hashlib._Hash] = {}

    def add(self, run: TableRun) -> None:
        """Feed one batch."""
        people = run.people
        self.rows += people.rows
        for position, name in enumerate(("cohort", "school_year")):
            of_regime = np.array([regime[position] or 0 for regime in people.regimes] or [0], np.int32)
            self._feed(f"input {name}", of_regime[people.regime] if people.regimes else people.regime)
        for name, column in people.inputs.items():
            self._feed(f"input {name}", column.codes)
        for decision, answer in run.answers.items():
            self._feed(f"answer {decision}", answer.codes)
            for kind, bits in answer.reasons.items():
                self._feed(f"answer {decision}.{kind}", bits)

    def of(self, kind: str) -> dict[str, str]:
        """Return the digests of one kind, input or answer, by name."""
        named = {
            name.removeprefix(f"{kind} "): one for name, one in self._hashes.items() if name.startswith(f"{kind} ")
        }
        return {name: f"sha256:{one.hexdigest()}" for name, one in sorted(named.items())}

    def _feed(self, name: str, codes: Array) -> None:
        """Feed codes as 64-bit numbers, lowest byte first, however narrow they are kept."""
        one = self._hashes.setdefault(name, hashlib.sha256())
        for start in range(0, len(codes), _ROWS_AT_ONCE):
            one.update(codes[start : start + _ROWS_AT_ONCE].astype("<i8").tobytes())


def run_receipt(run: TableRun, on: date | None = None) -> Receipt:
    """Return the receipt of a table run."""
    digests = RunDigests()
    digests.add(run)
    return receipt_of(run.book, tuple(run.answers), digests, on)


def receipt_of(book: Rulebook, decisions: Iterable[str], digests: RunDigests, on: date | None = None) -> Receipt:
    """Return the receipt of a run whose digests were gathered batch by batch."""
    body = canonical_json(
        {
            "rulebook": book.id,
            "rulebook_digest": book_digest(book),
            "program": __version__,
            "decisions": list(decisions),
            "on": on.isoformat() if on else None,
            "rows": digests.rows,
            "inputs": digests.of("input"),
            "answers": digests.of("answer"),
        }
    )
    return Receipt(id=digest_of(body), body=body)


def replay_table(
    body: Mapping[str, object], columns: Columns | People, kept: Callable[[str], Rulebook | None]
) -> TableReplay:
    """Answer a table again with the rulebook kept under the receipt's digest; raise `DigestUnknown` without one."""
    digest = str(body["rulebook_digest"])
    book = kept(digest)
    if book is None:
        raise DigestUnknown(digest=digest)
    decisions = tuple(cast("list[str]", body["decisions"]))
    on = date.fromisoformat(str(body["on"])) if body["on"] else None
    people = columns if isinstance(columns, People) else read_people(book, columns, decisions, on=on)
    digests = RunDigests()
    digests.add(decide_table(book, people, decisions))
    inputs = _other(body["inputs"], digests.of("input"))
    answers = _other(body["answers"], digests.of("answer"))
    return TableReplay(same=not inputs and not answers, other_inputs=inputs, other_answers=answers)


def _other(written: object, found: Mapping[str, str]) -> tuple[str, ...]:
    before = cast("Mapping[str, str]", written)
    return tuple(name for name in sorted({*before, *found}) if before.get(name) != found.get(name))
