"""Routes: each fault is refused with file, key, value and remedy; what a route names must exist."""

import pytest
from tests.packages import Package

ROUTE = "routes/zhongben.yaml"

FAULTS = [
    ("id: zhongben", "id: zhongbenn", "id", "zhongbenn", "与文件名不同"),
    ("order: 1", "order: first", "order", "first", "应是整数"),
    ("leads_to: [本科]", "leads_to: [博士]", "leads_to", "博士", "只能是 专科、本科、就业、出国"),
    ("leads_to: [本科]", "leads_to: []", "leads_to", "", "至少写一个"),
    ("programme_type: zhongben", "programme_type: zhonbgen", "programme_type", "zhonbgen", "只能是 gaoben、zhongben"),
    ("decision: may_apply", "decision: may_aply", "entry › decision", "may_aply", "没有这个判断事项"),
    ("entry:\n  decision: may_apply", "entry: {}", "entry", "", "没有判断事项的路径要写明来源里缺什么"),
    ("entry:\n  decision: may_apply\n", "", "entry", "", "没有判断事项的路径要写明来源里缺什么"),
    ("stage: secondary", "stage: second", "stages[1] › stage", "second", "只能是 secondary、college"),
    ("studies_at: school", "studies_at: shcool", "stages[1] › studies_at", "shcool", "只能是 school、college"),
    (
        "registered_at: decision",
        "registered_at: decison",
        "stages[1] › registered_at",
        "decison",
        "只能是 school、college",
    ),
    ("years: 3", "years: 三", "stages[1] › years", "三", "应是整数"),
    (
        'clause: "notice:1"\n    grade',
        'clause: "notice:9"\n    grade',
        "stages[1] › clause",
        "notice:9",
        "没有这个条款",
    ),
    ('"notice:1", grade', '"notice:2", grade', "worst_case › clause", "notice:2", "没有这个条款"),
    ("document: notice", "document: notise", "existed › place › document", "notise", "出处的文件不在 sources.yaml 里"),
    ("cohorts: [2023]", "cohorts: [二零二三]", "existed › cohorts", "['二零二三']", "应是整数的列表"),
    ("cohorts: [2023]", "cohorts: [true]", "existed › cohorts", "[True]", "应是整数的列表"),
    ("holds: 中职毕业证书, ", "", "worst_case › holds", "", "缺少必填内容"),
    ("text: 看当年简章。", "txet: 看当年简章。", "ask[1] › txet", "", "不认识这个键"),
    ("ask:\n  - text: 看当年简章。\n", "", "ask", "", "应是列表"),
    ("years: 7", "years: 7\nyaers: 7", "yaers", "", "不认识这个键"),
    ("existed: {text: 2023 年有, ", "existed: {", "existed › text", "", "缺少必填内容"),
]


@pytest.mark.parametrize(("old", "new", "column", "value", "rule"), FAULTS)
def test_a_fault_of_a_route_is_named(tiny: Package, old: str, new: str, column: str, value: str, rule: str) -> None:
    tiny.change(ROUTE, old, new)
    told = [problem for problem in tiny.problems() if problem.column == column and rule in problem.rule]
    assert [(problem.file, problem.value) for problem in told] == [(ROUTE, value)]
    assert told[0].remedy


WHOLE = """
branches:
  - {when: 考核未通过, then: 毕业, holds: 中职毕业证书, clause: "notice:1", grade: official}
one_way:
  - {text: 毕业后不能回来, place: {document: essay}, grade: unofficial}
rates:
  - name: 升学率
    value: "71.84"
    unit: "%"
    year: "2020"
    population: 毕业生
    numerator: 71
    denominator: 99
    destination: 未说明
    exclusions: 未写
    claimant: 演示年报
    place: {document: notice}
    grade: official
schools:
  - {name: 演示市第一职业学校, majors: [软件], year: "2023", place: {document: notice}, grade: official}
not_in_sources: [录取线]
"""


def test_a_route_is_read_with_everything_that_it_may_hold(tiny: Package) -> None:
    tiny.add(ROUTE, WHOLE)
    tiny.change(
        ROUTE,
        "decision: may_apply",
        "decision: may_apply\n  conditions:\n    - {text: 限应届, holds_for: [2023], grade: reprint}",
    )
    tiny.change(
        ROUTE,
        "studies_at: school",
        "studies_at: school\n    studies_at_by_cohort:\n      - {cohorts: [2020], value: university, note: 早年}",
    )
    route = tiny.open().routes["zhongben"]
    assert (route.conditions[0].years, route.branches[0].holds) == ((2023,), "中职毕业证书")
    assert (route.one_way[0].anchor.grade.value, route.rates[0].denominator) == ("unofficial", 99)
    assert (route.schools[0].majors, route.not_in_sources) == (("软件",), ("录取线",))
    assert route.stages[0].studies_at_for(2020)[0].value == "university"
    assert tiny.problems() == ()


def test_a_rate_that_is_no_number_is_refused(tiny: Package) -> None:
    tiny.add(ROUTE, WHOLE.replace("71.84", "约七成"))
    assert [(problem.column, problem.value) for problem in tiny.problems()] == [("rates[1] › value", "约七成")]


def test_a_statement_without_a_grade_of_its_own_is_pending(tiny: Package) -> None:
    tiny.change(ROUTE, 'clause: "notice:1", grade: official}', 'clause: "notice:1"}')
    assert tiny.open().routes["zhongben"].worst_case.anchor.grade.value == "pending"


def test_a_route_whose_entry_is_not_in_the_sources_says_what_is_missing(tiny: Package) -> None:
    tiny.change(ROUTE, "decision: may_apply", "unknown: 报名规则未收录，看当年简章")
    assert tiny.problems() == ()
    assert tiny.open().routes["zhongben"].decision == ""


def test_a_route_that_cannot_be_read_does_not_hide_the_faults_of_another(tiny: Package) -> None:
    tiny.put("routes/aaa.yaml", "a: [\n")
    tiny.change(ROUTE, "order: 1", "order: first")
    assert [problem.file for problem in tiny.problems()] == ["routes/aaa.yaml", ROUTE]
