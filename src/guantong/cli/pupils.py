"""The commands of pupils: list, decide, check."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from guantong.cli.output import MOST_SKIPPED, AsJson, say, say_json, say_table
from guantong.cli.person import As, Purpose, machine, open_desk, person
from guantong.errors import InputRefused, Problem

if TYPE_CHECKING:
    from guantong.actions.deciding import Answered


def add_to(group: typer.Typer) -> None:
    """Add the commands of pupils to the group of cohorts."""
    group.command("list")(list_pupils)
    for command in (decide, check):
        group.command()(command)


def list_pupils(
    project: Annotated[str, typer.Option(help="贯通项目编号。")] = "",
    cohort: Annotated[int, typer.Option(help="级（入学年份）；0 表示全部。", min=0, max=2100)] = 0,
    class_name: Annotated[str, typer.Option("--class", help="班级。")] = "",
    stage: Annotated[str, typer.Option(help="学段：secondary、college 或 undergraduate。")] = "",
    status: Annotated[str, typer.Option(help="学籍状态，例如 enrolled、suspended。")] = "",
    waiting: Annotated[bool, typer.Option("--waiting", help="只看有待审变动的。")] = False,
    first: Annotated[int, typer.Option(help="跳过多少人。", min=0, max=MOST_SKIPPED)] = 0,
    most: Annotated[int, typer.Option(help="最多列多少人。", min=1, max=200)] = 50,
    token: As = "",
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """列出您授权范围内的学生。列出谁，审计日志就记下谁。"""
    by = person(token, purpose)
    from guantong.actions.pupils import PupilFilter
    from guantong.actions.pupils import list_pupils as page_of

    wanted = PupilFilter(
        cohort=cohort or None, project=project, class_name=class_name, stage=stage, status=status, waiting=waiting
    )
    page = page_of(wanted, first=first, most=most, by=by)
    names = (
        "id", "name", "student_number", "cohort", "class_year", "class_name", "project", "stage", "status",
        "registered_at", "taught_at", "pending",
    )  # fmt: skip
    if as_json:
        rows = [{name: getattr(line, name) for name in names} for line in page.lines]
        say_json({"total": page.total, "first": page.first, "pupils": rows})
        return
    say_table(
        ("编号", "姓名", "学号", "级", "班级", "学段", "状态", "待审"),
        (
            (p.id, p.name, p.student_number, p.cohort, p.class_name, p.stage, p.status, p.pending or "")
            for p in page.lines
        ),
    )
    say(f"共 {page.total} 人，列出 {len(page.lines)} 人。")


def decide(
    pupil: Annotated[str, typer.Argument(help="学生编号。")],
    decision: Annotated[str, typer.Option(help="判断事项，例如 registered_at、may_move_on、may_repeat、certificate。")],
    on: Annotated[str, typer.Option(help="按哪一天判断；不填为今天。")] = "",
    given: Annotated[
        str, typer.Option("--input", help='学籍记录里没有的输入，JSON 对象，例如 {"consents":true}。')
    ] = "{}",
    leaving: Annotated[bool, typer.Option("--leaving", help="按退出项目的情形判断（证书事项）。")] = False,
    token: As = "",
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """按这名学生入学那一届的规定回答一项判断，并说明依据哪一条、还缺什么。"""
    day, facts = _read_question(on, given)
    by = person(token, purpose)
    from guantong.actions.books import contents
    from guantong.actions.deciding import decide as ask
    from guantong.cohorts.deciding import decision_json

    found = ask(pupil, decision, on=day, facts=facts, leaving=leaving, by=by)
    if as_json:
        say_json(decision_json(found.state, found.name, found.decision, contents().sources))
        return
    say(*_answer_lines(found))


def check(as_json: AsJson = False) -> None:
    """从头重放每名学生的变动，与库中现状核对；有出入就以非零码结束。"""
    open_desk()
    from guantong.actions.journal import check_cohorts

    found = check_cohorts(by=machine())
    if as_json:
        say_json({"pupils": found.pupils, "differences": list(found.differences)})
    else:
        say(f"核对学生 {found.pupils} 人，有出入 {len(found.differences)} 人。", *found.differences)
    if found.differences:
        raise typer.Exit(1)


def _answer_lines(found: Answered) -> list[str]:
    from guantong.policies import why

    if found.decision is None:
        return ["还不能判断：收录的规则册不管这一类项目的学生。"]
    decision = found.decision
    lines = [
        f"{decision.spec.title}（{found.state.cohort} 级）：{decision.words}",
        *(f"  {line}" for line in why(decision)),
    ]
    if decision.missing:
        labels = (spec.label if (spec := decision.book.inputs.get(name)) else name for name in decision.missing)
        lines.append(f"  还缺：{'、'.join(labels)}。")
    return lines


def _read_question(on: str, given: str) -> tuple[date | None, dict[str, bool | int | str]]:
    problems: list[Problem] = []
    day = _day("--on", on, problems)
    facts: dict[str, bool | int | str] = {}
    try:
        read = json.loads(given, parse_constant=str)
        if not isinstance(read, dict) or any(not isinstance(value, bool | int | str) for value in read.values()):
            raise ValueError
        facts = read
    except (ValueError, RecursionError):
        remedy = '写成 {"consents":true} 的样子；值只能是文字、整数、true 或 false。'
        problems.append(Problem(column="--input", value=given[:40], rule="不是 JSON 对象", remedy=remedy))
    if problems:
        raise InputRefused(problems)
    return day, facts


def _day(name: str, text: str, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        problems.append(Problem(column=name, value=text[:40], rule="日期不对", remedy="写成 2025-08-20 的样子。"))
        return None
