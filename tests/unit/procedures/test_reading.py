"""A procedure is read from its file, with every problem at once."""

from typing import Any

import pytest

from guantong.errors import Problem
from guantong.procedures import DayOfYear, DaysAfter, Procedure, StepKind, read_procedure
from guantong.sheets import Record

ROLES = ("registrar", "head")


def make_step(name: str = "draft", **fields: Any) -> dict[str, Any]:
    """The smallest step."""
    return {"id": name, "kind": "check", "title": "起草", "role": "registrar", **fields}


def read(*steps: dict[str, Any], **fields: Any) -> tuple[Procedure, list[Problem]]:
    """A procedure of some steps, and its problems."""
    problems: list[Problem] = []
    raw = {"id": "report", "title": "年度报告", "clause": "doc:1", "steps": list(steps), **fields}
    return read_procedure(Record(raw, "procedures/report.yaml", "", problems), ROLES), problems


def rules(*steps: dict[str, Any], **fields: Any) -> list[str]:
    """The rule of each problem."""
    return [problem.rule for problem in read(*steps, **fields)[1]]


def test_a_procedure_is_read_as_it_is_written() -> None:
    procedure, problems = read(
        make_step(kind="prepare", deadline={"days": 30}),
        make_step("sign", kind="sign", role="head", returns_to="draft", deadline={"days": 10, "after": "draft"}),
        make_step("submit", kind="submit", deadline={"month": 12, "day": 31, "years_after": 1}),
    )
    assert problems == []
    assert (procedure.id, procedure.clause, [step.kind for step in procedure.steps]) == (
        "report", "doc:1", [StepKind.PREPARE, StepKind.SIGN, StepKind.SUBMIT],
    )  # fmt: skip
    assert [step.deadline for step in procedure.steps] == [
        DaysAfter(days=30), DaysAfter(days=10, step="draft"), DayOfYear(month=12, day=31, years_after=1),
    ]  # fmt: skip
    assert procedure.steps[1].returns_to == "draft"


def test_a_step_without_a_deadline_has_none() -> None:
    assert read(make_step())[0].steps[0].deadline is None


def test_a_procedure_has_steps() -> None:
    assert rules() != []


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"role": "janitor"}, "没有这个角色"),
        (
            {"kind": "dance"},
            "只能是 prepare、check、sign、cosign、submit、confirm、hand_over、receive、decide、publish 之一",
        ),
        ({"deadline": {"month": 2, "day": 29}}, "没有这一天"),
        ({"deadline": {"month": 13, "day": 1}}, "没有这一天"),
        ({"deadline": {"month": 12}}, "应是整数"),
        ({"deadline": {"days": 0}}, "应是不小于 1 的天数"),
        ({"deadline": {"days": 3, "week": 1}}, "不认识这个键"),
        ({"deadline": {"days": 3, "after": "later"}}, "指向的步骤不在它前面"),
        ({"returns_to": "draft"}, "指向的步骤不在它前面"),
        ({"colour": "red"}, "不认识这个键"),
        ({"title": None}, "缺少必填内容"),
    ],
)
def test_each_fault_of_a_step_is_told(fields: dict[str, Any], rule: str) -> None:
    assert rules(make_step(**fields)) == [rule]


def test_a_step_that_only_hands_in_sends_nothing_back() -> None:
    assert rules(make_step(), make_step("submit", kind="submit", returns_to="draft")) == ["提交这类步骤不能退回"]


def test_a_name_stands_once() -> None:
    assert rules(make_step(), make_step()) == ["步骤编号重复"]


def test_every_fault_is_told_at_once_and_where() -> None:
    _, problems = read(make_step(role="janitor"), make_step("b", returns_to="z"), colour="red")
    assert [problem.column for problem in problems] == ["steps[1] › role", "colour", "b"]


def test_a_fault_below_a_path_names_it() -> None:
    problems: list[Problem] = []
    raw = {"id": "r", "title": "t", "clause": "c", "steps": [make_step(returns_to="z")]}
    read_procedure(Record(raw, "f.yaml", "all", problems), ROLES)
    assert [problem.column for problem in problems] == ["all › draft"]
