"""The commands of keys: export, import, rotate. A passphrase is typed or read from a file, never an argument."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guantong.cli.asking import passphrase, read_bytes, write_new
from guantong.cli.help import show_where_bare
from guantong.cli.output import say
from guantong.cli.person import machine, open_desk, set_up
from guantong.errors import InputRefused, Problem

KINDS = {"field": "个人信息加密", "lookup": "证件号查找", "journal": "审计日志", "check-code": "证明校验码"}
PassphraseFile = Annotated[
    str,
    typer.Option("--passphrase-file", metavar="文件", help="口令所在的文件（权限 600，取第一行）；不填则在终端里问。"),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of keys."""
    group = typer.Typer(help="四把密钥：导出、取回、更换。", callback=show_where_bare, invoke_without_command=True)
    group.command("export")(export_keys)
    group.command("import")(import_keys)
    group.command()(rotate)
    app.add_typer(group, name="keys")


def export_keys(
    file: Annotated[str, typer.Argument(help="写到哪个文件；已有的文件不会覆盖。")],
    passphrase_file: PassphraseFile = "",
) -> None:
    """把全部密钥用口令封成一个文件。请与备份分开存放，口令另记。"""
    open_desk()
    from guantong.actions.keys import export_keys as export

    words = passphrase(passphrase_file, path="guantong keys export", twice=True)
    write_new(Path(file), export(words, by=machine()))
    say(f"密钥已封入 {file}。请与备份分开存放；没有它和口令，备份恢复后读不出个人信息。")


def import_keys(
    file: Annotated[str, typer.Argument(help="guantong keys export 写出的文件。")], passphrase_file: PassphraseFile = ""
) -> None:
    """取回密钥文件。已经在的密钥文件不会改动。"""
    set_up()
    from guantong.actions.opening import import_keys as unpack

    bundle = read_bytes(file, option="密钥文件")
    names = unpack(bundle, passphrase(passphrase_file, path="guantong keys import"))
    say(*(f"已取回 {name}" for name in names), f"共取回 {len(names)} 个密钥文件。")


def rotate(kind: Annotated[str, typer.Argument(help="哪一把：field、lookup、journal 或 check-code。")]) -> None:
    """换一把新密钥；旧密钥文件保留，用旧密钥封存的内容随后重新封存。"""
    if kind not in KINDS:
        remedy = "可用的：" + "、".join(f"{name}（{label}）" for name, label in KINDS.items()) + "。"
        raise InputRefused([Problem(column="kind", value=kind, rule="没有这种密钥", remedy=remedy)])
    open_desk()
    from guantong.actions.keys import rotate_key

    renewed = rotate_key(kind, by=machine())
    say(f"已换新的{KINDS[kind]}密钥，重新封存或计算 {renewed} 处。请再导出一次密钥：guantong keys export。")
