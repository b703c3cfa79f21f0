"""YAML without surprises: what keeps its text, what is typed, and what is refused with file and row."""

import pytest

from guantong.contents.yaml_text import read_yaml
from guantong.errors import ContentsRefused, Problem


def refused(text: str) -> Problem:
    """The one problem of a text."""
    with pytest.raises(ContentsRefused) as caught:
        read_yaml(text, "some.yaml")
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    "word",
    [
        "12.10",
        "on",
        "off",
        "yes",
        "no",
        "Yes",
        "2023-04-07",
        "010",
        "0x1F",
        "1_000",
        "12:30",
        "1e3",
        "+5",
        "True",
        ".5",
    ],
)
def test_a_word_that_other_readers_would_change_stays_as_it_is_written(word: str) -> None:
    assert read_yaml(f"key: {word}", "some.yaml") == {"key": word}


@pytest.mark.parametrize("word", ["on", "yes", "12.10", "2023-04-07", "y", "<<"])
def test_a_key_stays_as_it_is_written(word: str) -> None:
    assert read_yaml(f"{word}: 1", "some.yaml") == {word: 1}


@pytest.mark.parametrize(
    ("word", "value"),
    [("0", 0), ("-3", -3), ("2025", 2025), ("true", True), ("false", False), ("null", None), ("~", None), ("", None)],
)
def test_only_plain_integers_truth_values_and_null_are_typed(word: str, value: object) -> None:
    assert read_yaml(f"key: {word}", "some.yaml") == {"key": value}


@pytest.mark.parametrize("word", ["2025", "true", "null"])
def test_a_quoted_word_is_text(word: str) -> None:
    assert read_yaml(f'key: "{word}"', "some.yaml") == {"key": word}


def test_a_key_that_stands_twice_is_refused_with_its_row() -> None:
    problem = refused("- a: 1\n  b: 2\n  a: 3\n")
    assert (problem.file, problem.row) == ("some.yaml", 3)
    assert "“a”出现了两次" in problem.rule


def test_a_key_that_is_a_list_is_refused() -> None:
    assert refused("x: 1\n? [a, b]\n: 2\n").row == 2


@pytest.mark.parametrize(
    ("text", "row"),
    [("a: [1, 2\nb: 3\n", 2), ("a:\n  - b\n c: 1\n", 3), ("a: '未完\n", 2), ("a: !!python/name:os.system x\n", 1)],
    ids=["an open bracket", "a wrong indent", "an open quote", "a foreign tag"],
)
def test_broken_yaml_is_refused_with_its_row_and_a_remedy(text: str, row: int) -> None:
    problem = refused(text)
    assert (problem.file, problem.row) == ("some.yaml", row)
    assert problem.remedy == "请检查缩进、引号和重复的键。"


def test_a_character_that_yaml_forbids_is_refused() -> None:
    assert refused("a: \x00").file == "some.yaml"


def test_a_number_longer_than_any_machine_reads_is_refused() -> None:
    assert refused(f"a: {'9' * 5000}").file == "some.yaml"


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    assert read_yaml("\ufeffa: 1\r\nb: 二\r\n", "some.yaml") == {"a": 1, "b": "二"}
