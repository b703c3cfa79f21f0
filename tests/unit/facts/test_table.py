"""The table of facts: one answer only where all candidates agree, contradictions kept, worlds never mixed."""

import pytest
from tests.facts import WORDS, fact, table

from guantong.errors import AttributeUnknown, FactAmbiguous, FactMissing, FactUnknown, WorldsMixed
from guantong.facts import AttributeKind, Fact, TimeBasis, Wanted

TABLE_2 = "表 2-1 演示"


def test_a_fact_is_found_by_what_it_is_about() -> None:
    facts = table(fact("a", "1"), fact("b", "2", year=2021), fact("c", "3", subject="district:north"))
    assert facts.one(Wanted(attribute="pupils", subject="city", year=2021)) == facts["b"]
    assert facts.find(Wanted(subject="district:north")) == (facts["c"],)
    assert [one.id for one in facts] == ["a", "b", "c"]
    assert len(facts) == 3


def test_a_scope_is_asked_for_exactly_never_as_a_part_of_another() -> None:
    facts = table(fact("a", "1"), fact("b", "2", scope="secondary no-adult"))
    wanted = Wanted(attribute="pupils", scope=frozenset({"secondary"}))
    assert facts.find(wanted) == (facts["a"],)
    assert facts.find(Wanted(attribute="pupils", scope=frozenset())) == ()


def test_one_thing_printed_twice_alike_is_one_answer_the_finest() -> None:
    facts = table(fact("a", "4.95", unit="万人"), fact("b", "49512"), fact("c", "4.95", unit="万人", table=TABLE_2))
    assert facts.one(Wanted(attribute="pupils")).id == "b"
    assert facts.clashes == ()


@pytest.mark.parametrize(
    ("values", "kept"),
    [(("8874.00", "8874"), "8874"), (("97.20%", "97.2%"), "97.20%"), (("1:2", "1:2"), "1:2"), (("5", "5"), "5")],
)
def test_the_finest_print_is_kept_but_no_empty_places(values: tuple[str, str], kept: str) -> None:
    facts = table(*(fact(f"f{number}", value) for number, value in enumerate(values)))
    assert facts.one(Wanted(attribute="pupils")).printed == kept


def test_of_two_alike_the_table_is_named() -> None:
    facts = table(fact("a", "5"), fact("b", "5", table=TABLE_2))
    assert facts.one(Wanted(attribute="pupils")).id == "b"


def test_two_scopes_are_two_candidates_even_with_one_value() -> None:
    facts = table(fact("a", "1"), fact("b", "1", scope="higher"))
    with pytest.raises(FactAmbiguous, match="中职学校"):
        facts.one(Wanted(attribute="pupils"))


@pytest.mark.parametrize("other", [{"year": 2020, "basis": TimeBasis.CALENDAR_YEAR}, {"compared": 2019}])
def test_another_time_basis_is_another_statement(other: dict[str, object]) -> None:
    facts = table(fact("a", "1"), fact("b", "1", **other))  # type: ignore[arg-type]
    with pytest.raises(FactAmbiguous):
        facts.one(Wanted(attribute="pupils", year=2020))


def test_what_contradicts_itself_is_kept_as_both_and_flagged() -> None:
    facts = table(fact("text", "71.84%", attribute="rate"), fact("table", "73.31%", attribute="rate", table=TABLE_2))
    (clash,) = facts.clashes
    assert {one.id for one in clash.facts} == {"text", "table"}
    assert clash.one_source
    with pytest.raises(FactAmbiguous, match=r"73\.31.*71\.84"):
        facts.one(Wanted(attribute="rate", year=2020))
    assert facts.one(Wanted(attribute="rate", place="2-1")).id == "table"


def test_two_documents_that_differ_are_not_one_source() -> None:
    (clash,) = table(fact("a", "1"), fact("b", "2", document="other")).clashes
    assert not clash.one_source


def test_what_agrees_is_no_contradiction() -> None:
    facts = table(fact("a", "1"))
    assert facts.clashes == ()


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("表 2-1", {"c"}),
        ("2-1", {"c"}),
        ("一", {"a"}),
        ("report", {"a", "c", "d"}),
        ("a", {"a"}),
        ("2-11", {"d"}),
        ("9-9", set()),
    ],
)
def test_a_place_is_a_table_a_section_a_document_or_a_fact(place: str, found: set[str]) -> None:
    facts = table(
        fact("a", "1"),
        fact("b", "1", document="other", section="二"),
        fact("c", "1", table=TABLE_2),
        fact("d", "1", table="表 2-11 演示"),
    )
    assert {one.id for one in facts.find(Wanted(attribute="pupils", place=place))} == found


def test_what_is_not_there_says_what_was_asked() -> None:
    wanted = Wanted(attribute="pupils", subject="city", year=2020, scope=frozenset({"higher"}), place="2-1")
    with pytest.raises(FactMissing, match="pupils@city;2020;higher;2-1"):
        table().one(wanted)


def test_an_unknown_id_is_answered_with_the_nearest() -> None:
    with pytest.raises(FactUnknown, match="report-1"):
        table(fact("report-1", "1"))["report-2"]


def test_an_unknown_attribute_is_answered_with_the_nearest() -> None:
    with pytest.raises(AttributeUnknown, match="pupils"):
        WORDS.attribute("pupil")


def test_an_id_stands_once() -> None:
    with pytest.raises(ValueError, match="one id"):
        table(fact("a", "1"), fact("a", "2"))


def test_bundled_and_published_facts_join_in_one_world_only() -> None:
    joined = table(fact("a", "1")).join(table(fact("b", "2")))
    assert set(joined.facts) == {"a", "b"}
    with pytest.raises(WorldsMixed, match="demo"):
        joined.join(table(fact("c", "3"), world="beijing"))


def test_the_digest_follows_every_fact_and_the_world() -> None:
    one = table(fact("a", "1.0"))
    others = [table(fact("a", "1.00")), table(fact("a", "1.0"), world="beijing"), table(fact("a", "1.0", year=2021))]
    assert len({one.digest, *(other.digest for other in others)}) == 4


def test_changes_follow_from_their_attribute() -> None:
    change, growth, points = (WORDS.attribute(name) for name in ("pupils.change", "pupils.growth", "rate.change"))
    assert (change.name, change.unit, change.kind) == ("演示pupils增减", "人", AttributeKind.CHANGE)
    assert (growth.unit, points.unit) == ("%", "个百分点")
    assert WORDS.has("pupils.growth")
    assert not WORDS.has("pupils.size")


def test_a_definition_is_found_by_id() -> None:
    rate = WORDS.attribute("rate")
    assert [rate.definition(name) is None for name in ("of_all", "of_none")] == [False, True]


def test_the_city_comes_first_then_districts_then_schools() -> None:
    subjects = ("school", "district:north", "city")
    facts = table(*(fact(f"f-{name[:4]}", "1", subject=name) for name in subjects))
    assert facts.subjects() == ("city", "district:north", "school")
    assert facts.attributes() == ("pupils",)


def test_scope_words_name_the_level_first() -> None:
    assert WORDS.scope_words({"part", "no-adult", "secondary"}) == "中职学校，不含成人中专，其中一部分"
    assert WORDS.strand({"part", "no-adult", "secondary"}) == {"part", "secondary"}


def test_every_kind_of_attribute_has_its_word() -> None:
    assert all(kind.label for kind in AttributeKind)


def test_facts_never_change() -> None:
    one: Fact = fact("a", "1")
    with pytest.raises(AttributeError):
        one.value = "2"  # type: ignore[misc]
