"""Who a command acts as: the operator of this machine, or the person whose token lies in a file.

Nothing of Django is imported before a command asks for it: the family desk's commands do without.
"""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from guantong.cli.asking import write_together
from guantong.cli.state import state
from guantong.errors import PurposeMissing, SignInRefused, TokenMissing
from guantong.people import Door, Person, machine_operator, visitor

LONGEST_ACCOUNT = 48
As = Annotated[
    str,
    typer.Option("--as", metavar="文件", help="令牌文件；默认是数据文件夹下的 token，用 guantong users token 取得。"),
]
Purpose = Annotated[str, typer.Option(help="查看学生信息的用途编号；不填则沿用换取令牌时所选的。")]


def account() -> str:
    """Return the name of the machine account that runs this process; every entry of the journal keeps it."""
    if os.name != "posix":
        return os.environ.get("USERNAME", "unknown")[:LONGEST_ACCOUNT]
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name[:LONGEST_ACCOUNT]
    except KeyError:
        return f"uid{os.getuid()}"


def set_up(data: str = "") -> None:
    """Make actions usable without opening the database; `data` names another data folder than the environment."""
    if data:
        os.environ["GUANTONG_DATA"] = str(Path(data).absolute())
    from guantong.actions.configuration import set_up as set_up_actions

    set_up_actions()


def open_desk() -> None:
    """Make actions usable and open the database in the world it has; PostgreSQL is never migrated here."""
    set_up()
    from guantong.actions import opening

    opening.open_as_it_is()


def machine() -> Person:
    """Return the operator of this machine: whoever may log in to it as the account that owns the data."""
    return machine_operator(account())


def guest() -> Person:
    """Return somebody at the command line who has not said who they are."""
    return replace(visitor(Door.CLI), account=account())


def person(token_file: str = "", purpose: str = "") -> Person:
    """Open the desk and return the person whose token lies in the file; raise `TokenMissing` where none holds."""
    open_desk()
    from guantong.actions.identity import person_of_token

    path = Path(token_file) if token_file else state().settings.token_file
    try:
        found = person_of_token(_token(path), account=account())
    except SignInRefused:
        raise TokenMissing(fault=f"{path} 里的令牌已失效，或不是发给这个系统账号的") from None
    if not purpose:
        return found
    from guantong.actions.books import purposes

    if purpose not in purposes():
        raise PurposeMissing(purposes="、".join(purposes()))
    return replace(found, purpose=purpose)


def write_token(path: Path, token: str) -> None:
    """Write a token for its owner only, in the place of an older one; raise `FileRefused`."""
    write_together({path: f"{token}\n".encode("ascii")})


def _token(path: Path) -> str:
    try:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise TokenMissing(fault=f"{path} 可以被本机其他用户读取，请先执行 chmod 600")
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise TokenMissing(fault=f"{path} 不在那里") from None
    except (OSError, ValueError):
        raise TokenMissing(fault=f"{path} 读不出来") from None
