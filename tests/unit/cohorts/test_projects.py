"""Project ids, their kinds, and what counts as a similar major."""

import pytest
from tests.unit.cohorts.makers import GAOBEN, NO_PARTNER, SINGLE, ZHONGBEN

from guantong.cohorts import ProjectKind, SimilarMajors, is_project, project_named
from guantong.registry import Stage


@pytest.mark.parametrize("name", [ZHONGBEN, GAOBEN, SINGLE, NO_PARTNER])
def test_an_id_is_read_and_written_the_same(name: str) -> None:
    assert is_project(name)
    assert project_named(name).id == name


def test_an_id_tells_lead_partner_kind_and_major() -> None:
    project = project_named(ZHONGBEN)
    assert (project.lead, project.partner, project.kind, project.major) == (
        "school-a", "university-b", ProjectKind.ZHONGBEN, "710205",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "a:b:gaoben", "a:b:gaoben:m:n", ":b:gaoben:m", "a:b:gaoben:", "a:b:x:m"])
def test_anything_else_is_no_id(text: str) -> None:
    assert not is_project(text)


def test_one_university_runs_it_all_where_lead_and_partner_are_one_and_is_unknown_without_a_partner() -> None:
    answers = [project_named(name).single_university for name in (ZHONGBEN, SINGLE, NO_PARTNER)]
    assert answers == [False, True, None]


def test_the_seven_year_projects_have_three_stages_and_the_others_fewer() -> None:
    assert [len(kind.stages) for kind in ProjectKind] == [3, 3, 2, 2, 1]
    assert [kind for kind in ProjectKind if kind.is_guantong] == [ProjectKind.GAOBEN, ProjectKind.ZHONGBEN]
    assert all(kind.stages[0] is Stage.SECONDARY for kind in ProjectKind)
    assert len({kind.label for kind in ProjectKind}) == len(ProjectKind)


def test_the_next_stage_follows_and_the_last_has_none() -> None:
    assert ProjectKind.GAOBEN.stage_after(Stage.COLLEGE) is Stage.UNDERGRADUATE
    assert ProjectKind.WUNIAN.stage_after(Stage.COLLEGE) is None


def test_a_rule_s_university_is_the_partner_and_anything_else_the_lead() -> None:
    project = project_named(GAOBEN)
    assert [project.institution(seat) for seat in ("school", "college", "university")] == [
        "college-a", "college-a", "university-b",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "similar"),
    [
        ("710205", "710205", True),
        ("710205", "710299", True),
        ("710205", "710305", False),
        ("710205", "网络", None),
        ("网络", "网络", True),
        ("7102", "710205", None),
        ("71020５", "710205", None),
    ],
)
def test_majors_of_one_national_family_are_similar_and_without_codes_nobody_knows(
    first: str, second: str, similar: bool | None
) -> None:
    assert SimilarMajors().are_similar(first, second) is similar
    assert SimilarMajors().are_similar(second, first) is similar


def test_the_school_s_own_table_overrides_the_family_in_both_directions() -> None:
    own = SimilarMajors(listed={"710205": ["510101", "网络"]})
    assert own.are_similar("710205", "510101") is True
    assert own.are_similar("网络", "710205") is True
    assert own.are_similar("710205", "710299") is False
    assert own.are_similar("710299", "710205") is False
    assert own.are_similar("710205", "710205") is True
    assert own.are_similar("710301", "710302") is True


def test_one_similar_major_decides_and_one_unknown_keeps_it_open() -> None:
    similar = SimilarMajors()
    assert similar.any_similar("710205", ["999999", "网络", "710299"]) is True
    assert similar.any_similar("710205", ["999999", "网络"]) is None
    assert similar.any_similar("710205", ["999999"]) is False
    assert similar.any_similar("710205", []) is False
