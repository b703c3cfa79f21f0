"""Before publication small counts of people are hidden, with whatever would give them away by subtraction."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.indicators.catalogue import CATALOGUE
from tests.unit.indicators.test_published import form

from guantong.evidence import Grade
from guantong.facts import Fact
from guantong.indicators.published import facts_of, totals
from guantong.indicators.suppression import publishable, untouched

STUDY, WORK, WHOLE = "form.study", "form.work", "form.whole"
Counts = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=3)


def facts(counts: list[tuple[int, int]]) -> tuple[Fact, ...]:
    """What schools entered of a sum and its two parts, and the city's totals."""
    forms = [
        form(f"s{number}", study=str(study), work=str(work), whole=str(study + work))
        for number, (study, work) in enumerate(counts)
    ]
    sums, _ = totals(CATALOGUE, "city", 2025, forms, frozenset({"higher"}), Grade.OFFICIAL)
    return (*(fact for one in forms for fact in facts_of(CATALOGUE, one, Grade.OFFICIAL)), *sums)


def shown(counts: list[tuple[int, int]]) -> dict[tuple[str, str], int]:
    """What is published."""
    return {(fact.subject, fact.attribute): int(fact.value) for fact in publishable(CATALOGUE, facts(counts), "city")}


@given(Counts)
def test_no_count_of_one_to_four_people_is_published(counts: list[tuple[int, int]]) -> None:
    assert not [count for count in shown(counts).values() if 0 < count < 5]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=2))
def test_no_hidden_small_count_is_the_only_one_that_fits(counts: list[tuple[int, int]]) -> None:
    told = shown(counts)
    fits = []
    for values in product(range(9), repeat=2 * len(counts)):
        parts = [(values[2 * at], values[2 * at + 1]) for at in range(len(counts))]
        made = {(fact.subject, fact.attribute): int(fact.value) for fact in facts(parts)}
        if all(made[key] == value for key, value in told.items()):
            fits.append(made)
    for fact in facts(counts):
        key = (fact.subject, fact.attribute)
        if key not in told and 0 < int(fact.value) < 5:
            assert len({made[key] for made in fits}) > 1, (counts, key, told)


def test_a_rate_goes_with_the_counts_it_is_made_of() -> None:
    small = facts_of(CATALOGUE, form("a", graduates="4", placed="3", rate="75.0"), Grade.OFFICIAL)
    assert "form.rate" not in {fact.attribute for fact in publishable(CATALOGUE, small, "city")}
    large = facts_of(CATALOGUE, form("a", graduates="400", placed="300", rate="75.0"), Grade.OFFICIAL)
    assert "form.rate" in {fact.attribute for fact in publishable(CATALOGUE, large, "city")}


def test_what_is_no_count_of_people_is_published_as_it_is() -> None:
    entered = facts_of(CATALOGUE, form("a", satisfied="3", ratio="2"), Grade.OFFICIAL)
    assert publishable(CATALOGUE, entered, "city") == entered


@given(Counts)
def test_what_no_small_count_touches_is_published_in_any_case(counts: list[tuple[int, int]]) -> None:
    told = facts(counts)
    assert set(untouched(CATALOGUE, told)) <= set(publishable(CATALOGUE, told, "city"))


def test_a_small_count_touches_its_sum_and_its_rate_and_nothing_else() -> None:
    small = facts_of(CATALOGUE, form("a", study="3", work="9", graduates="200", pupils="90"), Grade.OFFICIAL)
    assert {fact.attribute for fact in untouched(CATALOGUE, small)} == {"form.graduates", "form.pupils"}
    few = facts_of(CATALOGUE, form("a", placed="3", graduates="200", rate="1.5", pupils="90"), Grade.OFFICIAL)
    assert {fact.attribute for fact in untouched(CATALOGUE, few)} == {"form.pupils"}
