"""The closed table of what each kind of event says, and how it is read."""

from collections.abc import Mapping
from datetime import date

import pytest
from tests.unit.cohorts.makers import APPROVAL, PAPER, ZHONGBEN

from guantong.cohorts import DETAILS, DetailType, EventKind, Standing, details_of, read_details

ENTRY = {"cohort": "2025", "project": ZHONGBEN, "major": "710205", "school": "school-a"}


def faults(kind: str, raw: Mapping[str, object], standing: Standing = Standing.STRUCTURAL) -> list[tuple[str, str]]:
    """Column and rule of each problem."""
    _, problems = read_details(EventKind(kind), raw, standing)
    return [(problem.column, problem.rule) for problem in problems]


def test_every_kind_of_event_has_its_table_and_its_chinese_word() -> None:
    assert set(DETAILS) == set(EventKind)
    assert len({kind.label for kind in EventKind}) == len(EventKind)
    assert len({kind.day_rank for kind in EventKind}) == len(EventKind)


def test_no_table_names_a_detail_twice_and_each_has_a_label() -> None:
    for kind in EventKind:
        for standing in Standing:
            names = [detail.name for detail in details_of(kind, standing)]
            assert len(names) == len(set(names))
            assert all(detail.label for detail in details_of(kind, standing))


def test_what_is_read_is_kept_in_its_own_type() -> None:
    kept, problems = read_details(
        EventKind.ADMITTED, {**ENTRY, "exam_score": "３８０.５", "special_entrant": "否", "class_year": 2025}
    )
    assert problems == ()
    assert kept["cohort"] == 2025
    assert (kept["exam_score"], kept["special_entrant"], kept["class_year"]) == ("380.5", False, 2025)


def test_every_problem_is_told_at_once() -> None:
    raw: dict[str, object] = {"cohort": "二〇二五", "project": "x", "major": "710205", "shool": "a"}
    assert faults("admitted", raw) == [
        ("shool", "这类事件没有这一项"),
        ("cohort", "级（入学年份）应是整数"),
        ("project", "项目不是项目编号"),
        ("school", "缺少就读学校"),
    ]


def test_a_misspelled_name_is_answered_with_the_nearest_and_a_strange_one_is_to_be_deleted() -> None:
    _, problems = read_details(EventKind.STAGE_COMPLETED, {"stag": "college", "zzz": 1, "stage": "college"})
    assert [problem.remedy for problem in problems] == ["最接近的是 stage。", "请删去这一项。"]


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_what_is_empty_counts_as_left_out(empty: object) -> None:
    assert read_details(EventKind.SUSPENDED, {"reason": empty}) == ({}, ())
    assert faults("stage_completed", {"stage": empty}) == [("stage", "缺少学段")]


@pytest.mark.parametrize(
    ("kind", "name", "good", "kept"),
    [
        ("suspended", "until", "2026-09-01", "2026-09-01"),
        ("suspended", "until", date(2026, 9, 1), "2026-09-01"),
        ("suspended", "reason", " 生病 ", "生病"),
        ("suspended", "reason", "字" * 200, "字" * 200),
        ("stage_completed", "stage", "高职", "college"),
        ("stage_completed", "stage", "undergraduate", "undergraduate"),
        ("disciplined", "number", 12, "12"),
    ],
)
def test_a_good_value_is_kept(kind: str, name: str, good: object, kept: object) -> None:
    assert read_details(EventKind(kind), {name: good})[0][name] == kept


@pytest.mark.parametrize(
    ("kind", "name", "bad"),
    [
        ("suspended", "until", "2026-9-1"),
        ("suspended", "until", "2026-02-30"),
        ("suspended", "until", "2026-W01-1"),
        ("suspended", "reason", "字" * 201),
        ("suspended", "reason", "两\n行"),
        ("suspended", "reason", True),
        ("stage_completed", "stage", "work"),
        ("assessed", "passed", "可能"),
        ("repeated", "class_year", "-1"),
        ("repeated", "class_year", "2025.0"),
        ("admitted", "exam_score", "380.3"),
        ("admitted", "exam_score", "-380"),
        ("admitted", "project", "a:b:gaoben"),
        ("admitted", "project", ":b:gaoben:m"),
        ("admitted", "project", "a:b:gaoben:"),
        ("admitted", "project", "a:b:other:m"),
        ("left_project", "because", "别的"),
    ],
)
def test_a_bad_value_is_a_problem_of_its_column(kind: str, name: str, bad: object) -> None:
    kept, problems = read_details(EventKind(kind), {name: bad})
    assert name in {problem.column for problem in problems}
    assert name not in kept


def test_a_document_needs_number_date_and_issuer_and_an_approval_its_file_too() -> None:
    assert faults("suspended", {}, Standing.BY_RULE) == []
    assert faults("suspended", PAPER, Standing.ON_DOCUMENT) == []
    assert [name for name, _ in faults("suspended", {}, Standing.ON_DOCUMENT)] == [*PAPER]
    assert faults("suspended", PAPER, Standing.APPROVED) == [("document_file", "缺少批准文件")]
    assert faults("suspended", APPROVAL, Standing.APPROVED) == []


def test_what_rests_on_the_rule_names_no_paper() -> None:
    assert {name for name, _ in faults("suspended", PAPER, Standing.BY_RULE)} == set(PAPER)


def test_a_repeated_year_names_project_and_major_together_or_neither() -> None:
    assert faults("repeated", {"class_year": 2026}) == []
    assert faults("repeated", {"class_year": 2026, "project": ZHONGBEN, "major": "1"}) == []
    assert faults("repeated", {"class_year": 2026, "project": ZHONGBEN}) == [("major", "项目和专业要一起填")]
    assert faults("resumed", {"class_year": 2026, "major": "1"}) == [("major", "项目和专业要一起填")]


def test_a_missing_major_is_told_once_where_both_are_required() -> None:
    assert faults("changed_major", {"project": ZHONGBEN}) == [("major", "缺少专业代码")]


def test_only_closed_lists_have_choices() -> None:
    for kind in EventKind:
        for detail in details_of(kind):
            assert bool(detail.choices) == (detail.type is DetailType.CHOICE)
