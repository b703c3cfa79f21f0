"""The comparison compares like with like: every way of writing the synthetic rules gives the same answers."""

import numpy as np
import pytest
from bench.__main__ import main
from bench.policies.peers import arrays, ours
from bench.policies.population import population
from bench.policies.rulebook import bench_rulebook
from bench.policies.terms import COHORTS
from bench.policies.worker import checksums

from guantong.policies.city import verify


@pytest.mark.parametrize("mixed", [False, True])
@pytest.mark.parametrize("peer", [arrays.naive, arrays.narrow, arrays.polars])
def test_plain_arrays_and_our_table_agree(peer: object, mixed: bool) -> None:
    columns = population(5_000, mixed=mixed)
    expected = checksums(ours.table(columns)()())
    assert checksums(peer(columns)()()) == expected  # type: ignore[operator]
    assert sum(expected) > 5_000


def test_the_synthetic_rulebook_is_verified_too() -> None:
    assert verify(bench_rulebook(), COHORTS).different == 0


def test_unknown_inputs_are_really_unknown() -> None:
    codes = ours.with_unknowns(population(2_000, mixed=True))()()["may_apply"]
    assert np.count_nonzero(codes == 1) > 0


def test_a_measurement_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(SystemExit, match="policies"):
        main(["polices"])
