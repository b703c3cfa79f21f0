"""One record read field by field: each kind of field, and what is said of a wrong one."""

from decimal import Decimal
from enum import Enum

import pytest

from guantong.errors import Problem
from guantong.evidence import Grade
from guantong.sheets import Record


class Colour(Enum):
    RED = "red"
    GREEN = "green"


def record(**fields: object) -> Record:
    """A record of a file."""
    return Record(fields, "some.yaml", "2025", [])


def only(reader: Record) -> Problem:
    """The one problem of a record."""
    (problem,) = reader.problems
    return problem


def test_each_kind_of_field_is_read() -> None:
    reader = record(
        text="字", whole=3, number="12.10", flag=True, choice="red", texts=["a", 1], wholes=[1, 2], grade="pending"
    )
    assert (reader.text("text"), reader.whole("whole"), reader.number("number")) == ("字", 3, Decimal("12.10"))
    assert (reader.flag("flag"), reader.choice("choice", Colour)) == (True, Colour.RED)
    assert (reader.texts("texts"), reader.wholes("wholes"), reader.grade()) == (("a", "1"), (1, 2), Grade.PENDING)
    reader.done()
    assert reader.problems == []


def test_an_absent_field_that_may_be_absent_reads_as_empty() -> None:
    reader = record(nothing=None)
    assert (reader.text("text", required=False), reader.whole("whole", required=False)) == ("", None)
    assert (reader.number("number", required=False), reader.flag("flag")) == (None, False)
    assert (reader.texts("texts"), reader.wholes("wholes"), list(reader.records("records"))) == ((), (), [])
    assert (reader.record("record"), reader.place(required=False)) == (None, None)
    assert reader.choice("choice", Colour, Colour.GREEN) is Colour.GREEN
    assert (reader.has("nothing"), reader.problems) == (False, [])


@pytest.mark.parametrize(
    ("kind", "value", "rule", "shown"),
    [
        ("text", None, "缺少必填内容", ""),
        ("text", "", "应是非空文字", ""),
        ("text", True, "应是非空文字", "True"),
        ("text", ["a"], "应是非空文字", "['a']"),
        ("whole", None, "应是整数", ""),
        ("whole", "3", "应是整数", "3"),
        ("whole", True, "应是整数", "True"),
        ("number", None, "应是数字", ""),
        ("number", "NaN", "应是数字", "NaN"),
        ("number", "1e3", "应是数字", "1e3"),
        ("number", True, "应是数字", "True"),
        ("number", "３", "应是数字", "３"),
        ("flag", "yes", "应是 true 或 false", "yes"),
        ("texts", "a", "应是列表", "a"),
        ("texts", ["a", None], "应是文字的列表", "None"),
        ("texts", [True], "应是文字的列表", "True"),
        ("wholes", [1, "2"], "应是整数的列表", "[1, '2']"),
        ("place", None, "缺少出处", ""),
    ],
)
def test_a_wrong_field_is_named_with_its_value_and_a_remedy(kind: str, value: object, rule: str, shown: str) -> None:
    reader = record(**{kind: value})
    getattr(reader, kind)(kind)
    problem = only(reader)
    assert (problem.file, problem.column, problem.rule, problem.value) == ("some.yaml", f"2025 › {kind}", rule, shown)
    assert problem.remedy


def test_a_long_value_is_shown_by_its_beginning() -> None:
    reader = record(whole="很" * 100)
    reader.whole("whole")
    assert only(reader).value == "很" * 40


@pytest.mark.parametrize(("value", "remedy"), [("gren", "最接近的是 green。"), ("蓝", "请改为其中之一。")])
def test_a_misspelled_choice_is_answered_with_the_nearest(value: str, remedy: str) -> None:
    reader = record(colour=value)
    reader.choice("colour", Colour)
    assert (only(reader).rule, only(reader).remedy) == ("只能是 red、green 之一", remedy)


def test_a_missing_choice_is_a_problem() -> None:
    reader = record()
    reader.choice("colour", Colour)
    assert only(reader).value == ""


@pytest.mark.parametrize(("key", "remedy"), [("txet", "最接近的是 text。"), ("其他", "请删去或改正。")])
def test_a_key_that_nobody_takes_is_a_problem(key: str, remedy: str) -> None:
    reader = record(**{"text": "字", key: "x"})
    reader.text("text")
    reader.done()
    assert (only(reader).column, only(reader).rule, only(reader).remedy) == (f"2025 › {key}", "不认识这个键", remedy)


def test_records_below_name_their_path() -> None:
    reader = record(parts=[{"text": "字"}, {}], part={"text": None})
    for part in reader.records("parts"):
        part.text("text")
    inner = reader.record("part")
    assert inner is not None
    inner.text("text")
    assert [problem.column for problem in reader.problems] == ["2025 › parts[2] › text", "2025 › part › text"]


def test_what_is_no_record_reads_as_empty() -> None:
    reader = Record("字", "some.yaml", "", [])
    assert (only(reader).value, reader.raw_keys()) == ("字", ())
    assert "docs/" not in only(reader).remedy


def test_a_place_is_read_with_all_its_parts() -> None:
    parts = {"document": "d", "section": "二", "table": "表 1", "row": 3, "column": "计划", "lines": "4-6;9"}
    place = record(place=parts).place()
    assert place is not None
    assert (place.row, place.line_numbers()) == ("3", (4, 5, 6, 9))


@pytest.mark.parametrize(
    ("parts", "column"),
    [
        ({"section": "二"}, "place › document"),
        ({"document": "d", "lines": "四"}, "place › lines"),
        ({"document": "d", "lines": "6-4"}, "place › lines"),
        ({"document": "d", "page": "3"}, "place › page"),
        ("附件", "place"),
    ],
)
def test_a_wrong_place_is_named(parts: object, column: str) -> None:
    reader = record(place=parts)
    reader.place()
    assert reader.problems[0].column == f"2025 › {column}"
