"""Sources, districts, institutions and interests: each kind of fault is refused with file, entry, value and remedy."""

import pytest
from tests.packages import Package

SCHOOLS, SOURCES, DISTRICTS, INTERESTS = "institutions.yaml", "sources.yaml", "districts.yaml", "interests.yaml"

FAULTS = [
    # file, what is replaced, by what, entry and key, value, rule
    (SOURCES, "grade: official", "grade: oficial", "notice › grade", "oficial", "只能是 official、reprint"),
    (SOURCES, "title: 第三方文章", "titel: 第三方文章", "essay › titel", "", "不认识这个键"),
    (SOURCES, "id: essay", "id: notice", "", "notice", "这个编号用了不止一次"),
    (SOURCES, "title: 第三方文章", "title: true", "essay › title", "True", "应是非空文字"),
    (SOURCES, "title: 第三方文章", "title: [a]", "essay › title", "['a']", "应是非空文字"),
    (SOURCES, "title: 第三方文章", "title: ' '", "essay › title", " ", "应是非空文字"),
    (DISTRICTS, "id: south, name", "id: south, nmae", "south › nmae", "", "不认识这个键"),
    (DISTRICTS, "id: south", "id: north", "north › id", "north", "这个区写了两次"),
    (DISTRICTS, "城南区", "城北区", "south › id", "south", "这个区写了两次"),
    (SCHOOLS, "kind: college", "kind: colege", "first-college › kind", "colege", "只能是 secondary、technician"),
    (SCHOOLS, 'place: {document: notice, lines: "2"}', "note: 无", "first-college › place", "", "缺少出处"),
    (
        SCHOOLS,
        'document: notice, lines: "2"',
        'document: notise, lines: "2"',
        "first-college › place › document",
        "notise",
        "出处的文件不在 sources.yaml 里",
    ),
    (SCHOOLS, 'lines: "2"', 'lines: "2–3"', "first-college › place › lines", "2–3", "行号应写成"),
    (SCHOOLS, 'lines: "2"', 'lines: "3-2"', "first-college › place › lines", "3-2", "行号应写成"),
    (SCHOOLS, 'lines: "2"', 'lines: "0"', "first-college › place › lines", "0", "行号应写成"),
    (SCHOOLS, 'lines: "2"', 'line: "2"', "first-college › place › line", "", "不认识这个键"),
    (SCHOOLS, "aliases: [一职]", "aliases: 一职", "first-school › aliases", "一职", "应是列表"),
    (SCHOOLS, "aliases: [一职]", "aliases: [null]", "first-school › aliases", "None", "应是文字的列表"),
    (SCHOOLS, "{name: 演示职业中专}", "{nmae: 旧名, name: 演示职业中专}", "renames[1] › nmae", "", "不认识这个键"),
    (
        SCHOOLS,
        "{kind: district}",
        "{kind: distric}",
        "first-school › supervisor[1] › kind",
        "distric",
        "只能是 district",
    ),
    (SCHOOLS, "{kind: district}", "district", "first-school › supervisor[1]", "district", "这里应是“键: 值”的记录"),
    (SCHOOLS, "district: north", "district: nroth", "first-school › district", "nroth", "districts.yaml 里没有这个区"),
    (SCHOOLS, "[first-college]", "[first-colege]", "first-school › apart_from", "first-colege", "指向不存在的学校"),
    (SCHOOLS, "district_basis: derived", "district_basis: drived", "district_basis", "drived", "只能是 printed"),
    (INTERESTS, "  words: [软件, 网络]\n", "", "computing › words", "", "应是列表"),
    (INTERESTS, "words: [软件, 网络]", "words: []", "computing › words", "", "至少写一个"),
]


@pytest.mark.parametrize(("file", "old", "new", "where", "value", "rule"), FAULTS)
def test_a_fault_is_named_with_file_entry_value_and_remedy(
    tiny: Package, file: str, old: str, new: str, where: str, value: str, rule: str
) -> None:
    tiny.change(file, old, new)
    problem = next(found for found in tiny.problems() if rule in found.rule)
    assert (problem.file, problem.value) == (file, value)
    assert problem.column.endswith(where)
    assert problem.remedy


@pytest.mark.parametrize(
    ("old", "new", "near"), [("kind: college", "knid: college", "kind"), ("kind: college", "kind: colege", "college")]
)
def test_a_misspelled_word_is_answered_with_the_nearest(tiny: Package, old: str, new: str, near: str) -> None:
    tiny.change(SCHOOLS, old, new)
    assert f"最接近的是 {near}。" in [problem.remedy for problem in tiny.problems()]


@pytest.mark.parametrize("alias", ["演示市第一职业学校", "一职", "演示职业中专"])
def test_a_name_that_would_mean_two_schools_is_refused_with_both(tiny: Package, alias: str) -> None:
    tiny.change(SCHOOLS, "kind: college", f"kind: college\n  aliases: [{alias}]")
    (problem,) = tiny.problems()
    assert (problem.column, problem.value) == ("first-college", alias)
    assert "first-school" in problem.rule


def test_a_name_that_a_school_bears_twice_is_no_fault(tiny: Package) -> None:
    tiny.change(SCHOOLS, "aliases: [一职]", "aliases: [一职, 演示市第一职业学校]")
    assert tiny.problems() == ()


def test_an_id_that_two_schools_bear_is_told_once(tiny: Package) -> None:
    tiny.change(SCHOOLS, "id: first-college", "id: first-school")
    told = [problem for problem in tiny.problems() if problem.rule == "这个编号用了不止一次"]
    assert [problem.value for problem in told] == ["first-school"]


def test_a_number_stands_for_a_text_where_a_name_is_one(tiny: Package) -> None:
    tiny.change(SCHOOLS, "aliases: [一职]", "aliases: [一职, 101]")
    school = tiny.open().registry.named("101")
    assert school is not None
    assert school.id == "first-school"


@pytest.mark.parametrize("name", ["computing", "信息技术"])
def test_an_interest_that_stands_twice_is_refused(tiny: Package, name: str) -> None:
    fields = {"computing": ("computing", "别的"), "信息技术": ("other", "信息技术")}[name]
    tiny.add(INTERESTS, f"- {{id: {fields[0]}, title: {fields[1]}, words: [词]}}\n")
    (problem,) = tiny.problems()
    assert (problem.file, problem.value, problem.rule) == (INTERESTS, name, "这个编号用了不止一次")
