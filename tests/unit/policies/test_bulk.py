"""One receipt for a run: it proves the table and the answers, and holds no person's row."""

import json

import pytest
from tests.cities import random_cells
from tests.factories import real_book

from guantong.errors import DigestUnknown
from guantong.policies.bulk import RunDigests, receipt_of
from guantong.policies.canonical import book_digest
from guantong.policies.city import decide_table, replay_table, run_receipt
from guantong.policies.rulebook import Rulebook

BOOK = real_book()
CELLS = random_cells(BOOK, 200, 1, top=500)
DECISIONS = ("may_apply", "registered_at")


def kept(digest: str) -> Rulebook | None:
    return BOOK if digest == book_digest(BOOK) else None


def body() -> dict[str, object]:
    return dict(json.loads(run_receipt(decide_table(BOOK, CELLS, DECISIONS)).body))


def test_replaying_the_same_table_proves_the_receipt() -> None:
    assert replay_table(body(), CELLS, kept).same


def test_one_changed_cell_is_found_in_its_column_and_in_what_it_changes() -> None:
    row = CELLS["household"].index("beijing")
    changed = {**CELLS, "household": [*CELLS["household"][:row], "other", *CELLS["household"][row + 1 :]]}
    found = replay_table(body(), changed, kept)
    assert not found.same
    assert found.other_inputs == ("household",)
    assert "registered_at" not in found.other_answers


def test_an_answer_that_was_written_otherwise_is_found() -> None:
    forged = body()
    forged["answers"] = {**forged["answers"], "may_apply": "sha256:0"}  # type: ignore[dict-item]
    assert replay_table(forged, CELLS, kept).other_answers == ("may_apply",)


def test_a_rulebook_that_is_not_kept_is_never_replaced() -> None:
    with pytest.raises(DigestUnknown):
        replay_table({**body(), "rulebook_digest": "sha256:0"}, CELLS, kept)


def test_batches_have_the_receipt_of_the_whole() -> None:
    digests = RunDigests()
    for start in range(0, 200, 70):
        part = {name: column[start : start + 70] for name, column in CELLS.items()}
        digests.add(decide_table(BOOK, part, DECISIONS))
    whole = run_receipt(decide_table(BOOK, CELLS, DECISIONS))
    assert receipt_of(BOOK, DECISIONS, digests) == whole


def test_a_receipt_holds_digests_only() -> None:
    text = run_receipt(decide_table(BOOK, CELLS, DECISIONS)).body
    assert '"rows":200' in text
    assert "beijing" not in text
