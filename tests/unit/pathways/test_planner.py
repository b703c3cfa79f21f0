"""The planner: verdicts by the law of one's own year, nothing borrowed, everything said that must be said."""

from typing import Any

import pytest
from tests.cli import guantong
from tests.packages import Package
from tests.planning import answer, desk, route

from guantong.pathways.planner import NOT_A_CUT_OFF

ABLE = {"household": "beijing", "exam_eligible": "yes"}


def warnings(data: dict[str, Any]) -> list[str]:
    """The warnings of an answer, in order."""
    return [notice["text"] for notice in data["notices"] if notice["level"] == "warning"]


@pytest.mark.parametrize(
    ("cohort", "score", "verdict"),
    [
        (2023, 490, "yes"),
        (2023, 489.5, "no"),
        (2024, 490, "yes"),
        (2024, 489.5, "no"),
        (2025, 380, "yes"),
        (2025, 379.5, "no"),
        (2025, None, "unknown"),
        (2028, 500, "unknown"),
        (2022, 500, "unknown"),
    ],
)
def test_a_verdict_follows_the_values_of_its_own_cohort(cohort: int, score: float | None, verdict: str) -> None:
    data = answer(cohort=cohort, score="" if score is None else score, **ABLE)
    assert [route(data, name)["verdict"] for name in ("gaoben", "zhongben")] == [verdict] * 2


def test_without_a_cohort_the_cohort_is_what_is_missing() -> None:
    data = answer(score=400, **ABLE)
    assert (route(data)["verdict"], route(data)["missing"], route(data)["clauses"]) == ("unknown", ["cohort"], [])
    assert warnings(data) == ["还没有填年级或中考年份，不能按某一年的规则判断；下面附 2025 年的内容，标为“往年参考”。"]
    assert (data["readiness"], data["reference"]["year"], data["receipts"]) == ("LOCKED", 2025, [])
    assert data["next_steps"][0]["text"] == "填上孩子现在的年级，或中考年份。"


@pytest.mark.parametrize("grade", [8, 9])
def test_a_year_without_law_says_so_first_and_borrows_no_verdict(grade: int) -> None:
    data = answer(pupil_grade=grade, score=400, **ABLE)
    assert data["notices"][0]["level"] == "warning"
    assert "招生计划和规则没有收录（可能尚未公布），所以不作判断" in data["notices"][0]["text"]
    for name in ("gaoben", "zhongben"):
        assert (route(data, name)["clauses"], route(data, name)["missing"]) == ([], ["law"])
        assert route(data, name)["verdict"] == "unknown"
    assert (data["readiness"], data["programmes"]) == ("LOCKED", [])


def test_the_newest_loaded_year_stands_below_as_a_reference_without_any_verdict() -> None:
    reference = answer(pupil_grade=8, score=400, **ABLE)["reference"]
    assert (reference["year"], reference["label"]) == (2025, "往年参考")
    assert [part["id"] for part in reference["routes"]] == ["gaoben", "zhongben"]
    assert all(set(part) == {"id", "name", "stages"} for part in reference["routes"])
    assert len(reference["programmes"]) == len(desk().plans.year(2025).programmes)


@pytest.mark.parametrize(
    ("cohort", "said"), [(2022, "2022 年中考的招生计划和规则没有收录，"), (2020, "2020 年中考的规则没有收录，")]
)
def test_a_past_year_is_not_said_to_be_announced_yet(cohort: int, said: str) -> None:
    assert warnings(answer(cohort=cohort))[0].startswith(said)


def test_a_year_with_a_plan_but_no_law_shows_its_own_programmes_and_the_reference() -> None:
    data = answer(cohort=2020, score=500, **ABLE)
    assert (data["readiness"], route(data, "zhongben")["verdict"], data["reference"]["year"]) == (
        "QUERY_ONLY",
        "unknown",
        2025,
    )
    assert {row["year"] for row in data["programmes"]} == {2020}
    assert route(data, "gaoben")["programmes"] == []


def test_a_year_with_law_but_no_plan_is_locked_and_decides_by_its_own_values() -> None:
    data = answer(cohort=2024, score=490, **ABLE)
    floor = next(clause for clause in route(data)["clauses"] if clause["threshold"])
    assert (data["readiness"], route(data)["verdict"], data["programmes"]) == ("LOCKED", "yes", [])
    assert (floor["threshold"]["value"], floor["threshold"]["out_of"], floor["since"]) == (490, [660, 670], "2024")
    assert warnings(data) == ["2024 年没有载入分专业计划，不能列出招生专业；下面附 2025 年的内容，标为“往年参考”。"]
    assert any("不同说法（660 分、670 分）" in notice["text"] for notice in data["notices"])


def test_a_year_with_plan_and_law_warns_of_nothing_and_needs_no_reference() -> None:
    data = answer(cohort=2025, score=400, **ABLE)
    assert (warnings(data), data["reference"], data["readiness"]) == ([], None, "QUERY_ONLY")


@pytest.mark.parametrize(("cohort", "total"), [(2023, "2810"), (2024, "1375"), (2025, "1035")])
def test_beside_every_floor_stand_the_words_and_the_total_of_the_year(cohort: int, total: str) -> None:
    (notice,) = (part for part in answer(cohort=cohort)["notices"] if part["text"].startswith(NOT_A_CUT_OFF))
    assert notice["text"] == f"{NOT_A_CUT_OFF}。{cohort} 年全市贯通培养计划共 {total} 人。"
    assert notice["place"]


@pytest.mark.parametrize("cohort", [2020, 2022, 2026, 2028])
def test_where_there_is_no_floor_there_are_no_words_beside_it(cohort: int) -> None:
    assert not any(NOT_A_CUT_OFF in notice["text"] for notice in answer(cohort=cohort)["notices"])


@pytest.mark.parametrize(("cohort", "carried"), [(2023, False), (2024, True), (2025, True), (2028, False)])
def test_a_carried_clause_is_said_to_be_one(cohort: int, carried: bool) -> None:
    told = [part for part in answer(cohort=cohort)["notices"] if "按2023年通知推定" in part["text"]]
    assert [part["source"] for part in told] == ["jjzc-2023-6"] * carried


@pytest.mark.parametrize(
    ("given", "change"),
    [
        ({"score": 379, **ABLE}, {"input": "score", "from": 379, "to": 380}),
        ({"score": 400, **ABLE}, None),
        ({**ABLE}, None),
        ({"score": 379, "household": "migrant", "exam_eligible": "yes"}, None),
        ({"score": 400, "household": "migrant", "exam_eligible": "yes"}, None),
    ],
)
def test_a_single_change_is_named_only_for_a_no_and_only_for_the_score(
    given: dict[str, object], change: dict[str, object] | None
) -> None:
    assert route(answer(cohort=2025, **given))["change_one"] == change


@pytest.mark.parametrize("given", [{"score": 379, **ABLE}, {"household": "migrant"}, {"exam_eligible": "no"}])
def test_a_route_that_is_ruled_out_lists_no_programmes_and_no_next_step(given: dict[str, object]) -> None:
    data = answer(cohort=2025, **given)
    assert (route(data)["verdict"], route(data)["programmes"], data["programmes"]) == ("no", [], [])
    assert not any(step["text"].startswith("高本贯通") for step in data["next_steps"])
    assert data["next_steps"]


def test_the_answer_carries_the_weakest_grade_that_it_used() -> None:
    assert answer(cohort=2025, score=400, **ABLE)["weakest_grade"] == "unofficial"
    assert answer(cohort=2023, score=490, **ABLE)["weakest_grade"] == "official"
    assert answer(cohort=2028)["weakest_grade"] is None


def test_the_same_question_has_the_same_receipt_and_another_one_another() -> None:
    first, again = (answer(cohort=2025, score=400, **ABLE)["receipts"] for _ in range(2))
    assert first == again
    assert len(first) == 1
    others = [answer(cohort=2025, score=400.5, **ABLE), answer(cohort=2024, score=400, **ABLE), answer(cohort=2025)]
    assert len({first[0], *(data["receipts"][0] for data in others)}) == 4


@pytest.mark.parametrize(
    ("cohort", "name", "seats"),
    [
        (2025, "zhongben", ["school", "school", "university"]),
        (2020, "zhongben", ["school", "university", "university"]),
        (2025, "gaoben", ["college", "college", "university"]),
    ],
)
def test_the_ladder_shows_where_the_cohort_studies(cohort: int, name: str, seats: list[str]) -> None:
    stages = route(answer(cohort=cohort), name)["stages"]
    assert [stage["studies_at"] for stage in stages] == seats
    assert [(stage["first_year"], stage["last_year"]) for stage in stages] == [(1, 3), (4, 5), (6, 7)]


@pytest.mark.parametrize("given", [{}, {"cohort": 2028}])
def test_what_the_law_decides_stays_unknown_without_law(given: dict[str, object]) -> None:
    for stage in route(answer(**given))["stages"]:
        assert (stage["registered_at"], stage["certificate"], stage["issued_by"]) == ("unknown", "unknown", "unknown")


@pytest.mark.parametrize("given", [{}, {"target": "出国"}, {"max_years": 1}, {"cohort": 2025, "score": 0}])
def test_both_seven_year_routes_and_all_others_stand_in_every_answer(given: dict[str, object]) -> None:
    assert {part["id"] for part in answer(**given)["routes"]} == {part.id for part in desk().routes.all}
    assert {"gaoben", "zhongben"} <= {part["id"] for part in answer(**given)["routes"]}


def test_routes_that_lead_to_the_target_come_first_and_the_others_stay() -> None:
    flags = [part["meets_target"] for part in answer(target="就业")["routes"]]
    assert flags == sorted(flags, reverse=True)
    assert {True, False} == set(flags)
    assert {part["meets_target"] for part in answer()["routes"]} == {None}


def test_a_limit_of_years_marks_routes_and_leaves_unknown_lengths_open() -> None:
    marked = {part["id"]: part["within_years"] for part in answer(max_years=5)["routes"]}
    assert (marked["gaoben"], marked["three-plus-two"], marked["pugao"]) == (False, True, None)


def test_a_route_whose_rules_are_not_in_the_sources_is_unknown_and_says_so() -> None:
    part = route(answer(cohort=2025, score=400, **ABLE), "pugao")
    assert (part["verdict"], part["missing"], part["clauses"]) == ("unknown", ["entry_rules"], [])
    assert part["entry_unknown"]
    assert part["ask"]


def test_where_no_plan_at_all_is_loaded_there_is_no_reference(tiny: Package) -> None:
    for ending in ("csv", "yaml"):
        tiny.remove(f"programmes/2023.{ending}")
    data = guantong("plan", "--cohort", "2025", "--json", GUANTONG_CONTENTS=tiny.name).json
    assert data["reference"] is None
    assert warnings(data) == [
        "2025 年中考的招生计划和规则没有收录（可能尚未公布），所以不作判断，也不套用其他年份的规定。"
    ]
