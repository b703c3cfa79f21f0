"""The journal: a chain in which any change is found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.journal import (
    EMPTY,
    Entry,
    Fault,
    Head,
    Verification,
    canonical,
    code_of,
    field_digest,
    following,
    index_digest,
    sealed,
    verify,
)

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
KEYS = {"k1": KEY}
AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def make_entry(head: Head, **fields: object) -> Entry:
    """The entry that follows a head, not yet sealed."""
    base = {
        "number": head.count + 1,
        "at": AT + timedelta(seconds=head.count),
        "actor": "a",
        "door": "web",
        "account": "",
        "action": "pupil-read",
        "subject": "s",
        "purpose": "filing",
        "fields": {"name": "d"},
        "listed": 0,
        "index": "",
        "key": "k1",
        "previous": head.digest,
    }
    return Entry(**{**base, **fields})  # type: ignore[arg-type]


def chain(length: int, key: bytes = KEY, **fields: object) -> tuple[list[Entry], Head]:
    """A sound chain and its head."""
    head, entries = EMPTY, []
    for _ in range(length):
        entry = sealed(make_entry(head, **fields), key)
        entries.append(entry)
        head = following(head, entry)
    return entries, head


def bad(entries: list[Entry], head: Head | None = None) -> tuple[int | None, Fault]:
    """Where a chain breaks, and why."""
    found = verify(entries, KEYS, head)
    return found.first_bad, found.reason


def test_a_sound_chain_holds() -> None:
    entries, head = chain(5)
    assert verify(entries, KEYS, head) == Verification(entries=5, ok=True, first_bad=None, reason=Fault.NONE)


def test_an_empty_journal_holds() -> None:
    assert verify([], {}, EMPTY).ok


@pytest.mark.parametrize(
    "change",
    [
        {"at": AT - timedelta(days=1)},
        {"actor": "b"},
        {"door": "cli"},
        {"account": "root"},
        {"action": "pupil-erased"},
        {"subject": "other"},
        {"purpose": "audit"},
        {"fields": {}},
        {"fields": {"name": "e"}},
        {"listed": 3},
        {"index": "0" * 64},
        {"code": "0" * 64},
    ],
)
@pytest.mark.parametrize("number", [1, 3, 5])
def test_an_altered_entry_is_found(change: dict[str, object], number: int) -> None:
    entries, _ = chain(5)
    entries[number - 1] = replace(entries[number - 1], **change)  # type: ignore[arg-type]
    assert bad(entries) == (number, Fault.ALTERED)


@pytest.mark.parametrize("number", [1, 3])
def test_a_removed_entry_is_found(number: int) -> None:
    entries, _ = chain(5)
    del entries[number - 1]
    assert bad(entries) == (number, Fault.OUT_OF_ORDER)


def test_a_removed_entry_is_found_though_the_rest_is_numbered_anew() -> None:
    entries, _ = chain(5)
    del entries[2]
    entries = [replace(entry, number=number) for number, entry in enumerate(entries, 1)]
    assert bad(entries) == (3, Fault.OUT_OF_ORDER)


def test_two_entries_that_changed_places_are_found() -> None:
    entries, _ = chain(5)
    entries[1], entries[2] = entries[2], entries[1]
    assert bad(entries) == (2, Fault.OUT_OF_ORDER)


def test_an_entry_that_stands_twice_is_found() -> None:
    entries, _ = chain(3)
    assert bad([*entries, entries[-1]]) == (4, Fault.OUT_OF_ORDER)


def test_a_cut_tail_is_found_with_a_head_kept_elsewhere_only() -> None:
    entries, head = chain(5)
    assert bad(entries[:3]) == (None, Fault.NONE)
    assert bad(entries[:3], head) == (4, Fault.CUT)


def test_a_journal_that_grew_since_its_head_was_kept_holds() -> None:
    entries, _ = chain(5)
    kept = Head(count=3, digest=entries[2].code, key="k1")
    assert verify(entries, KEYS, kept).ok


def test_a_history_rewritten_with_the_right_key_is_found_with_the_head() -> None:
    _, head = chain(5)
    rewritten, _ = chain(6, actor="b")
    assert bad(rewritten, head) == (5, Fault.HEAD)


def test_a_history_rewritten_without_the_key_is_found() -> None:
    rewritten, _ = chain(4, OTHER_KEY)
    assert bad(rewritten) == (1, Fault.ALTERED)


def test_an_entry_of_an_unknown_key_is_told_apart() -> None:
    entries, head = chain(2)
    stranger = sealed(make_entry(head, key="k2"), OTHER_KEY)
    assert bad([*entries, stranger]) == (3, Fault.KEY_UNKNOWN)


def test_the_chain_goes_on_under_a_new_key() -> None:
    entries, head = chain(2)
    entries.append(sealed(make_entry(head, key="k2"), OTHER_KEY))
    assert verify(entries, {**KEYS, "k2": OTHER_KEY}).ok


def test_a_moment_has_one_text_in_every_time_zone() -> None:
    here = make_entry(EMPTY)
    there = replace(here, at=AT.astimezone(timezone(timedelta(hours=8))))
    assert canonical(here) == canonical(there)


def test_the_order_of_fields_does_not_matter() -> None:
    one, other = {"a": "1", "b": "2"}, {"b": "2", "a": "1"}
    assert code_of(make_entry(EMPTY, fields=one), KEY) == code_of(make_entry(EMPTY, fields=other), KEY)


def test_a_list_is_known_by_its_pupils_whatever_their_order() -> None:
    assert index_digest(["b", "a"]) == index_digest(["a", "b"])
    assert index_digest(["ab"]) != index_digest(["a", "b"])
    assert index_digest([]) == ""


def test_a_field_digest_depends_on_key_name_and_value() -> None:
    digests = {field_digest(key, name, value) for key in (KEY, OTHER_KEY) for name in "ab" for value in "xy"}
    assert len(digests) == 8
    assert {len(digest) for digest in digests} == {32}


@pytest.mark.parametrize("fault", Fault)
def test_each_fault_is_told_in_chinese(fault: Fault) -> None:
    assert not fault.label.isascii()


@given(st.data())
def test_any_loss_repetition_or_exchange_of_entries_is_found(data: st.DataObject) -> None:
    entries, head = chain(6)
    order = data.draw(st.lists(st.integers(0, 5), max_size=8))
    tampered = [entries[number] for number in order]
    assert verify(tampered, KEYS, head).ok is (order == list(range(6)))


def test_a_chain_that_does_not_begin_with_its_first_entry_is_out_of_order() -> None:
    first = sealed(make_entry(EMPTY, number=2), KEY)
    assert bad([first]) == (1, Fault.OUT_OF_ORDER)


def test_where_a_field_s_name_ends_and_its_value_begins_is_part_of_its_digest() -> None:
    assert field_digest(KEY, "class", "1") != field_digest(KEY, "clas", "s1")
