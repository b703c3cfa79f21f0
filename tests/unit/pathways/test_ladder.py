"""The years of a rung in words."""

import pytest

from guantong.pathways.ladder import span_words


@pytest.mark.parametrize(
    ("first", "last", "words"), [(1, 3, "第 1–3 年"), (5, 5, "第 5 年"), (None, None, "年数未写明")]
)
def test_a_rung_says_which_years_it_fills(first: int | None, last: int | None, words: str) -> None:
    assert span_words(first, last) == words
