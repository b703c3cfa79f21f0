"""The facts as data: names of subjects, questions from texts, JSON that keeps printed places."""

from dataclasses import replace

import pytest
from tests.facts import WORDS, fact, table

from guantong.contents import Contents
from guantong.errors import InputRefused
from guantong.facts import Wanted, fact_json, fact_of
from guantong.facts.catalogue import Names, attribute_json, attributes_json, facts_json, overview_json, read_wanted
from guantong.facts.overview import overview


@pytest.fixture(scope="module")
def names() -> Names:
    contents = Contents("guantong_beijing")
    return Names(words=WORDS, registry=contents.registry, plans=contents.plans)


def test_each_kind_of_subject_has_its_name(names: Names) -> None:
    subjects = ("city", "district:dongcheng", "dianke", "programme:2025-changping-zhiye-01")
    assert [names.subject(name) for name in subjects] == [
        "演示市",
        "东城区",
        "北京科技职业大学",
        "北京市昌平职业学校 大数据技术应用（2025 年）",
    ]


def test_an_unknown_subject_keeps_its_id(names: Names) -> None:
    unknown = ("district:nowhere", "nobody", "programme:none")
    assert tuple(map(names.subject, unknown)) == unknown


def test_a_question_is_read_from_texts() -> None:
    given = {"subject": " city ", "attribute": "pupils", "year": "2020"}
    assert read_wanted(given, table(fact("a", "1"))) == Wanted(attribute="pupils", subject="city", year=2020)
    assert read_wanted({}, table()) == Wanted()


def test_every_fault_of_a_question_is_named_at_once() -> None:
    with pytest.raises(InputRefused) as refused:
        read_wanted({"subject": "x", "attribute": "y", "year": "20"}, table())
    assert [problem.column for problem in refused.value.problems] == ["year", "attribute", "subject"]


def test_a_value_keeps_its_last_place(names: Names) -> None:
    (row,) = facts_json([fact("a", "97.20%", attribute="rate", unit="%")], names, {})
    assert (row["value"], row["printed"], row["scope_text"]) == ("97.20", "97.20%", "中职学校")


def test_one_attribute_carries_its_series_and_contradictions(names: Names) -> None:
    facts = table(fact("a", "1"), fact("b", "2"), fact("c", "3", year=2022))
    data = attribute_json(facts, names, WORDS.attribute("pupils"), {})
    assert data["contradictions"] == [{"facts": ["a", "b"], "one_source": True}]
    assert data["series"] == [
        {
            "subject": "city",
            "subject_name": "演示市",
            "strand": ["secondary"],
            "strand_text": "中职学校",
            "segments": [
                {
                    "definition": "",
                    "scope": ["secondary"],
                    "scope_text": "中职学校",
                    "time_basis": "point",
                    "points": [
                        {"period": "2020", "year": 2020, "agreed": False, "value": None, "facts": ["a", "b"]},
                        {"period": "2022", "year": 2022, "agreed": True, "value": "3", "facts": ["c"]},
                    ],
                }
            ],
            "breaks": [{"after": 2020, "before": 2022, "reasons": ["2021 年没有收录数据"]}],
        }
    ]


def test_the_list_says_years_and_subjects(names: Names) -> None:
    (row,) = attributes_json(table(fact("a", "1"), fact("b", "2", year=2022)), names)
    assert (row["id"], row["years"], row["contradictory"]) == ("pupils", [2020, 2022], False)


def test_the_overview_carries_the_comparable_point_before(names: Names) -> None:
    facts = table(fact("a", "1"), fact("b", "2", year=2021))
    data = overview_json(overview(facts, "city"), "city", names, {})
    (row,) = data["rows"]  # type: ignore[misc]
    assert [len(row[key]) for key in ("facts", "before")] == [1, 1]  # type: ignore[has-type]


def test_every_bundled_fact_is_read_again_as_it_was_written() -> None:
    facts = tuple(Contents("guantong_beijing").facts)
    assert tuple(fact_of(fact_json(said)) for said in facts) == facts


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("period", "2020-2022", ValueError),
        ("time_basis", "moment", ValueError),
        ("unit", None, TypeError),
        ("place", "report", ValueError),
        ("scope", "secondary", ValueError),
        ("standing", "sure", ValueError),
    ],
)
def test_what_is_no_fact_is_refused(field: str, value: object, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        fact_of({**fact_json(fact("a", "1")), field: value})


def test_lines_are_written_one_by_one_and_read_as_ranges() -> None:
    one = fact("a", "1")
    far = replace(one, place=replace(one.place, lines="3-5;9"))
    assert fact_of(fact_json(far)) == far
