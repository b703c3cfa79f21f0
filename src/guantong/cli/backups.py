"""The commands of backups: backup, restore. A passphrase is typed or read from a file, never an argument."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from guantong.cli.asking import passphrase
from guantong.cli.keys import PassphraseFile
from guantong.cli.output import AsJson, say, say_json
from guantong.cli.person import machine, open_desk, set_up
from guantong.cli.progress import rows_done
from guantong.errors import FileRefused


def add_to(app: typer.Typer) -> None:
    """Add the commands of backups."""
    for command in (backup, restore):
        app.command()(command)


def backup(
    target: Annotated[str, typer.Argument(help="备份文件；写成已有的文件夹时，在其中按世界和时间取名。")],
    passphrase_file: PassphraseFile = "",
    as_json: AsJson = False,
) -> None:
    """备份全部录入的内容，用口令加密。备份里没有密钥：请另用 guantong keys export 导出，分开存放。"""
    open_desk()
    from guantong.actions.backup import backup as take
    from guantong.actions.backup_file import file_name

    path = Path(target) / file_name() if os.path.isdir(target) else Path(target)
    if os.path.lexists(path):
        raise FileRefused(file=path, fault="已经存在，不会覆盖", advice="请换一个名字，或先移走原来的文件。")
    words = passphrase(passphrase_file, path="guantong backup", twice=True)
    with _new_file(path) as stream, rows_done("备份") as watch:
        manifest = take(stream, words, watch=watch, by=machine())
    if as_json:
        say_json({"file": str(path), **_manifest_json(manifest)})
        return
    say(
        f"备份已写入 {path}：{manifest.total} 行，审计日志到第 {manifest.journal.count} 条。",
        "备份里没有密钥。恢复时还需要：guantong keys export 导出的文件，以及两处口令。",
    )


def restore(
    file: Annotated[str, typer.Argument(help="guantong backup 写出的文件。")],
    to: Annotated[str, typer.Option("--to", help="恢复到哪个数据文件夹；不填为当前设置的数据文件夹。")] = "",
    passphrase_file: PassphraseFile = "",
    as_json: AsJson = False,
) -> None:
    """把备份恢复到空的数据文件夹或空的数据库。先用 guantong keys import 取回密钥；要么全部恢复，要么什么都不变。"""
    set_up(to)
    from guantong.actions.restoring import restore as bring_back

    path = Path(file)
    if not os.access(path, os.R_OK) or not path.is_file():
        raise FileRefused(file=path, fault="读不出来", advice="请核对备份文件的路径和读取权限。")
    words = passphrase(passphrase_file, path="guantong restore")
    with rows_done("恢复") as watch:
        manifest = bring_back(path, words, watch=watch, by=machine())
    if as_json:
        say_json({"file": str(path), **_manifest_json(manifest)})
        return
    say(
        f"已恢复 {manifest.made_at} 的备份：{manifest.total} 行，审计日志 {manifest.journal.count} 条，核验通过。",
        "登录状态和命令行令牌不在备份里，请重新登录。备份之后办理过的个人信息删除，请再办一次。",
    )


@contextmanager
def _new_file(path: Path) -> Iterator[Any]:
    """Give a stream that becomes the file only when all went well; half a backup never bears the name of one."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        stream = os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except OSError:
        raise FileRefused(file=path, fault="写不进去", advice="请检查文件夹、权限和磁盘空间。") from None
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        draft.rename(path)
    except OSError:
        raise FileRefused(file=path, fault="写不进去", advice="请检查文件夹、权限和磁盘空间。") from None
    finally:
        draft.unlink(missing_ok=True)


def _manifest_json(manifest: Any) -> dict[str, object]:
    return {
        "version": manifest.version,
        "made_at": manifest.made_at,
        "world": manifest.world,
        "migrations": list(manifest.migrations),
        "journal": {
            "count": manifest.journal.count,
            "digest": manifest.journal.digest,
            "key": manifest.journal.key,
        },
        "keys": sorted(manifest.keys),
        "rows": dict(manifest.rows),
    }
