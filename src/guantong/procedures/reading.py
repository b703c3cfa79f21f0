"""Reads a procedure from its YAML file (contents: `procedures/*.yaml`), with every problem at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from guantong.errors import Problem
from guantong.procedures.procedure import DONE, Branch, DayOfYear, DaysAfter, Deadline, End, Procedure, Step, StepKind
from guantong.sheets import Record

_COMMON_YEAR = 2023
"""A deadline must exist in every year, so it is checked in one without a 29 February."""


def read_procedure(record: Record, roles: Collection[str]) -> Procedure:
    """Read one procedure; `roles` are the roles that exist. Problems are collected in the record."""
    procedure = Procedure(
        id=record.text("id"),
        title=record.text("title"),
        clause=record.text("clause", required=False),
        steps=tuple(_step(part, roles) for part in record.records("steps", required=True)),
        ends=tuple(map(_end, record.records("ends"))),
    )
    record.done()
    _check_names(record, procedure)
    _check_branches(record, procedure)
    return procedure


def _step(record: Record, roles: Collection[str]) -> Step:
    step = Step(
        id=record.text("id"),
        kind=record.choice("kind", StepKind),
        title=record.text("title"),
        role=record.text("role"),
        deadline=_deadline(record.record("deadline")),
        returns_to=record.text("returns_to", required=False),
        branches=tuple(map(_branch, record.records("branches"))),
    )
    record.done()
    if step.kind is StepKind.DECIDE and not step.branches:
        record.complain("branches", "判定这一步要写明有哪几种结果")
    if step.role and step.role not in roles:
        record.complain("role", "没有这个角色", step.role, f"可用的角色：{'、'.join(roles)}。")
    if step.returns_to and not step.kind.may_return:
        record.complain("returns_to", f"{step.kind.label}这类步骤不能退回", step.returns_to)
    return step


def _branch(record: Record) -> Branch:
    branch = Branch(choice=record.text("choice"), title=record.text("title"), to=record.text("to"))
    record.done()
    return branch


def _end(record: Record) -> End:
    end = End(id=record.text("id"), title=record.text("title"))
    record.done()
    return end


def _deadline(record: Record | None) -> Deadline | None:
    """Read `{month, day, years_after}` or `{days, after}`."""
    if record is None:
        return None
    if record.has("days"):
        days = record.whole("days") or 0
        after = DaysAfter(days=days, step=record.text("after", required=False))
        record.done()
        if days < 1:
            record.complain("days", "应是不小于 1 的天数", str(days))
        return after
    month, day = record.whole("month"), record.whole("day")
    fixed = DayOfYear(month=month or 0, day=day or 0, years_after=record.whole("years_after", required=False) or 0)
    record.done()
    if month is not None and day is not None and not _exists(fixed):
        record.complain("day", "没有这一天", f"{month}-{day}", "请写每年都有的日期。")
    return fixed


def _exists(fixed: DayOfYear) -> bool:
    try:
        date(_COMMON_YEAR, fixed.month, fixed.day)
    except ValueError:
        return False
    return True


def _check_names(record: Record, procedure: Procedure) -> None:
    """A step's name stands once; what it returns to or counts from stands before it."""
    before: list[str] = []
    for step in procedure.steps:
        after = step.deadline.step if isinstance(step.deadline, DaysAfter) else ""
        if step.id in before:
            record.complain("steps", "步骤编号重复", step.id)
        for name in filter(None, (after, step.returns_to)):
            if name not in before:
                record.problems.append(_not_before(record, step.id, name))
        before.append(step.id)


def _check_branches(record: Record, procedure: Procedure) -> None:
    """A branch leads to an end, to the next step or to one before: no step is ever skipped."""
    ids = [step.id for step in procedure.steps]
    ends = [end.id for end in procedure.ends]
    for name in sorted({name for name in ends if ends.count(name) > 1 or name in (*ids, DONE)}):
        record.complain("ends", "这个结果的编号已经用过", name)
    for place, step in enumerate(procedure.steps):
        choices = [branch.choice for branch in step.branches]
        if len(set(choices)) < len(choices):
            record.complain("steps", "同一步的结果编号重复", step.id)
        for branch in step.branches:
            if branch.to not in (*ends, *ids[: place + 2]):
                rule = "会跳过步骤" if branch.to in ids else "没有这个步骤或结果"
                record.complain("steps", f"{branch.title}指向的{rule}", branch.to)


def _not_before(record: Record, step: str, name: str) -> Problem:
    return Problem(
        file=record.file,
        column=f"{record.path} › {step}" if record.path else step,
        rule="指向的步骤不在它前面",
        value=name,
        remedy="请写前面某一步的编号。",
    )
