"""Finding claims: by verdict, by words, and the nearest to a sentence that nobody entered."""

import pytest
from tests.factories import beijing

from guantong.errors import InputRefused
from guantong.pathways.claim_list import ClaimQuery, find_claims, near_claims, read_claim_query
from guantong.pathways.claims import ClaimVerdict


def found(**given: str) -> list[str]:
    query = read_claim_query({name: [text] for name, text in given.items()})
    return [claim.id for claim in find_claims(query, beijing().claims)]


def near(words: str) -> list[str]:
    return [claim.id for claim in near_claims(words, beijing().claims)]


def test_without_a_question_every_claim_is_there_in_the_order_of_the_file() -> None:
    assert found() == [claim.id for claim in beijing().claims.all]


@pytest.mark.parametrize("verdict", list(ClaimVerdict))
def test_a_verdict_is_asked_for_by_its_id_or_its_word(verdict: ClaimVerdict) -> None:
    expected = [claim.id for claim in beijing().claims.all if claim.verdict is verdict]
    assert found(verdict=verdict.value) == found(verdict=verdict.label) == expected
    assert expected


def test_every_word_must_stand_somewhere_in_what_is_told() -> None:
    assert "380-is-enough" in found(words="380 升段")
    assert found(words="380 没有这个词") == []


def test_large_letters_do_not_matter() -> None:
    assert found(words="100%") == found(words=" 100% ")


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("听说380分就稳了是真的吗", "380-is-enough"),
        ("分数线下降了", "floor-fell"),
        ("能不能先上普通专业再转学", "transfer-in"),
        ("直升华为", "straight-to-huawei"),
    ],
)
def test_a_sentence_finds_the_claim_that_it_means(sentence: str, first: str) -> None:
    assert near(sentence)[0] == first


def test_what_nobody_says_is_near_to_nothing() -> None:
    assert near("zzzz") == near("") == near("的是吗？") == []


def test_no_more_than_four_are_offered() -> None:
    assert len(near("".join(claim.statement for claim in beijing().claims.all))) == 4


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ({"verdict": ["maybe"]}, "verdict"),
        ({"verdict": ["true", "inaccurate"]}, "verdict"),
        ({"words": ["长" * 81]}, "words"),
        ({"wrods": ["x"]}, "wrods"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(given: dict[str, list[str]], column: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_claim_query(given)
    assert [problem.column for problem in refused.value.problems] == [column]


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(InputRefused) as refused:
        read_claim_query({"verdict": ["maybe"], "words": ["长" * 81], "x": ["1"]})
    assert len(refused.value.problems) == 3


def test_empty_texts_narrow_nothing() -> None:
    assert read_claim_query({"verdict": [""], "words": ["  "]}) == ClaimQuery()
