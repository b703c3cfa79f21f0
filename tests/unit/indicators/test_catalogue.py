"""The catalogue: what leads nowhere is refused, a form asks for what its stage and year are asked for."""

from datetime import date
from decimal import Decimal

import pytest
from tests.unit.indicators.catalogue import CATALOGUE, GRADUATES, RATE, RATIO, indicator

from guantong.contents import Contents
from guantong.errors import IndicatorUnknown, Problem
from guantong.evidence import Grade
from guantong.indicators import (
    Catalogue,
    Check,
    CheckKind,
    Direction,
    Office,
    Table,
    Threshold,
    catalogue_problems,
    read_indicator,
)
from guantong.registry import Stage
from guantong.sheets import Record

FIELDS = {"id": "x", "name": "指标", "unit": "人", "stages": ["college"], "office": "placement", "grade": "pending"}


def faults(**fields: object) -> list[str]:
    """Complaints about one indicator's record."""
    problems: list[Problem] = []
    read_indicator(Record({**FIELDS, **fields}, "f.yaml", "", problems), "t")
    return [problem.rule for problem in problems]


def test_the_real_catalogue_loads_and_asks_both_stages() -> None:
    catalogue = Contents("guantong_beijing").catalogue
    college, secondary = (catalogue.asked(2025, stage) for stage in (Stage.COLLEGE, Stage.SECONDARY))
    assert {table.title for table in catalogue.tables} >= {
        "人才培养质量计分卡",
        "满意度调查表",
        "教学资源表",
        "国际影响表",
    }
    assert len(college) > 90
    assert {one.id for one in secondary} & {one.id for one in college} >= {"graduates", "placement-rate"}
    assert not any(one.table == "scorecard-2020" for one in secondary)
    assert any(one.table == "scorecard-2020" for one in catalogue.asked(2020, Stage.SECONDARY))


def test_recalled_definitions_are_marked_pending() -> None:
    catalogue = Contents("guantong_beijing").catalogue
    assert catalogue.get("placement-rate").grade is Grade.PENDING
    for one in catalogue.indicators.values():
        for threshold in one.thresholds:
            assert threshold.limit is None or threshold.grade is Grade.PENDING


def test_a_section_belongs_to_one_office_and_table() -> None:
    sections = Contents("guantong_beijing").catalogue.sections(2025, Stage.COLLEGE)
    assert len({section.id for section in sections}) == len(sections)
    assert all(one.office is section.office for section in sections for one in section.indicators)
    assert "scorecard.placement" in {section.id for section in sections}


def test_an_unknown_indicator_is_answered_with_the_nearest() -> None:
    with pytest.raises(IndicatorUnknown) as refused:
        CATALOGUE.get("graduate")
    assert "graduates" in refused.value.remedy_text() if hasattr(refused.value, "remedy_text") else str(refused.value)


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        (indicator("x", table="nowhere"), "没有这张表"),
        (indicator("x", Check(kind=CheckKind.SUBSET, others=("nobody",))), "其中项检查指向的指标不存在"),
        (indicator("x", Check(kind=CheckKind.SUBSET, others=("x",))), "其中项检查不能指向自己"),
        (indicator("x", Check(kind=CheckKind.SUM, others=("graduates", "rate"))), "单位不同"),
        (
            indicator("x", Check(kind=CheckKind.SUBSET, others=("graduates",)), stages=frozenset({Stage.SECONDARY})),
            "不是每个学段都填",
        ),
    ],
)
def test_a_check_that_leads_nowhere_is_a_problem(wrong: object, rule: str) -> None:
    catalogue = Catalogue(CATALOGUE.tables, [*CATALOGUE.indicators.values(), wrong])  # type: ignore[list-item]
    assert any(rule in problem.rule for problem in catalogue_problems(catalogue, "f"))
    assert catalogue_problems(CATALOGUE, "f") == []


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"checks": [{"kind": "sum", "others": ["a"]}]}, "合计检查要写 2 个指标"),
        ({"checks": [{"kind": "ratio", "others": ["a", "b", "c"]}]}, "比例检查要写 2 个指标"),
        ({"checks": [{"kind": "jump"}]}, "百分数"),
        ({"checks": [{"kind": "range"}]}, "至少写一头"),
        ({"stages": ["kindergarten"]}, "只能是"),
        ({"reviewed": "yesterday"}, "应是日期"),
        ({"since": 2025, "until": 2020}, "结束年份早于开始年份"),
        ({"thresholds": [{"kind": "工科", "met": 1, "grade": "pending"}]}, "要写明方向"),
        ({"direction": "up", "thresholds": [{"kind": "工科", "met": 1, "limit": 2, "grade": "pending"}]}, "限制招生线"),
        ({"chekcs": []}, "不认识这个键"),
    ],
)
def test_a_record_that_does_not_make_sense_is_refused(fields: dict[str, object], rule: str) -> None:
    assert any(rule in fault for fault in faults(**fields))


def test_a_sound_record_is_read() -> None:
    assert faults(reviewed="2026-11-01", checks=[{"kind": "required"}], direction="up") == []
    problems: list[Problem] = []
    read = read_indicator(Record({**FIELDS, "reviewed": "2026-11-01"}, "f", "", problems), "t")
    assert (read.office, read.reviewed, read.table) == (Office.PLACEMENT, date(2026, 11, 1), "t")


def test_between_two_levels_points_lie_on_a_straight_line() -> None:
    threshold = RATE.thresholds[0]
    values = [Decimal(text) for text in ("95", "90", "80", "70", "60")]
    assert [threshold.points(value, Direction.UP) for value in values] == [1, 1, Decimal("0.5"), 0, 0]
    down = Threshold(kind="*", met=Decimal(18), limit=Decimal(22), grade=Grade.PENDING)
    assert [down.points(Decimal(value), Direction.DOWN) for value in (17, 18, 20, 22, 30)] == [
        1,
        1,
        Decimal("0.5"),
        0,
        0,
    ]
    without = Threshold(kind="*", met=Decimal(18), limit=None, grade=Grade.PENDING)
    assert [without.points(Decimal(value), Direction.DOWN) for value in (18, 19)] == [1, 0]
    with pytest.raises(ValueError, match="direction"):
        without.points(Decimal(1), Direction.NEUTRAL)


def test_the_digest_follows_what_a_form_depends_on() -> None:
    tables = [Table(id="t", title="表", number=1)]
    same = Catalogue(tables, [GRADUATES, RATIO])
    assert same.digest == Catalogue(tables, [RATIO, GRADUATES]).digest
    assert same.digest != Catalogue(tables, [GRADUATES]).digest
    assert same.digest != Catalogue(tables, [GRADUATES, indicator("ratio", unit="%")]).digest
