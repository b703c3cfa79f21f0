"""`guantong serve`: the web desk, on a port that is free."""

from __future__ import annotations

import errno
import os
import socket
from typing import Annotated

import typer

from guantong.cli.output import say
from guantong.cli.state import state
from guantong.errors import AddressRefused, PortTaken

APPLICATION, SETTINGS = "guantong.web.wsgi:application", "guantong.web.django_settings"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)


def serve(
    port: Annotated[int, typer.Option(help="端口。", min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="监听地址；默认只限本机。")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="进程数。", min=1, max=64)] = 2,
) -> None:
    """启动网页。按 Ctrl-C 停止。"""
    _require_free(host, port)
    contents = state().contents
    for part in (contents.sources, contents.plans, contents.routes, contents.interests):
        assert part is not None
    say(f"贯通已启动：http://{'localhost' if host == '127.0.0.1' else host}:{port}/")
    say(f"内容包 {contents.package}（摘要 {contents.digest[:12]}）。公开网页不用数据库，不保存输入。")
    for line in desk_lines():
        say(line)
    say("按 Ctrl-C 停止。")
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        log_access=False,
        log_level="warning",  # type: ignore[arg-type]
        env_files=None,
    ).serve()


def desk_lines() -> tuple[str, ...]:
    """Make the work desk ready and return what its operator should know; raise `KeyMissing`."""
    from guantong.actions.configuration import set_up

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)  # the workers are forked and find Django as it is here
    set_up()
    from guantong.actions.opening import prepare_to_serve

    found = prepare_to_serve()
    where = f"工作台的数据：{found.place or '没有设置'}。"
    if found.fault:
        return where, f"工作台现在不能使用（公开网页照常）：{found.fault}"
    if not found.claimed:
        demo = "载入演示数据：guantong demo --yes。"
        return where, f"工作台 /desk/ 还没有启用。{demo}正式使用：guantong users create --first。"
    return where, "工作台：/desk/" + ("（演示世界，全部数据都是虚构的）。" if found.demo else "。")


def _require_free(host: str, port: int) -> None:
    """Raise `PortTaken`, naming a port that is free, where another program listens; `AddressRefused` where none may."""
    try:
        _bind(host, port)
    except (OSError, UnicodeError) as fault:
        if isinstance(fault, OSError) and fault.errno == errno.EADDRINUSE:
            raise PortTaken(port=port, other=_bind(host, 0)) from None
        raise AddressRefused(host=host, port=port) from None


def _bind(host: str, port: int) -> int:
    """Take a port for a moment and return its number; port 0 finds a free one."""
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        return int(probe.getsockname()[1])
