"""What may happen to a pupil: changes, leaving, what no rule decides, with its clause, in Chinese."""

from dataclasses import replace
from typing import Any

import pytest
from tests.factories import beijing
from tests.unit.cohorts.makers import (
    PLAIN,
    SINGLE,
    THREE_PLUS_TWO,
    ZHONGBEN,
    History,
    answer,
    asked,
    asks,
    at_college,
    law,
)

from guantong.cohorts import (
    EventKind,
    Law,
    Verdict,
    may_happen,
    possible_json,
    what_may_happen,
)
from guantong.errors import InputRefused

CONSENTS: dict[str, Any] = {
    "meets_registration_rules": True, "pupil_applied": True, "releasing_school_agrees": True,
    "receiving_school_agrees": True, "departments_reviewed": True, "target_cutoff": 480,
}  # fmt: skip
OTHER = ZHONGBEN.replace("710205", "710208")


# Change of major and school ---------------------------------------------------------------------


def test_one_change_of_major_with_every_consent_and_a_score_above_the_cutoff() -> None:
    history = History(exam_score="490.5", special_entrant=False)
    assert answer(history, "changed_major", **CONSENTS)[0] == "yes"
    assert answer(history, "changed_major", **{**CONSENTS, "target_cutoff": "490.5"})[0] == "no"
    assert answer(history, "changed_major", **{**CONSENTS, "departments_reviewed": None})[0] == "unknown"
    history.add("changed_major", "2024-01-10", project=OTHER, major="710208")
    assert answer(history, "changed_major", **CONSENTS)[0] == "no"


def test_a_special_entrant_with_an_agreement_may_not_change_major() -> None:
    history = History(exam_score="490.5", special_entrant=True, change_forbidden=True)
    assert answer(history, "changed_major", **CONSENTS)[0] == "no"


def test_a_score_that_was_not_recorded_may_be_entered() -> None:
    assert answer(History(special_entrant=False), "changed_major", exam_score=491, **CONSENTS)[0] == "yes"


def test_a_change_of_school_in_the_secondary_stage_waits_for_a_ruling_and_later_does_not() -> None:
    early = asks(History(exam_score="490.5"), "changed_school", asked(**CONSENTS))
    assert early.verdict is Verdict.UNKNOWN
    assert any("对条款 京教职成〔2020〕3号·转学 的解释" in part for part in early.settle)
    history = at_college()
    history.events[0] = History(exam_score="490.5").events[0]
    assert answer(history, "changed_school", **CONSENTS)[0] == "yes"


def test_a_plain_pupil_changes_school_by_the_registration_rules_and_never_into_guantong() -> None:
    history = History(PLAIN)
    into = {"project": "school-z::plain:710205", "major": "710205", "school": "school-z"}
    assert answer(history, "changed_school", into, meets_other_rules=True)[0] == "yes"
    guantong = {**into, "project": "school-z:university-b:zhongben:710205"}
    assert answer(history, "changed_school", guantong, meets_other_rules=True)[0] == "no"
    assert answer(at_college(THREE_PLUS_TWO, institution="college-a"), "changed_school")[0] == "unknown"


# Leaving, and what no rule or no known rule decides ----------------------------------------------


def test_leaving_needs_the_completed_stage() -> None:
    assert answer(History(), "left_project") == ("no", "")
    assert answer(at_college().completed("college", "2028-06-20"), "left_project") == ("yes", "university-b")


def test_who_holds_the_certificate_leaves_without_another() -> None:
    history = History().completed("secondary", "2026-06-20")
    history.add("graduated", "2026-06-30", stage="secondary", issuer="school-a")
    assert answer(history, "left_project") == ("yes", "")


def test_the_certificate_may_leave_a_leaving_open_or_refuse_its_issuer() -> None:
    single = asks(History(SINGLE).completed("secondary", "2026-06-20"), "left_project")
    assert single.decision is not None
    assert (single.verdict, single.decision.spec.id) == (Verdict.UNKNOWN, "certificate")
    history = History().completed("secondary", "2026-06-20")
    assert answer(history, "left_project", {"issuer": "university-b"}) == ("no", "school-a")


def test_a_no_of_the_law_comes_before_what_is_open() -> None:
    history = History(SINGLE, 2019).whole()
    history.events = history.events[:-2]
    admitted = history.events[0]
    history.events[0] = replace(admitted, details={**admitted.details, "cohort": 2023})
    assert answer(history, "left_project") == ("no", "")


def test_the_law_is_that_of_the_year_of_entry_whatever_the_class() -> None:
    old = History(cohort=2022).add("assessed", "2025-06-20", stage="secondary", passed=False)
    old.add("repeated", "2025-09-01", class_year=2023).completed("secondary", "2026-06-20")
    assert asks(old, "moved_on").settle == ("2022 级适用的规定",)
    last = History(cohort=2025).add("assessed", "2028-06-20", stage="secondary", passed=False)
    last.add("repeated", "2028-09-01", class_year=2026).completed("secondary", "2029-06-20")
    assert answer(last, "moved_on") == ("yes", "")


@pytest.mark.parametrize("kind", ["moved_on", "repeated", "changed_major", "left_project"])
def test_the_rules_of_other_projects_are_open(kind: str) -> None:
    found = asks(History(THREE_PLUS_TWO).completed("secondary", "2026-06-20"), kind)
    assert (found.verdict, found.decision, found.clauses) == (Verdict.UNKNOWN, None, ())
    assert found.reason.startswith("中高职衔接（3+2）的")


@pytest.mark.parametrize("kind", ["stage_completed", "assessed", "suspended", "dropped_out", "disciplined", "interned"])
def test_what_no_rule_decides_is_recorded_as_it_happened(kind: str) -> None:
    assert asks(History(), kind).verdict is Verdict.STRUCTURAL


def test_a_cohort_without_law_is_told_so() -> None:
    found = asks(History(cohort=2022).completed("secondary", "2025-06-20"), "moved_on")
    assert (found.verdict, found.settle) == (Verdict.UNKNOWN, ("2022 级适用的规定",))


def test_a_pupil_of_a_high_school_enters_a_plain_class_only() -> None:
    facts: dict[str, Any] = {"target_final_year": False, "years_in_secondary": 2, "meets_other_rules": True}
    entry: dict[str, Any] = {"cohort": 2025, "project": PLAIN, "major": "710205", "school": "school-a"}
    answers = [
        may_happen(None, EventKind.TRANSFERRED_IN, law=law(), asked=asked(details=details, **facts)).verdict
        for details in (entry, {**entry, "project": ZHONGBEN}, {})
    ]
    assert answers == [Verdict.YES, Verdict.NO, Verdict.UNKNOWN]
    assert may_happen(None, EventKind.ADMITTED, law=law(), asked=asked()).verdict is Verdict.STRUCTURAL


# The question itself ----------------------------------------------------------------------------


def test_what_the_record_says_is_not_entered_again() -> None:
    with pytest.raises(InputRefused, match="由学籍记录或招生计划得出"):
        answer(History(), "moved_on", stage_completed=True)


def test_what_nobody_asks_for_is_refused() -> None:
    with pytest.raises(InputRefused, match="没有哪项判断需要这个输入"):
        answer(History(), "moved_on", shoe_size=40)


def test_without_the_rulebook_the_answer_is_open() -> None:
    found = may_happen(History().state, EventKind.MOVED_ON, law=Law(()), asked=asked())
    assert (found.verdict, found.reason) == (Verdict.UNKNOWN, "没有收录管转段的规则册")


def test_every_kind_is_answered_at_once() -> None:
    found = {part.kind.value: part.verdict.value for part in what_may_happen(History().state, law=law(), asked=asked())}
    assert len(found) == len(EventKind) - 1
    assert found["registered"] == "impossible"
    assert found["suspended"] == "structural"
    assert found["changed_major"] == "unknown"


def test_every_verdict_has_its_words_and_all_but_impossible_a_standing() -> None:
    assert len({verdict.label for verdict in Verdict}) == len(Verdict)
    assert [verdict for verdict in Verdict if verdict.standing is None] == [Verdict.IMPOSSIBLE]


def test_the_json_of_an_answer_holds_the_contract_with_receipt() -> None:
    history = History().add("stage_completed", "2026-06-20", stage="secondary")
    made = possible_json(history.state, asks(history, "moved_on"), beijing().sources)
    assert {
        "pupil",
        "cohort",
        "stage",
        "decision",
        "verdict",
        "value",
        "clauses",
        "missing",
        "change_one",
        "receipt",
    } <= set(made)
    assert (made["decision"], made["verdict"], made["missing"]) == ("may_move_on", "unknown", ["assessment_passed"])
    assert isinstance(made["receipt"], str)


def test_the_json_of_what_no_rule_decides_has_no_receipt() -> None:
    made = possible_json(History().state, asks(History(), "suspended"), beijing().sources)
    assert (made["verdict"], made["decision"], made["receipt"], made["clauses"]) == ("structural", None, None, [])
