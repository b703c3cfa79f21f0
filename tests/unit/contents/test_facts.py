"""Facts of a package: loaded whole, or refused with file, row, column and remedy."""

import pytest
from tests.packages import Package

from guantong.contents import Contents
from guantong.facts import CITY, Standing, Wanted

HEAD = (
    "id,subject,attribute,definition,value,printed,unit,period,time,compared,scope,"
    "document,section,table,row,column,lines,basis,note\n"
)
FIRST = 'f-1,city,pupils,,1234,"1,234",人,2020,point,,secondary,notice,一,表 1-1 学生,在校生,2020 年,3,printed,\n'
SECOND = "f-2,city,pupils.change,,-12,12,人,2020,point,2019,secondary,notice,一,,,,4,printed,\n"
THIRD = (
    "f-3,first-school,rate,of_all,97.20,97.20%,%,2019-2020,school_year,,secondary|no-adult,notice,一,,,,5,printed,\n"
)
ATTRIBUTES = """
- {id: pupils, name: 在校生数, unit: 人, kind: count, theme: 规模}
- id: rate
  name: 比率
  unit: "%"
  kind: share
  theme: 质量
  meaning: 部分除以全体
  mark: official
  definitions: [{id: of_all, text: 占全体, mark: official}, {id: of_some, text: 占部分, mark: pending}]
"""
SCOPES = """
city: 演示市
scopes:
  - {id: secondary, name: 中职学校, kind: level}
  - {id: no-adult, name: 不含成人, kind: excludes}
"""
SIDECAR = """
document: notice
edition: 2020
grade: official
standing: checked
note: 演示
tables: ["1-1"]
lists: ["1-2"]
"""


@pytest.fixture
def told(tiny: Package) -> Package:
    """The tiny package with three facts."""
    tiny.put("facts/attributes.yaml", ATTRIBUTES)
    tiny.put("facts/scopes.yaml", SCOPES)
    tiny.put("facts/notice.yaml", SIDECAR)
    tiny.put("facts/notice.csv", HEAD + FIRST + SECOND + THIRD)
    return tiny


def test_a_package_without_facts_has_an_empty_table(tiny: Package) -> None:
    assert (len(tiny.open().facts), tiny.problems()) == (0, ())


def test_facts_are_loaded_with_their_words(told: Package) -> None:
    contents = told.open()
    assert told.problems() == ()
    fact = contents.facts["f-1"]
    assert (fact.words, fact.standing, str(fact.period)) == ("1234 人", Standing.CHECKED, "2020 年")
    assert contents.facts.world == told.name
    assert contents.words.city == "演示市"
    assert contents.facts.one(Wanted(attribute="rate", subject="first-school")).period.year == 2020
    assert contents.facts.subjects() == (CITY, "first-school")


ROW_FAULTS = [
    ("f-1,city,", "f-1,nobody,", 2, "subject", "不是 city"),
    ("f-1,", "F 1,", 2, "id", "小写字母"),
    ("city,pupils,,", "city,pupil,,", 2, "attribute", "没有这个统计项目"),
    ("city,pupils,,", "city,pupils,of_all,", 2, "definition", "应是 空"),
    (",rate,of_all,", ",rate,,", 4, "definition", "应是 of_all、of_some"),
    (",1234,", ",1243,", 2, "value", "与 printed 里的数字不同"),
    (",1234,", ",一千,", 2, "value", "应写成"),
    (",-12,12,", ",-13,12,", 3, "value", "与 printed 里的数字不同"),
    ('"1,234",人', '"1,234",元', 2, "unit", "量的不是同一样东西"),
    ("人,2020,point,,", "人,2020-2021,point,,", 2, "period", "与 time 不符"),
    ("人,2020,point,,", "人,2020,moment,,", 2, "time", "只能是"),
    ("2020,point,2019", "2020,point,", 3, "compared", "增减要写与哪一年比"),
    ("2020,point,,", "2020,point,2019,", 2, "compared", "增减要写与哪一年比"),
    ("2020,point,2019", "2020,point,2020", 3, "compared", "应早于"),
    (",secondary,notice,一,表", ",secundary,notice,一,表", 2, "scope", "没有这个口径"),
    ("secondary,notice,一,,,,4", "secondary,essay,一,,,,4", 3, "document", "与同名 yaml 里的文件不同"),
    (",,,4,printed", ",,,4-3,printed", 3, "lines", "从小到大"),
    (",,,4,printed", ",,,,printed", 3, "lines", "不能为空"),
    (",,,4,printed", ",,,4,guessed", 3, "basis", "只能是"),
]


@pytest.mark.parametrize(("old", "new", "row", "column", "rule"), ROW_FAULTS)
def test_a_bad_row_is_refused_with_its_place(
    told: Package, old: str, new: str, row: int, column: str, rule: str
) -> None:
    told.change("facts/notice.csv", old, new)
    problem = next(found for found in told.problems() if rule in found.rule)
    assert (problem.file, problem.row, problem.column) == ("facts/notice.csv", row, column)
    assert problem.remedy


FILE_FAULTS = [
    ("facts/notice.yaml", 'tables: ["1-1"]', "tables: []", "tables 里没有"),
    ("facts/notice.yaml", 'tables: ["1-1"]', 'tables: ["1-1", "1-3"]', "没有一条数据出自这张表"),
    ("facts/notice.yaml", 'lists: ["1-2"]', 'lists: ["1-1"]', "名单里却有数据"),
    ("facts/notice.yaml", "document: notice", "document: notise", "sources.yaml"),
    ("facts/notice.yaml", "standing: checked", "standing: cheked", "只能是 proposed"),
    ("facts/notice.yaml", "edition: 2020", "edtion: 2020", "不认识这个键"),
    ("facts/attributes.yaml", "kind: share", "kind: shair", "只能是 count"),
    ("facts/attributes.yaml", "id: rate", "id: pupils", "这个编号用了不止一次"),
    ("facts/attributes.yaml", "{id: of_some", "{ib: of_some", "不认识这个键"),
    ("facts/scopes.yaml", "kind: level", "kind: lefel", "只能是 level"),
    ("facts/scopes.yaml", "city: 演示市\n", "", "缺少必填内容"),
    ("facts/notice.csv", "f-2,", "f-1,", "这个编号用了不止一次"),
]


@pytest.mark.parametrize(("file", "old", "new", "rule"), FILE_FAULTS)
def test_a_bad_file_is_refused_with_its_name(told: Package, file: str, old: str, new: str, rule: str) -> None:
    told.change(file, old, new)
    assert any(rule in found.rule for found in told.problems())


@pytest.mark.parametrize("file", ["notice.yaml", "attributes.yaml", "scopes.yaml"])
def test_a_missing_file_is_named(told: Package, file: str) -> None:
    told.remove(f"facts/{file}")
    assert f"facts/{file}" in {problem.file for problem in told.problems()}


def test_every_fault_of_a_file_is_named_at_once(told: Package) -> None:
    told.change("facts/notice.csv", ",1234,", ",1243,")
    told.change("facts/notice.csv", "f-2,city", "f-2,nobody")
    assert {problem.row for problem in told.problems()} == {2, 3}


def test_the_bundled_package_contradicts_itself_exactly_where_its_sources_do() -> None:
    contents = Contents("guantong_beijing")
    clashes = {clash.facts[0].attribute: {fact.words for fact in clash.facts} for clash in contents.facts.clashes}
    assert clashes == {
        "progression_rate": {"71.84%", "73.31%"},
        "alma_mater_satisfaction": {"98.37%", "98.60%"},
        "half_year_employment_rate": {"93.37%", "94.26%"},
    }
    assert contents.world == "beijing"
