"""Rules that lead nowhere, or would decide silently, do not load."""

import pytest
from tests.factories import Formula, make_clause, make_files, make_rule, make_value, real_book

from guantong.errors import ContentsRefused
from guantong.policies import build_rulebook
from guantong.policies.faults import rulebook_faults
from guantong.policies.rules import Rule

UNLIKE = "两个输入的类型或最小单位不同，不能比较"
MEMBER = make_rule(lambda pupil, law: pupil.member)


def found(*rules: Rule, clauses: object = None, values: object = None) -> list[tuple[str, str, str, str]]:
    """Each problem of the small rulebook with these rules: file, place, what is wrong, what was found."""
    with pytest.raises(ContentsRefused) as caught:
        build_rulebook(make_files(*rules, clauses=clauses, values=values))
    return [
        (problem.file.removeprefix("policies/small/"), problem.column, problem.rule, problem.value)
        for problem in caught.value.problems
    ]


@pytest.mark.parametrize(
    ("formula", "rule", "value"),
    [
        (lambda pupil, law: pupil.scor >= 3, "用了这项判断没有声明的输入", "scor"),
        (lambda pupil, law: pupil.score > pupil.othr, "用了这项判断没有声明的输入", "othr"),
        (lambda pupil, law: pupil.score >= law.flor, "用了没有取值的名称", "flor"),
        (lambda pupil, law: pupil.colour.among("redd"), "输入 colour 没有这个选项", "redd"),
        (lambda pupil, law: ~pupil.colour.among("red", unsettled=("gren",)), "输入 colour 没有这个选项", "gren"),
        (lambda pupil, law: pupil.member | pupil.colour, "输入 colour 没有这个选项", "True"),
        (lambda pupil, law: pupil.score, "输入 score 没有这个选项", "True"),
        (lambda pupil, law: pupil.colour >= 3, "只有数字可以比较大小", "colour"),
        (lambda pupil, law: pupil.member & (pupil.score > pupil.member), UNLIKE, "score、member"),
    ],
)
def test_a_rule_that_reads_what_is_not_there_is_refused(formula: Formula, rule: str, value: str) -> None:
    assert found(make_rule(formula)) == [("rules.py", "only", rule, value)]


def test_a_value_between_two_steps_is_refused() -> None:
    floor = make_rule(lambda pupil, law: pupil.score >= law.floor)
    assert found(floor, values={"floor": [make_value(value="60.25")]}) == [
        ("rules.py", "only", "不是 score 最小单位的整数倍", "60.25")
    ]


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (make_rule(lambda pupil, law: pupil.member, decision="may_aply"), "没有这个判断事项"),
        (make_rule(lambda pupil, law: pupil.member, decision="home"), "给出的值与判断事项不符"),
        (make_rule(lambda pupil, law: pupil.member, decision="home", bar=True), "给出的值与判断事项不符"),
        (make_rule(lambda pupil, law: pupil.member, decision="home", gives="west"), "给出的值与判断事项不符"),
        (make_rule(lambda pupil, law: pupil.member, gives="north"), "给出的值与判断事项不符"),
    ],
)
def test_a_rule_must_fit_its_decision(rule: Rule, fault: str) -> None:
    assert [(file, problem) for file, _, problem, _ in found(rule)] == [("rules.py", fault)]


def test_a_rule_without_a_clause_is_refused() -> None:
    stray = make_rule(lambda pupil, law: pupil.member, clause="doc:9")
    assert found(stray, clauses=[make_clause(mark="open")]) == [("rules.py", "only", "规则没有条款依据", "doc:9")]


def test_a_clause_marked_as_a_rule_has_one() -> None:
    assert found(MEMBER, clauses=[make_clause(), make_clause("doc:2")]) == [
        ("clauses.yaml", "doc:2", "标为 rule 的条款没有规则", "rule")
    ]


def test_a_clause_that_a_rule_cites_is_marked_as_one() -> None:
    assert found(MEMBER, clauses=[make_clause(mark="obligation")]) == [
        ("clauses.yaml", "doc:1", "有规则引用的条款应标为 rule", "obligation")
    ]


def test_a_clause_with_a_rule_says_whom_it_governs() -> None:
    assert found(MEMBER, clauses=[make_clause(enacted=[])]) == [
        ("clauses.yaml", "doc:1", "标为 rule 的条款没有写明管哪几届", "rule")
    ]


def test_two_rules_of_one_decision_never_share_a_name() -> None:
    assert found(MEMBER, make_rule(lambda pupil, law: ~pupil.member)) == [
        ("rules.py", "may_apply › only", "两条规则用了同一个名称", "")
    ]


def test_every_fault_is_reported_at_once() -> None:
    first = make_rule(lambda pupil, law: pupil.scor >= 3, "first")
    second = make_rule(lambda pupil, law: pupil.colour.among("blue"), "second")
    clauses = [make_clause(), make_clause("doc:2")]
    assert [column for _, column, _, _ in found(first, second, clauses=clauses)] == ["first", "second", "doc:2"]


def test_the_real_rulebook_has_no_fault() -> None:
    assert list(rulebook_faults(real_book(), "policies/guantong")) == []
