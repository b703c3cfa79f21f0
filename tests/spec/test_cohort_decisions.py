"""What may happen to a pupil: each decision of the pupil's cohort at work, with its clause, in Chinese."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.factories import real_book
from tests.unit.cohorts.makers import (
    GAOBEN,
    NO_PARTNER,
    PLAIN,
    SINGLE,
    THREE_PLUS_TWO,
    ZHONGBEN,
    History,
    answer,
    asked,
    asks,
    at_college,
)

from guantong.cohorts import (
    Asked,
    EventKind,
    Law,
    NextClass,
    SimilarMajors,
    Standing,
    Verdict,
    may_happen,
)
from guantong.policies import rule

# Registration -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("project", "cohort", "expected"),
    [
        (ZHONGBEN, 2023, ("yes", "school-a")),
        (ZHONGBEN, 2025, ("yes", "school-a")),
        (ZHONGBEN, 2020, ("yes", "school-a")),
        (ZHONGBEN, 2021, ("unknown", "")),
        (GAOBEN, 2023, ("yes", "college-a")),
        (GAOBEN, 2020, ("unknown", "")),
        (SINGLE, 2023, ("unknown", "")),
        (NO_PARTNER, 2023, ("unknown", "")),
        (THREE_PLUS_TWO, 2023, ("unknown", "")),
        (PLAIN, 2023, ("unknown", "")),
    ],
)
def test_a_new_pupil_is_registered_where_the_clause_of_its_cohort_says(
    project: str, cohort: int, expected: tuple[str, str]
) -> None:
    assert answer(History(project, cohort, registered=False), "registered") == expected


@pytest.mark.parametrize(
    ("project", "cohort", "expected"),
    [
        (ZHONGBEN, 2023, ("yes", "university-b")),
        (ZHONGBEN, 2020, ("yes", "university-b")),
        (GAOBEN, 2023, ("yes", "college-a")),
    ],
)
def test_after_moving_on_the_registration_follows_the_variant(
    project: str, cohort: int, expected: tuple[str, str]
) -> None:
    history = History(project, cohort).add("moved_on", f"{cohort + 3}-09-01", stage="college")
    assert answer(history, "registered") == expected


def test_another_institution_than_the_clause_names_is_a_no() -> None:
    found = asks(History(registered=False), "registered", asked(details={"institution": "university-b"}))
    assert (found.verdict, found.institution, found.standing) == (Verdict.NO, "school-a", Standing.APPROVED)
    assert "三（三）2 中本贯通：中职阶段" in found.reason
    assert found.clauses == ("jjzc-2023-6:3.3.2",)


def test_a_partner_that_the_project_does_not_name_leaves_the_registration_open() -> None:
    history = History("school-a::zhongben:710205").add("moved_on", "2026-09-01", stage="college")
    found = asks(history, "registered")
    assert (found.verdict, found.settle) == (Verdict.UNKNOWN, ("学校提供的文件",))
    assert "没有登记合作高校" in found.reason


# Certificates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("project", "expected"), [(ZHONGBEN, ("yes", "school-a")), (GAOBEN, ("unknown", "")), (SINGLE, ("unknown", ""))]
)
def test_the_certificate_of_the_secondary_stage(project: str, expected: tuple[str, str]) -> None:
    assert answer(History(project).completed("secondary", "2026-06-20"), "graduated") == expected


def test_a_gaoben_pupil_gets_the_secondary_certificate_on_leaving_only() -> None:
    history = History(GAOBEN).completed("secondary", "2026-06-20")
    assert answer(history, "left_project") == ("yes", "college-a")
    assert "jjzc-2023-6:3.3.4" in asks(history, "left_project").clauses


def test_a_certificate_is_asked_for_the_named_stage() -> None:
    history = at_college().add("stage_completed", "2027-06-20", stage="college")
    assert answer(history, "graduated") == ("yes", "school-a")
    assert answer(history, "graduated", {"stage": "college"}) == ("yes", "university-b")
    assert answer(history, "graduated", {"stage": "college", "issuer": "school-a"}) == ("no", "university-b")


def test_where_the_rules_are_asked_too_early_the_record_answers_first() -> None:
    assert answer(History(), "graduated") == ("impossible", "")


def test_a_rulebook_that_gives_no_certificate_is_a_no() -> None:
    nothing = rule(decision="certificate", clause="jjzc-2023-6:2.2", title="不发证", gives="none", name="nothing")
    book = replace(real_book(), rules=(nothing(lambda pupil, law: pupil.stage_completed),))
    history = History().completed("secondary", "2026-06-20")
    found = may_happen(history.state, EventKind.GRADUATED, law=Law((book,)), asked=asked())
    assert (found.verdict, found.institution) == (Verdict.NO, "")
    assert found.reason == "学段结束取得什么证书：本学段尚无证书（二（二） 不发证）"


# Transition, repeat, resume ---------------------------------------------------------------------


def test_who_completed_the_stage_and_passed_may_move_on() -> None:
    found = asks(History().completed("secondary", "2026-06-20"), "moved_on")
    assert (found.verdict, found.standing) == (Verdict.YES, Standing.BY_RULE)
    assert "三（四）1 转段考核达到条件" in found.reason


def test_who_was_not_assessed_is_undecided_and_what_is_missing_is_said() -> None:
    history = History().add("stage_completed", "2026-06-20", stage="secondary")
    found = asks(history, "moved_on")
    assert (found.verdict, found.settle) == (Verdict.UNKNOWN, ("“转段考核达到条件”",))
    assert found.standing is Standing.ON_DOCUMENT


def test_who_failed_may_not_move_on_by_which_clause_and_what_could_lift_it() -> None:
    history = History().add("stage_completed", "2026-06-20", stage="secondary")
    found = asks(history.add("assessed", "2026-06-21", stage="secondary", passed=False), "moved_on")
    assert found.reason == "不能升入下一学段：三（四）1 转段考核达到条件"
    assert found.settle == ("主管部门的书面批准（文号、日期、文件），由校长确认",)


def failed(times: int = 0) -> History:
    """A pupil who failed, after so many repeats."""
    history = History()
    for year in range(2026, 2026 + times):
        history.add("assessed", f"{year}-06-20", stage="secondary", passed=False)
        history.add("repeated", f"{year}-09-01", class_year=year - 2)
    return history.add("assessed", f"{2026 + times}-06-20", stage="secondary", passed=False)


def test_who_failed_may_choose_to_repeat_where_the_next_class_has_a_similar_major() -> None:
    assert answer(failed(), "repeated", eligible_to_repeat=True, similar_major_next=True)[0] == "yes"
    assert answer(failed(), "repeated", eligible_to_repeat=True, similar_major_next=False)[0] == "no"
    assert answer(failed(), "repeated", eligible_to_repeat=False, similar_major_next=True)[0] == "no"
    assert asks(failed(), "repeated").settle == ("“符合留级条件”", "“本校下一届开设相同或相近专业”")


def test_a_second_repeat_for_one_transition_is_a_no_and_after_moving_on_it_counts_anew() -> None:
    assert answer(failed(1), "repeated", eligible_to_repeat=True, similar_major_next=True)[0] == "no"
    later = failed(1).add("assessed", "2027-06-25", stage="secondary", passed=True)
    later.add("stage_completed", "2027-06-26", stage="secondary").moved("college", "2027-09-01", "university-b")
    later.add("assessed", "2029-06-20", stage="college", passed=False)
    assert answer(later, "repeated", eligible_to_repeat=True, similar_major_next=True)[0] == "yes"


def test_who_was_not_assessed_repeats_only_if_the_failure_is_entered() -> None:
    facts: dict[str, Any] = {"eligible_to_repeat": True, "similar_major_next": True}
    assert answer(History(), "repeated", **facts)[0] == "unknown"
    assert answer(History(), "repeated", failed_transition=True, **facts)[0] == "yes"


@pytest.mark.parametrize(
    ("majors", "named", "expected"),
    [
        (("710299",), None, "yes"),
        (("710301",), None, "no"),
        (("网络",), None, "unknown"),
        ((), None, "no"),
        (("710299", "710301"), "710301", "no"),
        (("710299", "710301"), "710299", "yes"),
        (("710301",), "710299", "no"),
    ],
)
def test_the_plan_of_the_class_to_come_says_whether_there_is_a_similar_major(
    majors: tuple[str, ...], named: str | None, expected: str
) -> None:
    details: dict[str, Any] = {
        "class_year": 2024,
        **({"major": named, "project": ZHONGBEN.replace("710205", "710208")} if named else {}),
    }
    plan = NextClass(school="school-a", class_year=2024, majors=majors)
    question = Asked(on=date(2026, 8, 1), facts={"eligible_to_repeat": True}, details=details, next_class=plan)
    assert asks(failed(), "repeated", question).verdict.value == expected


@pytest.mark.parametrize(("school", "year"), [("school-z", 2024), ("school-a", 2025)])
def test_the_plan_of_another_school_or_class_says_nothing(school: str, year: int) -> None:
    plan = NextClass(school=school, class_year=year, majors=("710205",))
    question = Asked(on=date(2026, 8, 1), facts={"eligible_to_repeat": True}, next_class=plan)
    assert asks(failed(), "repeated", question).verdict is Verdict.UNKNOWN


def test_the_school_s_own_table_of_similar_majors_decides() -> None:
    plan = NextClass(school="school-a", class_year=2024, majors=("510101",))
    question = Asked(
        on=date(2026, 8, 1),
        facts={"eligible_to_repeat": True},
        next_class=plan,
        similar=SimilarMajors(listed={"710205": ("510101",)}),
    )
    assert asks(failed(), "repeated", question).verdict is Verdict.YES


def test_coming_back_needs_the_project_and_a_similar_major_in_the_next_class() -> None:
    history = History().add("suspended", "2025-01-10")
    ready: dict[str, Any] = {"eligible_to_resume": True, "school_runs_next": True}
    assert answer(history, "resumed", similar_major_next=True, **ready)[0] == "yes"
    assert answer(history, "resumed", similar_major_next=False, **ready)[0] == "unknown"
    assert answer(history, "resumed", eligible_to_resume=True, school_runs_next=False)[0] == "no"
    stopped = NextClass(school="school-a", class_year=2024, majors=())
    question = Asked(on=date(2026, 8, 1), facts={"eligible_to_resume": True}, next_class=stopped)
    assert asks(history, "resumed", question).verdict is Verdict.NO
