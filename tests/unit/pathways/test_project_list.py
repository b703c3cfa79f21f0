"""Finding 3+2 projects: the same filters as for programmes, and what each list covers."""

import pytest
from tests.factories import beijing
from tests.planning import desk

from guantong.errors import InputRefused, ProgrammeUnknown
from guantong.pathways.project_list import find_projects, projects_json, read_project_query
from guantong.registry import Project


def found(**given: str) -> tuple[Project, ...]:
    parts = {"projects": beijing().projects, "registry": desk().registry, "interests": desk().interests}
    query = read_project_query({name: [text] for name, text in given.items()}, **parts)  # type: ignore[arg-type]
    return find_projects(query, **parts)  # type: ignore[arg-type]


def test_without_filters_all_are_listed_newest_list_first() -> None:
    projects = found()
    assert len(projects) == 64
    assert [projects[0].year, projects[-1].year] == [2024, 2020]


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ({"year": "2024"}, 5),
        ({"file": "2020-3+2"}, 59),
        ({"school": "shangye"}, 1),
        ({"school": "北京市商业学校"}, 1),
        ({"partner": "民政职业大学"}, 2),
        ({"partner": "xinxi", "year": "2020"}, 10),
        ({"words": "会计 财贸"}, 1),
        ({"words": "bim"}, 1),
        ({"category": "旅游餐饮", "year": "2020"}, 5),
        ({"words": "占星"}, 0),
    ],
)
def test_each_filter_narrows(given: dict[str, str], count: int) -> None:
    assert len(found(**given)) == count


def test_schools_of_an_unknown_district_come_last() -> None:
    projects = found(district="房山区")
    assert [project.school_id for project in projects[:2]] == ["fangshan-erzhi", "fangshan-fangshan"]
    districts = [desk().registry[project.school_id].district for project in projects]
    assert districts == ["fangshan"] * 2 + [""] * (len(districts) - 2)


def test_everything_wrong_with_a_query_is_told_at_once() -> None:
    given = {
        "year": ["2023"],
        "district": ["南城"],
        "category": ["占星"],
        "words": ["长" * 81],
        "school": ["a", "b"],
        "file": ["2021"],
        "scool": ["x"],
    }
    with pytest.raises(InputRefused) as refused:
        read_project_query(given, projects=beijing().projects, registry=desk().registry, interests=desk().interests)
    assert {problem.column for problem in refused.value.problems} == set(given)


def test_the_answer_tells_what_each_list_covers_and_no_total() -> None:
    told = projects_json(found(year="2024"), beijing().projects, beijing().sources)
    files = told["files"]
    assert isinstance(files, list)
    assert [(part["id"], part["covers"], part["scope"], part["count"]) for part in files] == [
        ("2020-3+2", "new", "city", 59),
        ("2024-dongcheng", "offer", "dongcheng", 5),
    ]
    assert (told["type"], "total" in told) == ("three-plus-two", False)
    rows = told["projects"]
    assert isinstance(rows, list)
    assert rows[0]["school_place"]["lines"] == [375]
    assert rows[0]["partner_major"] is None


def test_lists_of_different_coverage_are_not_comparable() -> None:
    new, offer = beijing().projects.files.values()
    assert new.comparable(new)
    assert not new.comparable(offer)


def test_a_project_is_found_by_id_and_near_ids_are_offered() -> None:
    projects = beijing().projects
    assert projects["2020-shangye-3plus2-01"].major == "金融事务"
    with pytest.raises(ProgrammeUnknown, match="2020-shangye-3plus2-01"):
        projects["2020-shangye-3plus2-09"]


def test_no_project_enters_the_plans() -> None:
    assert not {project.id for project in beijing().projects.all} & set(desk().plans.programmes)
