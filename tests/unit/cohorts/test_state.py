"""The fold: what each event makes of a pupil, and what the record rules out."""

from datetime import date
from typing import Any

import pytest
from tests.unit.cohorts.makers import GAOBEN, PLAIN, THREE_PLUS_TWO, ZHONGBEN, History, make_event

from guantong.cohorts import Standing, Status, after, fold, project_named, state_of
from guantong.errors import HistoryBroken
from guantong.registry import Stage

OTHER = ZHONGBEN.replace("710205", "710208")


def test_a_whole_course_ends_with_the_degree() -> None:
    state = History(cohort=2019).whole().state
    assert (state.status, state.stage, state.registered_at) == (Status.GRADUATED, Stage.UNDERGRADUATE, "university-b")
    assert [part.stage for part in state.certificates] == [Stage.UNDERGRADUATE]
    assert (state.degree, state.on_document, state.in_project) == ("工学学士", 1, False)


def test_the_cohort_never_changes_and_the_class_does() -> None:
    history = History().add("assessed", "2026-06-20", stage="secondary", passed=False)
    state = history.add("repeated", "2026-09-01", class_year=2024, project=OTHER, major="710208").state
    assert (state.cohort, state.class_year, state.project.id, state.major) == (2023, 2024, OTHER, "710208")
    assert (state.repeats, state.assessment, state.stage_completed) == (1, None, False)


def test_a_repeated_year_is_completed_anew_but_earlier_stages_stay_completed() -> None:
    history = History().completed("secondary", "2026-06-20").moved("college", "2026-09-01", "university-b")
    history.add("stage_completed", "2028-06-20", stage="college").add("repeated", "2028-09-01", class_year=2024)
    assert history.state.completed == (Stage.SECONDARY,)


def test_moving_on_begins_a_stage_that_waits_for_its_registration() -> None:
    history = History().completed("secondary", "2026-06-20").add("moved_on", "2026-09-01", stage="college", school="x")
    state = history.state
    assert (state.stage, state.assessment, state.school) == (Stage.COLLEGE, None, "x")
    assert (state.registered_at, state.needs_registration, state.status) == ("school-a", True, Status.ENROLLED)


def test_a_change_of_school_leaves_the_pupil_unregistered_until_the_new_school_does_it() -> None:
    new = "school-z:university-b:zhongben:710205"
    history = History().add("changed_school", "2024-01-10", project=new, major="710205", school="school-z")
    assert (history.state.registered_at, history.state.needs_registration) == ("", True)
    state = history.add("registered", "2024-02-20", stage="secondary", institution="school-z").state
    assert (state.registered_at, state.changes_used, state.school) == ("school-z", 1, "school-z")


def test_a_kept_place_may_be_taken_up_in_a_later_class() -> None:
    history = History(registered=False).add("place_kept", "2023-09-01", until="2024-09-01")
    assert history.state.status is Status.PLACE_KEPT
    state = history.add("registered", "2024-09-01", stage="secondary", institution="school-a", class_year=2024).state
    assert (state.status, state.class_year, state.cohort) == (Status.ENROLLED, 2024, 2023)


def test_coming_back_joins_the_class_and_major_that_is_named() -> None:
    history = History().add("suspended", "2025-01-10")
    state = history.add("resumed", "2025-09-01", class_year=2024, project=OTHER, major="710208").state
    assert (state.status, state.class_year, state.major, state.cohort) == (Status.ENROLLED, 2024, "710208", 2023)


def test_leaving_brings_the_certificate_and_ends_the_right() -> None:
    history = History(GAOBEN).completed("secondary", "2026-06-20")
    assert history.state.in_project
    state = history.add("left_project", "2026-07-01", because="own_choice", issuer="college-a").state
    assert (state.status, state.in_project, state.holds(Stage.SECONDARY)) == (Status.LEFT, False, True)


@pytest.mark.parametrize(
    ("kind", "details", "status"),
    [
        ("dropped_out", {}, Status.DROPPED_OUT),
        ("completed_without_diploma", {"outcome": "completion"}, Status.COMPLETION),
        ("completed_without_diploma", {"outcome": "partial"}, Status.PARTIAL),
        ("suspended", {"until": "2025-01-10"}, Status.SUSPENDED),
    ],
)
def test_each_way_out_has_its_status(kind: str, details: dict[str, str], status: Status) -> None:
    assert History().add(kind, "2024-01-10", **details).state.status is status


def test_the_last_certificate_of_a_kind_of_project_ends_the_course() -> None:
    history = History(PLAIN).add("stage_completed", "2026-06-20", stage="secondary")
    assert history.add("graduated", "2026-06-30", stage="secondary", issuer="school-a").state.status is Status.GRADUATED
    longer = History(THREE_PLUS_TWO).add("stage_completed", "2026-06-20", stage="secondary")
    longer.add("graduated", "2026-06-30", stage="secondary", issuer="school-a")
    assert longer.state.status is Status.ENROLLED


def test_disciplines_stay_open_until_they_are_lifted() -> None:
    history = History().add("disciplined", "2024-01-10", number="1", level="警告")
    history.add("disciplined", "2024-02-10", number="2", level="记过").add(
        "discipline_lifted", "2024-12-01", number="1"
    )
    assert (history.state.open_disciplines, history.state.lifted_disciplines) == (("2",), ("1",))


def test_internships_are_kept_with_their_days() -> None:
    (internship,) = History().add("interned", "2025-03-01", enterprise="演示企业", until="2025-06-01").state.internships
    assert (internship.enterprise, internship.since, internship.until) == ("演示企业", date(2025, 3, 1), "2025-06-01")


def test_the_state_of_a_day_knows_nothing_of_later_days() -> None:
    assert fold(History().add("suspended", "2024-01-10").events, on=date(2024, 1, 9)).status is Status.ENROLLED


def test_where_nothing_counts_there_is_no_state() -> None:
    undone = History(registered=False).undo("e001").events
    assert state_of(undone) is None
    with pytest.raises(HistoryBroken, match="没有有效的录取或转入记录"):
        fold(undone)


def test_the_projection_row_tells_everything_and_unknown_as_null() -> None:
    row = History(cohort=2019).add("interned", "2021-03-01", enterprise="演示企业").whole().state.as_json()
    assert row["certificates"] == [{"stage": "undergraduate", "issuer": "university-b", "on": "2026-06-30"}]
    assert row["internships"] == [{"enterprise": "演示企业", "since": "2021-03-01", "until": None}]
    assert (row["status"], row["project"], row["last_event"]) == ("graduated", ZHONGBEN, "e014")
    fresh = History(registered=False).state.as_json()
    assert (fresh["registered_at"], fresh["registered_stage"], fresh["assessment"], fresh["degree"]) == (None,) * 4
    assessed = History().completed("secondary", "2026-06-20").state.as_json()
    assert assessed["assessment"] == {"passed": True, "on": "2026-06-20"}


def refused(history: History, kind: str, on: str = "2026-12-01", **details: Any) -> str:
    """Why one more event cannot stand."""
    with pytest.raises(HistoryBroken) as broken:
        after(history.state, make_event(kind, on, 99, **details))
    return broken.value.message


@pytest.mark.parametrize(
    ("kind", "details", "why"),
    [
        ("admitted", {"cohort": 2023, "project": PLAIN, "major": "1", "school": "x"}, "已有录取或转入记录"),
        ("not_arrived", {}, "学籍状态是“在籍”"),
        ("registered", {"stage": "secondary", "institution": "x"}, "一人同时只有一处学籍"),
        ("registered", {"stage": "secondary"}, "缺少注册院校"),
        ("moved_on", {"stage": "undergraduate"}, "学段不对"),
        ("stage_completed", {"stage": "college"}, "学段不对"),
        ("assessed", {"stage": "college", "passed": True}, "学段不对"),
        ("graduated", {"stage": "secondary", "issuer": "x"}, "没有已完成而未发证的学段"),
        ("repeated", {"class_year": 2025}, "应编入 2024 级"),
        ("repeated", {"class_year": 2022}, "编入年级不能早于 2023 级"),
        ("changed_major", {"project": ZHONGBEN, "major": "710205"}, "就是现在的项目和专业"),
        ("changed_major", {"project": "z:y:zhongben:1", "major": "1"}, "应按转学办理"),
        ("changed_school", {"project": OTHER, "major": "1", "school": "x"}, "转学要换牵头院校"),
        ("repeated", {"class_year": 2024, "project": "school-a::plain:1", "major": "1"}, "不改变项目类别"),
        ("discipline_lifted", {"number": "1"}, "没有未解除的处分"),
        ("interned", {"enterprise": "x", "until": "2026-11-30"}, "截止日期早于开始日期"),
        ("degree_awarded", {"degree": "x", "issuer": "y"}, "学籍状态是“在籍”"),
        ("left_project", {"because": "own_choice", "issuer": "x"}, "学业没有完成，不能发毕业证书"),
    ],
)
def test_what_the_record_rules_out_is_said_in_words(kind: str, details: dict[str, Any], why: str) -> None:
    assert why in refused(History(), kind, **details)


def test_nothing_follows_a_final_status_but_the_degree_after_graduation() -> None:
    gone = History().add("dropped_out", "2024-01-10")
    assert "“已退学”，除更正外不再有后续记录" in refused(gone, "suspended")
    graduated = History(cohort=2019).whole()
    assert "学位只在本科毕业后授予一次" in refused(graduated, "degree_awarded", degree="x", issuer="y")
    plain = History(PLAIN).add("stage_completed", "2026-06-20", stage="secondary")
    plain.add("graduated", "2026-06-30", stage="secondary", issuer="school-a")
    assert "学位只在本科毕业后" in refused(plain, "degree_awarded", degree="x", issuer="y")


def test_a_stage_without_registration_goes_no_further() -> None:
    history = History().completed("secondary", "2026-06-20").add("moved_on", "2026-09-01", stage="college")
    cannot: dict[str, dict[str, Any]] = {"stage_completed": {"stage": "college"}, "repeated": {"class_year": 2024}}
    for kind, details in cannot.items():
        assert "高职阶段还没有注册学籍" in refused(history, kind, **details)


def test_the_last_stage_has_no_transition() -> None:
    assert "没有转段" in refused(History(PLAIN), "assessed", stage="secondary", passed=True)
    assert "没有转段" in refused(History(PLAIN), "moved_on", stage="college")
    assert "普通中职没有可退出的项目" in refused(History(PLAIN), "left_project", because="own_choice")


def test_what_is_done_is_not_done_again() -> None:
    history = History().completed("secondary", "2026-06-20")
    assert "都已记录完成" in refused(history, "stage_completed", stage="secondary")
    assert "已经达到条件" in refused(history, "assessed", stage="secondary", passed=True)
    history.add("graduated", "2026-06-30", stage="secondary", issuer="school-a")
    assert "没有已完成而未发证的学段" in refused(history, "graduated", stage="secondary", issuer="school-a")
    assert "已领本学段毕业证书，不再留级" in refused(history, "repeated", class_year=2024)
    assert "已经发过" in refused(history, "left_project", because="own_choice", issuer="school-a")


def test_who_failed_may_be_assessed_again() -> None:
    history = History().add("assessed", "2026-06-20", stage="secondary", passed=False)
    state = history.add("assessed", "2026-08-20", stage="secondary", passed=True).state
    assert state.assessment is not None
    assert state.assessment.passed


def test_who_leaves_with_a_completed_stage_names_the_issuer_of_its_certificate() -> None:
    history = History().completed("secondary", "2026-06-20")
    assert "要写明毕业证书由谁发" in refused(history, "left_project", because="own_choice")


def test_a_certificate_only_after_its_stage() -> None:
    history = History().add("moved_on", "2026-09-01", Standing.APPROVED, stage="college")
    history.add("registered", "2026-09-01", stage="college", institution="university-b")
    history.add("stage_completed", "2028-06-20", stage="college")
    assert "中职阶段没有完成，或已发过毕业证书" in refused(history, "graduated", stage="secondary", issuer="school-a")
    history.add("stage_completed", "2028-06-21", stage="secondary")
    assert history.state.completed == (Stage.SECONDARY, Stage.COLLEGE)


def test_a_discipline_number_stands_once() -> None:
    history = History().add("disciplined", "2024-01-10", number="1", level="警告")
    assert "已经记录" in refused(history, "disciplined", number="1", level="警告")
    assert "没有这个文号" in refused(history, "discipline_lifted", number="2")
    history.add("discipline_lifted", "2024-12-01", number="1")
    assert "已经记录" in refused(history, "disciplined", number="1", level="警告")


def test_a_project_without_the_present_stage_is_no_target() -> None:
    history = History().completed("secondary", "2026-06-20").moved("college", "2026-09-01", "university-b")
    assert "普通中职没有高职阶段" in refused(history, "changed_major", project="school-a::plain:1", major="1")


def test_another_pupil_s_event_does_not_belong() -> None:
    history = History()
    event = make_event("suspended", "2024-01-10", 3)
    stranger = type(event)(**{**{name: getattr(event, name) for name in event.__slots__}, "pupil": "p2"})
    with pytest.raises(HistoryBroken, match="属于另一名学生"):
        fold([*history.events, stranger])


def test_a_history_begins_with_an_admission() -> None:
    with pytest.raises(HistoryBroken, match="还没有录取或转入记录"):
        fold([make_event("suspended", "2024-01-10", 3)])
    late = make_event("admitted", "2023-07-15", 1, cohort=2023, class_year=2022, project=PLAIN, major="1", school="x")
    with pytest.raises(HistoryBroken, match="编入年级不能早于 2023 级"):
        fold([late])


def test_the_major_inside_a_project_may_change_alone() -> None:
    state = History().add("changed_major", "2024-01-10", project=ZHONGBEN, major="710208").state
    assert (state.project, state.major, state.changes_used) == (project_named(ZHONGBEN), "710208", 1)
