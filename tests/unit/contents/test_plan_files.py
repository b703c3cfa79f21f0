"""Enrolment plans: each fault of a row, a sidecar or a total is refused with file, row, value and remedy."""

import csv
import io

import pytest
from tests.packages import Package

from guantong.errors import Problem

TABLE, SIDECAR, FIGURES = "programmes/2023.csv", "programmes/2023.yaml", "plans.yaml"


def rows(tiny: Package) -> list[dict[str, str]]:
    """The rows of the table."""
    return list(csv.DictReader(io.StringIO(tiny.text(TABLE))))


def put(tiny: Package, table: list[dict[str, str]]) -> None:
    """Write the table."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(table[0]))
    writer.writeheader()
    writer.writerows(table)
    tiny.put(TABLE, out.getvalue())


def spoilt(tiny: Package, number: int, **cells: str) -> tuple[Problem, ...]:
    """The problems after some cells of one row are changed; the header is row 1."""
    table = rows(tiny)
    table[number - 2].update(cells)
    put(tiny, table)
    return tiny.problems()


FAULTS = [
    # row, cells, column, value, rule
    (2, {"school_id": "frist-school"}, "school_id", "frist-school", "名录里没有这所学校"),
    (2, {"partner_id": "city-univers"}, "partner_id", "city-univers", "名录里没有这所学校"),
    (2, {"school": "演示市第一职业学"}, "school_id", "演示市第一职业学", "不在 first-school 的名称和别名里"),
    (2, {"partner": "演示大学（北）"}, "partner_id", "演示大学（北）", "不在 city-university 的名称"),
    (2, {"partner": ""}, "partner_id", "city-university", "要么都有、要么都没有"),
    (3, {"partner": "演示大学", "partner_basis": "printed"}, "partner_id", "演示大学", "要么都有、要么都没有"),
    (3, {"partner_basis": "printed"}, "partner_basis", "printed", "有没有合作高校与 partner_basis 不符"),
    (2, {"partner_basis": "missing"}, "partner_basis", "missing", "有没有合作高校与 partner_basis 不符"),
    (2, {"document": "notise"}, "document", "notise", "出处的文件不在 sources.yaml 里"),
    (2, {"document": ""}, "document", "", "不能为空"),
    (2, {"row": "", "lines": ""}, "lines", "2023-first-school-01", "缺少出处"),
    (2, {"lines": "9-3"}, "lines", "9-3", "行号应从小到大"),
    (2, {"school_lines": "0"}, "school", "0", "行号应从小到大"),
    (2, {"lines": "9–11"}, "lines", "9–11", "应写成 124、124-126"),
    (2, {"id": "2023-other-01"}, "id", "2023-other-01", "编号应以“年份-学校编号-”开头"),
    (2, {"id": "2023/first"}, "id", "2023/first", "应写成 2025-学校编号-01"),
    (2, {"quota_basis": "missing"}, "quota_basis", "missing", "有没有计划数与 quota_basis 不符"),
    (2, {"quota": ""}, "quota_basis", "printed", "有没有计划数与 quota_basis 不符"),
    (2, {"quota": "60人"}, "quota", "60人", "应是不带逗号和单位的整数"),
    (2, {"quota": "６０"}, "quota", "６０", "应是不带逗号和单位的整数"),
    (2, {"quota": "-60"}, "quota", "-60", "应是不带逗号和单位的整数"),
    (2, {"quota_arithmetic": "100-40=60"}, "quota_arithmetic", "100-40=60", "推出的计划数要写算式"),
    (3, {"quota_arithmetic": ""}, "quota_arithmetic", "", "推出的计划数要写算式"),
    (3, {"quota_arithmetic": "100-60"}, "quota_arithmetic", "100-60", "应写成 420-60-30=330"),
    (3, {"quota_arithmetic": "100-60=41"}, "2023-first-school-02", "", "算式 100-60=41 与计划数 40 不符"),
    (3, {"quota_arithmetic": "100-50-10=40", "quota": "41"}, "2023-first-school-02", "", "与计划数 41 不符"),
    (2, {"group": ""}, "group_quota", "", "招生规模的编号和数字"),
    (2, {"group_quota": "99"}, "2023-first-school-g", "", "各行相加是 100，原文招生规模是 99"),
    (2, {"quota": "61"}, "2023-first-school-g", "", "各行相加是 101，原文招生规模是 100"),
    (2, {"quota": "61"}, "plan all", "", "各行相加是 101，原文合计是 100"),
    (2, {"type": "gaoben"}, "type", "gaoben", "与学校性质推出的项目类别不符"),
    (2, {"type": "gaoben"}, "type", "gaoben", "coverage 里没有写成 by_major"),
    (2, {"type": "zhongbn"}, "type", "zhongbn", "最接近的是 zhongben"),
    (2, {"type_basis": "guessed"}, "type_basis", "guessed", "只能是 printed、derived 之一"),
    (2, {"code": "71020"}, "code", "71020", "应写成六位数字的专业代码"),
    (2, {"major": ""}, "major", "", "不能为空"),
]


@pytest.mark.parametrize(("row", "cells", "column", "value", "rule"), FAULTS)
def test_a_fault_of_a_row_is_named_with_row_column_value_and_remedy(
    tiny: Package, row: int, cells: dict[str, str], column: str, value: str, rule: str
) -> None:
    told = [problem for problem in spoilt(tiny, row, **cells) if rule in problem.rule]
    assert [(problem.file, problem.column, problem.value) for problem in told] == [(TABLE, column, value)]
    assert told[0].row in (row, None)
    assert told[0].remedy


def test_an_unknown_school_is_answered_with_the_names_that_are_near(tiny: Package) -> None:
    (problem,) = (found for found in spoilt(tiny, 2, school_id="x-school") if found.column == "school_id")
    assert "名称相近的有 演示市第一职业学校" in problem.rule


def test_a_row_of_the_same_year_type_school_major_and_partner_is_refused_on_both_rows(tiny: Package) -> None:
    table = rows(tiny)
    put(tiny, [*table, table[0] | {"id": "2023-first-school-03", "group": "", "group_quota": "", "quota": "0"}])
    told = [problem for problem in tiny.problems() if problem.rule == "与另一行重复"]
    assert [(problem.row, problem.column, problem.value) for problem in told] == [
        (2, "major", "软件技术"),
        (4, "major", "软件技术"),
    ]


def test_an_id_that_two_rows_bear_is_refused_on_both(tiny: Package) -> None:
    told = [problem for problem in spoilt(tiny, 3, id="2023-first-school-01") if problem.rule == "与另一行重复"]
    assert [(problem.row, problem.column, problem.value) for problem in told] == [
        (2, "id", "2023-first-school-01"),
        (3, "id", "2023-first-school-01"),
    ]


def test_a_quota_that_the_text_lost_leaves_the_totals_open(tiny: Package) -> None:
    assert spoilt(tiny, 3, quota="", quota_basis="missing", quota_arithmetic="") == ()


SIDECAR_FAULTS = [
    (SIDECAR, "year: 2023", "year: 2024", "year", "2024", "与文件名不同"),
    (SIDECAR, "value: 100", "value: 101", "plan all", "", "各行相加是 100，原文合计是 101"),
    (SIDECAR, "what: plan", "what: plam", "control_totals[1] › what", "plam", "只能是 plan、actual 之一"),
    (SIDECAR, "type: all", "type: al", "control_totals[1] › type", "al", "只能是 all、gaoben、zhongben 之一"),
    (SIDECAR, "zhongben: by_major", "zhongben: by_mayor", "coverage › zhongben", "by_mayor", "只能是 by_major、none"),
    (SIDECAR, ", gaoben: none", "", "coverage › gaoben", "", "只能是 by_major、none"),
    (SIDECAR, "gaoben: none", "gaoben: none, wunian: none", "coverage › wunian", "", "不认识这个键"),
    (SIDECAR, "coverage: {zhongben: by_major, gaoben: none}\n", "", "coverage › zhongben", "", "只能是 by_major"),
    (SIDECAR, "document: notice\n", "document: notise\n", "document", "notise", "出处的文件不在 sources.yaml 里"),
    (SIDECAR, 'lines: "9"', 'lines: "九"', "control_totals[1] › place › lines", "九", "行号应写成"),
    (FIGURES, "value: 60", "value: 六十", "2023 › floors[1] › value", "六十", "应是不带单位的整数"),
    (FIGURES, "type: all", "type: every", "2023 › totals[1] › type", "every", "只能是 all、gaoben、zhongben 之一"),
    (FIGURES, "value: 60, grade", "value: 60, type: all, grade", "2023 › floors[1] › type", "", "不认识这个键"),
    (FIGURES, "document: notice", "document: news", "2023 › totals[1] › place › document", "news", "sources.yaml"),
    (FIGURES, "year: 2023", 'year: "二零"', "二零 › year", "二零", "应是整数"),
    (FIGURES, "floors:", "flors:", "2023 › flors", "", "不认识这个键"),
    (FIGURES, "value: 60", "value: 61", "2023 › floors", "61", "与规则册取值 score_floor 的 60 不一致"),
    (FIGURES, "  floors:", "  floors: []\n  choices:", "2023 › floors", "空", "与规则册取值 score_floor 的 60 不一致"),
    (FIGURES, "year: 2023", "year: 2022", "2023 › paper_totals", "空", "与规则册取值 score_floor 的 100 不一致"),
]


@pytest.mark.parametrize(("file", "old", "new", "column", "value", "rule"), SIDECAR_FAULTS)
def test_a_fault_of_a_sidecar_or_a_figure_is_named(
    tiny: Package, file: str, old: str, new: str, column: str, value: str, rule: str
) -> None:
    tiny.change(file, old, new)
    told = [problem for problem in tiny.problems() if problem.column == column and rule in problem.rule]
    assert [(problem.file if "各行" not in rule else file, problem.value) for problem in told] == [(file, value)]
    assert told[0].remedy


def test_a_year_that_stands_twice_among_the_figures_is_refused(tiny: Package) -> None:
    tiny.add(FIGURES, "- year: 2023\n")
    assert [(problem.file, problem.value) for problem in tiny.problems()] == [(FIGURES, "2023")]
