"""The commands of working copies: asked for here, approved on the web page, taken once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from guantong.cli.asking import write_new
from guantong.cli.help import show_where_bare
from guantong.cli.output import AsJson, say, say_json, say_table
from guantong.cli.person import As, Purpose, person
from guantong.errors import FileRefused, InputRefused, Problem

FORMATS = ("xlsx", "csv")
STATES = {"asked": "等负责人批准", "approved": "已批准，可以下载一次", "turned_down": "未批准", "taken": "已下载"}


def add_to(group: typer.Typer) -> None:
    """Add the commands of working copies."""
    export = typer.Typer(
        help="工作副本：申请、查看、下载；批准由负责人在网页上办理。",
        callback=show_where_bare,
        invoke_without_command=True,
    )
    export.command("ask")(ask_for)
    export.command("list")(list_own)
    export.command("take")(take)
    group.add_typer(export, name="export")


def ask_for(
    project: Annotated[str, typer.Option(help="项目编号：牵头院校:合作院校:类别:专业。")],
    cohort: Annotated[int, typer.Option(help="级（入学年份）。", min=2000, max=2100)],
    school: Annotated[str, typer.Option(help="学籍所在院校的编号。")],
    class_name: Annotated[str, typer.Option("--class", help="班级；不填为全年级。")] = "",
    token: As = "",
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """申请一份本单位内部使用的工作副本。"""
    by = person(token, purpose)
    from guantong.actions.groups import Selection
    from guantong.actions.working_copies import ask_for_copy

    asked = ask_for_copy(Selection(project=project, cohort=cohort, class_name=class_name), school, by=by)
    if as_json:
        say_json({"id": asked.id, "state": asked.state})
    else:
        say(f"已申请，编号 {asked.id}。负责人在网页上批准后一小时内可以下载一次。")


def list_own(token: As = "", purpose: Purpose = "", as_json: AsJson = False) -> None:
    """列出本人的申请。"""
    by = person(token, purpose)
    from guantong.actions.working_copies import own_copies

    found = own_copies(by=by)
    if as_json:
        say_json(
            [
                {
                    "id": copy.id,
                    "project": copy.selection.project,
                    "cohort": copy.selection.cohort,
                    "class": copy.selection.class_name or None,
                    "state": copy.state,
                    "rows": copy.rows,
                }
                for copy in found
            ]
        )
        return
    rows = ((copy.id, copy.selection.cohort, copy.selection.class_name, STATES[copy.state]) for copy in found)
    say_table(("编号", "级", "班级", "状态"), rows)


def take(
    copy: Annotated[str, typer.Argument(metavar="编号", help="申请的编号。")],
    out: Annotated[Path, typer.Option(help="写到哪个文件；以 .xlsx 或 .csv 结尾，不覆盖已有的文件。")],
    token: As = "",
    purpose: Purpose = "",
) -> None:
    """下载已批准的工作副本，只能一次。"""
    ending = out.suffix.removeprefix(".").lower()
    if ending not in FORMATS:
        rule, remedy = "文件名要以 .xlsx 或 .csv 结尾", "请改正文件名。"
        raise InputRefused([Problem(column="--out", value=out.name, rule=rule, remedy=remedy)])
    if os.path.lexists(out):
        raise FileRefused(file=out, fault="已经存在，不会覆盖", advice="请换一个名字；批准仍然有效。")
    by = person(token, purpose)
    from guantong.actions.working_copies import CopyFormat, take_copy

    taken = take_copy(copy, CopyFormat(ending), by=by)
    write_new(out, taken.content)
    say(f"已写入 {out}，{taken.rows} 人；请在 {taken.expires_on.isoformat()} 前删除。")
