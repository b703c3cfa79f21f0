"""Laws of facts that hold for all inputs: series never join what was counted otherwise, order never matters."""

import json
import random
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.facts import fact, table

from guantong.errors import FactAmbiguous, FactMissing
from guantong.facts import Fact, TimeBasis, Wanted, fact_json, fact_of, series

FACTS = st.lists(
    st.builds(
        lambda value, year, scope, definition, basis, document: (value, year, scope, definition, basis, document),
        st.decimals(min_value=0, max_value=10_000, places=1).map(str),
        st.integers(2015, 2021),
        st.sampled_from(["secondary", "higher", "secondary no-adult", "secondary part", ""]),
        st.sampled_from(["of_all", "of_some"]),
        st.sampled_from(list(TimeBasis)),
        st.sampled_from(["report", "other"]),
    ),
    max_size=25,
)


def made(rows: list[tuple[str, int, str, str, TimeBasis, str]]) -> list[Fact]:
    """The facts that a drawn list means."""
    return [
        fact(
            f"f{n}",
            value,
            attribute="rate",
            unit="%",
            year=year,
            scope=scope,
            definition=way,
            basis=basis,
            document=doc,
        )
        for n, (value, year, scope, way, basis, doc) in enumerate(rows)
    ]


@given(FACTS)
def test_a_segment_never_joins_other_scopes_definitions_or_time_bases(
    rows: list[tuple[str, int, str, str, TimeBasis, str]],
) -> None:
    facts = made(rows)
    shown = []
    for one in series(table(*facts), "rate", "city"):
        for segment in one.segments:
            members = [said for point in segment.points for said in point.facts]
            shown += [said.id for said in members]
            assert len({(said.definition, said.scope, said.period.basis) for said in members}) == 1
            assert [point.period for point in segment.points] == sorted({said.period for said in members})
        firsts = [segment.first for segment in one.segments[1:]]
        assert len([gap for gap in one.breaks if gap.before in firsts]) >= len(set(firsts))
    assert sorted(shown) == sorted(said.id for said in facts)


@given(FACTS, st.randoms(use_true_random=False))
def test_a_table_is_the_same_for_any_order(
    rows: list[tuple[str, int, str, str, TimeBasis, str]], chance: random.Random
) -> None:
    facts = made(rows)
    mixed = chance.sample(facts, len(facts))
    one, other = table(*facts), table(*mixed)
    assert (one.digest, tuple(one), series(one, "rate", "city")) == (
        other.digest,
        tuple(other),
        series(other, "rate", "city"),
    )
    assert {frozenset(said.id for said in clash.facts) for clash in one.clashes} == {
        frozenset(said.id for said in clash.facts) for clash in other.clashes
    }


@given(FACTS)
def test_one_answers_only_where_every_candidate_says_the_same_of_the_same(
    rows: list[tuple[str, int, str, str, TimeBasis, str]],
) -> None:
    facts = table(*made(rows))
    for year in range(2015, 2022):
        wanted = Wanted(attribute="rate", year=year, scope=frozenset({"secondary"}))
        found = facts.find(wanted)
        try:
            answer = facts.one(wanted)
        except FactMissing:
            assert found == ()
        except FactAmbiguous:
            assert len(found) > 1
        else:
            assert {said.key for said in found} == {answer.key}
            assert all(said.agrees(answer) for said in found)


@given(
    st.decimals(min_value=-9999, max_value=9999, places=4),
    st.integers(0, 4),
    st.integers(0, 4),
)
def test_a_number_agrees_with_every_rounding_of_itself(number: Decimal, places: int, fewer: int) -> None:
    finer = number.quantize(Decimal(1).scaleb(-places))
    coarser = finer.quantize(Decimal(1).scaleb(-min(places, fewer)))
    assert fact("a", str(finer)).agrees(fact("b", str(coarser)))
    off = coarser + 2 * Decimal(1).scaleb(-min(places, fewer))
    assert not fact("a", str(finer)).agrees(fact("b", str(off)))


@given(FACTS)
def test_a_fact_is_read_again_as_it_was_written(rows: list[tuple[str, int, str, str, TimeBasis, str]]) -> None:
    facts = made(rows)
    assert [fact_of(json.loads(json.dumps(fact_json(said)))) for said in facts] == facts
