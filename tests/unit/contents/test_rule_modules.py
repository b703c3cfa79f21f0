"""The module of a rulebook's rules: whatever is wrong with it is told with file and row, without a traceback."""

import pytest
from tests.packages import Package

from guantong.errors import ContentsRefused

RULES = "policies/guantong/rules.py"

FAULTS = [
    ("return pupil.score >= law.score_floor", "return pupil.score >= law.score_flor", None, "用了没有取值的名称"),
    ("return pupil.score >= law.score_floor", "return pupil.scroe >= law.score_floor", None, "没有声明的输入"),
    ('clause="notice:1", title="达到门槛"', 'clause="notice:7", title="达到门槛"', None, "规则没有条款依据"),
    ('decision="may_apply"', 'decision="may_aply"', None, "没有这个判断事项"),
    ("return pupil.score >= law.score_floor", "return pupil.score >= law.score_floor and True", 9, "TypeError"),
    ("return pupil.score >= law.score_floor", "return pupil.score >>= law.score_floor", 9, "SyntaxError"),
    ("return pupil.score >= law.score_floor", "return nothing_of_that_name", 9, "NameError"),
    ('title="达到门槛")', 'titel="达到门槛")', 7, "TypeError"),
    ("from guantong.policies.rules import rule", "from guantong.policies.rules import ruel", 4, "ImportError"),
    ('"""The rules', '1 / 0\n"""The rules', 1, "ZeroDivisionError"),
]


@pytest.mark.parametrize(("old", "new", "row", "rule"), FAULTS)
def test_a_fault_of_the_module_is_named_with_file_and_row(
    tiny: Package, old: str, new: str, row: int | None, rule: str
) -> None:
    tiny.change(RULES, old, new)
    with pytest.raises(ContentsRefused) as refused:
        tiny.open().rulebook("guantong")
    (problem,) = (found for found in refused.value.problems if rule in found.rule)
    assert (problem.file, problem.row) == (RULES, row)
    assert problem.remedy


def test_a_rule_of_a_tuple_counts_and_other_things_do_not(tiny: Package) -> None:
    tiny.add(RULES, "\n\nPAIR = (from_the_school, 'word')\nNUMBER = 3\ndel from_the_school\n")
    assert [rule.name for rule in tiny.open().rulebook("guantong").rules] == [
        "reaches_floor",
        "at_the_school",
        "from_the_school",
    ]


def test_a_faulty_module_and_a_broken_file_are_told_together(tiny: Package) -> None:
    tiny.change(RULES, "return pupil.score", "retrun pupil.score")
    tiny.put("policies/guantong/values.yaml", "score_floor: [\n")
    with pytest.raises(ContentsRefused) as refused:
        tiny.open().rulebook("guantong")
    assert [problem.file for problem in refused.value.problems] == ["policies/guantong/values.yaml", RULES]


NAMES = [
    ("clauses.yaml", '"notice:1"', '"notise:1"', "notise:1 › document", "notise"),
    ("clauses.yaml", "lines:", "stated_in: easy\n  lines:", "notice:1 › document", "easy"),
    ("book.yaml", "documents: [notice]", "documents: [notice, easy]", "2 › document", "easy"),
    (
        "values.yaml",
        "grade: official",
        "grade: official, place: {document: easy}",
        "score_floor[1] › place › document",
        "easy",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "column", "value"), NAMES)
def test_a_document_that_a_rulebook_names_in_vain_is_refused(
    tiny: Package, file: str, old: str, new: str, column: str, value: str
) -> None:
    for part in (file, "rules.py", "values.yaml") if value == "notise" else (file,):
        path = f"policies/guantong/{part}"
        tiny.put(path, tiny.text(path).replace(old, new))
    told = [problem for problem in tiny.problems() if problem.value == value]
    assert (f"policies/guantong/{file}", column) in [(problem.file, problem.column) for problem in told]
