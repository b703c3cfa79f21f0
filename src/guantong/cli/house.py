"""The commands of the house itself: migrate, doctor."""

from __future__ import annotations

from typing import Annotated

import typer

from guantong.cli.output import AsJson, say, say_json, say_table
from guantong.cli.person import machine, set_up


def add_to(app: typer.Typer) -> None:
    """Add the commands of the house."""
    for command in (migrate, doctor):
        app.command()(command)


def migrate() -> None:
    """把数据库的表结构更新到当前版本。PostgreSQL 只由这个命令更新；SQLite 会自己更新。"""
    set_up()
    from guantong.actions import opening

    opening.migrate()
    say("表结构已是当前版本。")


def doctor(
    full: Annotated[bool, typer.Option("--full", help="通读整个数据库文件和整本审计日志，慢一些。")] = False,
    as_json: AsJson = False,
) -> None:
    """检查这套部署：版本、设置、文件权限、磁盘、数据库、密钥、字体、内容包、审计日志。有要处理的就以非零码结束。"""
    set_up()
    from guantong.actions.doctor import examine

    findings = examine(full=full, by=machine())
    wrong = [finding for finding in findings if not finding.ok]
    if as_json:
        names = ("id", "title", "ok", "found", "advice")
        listed = [{name: getattr(finding, name) for name in names} for finding in findings]
        say_json({"ok": not wrong, "findings": listed})
    else:
        say_table(
            ("", "检查", "情况", "怎么办"),
            (("好" if f.ok else "要处理", f.title, f.found, f.advice or " ") for f in findings),
        )
        say("全部正常。" if not wrong else f"有 {len(wrong)} 处要处理。")
    if wrong:
        raise typer.Exit(1)
