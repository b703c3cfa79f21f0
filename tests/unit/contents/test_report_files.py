"""Outlines and procedures of a contents package: read whole, every fault of a file named, any of them left out."""

import pytest
from tests.factories import beijing
from tests.packages import Package

from guantong.errors import ContentsRefused
from guantong.procedures import StepKind

OUTLINE = """
clause: "notice:1"
title: 报告
sections:
  - {id: "goals", title: 目标, hint: 写目标。}
"""
DUTIES = """
- {id: "meet", clause: "notice:1", number: "一", text: 每月会商。}
"""
STEPS = """
id: "p"
title: 流程
clause: "notice:1"
steps:
  - {id: "write", kind: prepare, title: 编写, role: registrar}
"""


def test_the_report_is_written_signed_cosigned_and_submitted_under_its_clause() -> None:
    procedure = beijing().procedures["implementation-report"]
    assert [step.kind for step in procedure.steps] == [
        StepKind.PREPARE, StepKind.SIGN, StepKind.COSIGN, StepKind.SUBMIT,
    ]  # fmt: skip
    assert procedure.clause == "jjzc-2023-6:4.3.1"


def test_every_section_and_obligation_names_its_clause() -> None:
    outline = beijing().report_outline
    assert outline is not None
    assert [section.title for section in outline.sections] == [
        "人才培养目标与规格", "职业定位", "课程设置", "教学管理运行", "人才培养质量", "合作机制运行",
    ]  # fmt: skip
    clauses = beijing().rulebook("guantong").clauses
    assert {duty.clause for duty in outline.obligations} | {outline.clause} <= set(clauses)


def test_a_package_may_lack_them(tiny: Package) -> None:
    contents = tiny.open()
    assert (dict(contents.procedures), contents.report_outline) == ({}, None)


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("implementation_report.yaml", OUTLINE.replace("notice:1", "notice:99"), "没有这个条款"),
        ("implementation_report.yaml", OUTLINE + '  - {id: "goals", title: 又一个, hint: 写。}\n', "不止一次"),
        ("implementation_report.yaml", OUTLINE + "more: 1\n", "不认识这个键"),
        ("obligations.yaml", DUTIES + '- {id: "meet", clause: "notice:1", number: "二", text: 又一条。}\n', "不止一次"),
        ("obligations.yaml", DUTIES.replace("number", "nummer"), "number"),
        ("procedures/p.yaml", STEPS.replace("registrar", "nobody"), "没有这个角色"),
    ],
)
def test_a_fault_is_named(tiny: Package, name: str, text: str, rule: str) -> None:
    tiny.put("implementation_report.yaml", OUTLINE)
    tiny.put("obligations.yaml", DUTIES)
    tiny.put("procedures/p.yaml", STEPS)
    tiny.put(name, text)
    with pytest.raises(ContentsRefused, match=rule):
        tiny.open().check()
