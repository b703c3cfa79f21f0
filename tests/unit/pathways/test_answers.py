"""The planner's answer as a whole: it never fails, never changes by itself, and never promises."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import beijing
from tests.planning import answer, desk, faults

from guantong.cli.plan_text import plan_lines
from guantong.pathways.catalogue import routes_json, schools_json, sources_json, years_json
from guantong.pathways.planner import NOT_A_CUT_OFF
from guantong.policies.catalogue import book_json

FORBIDDEN = ["能上", "可录取", "达线", "概率", "录取把握", "稳上", "冲稳保", "机会很大"]
WORDS = st.sampled_from(
    ["", "unknown", "x", "😀", "\x00", "'; --", "<b>", "９", "1e9", "NaN", "是", "{0}", "网络", "丰台区"]
)


USUAL: dict[str, list[object]] = {
    "cohort": [2020, 2022, 2023, 2024, 2025, 2026, 2028],
    "score": [0, 379.5, 380, 400, 489.5, 490, 500],
    "household": ["beijing", "as_beijing", "migrant", "other", "unknown"],
    "exam_eligible": ["yes", "no", "unknown"],
    "district": ["丰台区", "fengtai", "昌平", "yanshan"],
    "max_years": [3, 5, 7],
    "target": ["专科", "本科", "就业", "出国"],
    "sort": ["plan", "interest", "district", "partner", "quota"],
}
INTERESTS = st.lists(st.sampled_from(["信息技术", "软件", "汽车", "x"]), max_size=6)
SOUND = st.fixed_dictionaries(
    {}, optional={**{name: st.sampled_from(values) for name, values in USUAL.items()}, "interest": INTERESTS}
)
STRANGE = st.one_of(WORDS, st.text(max_size=20), st.integers())
WILD = st.dictionaries(st.sampled_from([*USUAL, "pupil_grade", "out_of", "interest", "scroe"]), STRANGE, max_size=3)
GIVEN = st.builds(lambda sound, wild: {**sound, **wild}, SOUND, WILD)
DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))


@given(today=DAYS, options=GIVEN)
def test_whatever_is_said_is_answered_or_refused_with_words(today: date, options: dict[str, object]) -> None:
    told = faults(today, **options)
    if told:
        assert all(problem.rule and problem.remedy and problem.column for problem in told)
        return
    data = answer(today, **options)
    assert {"gaoben", "zhongben"} <= {part["id"] for part in data["routes"]}
    text = json.dumps(data, ensure_ascii=False) + "\n".join(plan_lines(data, desk().book))
    assert not [word for word in FORBIDDEN if word in text]


@given(options=SOUND)
def test_the_same_question_has_the_same_answer_to_the_letter(options: dict[str, object]) -> None:
    assert json.dumps(answer(**options)) == json.dumps(answer(**options))


@given(options=SOUND)
def test_no_programme_of_a_route_that_is_ruled_out_is_listed(options: dict[str, object]) -> None:
    data = answer(**options)
    listed = [row["id"] for row in data["programmes"]]
    assert sorted(listed) == sorted(name for part in data["routes"] for name in part["programmes"])
    assert not any(part["programmes"] for part in data["routes"] if part["verdict"] == "no")
    assert {row["year"] for row in data["programmes"]} <= {options.get("cohort")}


@given(options=SOUND)
def test_wherever_a_floor_is_shown_the_words_stand_beside_it(options: dict[str, object]) -> None:
    data = answer(**options)
    shown = any(clause["threshold"] for part in data["routes"] for clause in part["clauses"])
    assert any(NOT_A_CUT_OFF in notice["text"] for notice in data["notices"]) or not shown


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_page_of_the_catalogue_promises_anything(word: str) -> None:
    sources = beijing().sources
    pages: list[object] = [
        routes_json(desk(), sources),
        schools_json(desk(), sources),
        years_json(desk(), sources),
        sources_json(sources),
        book_json(desk().book, sources),
    ]
    assert word not in json.dumps(pages, ensure_ascii=False)
