"""The JSON of a decision: what every door shows."""

from typing import Any

import pytest
from tests.factories import beijing, make_book, make_value, real_book

from guantong.policies import Decision, answer_json, decide, receipt

GOOD: dict[str, object] = {"score": 400, "household": "beijing", "exam_eligible": True}


def asked(given: dict[str, object], cohort: int = 2025, decision: str = "may_apply") -> Decision:
    """A decision of the real rulebook."""
    return decide(real_book(), given, cohort=cohort, decision=decision)


def shown(decision: Decision, *, public: bool = False) -> dict[str, Any]:
    """The decision as JSON data."""
    return answer_json(decision, beijing().sources, public=public)


def test_the_answer_names_what_was_asked_and_what_was_answered() -> None:
    decision = asked(GOOD)
    answer = shown(decision)
    named = [answer[key] for key in ("rulebook", "decision", "cohort", "verdict", "value", "words", "missing")]
    assert named == ["guantong", "may_apply", 2025, "yes", None, "符合报名条件", []]
    assert (answer["grade"], answer["receipt"]) == ("unofficial", receipt(decision).id)


def test_each_clause_stands_with_its_operands_in_the_order_of_the_rules() -> None:
    clauses = shown(asked({"score": 379.5, "household": "as_beijing"}))["clauses"]
    assert [(clause["number"], clause["verdict"]) for clause in clauses] == [
        ("三（一）1", "unknown"),
        ("三（一）1", "unknown"),
        ("三（一）2", "no"),
    ]
    assert [clause["operands"] for clause in clauses] == [
        [{"input": "household", "value": "as_beijing"}],
        [{"input": "exam_eligible", "value": "unknown"}],
        [{"input": "score", "value": 379.5}],
    ]


def test_a_threshold_carries_its_own_source_grade_and_totals() -> None:
    threshold = shown(asked({"score": 490}, cohort=2024))["clauses"][2]["threshold"]
    names = ("value", "unit", "out_of", "clause", "source", "grade", "basis")
    assert [threshold[name] for name in names] == [
        490, "分", [660, 670], "essay-2026:table-2", "essay-2026", "unofficial", "printed",
    ]  # fmt: skip


def test_the_entry_shows_the_weaker_of_two_grades() -> None:
    threshold = shown(asked({"score": 490}, cohort=2023))["clauses"][2]["threshold"]
    names = ("grade", "out_of_grade", "weakest_grade")
    assert [threshold[name] for name in names] == ["official", "pending", "pending"]


def test_a_clause_of_another_year_says_that_it_is_carried() -> None:
    bases = [[clause["basis"] for clause in shown(asked({}, cohort=cohort))["clauses"]] for cohort in (2023, 2025)]
    assert bases == [["printed"] * 3, ["carried"] * 3]


def test_a_reading_of_ours_is_marked_as_one() -> None:
    clauses = shown(asked({}, decision="may_repeat"))["clauses"]
    assert [clause["reading"] for clause in clauses] == [None, None, None, "pending"]
    assert clauses[3]["grade"] == "pending"


def test_a_value_decision_shows_its_value_and_words() -> None:
    answer = shown(asked({"project": "zhongben", "stage": "college"}, decision="registered_at"))
    assert (answer["verdict"], answer["value"], answer["words"]) == ("yes", "university", "合作本科高校")


@pytest.mark.parametrize(
    ("changed", "inside", "outside"),
    [
        ({"score": 379.5}, "score", "score"),
        ({"household": "migrant"}, "household", None),
        ({}, "score", None),
        ({"score": None}, None, None),
    ],
)
def test_a_public_page_offers_a_change_only_of_the_score_and_only_for_a_no(
    changed: dict[str, object], inside: str | None, outside: str | None
) -> None:
    decision = decide(real_book(), {**GOOD, **changed}, cohort=2025)
    changes = [shown(decision, public=public)["change_one"] for public in (False, True)]
    assert [change and change["input"] for change in changes] == [inside, outside]


def test_a_change_is_shown_in_the_units_of_the_input() -> None:
    assert shown(asked({**GOOD, "score": 379.5}))["change_one"] == {"input": "score", "from": 379.5, "to": 380}


def test_a_cohort_without_law_has_no_clauses_and_no_grade() -> None:
    answer = shown(asked(GOOD, cohort=2026))
    assert (answer["clauses"], answer["missing"], answer["grade"]) == ([], ["law"], None)


def test_disagreeing_numbers_are_shown_as_a_list() -> None:
    book = make_book(values={"floor": [make_value(value=["60", "62.5"])]})
    answer: Any = answer_json(decide(book, {"score": 61}, cohort=2023), {})
    assert answer["clauses"][0]["threshold"]["value"] == [60, 62.5]
