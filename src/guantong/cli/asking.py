"""Asking on the terminal: what is secret is not shown, and nothing is guessed where nobody is there to answer."""

from __future__ import annotations

import getpass
import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import typer

from guantong.errors import CommandRefused, FileRefused

_NOBODY = "这一步要在终端里回答，现在没有终端。"


def ask(question: str, *, path: str, secret: bool = False, twice: bool = False) -> str:
    """Return what is typed; raise `CommandRefused` where there is no terminal. `path` names the command."""
    if not sys.stdin.isatty():
        raise CommandRefused(fault=_NOBODY, path=path)
    given = _typed(question, secret=secret)
    if twice and _typed("再输入一遍", secret=secret) != given:
        raise CommandRefused(fault="两次输入的不一样。", path=path)
    return given


def passphrase(file: str, *, path: str, twice: bool = False) -> str:
    """Return a passphrase: the first line of a file that is its owner's only, else what is typed."""
    if not file:
        return ask("口令（至少 12 个字符）", path=path, secret=True, twice=twice)
    place = Path(file)
    try:
        if os.name == "posix" and stat.S_IMODE(place.stat().st_mode) & 0o077:
            raise FileRefused(file=place, fault="可以被本机其他用户读取", advice="请先执行 chmod 600。")
        return place.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, ValueError):
        raise FileRefused(file=place, fault="读不出来", advice="请核对 --passphrase-file。") from None


def read_bytes(file: str, *, option: str) -> bytes:
    """Return the bytes of a file; raise `FileRefused`, naming the option or argument that gave it."""
    try:
        return Path(file).read_bytes()
    except OSError:
        raise FileRefused(file=file, fault="读不出来", advice=f"请核对 {option} 的路径和读取权限。") from None


def write_new(file: Path, body: bytes, *, mode: int = 0o600) -> None:
    """Write a file, for its owner only unless `mode` says otherwise; raise `FileRefused` where one is there already."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
            stream.write(body)
            stream.flush()
            os.fsync(stream.fileno())
    except FileExistsError:
        raise FileRefused(file=file, fault="已经存在，不会覆盖", advice="请换一个名字，或先移走原来的文件。") from None
    except OSError:
        raise FileRefused(file=file, fault="写不进去", advice="请检查文件夹、权限和磁盘空间。") from None


def write_together(files: Mapping[Path, bytes], *, private: bool = True) -> None:
    """Write files over older ones, all of them, or none and `FileRefused`; `private` ones are for their owner only."""
    drafts = {path.with_name(f".{path.name}.{os.getpid()}.part"): path for path in files}
    path = next(iter(files))
    try:
        for draft, path in drafts.items():
            path.parent.mkdir(mode=0o700 if private else 0o777, parents=True, exist_ok=True)
            if os.path.lexists(path) and not path.is_file():
                raise FileRefused(file=path, fault="不是普通文件，不会覆盖", advice="请换一个名字。")
            write_new(draft, files[path], mode=0o600 if private else 0o666)
        for draft, path in drafts.items():
            draft.replace(path)
    except OSError:
        raise FileRefused(file=path, fault="写不进去", advice="请检查文件夹、权限和磁盘空间。") from None
    finally:
        for draft in drafts:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def _typed(question: str, *, secret: bool) -> str:
    """Ask on standard error, so that what a command says stays apart; the end of input is taken as giving up."""
    try:
        if secret:
            return getpass.getpass(f"{question}：", stream=sys.stderr)
        typer.echo(f"{question}：", nl=False, err=True)
        if line := sys.stdin.readline():
            return line.rstrip("\r\n")
    except EOFError:
        pass
    raise KeyboardInterrupt
