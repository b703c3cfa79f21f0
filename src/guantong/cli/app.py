"""The tree of commands."""

from __future__ import annotations

from typing import Annotated

import typer

from guantong import __version__
from guantong.cli import desk, policies, serve
from guantong.cli.output import say

app = typer.Typer(
    help="贯通：北京职业教育的升学路径、规则与出处。",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def put_help_into_chinese() -> None:
    """Name the panels of the help in Chinese; apart, because the help's library is slow to import."""
    import typer.rich_utils as panels

    panels.OPTIONS_PANEL_TITLE = "选项"
    panels.ARGUMENTS_PANEL_TITLE = "参数"
    panels.COMMANDS_PANEL_TITLE = "命令"


def _show_version(asked: bool) -> None:
    if asked:
        say(f"guantong {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="显示版本号。", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """贯通：北京职业教育的升学路径、规则与出处。"""


desk.add_to(app)
policies.add_to(app)
serve.add_to(app)
