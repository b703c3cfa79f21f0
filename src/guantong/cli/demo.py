"""`guantong demo`: the invented city, loaded after a yes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guantong.cli.asking import write_together
from guantong.cli.output import say, say_table
from guantong.cli.person import machine, set_up
from guantong.cli.state import state
from guantong.errors import CommandRefused

if TYPE_CHECKING:
    from guantong.actions.demo import Loaded

FILE = "demo-accounts.txt"
_QUESTION = "将在这个数据库里载入一座虚构的城市（约 1,500 名虚构学生）。只能载入空的数据库。继续吗？"
_HEADER = ("登录名", "角色", "单位", "密码", "动态口令密钥")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接载入。")] = False) -> None:
    """载入演示世界：虚构的学校、学生、账号。数据库里有别的内容时不载入。"""
    _agreed(yes)
    set_up()
    from guantong.actions.demo import load_demo
    from guantong.actions.demo_quality import load_quality_years
    from guantong.actions.demo_sittings import hold_sittings
    from guantong.actions.opening import open_demo

    open_demo()
    target = state().settings.data_folder / FILE
    loaded = load_demo(keep=lambda made: _write(target, made), by=machine())
    hold_sittings(loaded.accounts)
    load_quality_years(loaded.accounts)
    say(
        f"演示世界已载入：虚构学生 {loaded.pupils} 名，学籍事件 {loaded.events} 条，今天固定为 {loaded.today}。",
        "全部人和事都是虚构的，姓名和单位都带“演示”二字，证件号码用地区码 000000。",
        "",
    )
    say_table(_HEADER, _rows(loaded))
    say("", f"以上账号也写在 {target}（只有本系统账号可读）。启动网页：guantong serve（或 make run）。")


def _agreed(yes: bool) -> None:
    """Go on only after a yes; raise `CommandRefused` where there is nobody to ask, and leave where it is declined."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise CommandRefused(fault="没有终端可以确认，什么也没有做。确实要载入请加 --yes。", path="guantong demo")
    if not typer.confirm(_QUESTION, err=True):
        typer.echo("没有载入，什么也没有改动。", err=True)
        raise typer.Exit(1)


def _rows(loaded: Loaded) -> list[tuple[str, ...]]:
    return [
        (
            one.credentials.login,
            one.role.label,
            one.organisation,
            one.credentials.password,
            one.credentials.second_factor,
        )
        for one in loaded.accounts
    ]


def _write(target: Path, loaded: Loaded) -> None:
    """Write the accounts for their owner only, over an earlier attempt's file."""
    lines = ["演示世界的账号，全部是虚构的。动态口令：TOTP，6 位，30 秒。", "\t".join(_HEADER)]
    lines += ["\t".join(row) for row in _rows(loaded)]
    write_together({target: ("\n".join(lines) + "\n").encode()})
