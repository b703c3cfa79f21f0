"""The commands of the journal: verify, head, subject."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from guantong.cli.asking import read_bytes
from guantong.cli.help import show_where_bare
from guantong.cli.output import MOST_SKIPPED, AsJson, say, say_json, say_table
from guantong.cli.person import As, machine, open_desk, person
from guantong.errors import FileRefused
from guantong.journal import Head

HEAD_KEYS = {"count", "digest", "key"}


def add_to(app: typer.Typer) -> None:
    """Add the commands of the journal."""
    group = typer.Typer(
        help="审计日志：核验、日志头、谁看过谁。", callback=show_where_bare, invoke_without_command=True
    )
    for command in (verify, head, subject):
        group.command()(command)
    app.add_typer(group, name="journal")


def verify(
    head_file: Annotated[
        str,
        typer.Option(
            "--head", metavar="文件", help="另存的日志头（journal head --json 的输出）；有它才能发现末尾被删。"
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """逐条核验审计日志；有一条不对就以非零码结束。"""
    kept = _head_of(head_file) if head_file else None
    open_desk()
    from guantong.actions.journal import verify_journal

    found = verify_journal(kept, by=machine())
    if as_json:
        reason = found.reason.value or None
        say_json({"entries": found.entries, "ok": found.ok, "first_bad": found.first_bad, "reason": reason})
    elif found.ok:
        say(f"审计日志完整：核验 {found.entries} 条。")
    else:
        say(f"审计日志有问题：前 {found.entries} 条完整，第 {found.first_bad} 条起不可信。{found.reason.label}。")
    if not found.ok:
        raise typer.Exit(1)


def head(as_json: AsJson = False) -> None:
    """取出日志头（条数、摘要、密钥编号），请存到别处；日后核验时用它发现被删的末尾。"""
    open_desk()
    from guantong.actions.journal import journal_head

    found = journal_head(by=machine())
    if as_json:
        say_json({"count": found.count, "digest": found.digest, "key": found.key})
        return
    say(f"日志共 {found.count} 条", f"摘要 {found.digest}", f"密钥 {found.key}")


def subject(
    pupil: Annotated[str, typer.Argument(help="学生编号。")],
    first: Annotated[int, typer.Option(help="跳过多少条。", min=0, max=MOST_SKIPPED)] = 0,
    most: Annotated[int, typer.Option(help="最多列多少条。", min=1, max=1000)] = 200,
    token: As = "",
    as_json: AsJson = False,
) -> None:
    """看谁改过、看过某个学生的档案，新的在前。要审计员的令牌。"""
    by = person(token)
    from guantong.actions.journal import journal_of_pupil

    entries = journal_of_pupil(pupil, first=first, most=most, by=by)
    if as_json:
        say_json(
            [
                {
                    "number": entry.number,
                    "at": entry.at.isoformat(timespec="seconds"),
                    "actor": entry.actor,
                    "door": entry.door,
                    "account": entry.account,
                    "action": entry.action,
                    "purpose": entry.purpose,
                    "fields": sorted(entry.fields),
                }
                for entry in entries
            ]
        )
        return
    rows = (
        (e.number, f"{e.at:%Y-%m-%d %H:%M}", e.actor, e.account, e.action, e.purpose, "、".join(sorted(e.fields)))
        for e in entries
    )
    say_table(("序号", "时间（UTC）", "办理人", "系统账号", "动作", "用途", "改动的项"), rows)


def _head_of(file: str) -> Head:
    """Return a head that was kept elsewhere; raise `FileRefused`."""
    try:
        kept = json.loads(read_bytes(file, option="--head"))
        if set(kept) != HEAD_KEYS or not isinstance(kept["count"], int):
            raise ValueError
        return Head(count=kept["count"], digest=str(kept["digest"]), key=str(kept["key"]))
    except (ValueError, TypeError, RecursionError):
        advice = "请用 guantong journal head --json 存下的文件。"
        raise FileRefused(file=file, fault="不是日志头", advice=advice) from None
