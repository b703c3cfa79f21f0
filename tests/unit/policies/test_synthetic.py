"""The synthetic city: the same for a seed, inside its paper, and only where a paper total is known."""

import numpy as np
import pytest

from guantong.contents import Contents
from guantong.errors import ValueUnknown
from guantong.policies.city import decide_table, read_people
from guantong.policies.decide import decide
from guantong.policies.synthetic import ASSUMPTIONS, MARK, synthetic_city

BOOK = Contents("guantong_beijing").rulebook("guantong")


def test_one_seed_always_invents_the_same_people() -> None:
    first, again, other = (synthetic_city(BOOK, 2025, rows=500, seed=seed) for seed in (1, 1, 2))
    assert all(np.array_equal(np.asarray(first[name]), np.asarray(again[name])) for name in first)
    assert not np.array_equal(np.asarray(first["score"]), np.asarray(other["score"]))


@pytest.mark.parametrize(("cohort", "total"), [(2023, 660), (2024, 670), (2025, 510)])
def test_every_score_lies_on_the_cohort_s_own_paper(cohort: int, total: int) -> None:
    scores = np.asarray(synthetic_city(BOOK, cohort, rows=5_000)["score"])
    assert 0 <= scores.min() <= scores.max() <= total
    assert not (scores * 2 % 1).any()


def test_a_cohort_without_a_known_paper_has_no_city() -> None:
    with pytest.raises(ValueUnknown, match="2028"):
        synthetic_city(BOOK, 2028)


def test_the_city_is_answered_like_its_single_people() -> None:
    columns = synthetic_city(BOOK, 2025, rows=300)
    answer = decide_table(BOOK, read_people(BOOK, columns))["may_apply"]
    people = {name: np.asarray(columns[name]).tolist() for name in ("score", "household", "exam_eligible")}
    for row in range(300):
        given = {name: values[row] for name, values in people.items()}
        assert answer.word(row) == decide(BOOK, given, cohort=2025).verdict


def test_what_was_assumed_says_that_nobody_is_real() -> None:
    assert MARK in ASSUMPTIONS[0]
    assert "不能当作人数预测" in ASSUMPTIONS[-1]
