"""Why an answer is what it is, and the nearest single change that flips it."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories import make_book, make_clause, make_rule, make_value, real_book

from guantong.policies import Decision, change_one, decide, why
from guantong.policies.why import Change

GOOD = {"score": 400, "household": "beijing", "exam_eligible": True}
TRANSFER = {
    "stage": "college", "changes_used": 0, "meets_registration_rules": True, "pupil_applied": True,
    "releasing_school_agrees": True, "receiving_school_agrees": True, "departments_reviewed": True,
}  # fmt: skip


def applying(**changed: object) -> Decision:
    """May somebody apply who would, but for what is changed?"""
    return decide(real_book(), {**GOOD, **changed}, cohort=2025)


def shown(decision: Decision, change: Change | None) -> tuple[str, object, object] | None:
    """A change as input, from and to."""
    if change is None:
        return None
    spec = decision.book.inputs[change.input]
    return change.input, spec.shown(change.before), spec.shown(change.after)


@pytest.mark.parametrize(
    ("changed", "flip"),
    [
        ({"score": 379.5}, ("score", 379.5, 380)),
        ({"score": 0}, ("score", 0, 380)),
        ({"household": "migrant"}, ("household", "migrant", "beijing")),
        ({"household": "other"}, ("household", "other", "beijing")),
        ({"exam_eligible": False}, ("exam_eligible", False, True)),
    ],
)
def test_a_no_names_the_nearest_change_to_yes(changed: dict[str, object], flip: tuple[str, object, object]) -> None:
    decision = applying(**changed)
    assert shown(decision, change_one(decision)) == flip


def test_a_yes_names_the_nearest_change_to_no_numbers_first() -> None:
    decision = applying()
    assert shown(decision, change_one(decision)) == ("score", 400, 379.5)


def test_without_a_number_in_play_the_choices_come_in_their_order() -> None:
    decision = applying()
    change = change_one(decision, only=("household", "exam_eligible"))
    assert shown(decision, change) == ("household", "beijing", "migrant")


@pytest.mark.parametrize(
    "changed",
    [
        {"score": 300, "household": "migrant"},
        {"household": "other", "exam_eligible": False},
        {"household": "as_beijing", "score": 300},
        {"household": None, "score": 300},
    ],
)
def test_where_one_change_does_not_suffice_there_is_none(changed: dict[str, object]) -> None:
    assert change_one(applying(**changed)) is None


def test_an_unknown_answer_has_no_change() -> None:
    assert change_one(applying(score=None)) is None
    assert change_one(applying(household="as_beijing")) is None
    assert change_one(decide(real_book(), GOOD, cohort=2026)) is None


def test_a_value_has_no_change() -> None:
    decision = decide(real_book(), {"project": "zhongben", "stage": "college"}, cohort=2023, decision="registered_at")
    assert change_one(decision) is None


def test_only_limits_what_may_change() -> None:
    assert change_one(applying(household="migrant"), only=("score",)) is None


def test_the_nearer_of_two_numbers_is_offered() -> None:
    given = {**TRANSFER, "exam_score": 400, "target_cutoff": 400}
    decision = decide(real_book(), given, cohort=2025, decision="may_change_school")
    assert shown(decision, change_one(decision)) == ("exam_score", 400, 400.5)


def test_a_change_never_leaves_the_paper() -> None:
    given = {**TRANSFER, "exam_score": 400, "target_cutoff": 510}
    decision = decide(real_book(), given, cohort=2025, decision="may_change_school")
    assert shown(decision, change_one(decision)) == ("target_cutoff", 510, 399.5)


def test_a_change_is_never_below_zero() -> None:
    book = make_book(make_rule(lambda pupil, law: pupil.score >= 0))
    assert change_one(decide(book, {"score": 10}, cohort=2023)) is None


def test_every_line_of_why_names_title_inputs_value_clause_and_grade() -> None:
    lines = why(applying(score=379.5, household="as_beijing", exam_eligible=None))
    assert [line[0] for line in lines] == ["？", "？", "✗"]
    assert "户籍：按本市户籍对待" in lines[0]
    assert "未提供" in lines[1]
    for part in ("达到最低录取分数线", "379.5 分", "标准 380 分", "2025 级", "三（一）2", "非官方"):
        assert part in lines[2]


def test_a_change_may_go_to_either_end_of_the_paper() -> None:
    below, whole = (
        make_rule(lambda pupil, law: pupil.score < Decimal("0.5")),
        make_rule(lambda pupil, law: pupil.score >= 100),
    )
    flips = [
        shown(decision, change_one(decision))
        for decision in (decide(make_book(rule), {"score": 10}, cohort=2023) for rule in (below, whole))
    ]
    assert flips == [("score", 10, 0), ("score", 10, 100)]


def test_a_change_is_sought_on_the_day_of_the_question() -> None:
    """The standing clause governs the cohort on that day, not over its whole course."""
    clauses = [make_clause("doc:1", enacted=[], standing_from=2024)]
    book = make_book(make_rule(lambda pupil, law: pupil.member), clauses=clauses)
    decision = decide(book, {"member": False}, cohort=2023, on=date(2024, 10, 1))
    assert shown(decision, change_one(decision)) == ("member", False, True)


def test_a_line_of_why_reads_as_one_sentence() -> None:
    both = make_rule(lambda pupil, law: pupil.member & (pupil.score >= law.floor), "both")
    plain = make_rule(lambda pupil, law: pupil.member, "plain")
    book = make_book(both, plain, values={"floor": [make_value(value=["60", "62"])]})
    assert why(decide(book, {"member": True, "score": 70}, cohort=2023)) == (
        "✓ 规则 both（分数：70 分、成员：是；标准 60 或 62 分（2023 级）；依据 doc:1，官方原文）",
        "✓ 规则 plain（成员：是；依据 doc:1，官方原文）",
    )
