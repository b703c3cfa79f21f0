"""Receipts: one digest per case, and a replay with no other rulebook than the one named."""

import json
from datetime import date

import pytest
from tests.factories import make_book, make_clause, make_rule, real_book, real_cases

from guantong.errors import DigestUnknown
from guantong.policies import Rulebook, decide, receipt, replay
from guantong.policies.canonical import book_digest, digest_of
from guantong.policies.receipts import Receipt

GOOD: dict[str, object] = {"score": 400, "household": "beijing", "exam_eligible": True}


def written(cohort: int = 2025, on: date | None = None, **changed: object) -> Receipt:
    """The receipt of somebody who may apply, but for what is changed."""
    return receipt(decide(real_book(), {**GOOD, **changed}, cohort=cohort, on=on))


def kept(digest: str) -> Rulebook | None:
    """A store that holds the real rulebook alone."""
    return real_book() if digest == book_digest(real_book()) else None


def test_the_same_case_has_the_same_receipt_however_it_was_given() -> None:
    given = {"exam_eligible": "yes", "household": "本市正式户籍", "score": "４００.0"}
    assert receipt(decide(real_book(), given, cohort=2025)) == written()


def test_an_input_left_out_and_one_said_to_be_unknown_are_the_same() -> None:
    given = {"household": "beijing", "exam_eligible": True}
    assert receipt(decide(real_book(), given, cohort=2025)) == written(score="unknown")


@pytest.mark.parametrize(
    "other",
    [
        {"score": 400.5},
        {"score": None},
        {"household": "other"},
        {"exam_eligible": False},
        {"cohort": 2024},
        {"on": date(2025, 9, 1)},
    ],
)
def test_one_thing_changed_gives_another_receipt(other: dict[str, object]) -> None:
    assert written(**other).id != written().id  # type: ignore[arg-type]


def test_another_rulebook_gives_another_receipt() -> None:
    other = decide(real_book().without_value("score_floor", 2023), GOOD, cohort=2025)
    assert (other.verdict, receipt(other).id != written().id) == ("yes", True)


def test_the_id_is_the_digest_of_the_body_and_the_body_says_everything() -> None:
    made = written(on=date(2025, 6, 1))
    body = json.loads(made.body)
    assert made.id == digest_of(made.body)
    assert body["inputs"] == GOOD
    named = [body[name] for name in ("rulebook", "decision", "cohort", "school_year", "on", "answer")]
    assert named == ["guantong", "may_apply", 2025, 2024, "2025-06-01", "yes"]
    assert body["rulebook_digest"] == book_digest(real_book())


def test_a_known_digest_is_taken_as_given() -> None:
    decision = decide(real_book(), GOOD, cohort=2025)
    assert receipt(decision, book_digest(real_book())) == receipt(decision)


def test_every_case_replays_to_the_same_answer() -> None:
    for case in real_cases():
        decision = decide(real_book(), case.given, cohort=case.cohort, decision=case.decision, on=case.on)
        answered = replay(json.loads(receipt(decision).body), kept)
        assert (answered.same, answered.written, answered.answered) == (True, case.expect, case.expect), case.name


def test_a_forged_answer_does_not_replay() -> None:
    body = {**json.loads(written(score=300).body), "answer": "yes"}
    answered = replay(body, kept)
    assert (answered.same, answered.written, answered.answered) == (False, "yes", "no")


def test_a_digest_that_is_not_kept_is_said_so_and_nothing_is_put_in_its_place() -> None:
    body = {**json.loads(written().body), "rulebook_digest": "sha256:00"}
    with pytest.raises(DigestUnknown, match="sha256:00"):
        replay(body, kept)


def test_the_body_has_these_keys_and_no_other() -> None:
    assert sorted(json.loads(written().body)) == [
        "answer", "cohort", "decision", "inputs", "on", "program", "rulebook", "rulebook_digest", "school_year",
    ]  # fmt: skip


def test_a_replay_asks_about_the_day_of_the_receipt() -> None:
    """On the day the standing clause governs the cohort; without one it does not."""
    clauses = [make_clause(enacted=[], standing_from=2024)]
    book = make_book(make_rule(lambda pupil, law: pupil.member), clauses=clauses)
    made = receipt(decide(book, {"member": True}, cohort=2023, on=date(2024, 10, 1)))
    again = replay(json.loads(made.body), lambda digest: book)
    assert (again.same, again.answered) == (True, "yes")


def test_the_receipt_of_a_value_names_its_day_and_its_school_year() -> None:
    given = {"project": "zhongben", "stage": "college"}
    made = receipt(decide(real_book(), given, cohort=2023, decision="registered_at", on=date(2025, 6, 1)))
    body = json.loads(made.body)
    assert (body["answer"], body["on"], body["school_year"]) == ("university", "2025-06-01", 2024)
