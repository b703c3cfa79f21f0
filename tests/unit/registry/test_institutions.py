"""The registry: joined by id or by an exact printed name, never by a near one."""

import pytest
from tests.factories import beijing

from guantong.errors import SchoolUnknown
from guantong.evidence import Place
from guantong.registry import Institution, InstitutionKind, Registry
from guantong.registry.institutions import FormerName, SupervisorKind

PLACE = Place(document="d")
FIRST = Institution(
    id="first",
    name="第一职业学校",
    kind=InstitutionKind.SECONDARY,
    place=PLACE,
    aliases=("一职",),
    former=(FormerName(name="职业中专"),),
)
SECOND = Institution(id="second", name="第二职业学校", kind=InstitutionKind.SECONDARY, place=PLACE)
REGISTRY = Registry([FIRST, SECOND], {"north": "城北区", "jingkai": "经开区", "yanshan": "燕山"})


@pytest.mark.parametrize("name", ["第一职业学校", "一职", "职业中专"])
def test_a_current_an_other_and_a_former_name_mean_the_school(name: str) -> None:
    assert REGISTRY.named(name) is FIRST


@pytest.mark.parametrize("name", ["第一职业学", "第一职业学校 ", "first", ""])
def test_a_near_name_means_no_school(name: str) -> None:
    assert REGISTRY.named(name) is None


def test_near_names_are_offered_to_a_person() -> None:
    assert set(REGISTRY.near("第三职业学校")) == {"第一职业学校", "第二职业学校"}
    assert REGISTRY.near("某某公司") == ()


def test_a_school_is_found_by_its_id() -> None:
    assert REGISTRY["first"] is REGISTRY.get("first") is FIRST
    assert REGISTRY.get("third") is None


def test_an_unknown_id_is_answered_with_near_ones() -> None:
    with pytest.raises(SchoolUnknown, match="first"):
        REGISTRY["frist"]


@pytest.mark.parametrize("text", ["north", "城北区", "城北"])
def test_a_district_is_found_by_id_and_by_name_with_or_without_its_last_character(text: str) -> None:
    assert REGISTRY.district_id(text) == "north"


@pytest.mark.parametrize("text", ["城北市", "north ", "区", ""])
def test_another_word_is_no_district(text: str) -> None:
    assert REGISTRY.district_id(text) is None


def test_a_district_has_a_name_and_an_unknown_one_none() -> None:
    assert (REGISTRY.district_name("yanshan"), REGISTRY.district_name(""), REGISTRY.district_name("x")) == (
        "燕山",
        "",
        "",
    )


@pytest.mark.parametrize("member", [*InstitutionKind, *SupervisorKind])
def test_each_kind_has_chinese_words(member: InstitutionKind | SupervisorKind) -> None:
    assert any("一" <= sign <= "鿿" for sign in member.label)


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (InstitutionKind.UNIVERSITY, "普通本科"),
        (InstitutionKind.VOCATIONAL_UNIVERSITY, "职业本科"),
        (InstitutionKind.COLLEGE, ""),
    ],
)
def test_only_an_undergraduate_institution_is_a_partner_of_a_kind(kind: InstitutionKind, word: str) -> None:
    assert kind.partner_kind == word


@pytest.mark.parametrize(
    ("one", "other"),
    [("北京市经济管理学校", "北京经济管理职业学院"), ("北京科技职业学院", "北京科技职业大学")],
)
def test_the_look_alikes_of_beijing_stay_apart(one: str, other: str) -> None:
    first, second = beijing().registry.named(one), beijing().registry.named(other)
    assert first is not None
    assert second is not None
    assert first.id != second.id
    assert second.id in first.apart_from


def test_a_renamed_school_of_beijing_is_found_by_both_names() -> None:
    registry = beijing().registry
    assert registry.named("北京电子科技职业学院") is registry.named("北京科技职业大学") is not None
