"""A rulebook goes to canonical data and back without losing anything that decides."""

import json
from itertools import product

from tests.factories import make_book, make_value, real_book, real_cases

from guantong.policies import Rulebook, decide, run_cases, why
from guantong.policies.canonical import book_digest, book_from_data, book_to_data, canonical_json
from guantong.policies.conflicts import cases_of
from guantong.policies.decide import decide_known
from guantong.policies.plan import plan_of


def kept(book: Rulebook) -> Rulebook:
    """The rulebook after it was written to a file and read again."""
    return book_from_data(json.loads(canonical_json(book_to_data(book))))


def test_the_digest_survives_the_round_trip() -> None:
    assert book_digest(kept(real_book())) == book_digest(real_book())


def test_every_part_survives_the_round_trip() -> None:
    book, again = real_book(), kept(real_book())
    for part in ("id", "title", "documents", "inputs", "decisions", "clauses", "values", "rules", "precedences"):
        assert getattr(again, part) == getattr(book, part), part


def test_the_kept_rulebook_answers_the_whole_domain_alike() -> None:
    book, again = real_book(), kept(real_book())
    for spec, cohort in product(book.decisions.values(), (2020, 2021, 2023, 2025)):
        for inputs in cases_of(book, spec, plan_of(book, spec.id, cohort)):
            first, second = (decide_known(each, spec, inputs, cohort=cohort) for each in (book, again))
            assert first.answer == second.answer, (spec.id, cohort, inputs)


def test_the_kept_rulebook_answers_every_case_alike_unknowns_included() -> None:
    again = kept(real_book())
    assert [result.faults for result in run_cases(again, real_cases()) if result.faults] == []


def test_the_kept_rulebook_explains_alike() -> None:
    given = {"score": 379.5, "household": "as_beijing"}
    first, second = (why(decide(book, given, cohort=2025)) for book in (real_book(), kept(real_book())))
    assert first == second


def test_a_changed_value_changes_the_digest() -> None:
    digests = {book_digest(make_book(values={"floor": [make_value(value=value)]})) for value in ("60", "60.5", "61")}
    assert len(digests) == 3


def test_canonical_json_sorts_keys_and_keeps_chinese() -> None:
    assert canonical_json({"b": 1, "a": ["级"]}) == '{"a":["级"],"b":1}'
