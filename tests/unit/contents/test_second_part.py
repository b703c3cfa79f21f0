"""Projects, partnerships, calendar and claims: a package may lack them; what is there must hold together."""

import pytest
from tests.factories import beijing
from tests.packages import Package

LIST = "projects/2023-north"
HEADER = (
    "id,type,school,school_id,major,direction,majors,partner,partner_id,partner_major,"
    "document,section,table,row,lines,school_lines,note\n"
)
ROW = (
    "2023-first-school-3plus2-01,three-plus-two,演示市第一职业学校,first-school,烹饪,,烹饪,"
    "演示职业学院,first-college,餐饮,notice,附件,,1,20,,\n"
)
SIDECAR = """\
year: 2023
document: notice
grade: official
covers: offer
scope: north
coverage: 只有北区
control_total: {value: 1, place: {document: notice, lines: "20"}}
"""
PARTNERSHIPS = """\
- id: maker-first
  enterprise: 演示公司
  school: 一职
  school_id: first-school
  form: 订单班
  claimant: 第三方文章
  place: {document: essay, lines: "3"}
  grade: unofficial
"""
CALENDAR = """\
- id: results
  title: 公布成绩
  concerns: 初三学生
  todo: 查成绩。
  ask: 考试院
  events:
    - year: 2023
      date: "2023-07-01"
      until: "2023-07-03"
      text: 公布
      place: {document: notice, lines: "4"}
      grade: official
"""
CLAIMS = """\
- id: anyone
  statement: 「谁都能报」
  claimant: 第三方文章
  place: {document: essay, lines: "5"}
  grade: unofficial
  says:
    - {year: 2023, text: 通知只收本市考生。, place: {document: notice, lines: "6"}, grade: official}
  verdict: inaccurate
  why: 不是。
  recompute: {kind: has_stage, route: zhongben, stage: work}
"""
FILES = {
    f"{LIST}.csv": HEADER + ROW,
    f"{LIST}.yaml": SIDECAR,
    "partnerships.yaml": PARTNERSHIPS,
    "calendar.yaml": CALENDAR,
    "claims.yaml": CLAIMS,
}


@pytest.fixture
def heard(tiny: Package) -> Package:
    """The smallest package with one of everything."""
    for file, text in FILES.items():
        tiny.put(file, text)
    return tiny


def told(package: Package) -> list[str]:
    return [str(problem) for problem in package.problems()]


def test_a_package_without_the_second_part_holds_together(tiny: Package) -> None:
    contents = tiny.open()
    contents.check()
    assert (contents.projects.all, contents.partnerships, contents.calendar.kinds, contents.claims.all) == (
        (),
        (),
        (),
        (),
    )


def test_a_package_with_one_of_everything_holds_together(heard: Package) -> None:
    assert told(heard) == []
    contents = heard.open()
    assert contents.projects["2023-first-school-3plus2-01"].partner_major == "餐饮"
    assert contents.partnerships[0].standing == "非官方，未核实"
    assert contents.calendar.years == (2023,)
    assert contents.claims["anyone"].verdict.label == "不准确"


def test_the_real_second_part_is_all_there() -> None:
    contents = beijing()
    assert {name: len(file.projects) for name, file in contents.projects.files.items()} == {
        "2020-3+2": 59,
        "2024-dongcheng": 5,
    }
    assert len(contents.claims.all) >= 18


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            f"{LIST}.csv",
            "first-school,烹饪",
            "first-scholl,烹饪",
            "（名称相近的有 演示市第一职业学校",
        ),
        (f"{LIST}.csv", "演示职业学院,", "演示职业学校,", "印出的名称不在 first-college 的名称和别名里"),
        (f"{LIST}.csv", "2023-first-school-3plus2", "2024-first-school-3plus2", "编号应以“年份-学校编号-”开头"),
        (f"{LIST}.csv", "three-plus-two", "zhongben", "只能是 three-plus-two 之一"),
        (f"{LIST}.csv", "notice,附件,,1,20", "nowhere,附件,,1,20", "出处的文件不在 sources.yaml 里"),
        (f"{LIST}.csv", ",,1,20,,", ",,,,,", "缺少出处"),
        (f"{LIST}.csv", ",1,20,,", ",1,20-12,,", "行号应从小到大"),
        (f"{LIST}.csv", ROW, ROW + ROW, "与另一行重复"),
        (f"{LIST}.csv", ROW, ROW + ROW, "共有 2 行，原文写的是 1 个"),
        (f"{LIST}.yaml", "year: 2023", "year: 2024", "与文件名开头的年份不同"),
        (f"{LIST}.yaml", "scope: north", "scope: west", "只能是 city 或区的编号"),
        (f"{LIST}.yaml", "covers: offer", "covers: offers", "最接近的是 offer"),
        (f"{LIST}.yaml", "coverage: 只有北区\n", "", "缺少必填内容"),
        ("partnerships.yaml", "first-school", "first-scholl", "名录里没有这所学校"),
        ("partnerships.yaml", "school: 一职", "school: 二职", "印出的名称不在它的名称和别名里"),
        ("partnerships.yaml", "document: essay", "document: essey", "出处的文件不在 sources.yaml 里"),
        ("partnerships.yaml", PARTNERSHIPS, PARTNERSHIPS * 2, "这个编号用了不止一次"),
        ("calendar.yaml", "2023-07-01", "7月1日", "应写成 2025、2025-07 或 2025-07-09 的形式"),
        ("calendar.yaml", "2023-07-03", "2023-06-30", "结束不能早于开始"),
        ("calendar.yaml", "todo:", "to_do:", "不认识这个键"),
        ("claims.yaml", "verdict: inaccurate", "verdict: true", "只能是 true、inaccurate、unverifiable 之一"),
        ("claims.yaml", "kind: has_stage", "kind: has_stages", "只能是 none、share_of_total"),
        ("claims.yaml", "route: zhongben", "route: gaoben", "没有这个编号"),
        ("claims.yaml", ', place: {document: notice, lines: "6"}', "", "要写明条款（clause）或出处（place）"),
        ("claims.yaml", "stage: work}", "stage: work, years: [2023]}", "不认识这个键"),
        (
            "claims.yaml",
            "{kind: has_stage, route: zhongben, stage: work}",
            "{kind: fraction, pairs: [{part: 1, whole: 2}]}",
            "equals 和 at_least 要写一个，只写一个",
        ),
        (
            "claims.yaml",
            "{kind: has_stage, route: zhongben, stage: work}",
            '{kind: sum, parts: ["一", "2"], equals: 3}',
            "应是数字的列表（收到“一”）",
        ),
    ],
)
def test_a_fault_is_told_with_its_file(heard: Package, file: str, old: str, new: str, said: str) -> None:
    heard.change(file, old, new)
    assert [problem for problem in told(heard) if problem.startswith(file) and said in problem], told(heard)


def test_a_list_without_its_other_half_is_told(heard: Package) -> None:
    heard.remove(f"{LIST}.yaml")
    assert told(heard) == [f"{LIST}.yaml：缺少这个文件。请补上后重新载入。"]


def test_one_project_in_two_lists_is_told(heard: Package) -> None:
    heard.put("projects/2023-other.csv", HEADER + ROW)
    heard.put("projects/2023-other.yaml", SIDECAR)
    assert told(heard) == ["projects：这个编号用了不止一次（收到“2023-first-school-3plus2-01”）。请改正后重新载入。"]
