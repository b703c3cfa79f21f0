"""Files that do not hold together are refused, each fault with its file and place, all at once."""

from datetime import date

import pytest
from tests.factories import make_clause, make_files, make_head, make_value

from guantong.errors import ContentsRefused, Problem
from guantong.policies import RulebookFiles, build_rulebook, read_cases

LINES = "行号应写成 124、124-126 或 124;130 的形式"
CASE = {"name": "一句话", "cohort": 2023, "input": {"score": 60}, "expect": {"may_apply": "yes"}}


def problems(files: RulebookFiles) -> tuple[Problem, ...]:
    """What building meets."""
    with pytest.raises(ContentsRefused) as caught:
        build_rulebook(files)
    return caught.value.problems


def case_problems(*cases: object) -> list[tuple[str, str]]:
    """What reading some cases meets: column and rule."""
    with pytest.raises(ContentsRefused) as caught:
        read_cases(list(cases), "cases.yaml")
    return [(problem.column, problem.rule) for problem in caught.value.problems]


def found(files: RulebookFiles) -> list[tuple[str, str, str]]:
    """Each problem as file, column and what is wrong."""
    return [(problem.file.removeprefix("policies/small/"), problem.column, problem.rule) for problem in problems(files)]


def with_input(**fields: object) -> dict[str, object]:
    """The small book with its boolean input written otherwise."""
    inputs = make_head()["inputs"]
    assert isinstance(inputs, list)
    changed = [{**part, **fields} if part["id"] == "member" else part for part in inputs]
    return make_head(inputs=changed)


def test_the_smallest_files_make_a_rulebook() -> None:
    assert build_rulebook(make_files(clauses=[make_clause(mark="open")])).id == "small"


@pytest.mark.parametrize(
    ("clause", "column", "rule"),
    [
        ({"mark": "rul"}, "clauses[1] › mark", "只能是 rule、open、obligation、definition、passage 之一"),
        ({"grade": "oficial"}, "clauses[1] › grade", "只能是 official、reprint、unofficial、pending 之一"),
        ({"enacted": ["2023级"]}, "clauses[1] › enacted", "应是整数的列表"),
        ({"enacted": 2023}, "clauses[1] › enacted", "应是列表"),
        ({"title": ""}, "clauses[1] › title", "应是非空文字"),
        ({"paraphrase": None}, "clauses[1] › paraphrase", "缺少必填内容"),
        ({"enactd": [2023]}, "clauses[1] › enactd", "不认识这个键"),
        ({"standing_from": "2020"}, "clauses[1] › standing_from", "应是整数"),
    ],
)
def test_a_fault_of_a_clause_is_named(clause: dict[str, object], column: str, rule: str) -> None:
    assert ("clauses.yaml", column, rule) in found(make_files(clauses=[make_clause(**clause)]))


def test_a_misspelled_key_is_answered_with_the_nearest() -> None:
    (problem, *_) = problems(make_files(clauses=[make_clause(carrid=[2024], mark="open")]))
    assert problem.remedy == "最接近的是 carried。"


def test_a_clause_id_stands_once() -> None:
    files = make_files(clauses=[make_clause(mark="open"), make_clause(mark="open")])
    assert found(files) == [("clauses.yaml", "clauses[2] › id", "这个条款编号已经用过")]


@pytest.mark.parametrize(
    ("value", "column", "rule"),
    [
        ({"clause": "doc:9"}, "floor[1] › clause", "没有这个条款"),
        ({"clause": None}, "floor[1] › clause", "缺少必填内容"),
        ({"value": "六十"}, "floor[1] › value", "应是数字"),
        ({"value": "-60"}, "floor[1] › value", "应是数字"),
        ({"value": "6²"}, "floor[1] › value", "应是数字"),
        ({"value": None}, "floor[1] › value", "缺少必填内容"),
        ({"out_of": "100"}, "floor[1] › out_of", "应是列表"),
        ({"cohorts": None}, "floor[1] › cohorts", "应是列表"),
        ({"carried": [2024]}, "floor[1] › carried", "不认识这个键"),
        ({"out_of_grade": "sure"}, "floor[1] › out_of_grade", "只能是 official、reprint、unofficial、pending 之一"),
        ({"place": {"document": "doc", "lines": "x"}}, "floor[1] › place › lines", LINES),
    ],
)
def test_a_fault_of_a_value_is_named(value: dict[str, object], column: str, rule: str) -> None:
    files = make_files(clauses=[make_clause(mark="open")], values={"floor": [make_value(**value)]})
    assert ("values.yaml", column, rule) in found(files)


def test_one_cohort_has_one_value() -> None:
    twice = {"floor": [make_value(cohorts=[2022, 2023]), make_value(cohorts=[2023, 2024])]}
    (problem,) = problems(make_files(clauses=[make_clause(mark="open")], values=twice))
    assert (problem.file, problem.rule, problem.value) == ("policies/small/values.yaml", "同一届写了两次取值", "2023")


@pytest.mark.parametrize(
    ("head", "column", "rule"),
    [
        (make_head(title=None), "title", "缺少必填内容"),
        (make_head(titel="x"), "titel", "不认识这个键"),
        (make_head(documents="doc"), "documents", "应是列表"),
        (with_input(id="score"), "inputs / decisions", "这个编号用了不止一次"),
        (with_input(kind="bool"), "inputs[3] › kind", "只能是 score、count、choice、boolean 之一"),
        (with_input(kind="choice"), "member", "选择项应有互不相同的选项，其他输入不写选项"),
        (with_input(step="0"), "member", "最小单位应大于零"),
        (with_input(step="NaN"), "inputs[3] › step", "应是数字"),
        (with_input(upper="ceiling"), "member", "用了没有取值的名称"),
        (with_input(id="membr"), "may_apply", "没有声明这个输入"),
    ],
)
def test_a_fault_of_the_book_is_named(head: dict[str, object], column: str, rule: str) -> None:
    assert ("book.yaml", column, rule) in found(make_files(clauses=[make_clause(mark="open")], head=head))


@pytest.mark.parametrize(
    ("pair", "rule"),
    [
        ({"decision": "may_apply", "winner": "doc:1", "loser": "doc:9", "note": "x"}, "没有这个条款"),
        ({"decision": "may_aply", "winner": "doc:1", "loser": "doc:1", "note": "x"}, "条款在 may_aply 里没有规则"),
        ({"decision": "home", "winner": "doc:1", "loser": "doc:1", "note": "x"}, "条款在 home 里没有规则"),
    ],
)
def test_a_precedence_that_leads_nowhere_is_named(pair: dict[str, object], rule: str) -> None:
    files = make_files(clauses=[make_clause(mark="open")], head=make_head(beats=[pair]))
    assert ("book.yaml", "beats / unresolved", rule) in found(files)


def test_faults_of_every_file_are_reported_at_once() -> None:
    clauses = [make_clause(mark="open", number=None), make_clause("doc:2", grade="x", mark="open")]
    files = make_files(clauses=clauses, values={"floor": [make_value(clause="doc:9")]}, head=make_head(id=None))
    assert {problem.file for problem in problems(files)} == {
        f"policies/small/{name}.yaml" for name in ("book", "clauses", "values")
    }


@pytest.mark.parametrize("broken", [None, "text", [1]])
def test_files_of_another_shape_are_problems_and_no_crash(broken: object) -> None:
    assert problems(RulebookFiles(folder="policies/small", book=broken, clauses=broken, values=broken, rules=()))


@pytest.mark.parametrize(
    ("changed", "column", "rule"),
    [
        ({"name": None}, "cases[1] › name", "缺少必填内容"),
        ({"cohort": "2023级"}, "cases[1] › cohort", "应是整数"),
        ({"expects": {}}, "cases[1] › expects", "不认识这个键"),
        ({"expect": None}, "cases[1] › expect", "应写明一个判断事项的答案"),
        ({"expect": {"may_apply": "yes", "home": "north"}}, "cases[1] › expect", "应写明一个判断事项的答案"),
        ({"on": "去年"}, "cases[1] › on", "应是“年-月-日”形式的日期"),
        ({"missing": "score"}, "cases[1] › missing", "应是列表"),
    ],
)
def test_a_fault_of_a_case_is_named(changed: dict[str, object], column: str, rule: str) -> None:
    assert (column, rule) in case_problems({**CASE, **changed})


def test_two_cases_never_share_a_sentence() -> None:
    assert case_problems(CASE, CASE) == [("", "两个案例用了同一句话")]


def test_a_case_is_read_with_its_day_and_what_it_asserts() -> None:
    more = {**CASE, "on": "2024-10-08", "missing": ["score"], "clauses_no": []}
    (case,) = read_cases([more], "cases.yaml")
    assert (case.decision, case.expect, case.given) == ("may_apply", "yes", {"score": 60})
    assert (case.on, case.missing, case.clauses) == (date(2024, 10, 8), ("score",), ())
