"""Evidence: grades in order, places as phrases."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.evidence import Basis, Grade, Place, Source, are_lines, weakest

NOTICE = Source(id="notice", title="通知", number="京教职成〔2023〕6号", grade=Grade.OFFICIAL)
ESSAY = Source(id="essay", title="文章", grade=Grade.UNOFFICIAL)


def test_grades_go_from_official_to_pending() -> None:
    order = [Grade.OFFICIAL, Grade.REPRINT, Grade.UNOFFICIAL, Grade.PENDING]
    assert all(strong.weakness < weak.weakness for strong, weak in pairwise(order))


@pytest.mark.parametrize("member", [*Grade, *Basis])
def test_each_grade_and_each_basis_has_chinese_words(member: Grade | Basis) -> None:
    assert any("一" <= sign <= "鿿" for sign in member.label)


def test_the_weakest_of_some_grades() -> None:
    assert weakest([Grade.OFFICIAL, Grade.UNOFFICIAL, Grade.REPRINT]) is Grade.UNOFFICIAL
    assert weakest([]) is None


@given(st.lists(st.sampled_from(Grade), min_size=1))
def test_a_computation_carries_the_weakest_grade_that_it_used(grades: list[Grade]) -> None:
    found = weakest(grades)
    assert found in grades
    assert all(grade.weakness <= found.weakness for grade in grades if found)


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("124", True),
        ("124-126", True),
        ("124-126;130", True),
        ("5-5", True),
        ("", False),
        ("0", False),
        ("126-124", False),
        ("124–126", False),
        ("124,130", False),
        ("١٢", False),
        ("124;", False),
        ("3;126-124", False),
    ],
)
def test_lines_are_written_in_one_form_smaller_number_first(text: str, sound: bool) -> None:
    assert are_lines(text) is sound


def test_the_lines_of_a_place_are_expanded_in_order() -> None:
    assert Place(document="d", lines="124-126;130").line_numbers() == (124, 125, 126, 130)
    assert Place(document="d").line_numbers() == ()


def test_a_source_is_named_by_its_number_else_by_its_title() -> None:
    assert (NOTICE.short, ESSAY.short) == ("京教职成〔2023〕6号", "《文章》")


def test_a_place_is_one_phrase() -> None:
    place = Place(document="notice", section="附件", table="表 1", row="12", column="招生计划", lines="124-126;130")
    assert place.text(NOTICE) == "京教职成〔2023〕6号 附件 表 1 第 12 行 “招生计划”栏（文本第 124–126、130 行）"
    assert Place(document="notice").text() == "notice"


def test_a_place_as_json_leaves_out_what_is_unknown() -> None:
    assert Place(document="essay", lines="3-4").as_json(ESSAY) == {
        "document": "essay",
        "lines": [3, 4],
        "text": "《文章》（文本第 3–4 行）",
    }
