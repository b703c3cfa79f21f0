"""Plan against intake: joined by exact ids and names only, unknown wherever no row prints a number."""

import pytest
from tests.factories import beijing

from guantong.cohorts import planned_places, project_named
from guantong.cohorts.intake import NO_NUMBER, NO_PLAN, NO_ROW, NOT_LISTED
from guantong.evidence import Grade


def places(project: str, cohort: int = 2023) -> tuple[int | None, str]:
    found = planned_places(beijing().plans, project_named(project), cohort, beijing().sources)
    return found.places, found.why


def test_a_printed_number_comes_with_its_place_and_grade() -> None:
    project = project_named("dianke:beifang-gongye:gaoben:机电一体化技术")
    found = planned_places(beijing().plans, project, 2023, beijing().sources)
    assert (found.places, found.rows, found.grade) == (60, ("2023-dianke-01",), Grade.OFFICIAL)
    assert "京教职成〔2023〕6号 附件" in found.place


@pytest.mark.parametrize(
    ("project", "cohort", "why"),
    [
        ("dianke:beifang-gongye:gaoben:机电一体化技术", 2024, NO_PLAN),
        ("dianke:beifang-gongye:gaoben:机电一体化技术", 2020, NO_PLAN),
        ("dianke:beifang-gongye:gaoben:没有的专业", 2023, NO_ROW),
        ("dianke:xinxi-keji:gaoben:机电一体化技术", 2023, NO_ROW),
        ("changping-zhiye:dianke:three-plus-two:机电一体化技术", 2023, NOT_LISTED),
    ],
)
def test_what_no_row_prints_is_unknown_and_says_why(project: str, cohort: int, why: str) -> None:
    assert places(project, cohort) == (None, why)


def test_a_row_whose_partner_is_not_printed_is_joined_by_lead_and_major() -> None:
    assert places("dianke:anything:gaoben:药品生物技术") == (60, "")


def test_a_project_without_a_partner_takes_all_rows_of_lead_and_major() -> None:
    assert places("dianke::gaoben:机电一体化技术") == (60, "")


def test_a_row_without_a_number_of_its_own_stays_unknown() -> None:
    bare = [row for row in beijing().plans.programmes.values() if row.quota is None]
    for row in bare:
        named = f"{row.school_id}:{row.partner_id}:{row.type.value}:{row.major}"
        assert places(named, row.year) == (None, NO_NUMBER)
