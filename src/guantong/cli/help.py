"""The help of the commands, in Chinese; its library is slow to import and is loaded only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

ASKED = {"--help", "-h"}


def put_into_chinese(command: TyperCommand | TyperGroup, context: typer.Context) -> None:
    """Name panels, the help option and what may follow, in a command and in all below it."""
    import typer.rich_utils as panels

    _fold_all_text(panels)
    panels.OPTIONS_PANEL_TITLE = "选项"
    panels.ARGUMENTS_PANEL_TITLE = "参数"
    panels.COMMANDS_PANEL_TITLE = "命令"
    panels.REQUIRED_LONG_STRING = "[必填]"
    panels.DEFAULT_STRING = "[默认 {}]"
    command.options_metavar = "[选项]"
    option = command.get_help_option(context)
    assert option is not None
    option.help = "显示这段说明。"
    if isinstance(command, TyperGroup):
        command.subcommand_metavar = "命令 …"
        for below in command.commands.values():
            assert isinstance(below, TyperCommand | TyperGroup)
            put_into_chinese(below, context)


def _fold_all_text(panels: ModuleType) -> None:
    """Break lines within Chinese text, which has no spaces; the library cuts off what it takes for one long word."""
    names = vars(panels)
    if not isinstance(names["_make_rich_text"], partial):
        names["_make_rich_text"] = partial(_folded, names["_make_rich_text"])


def _folded(make: Callable[..., Any], **how: Any) -> Any:
    text = make(**how)
    text.overflow = "fold"
    return text


def show_where_bare(context: typer.Context) -> None:
    """Show the help of a group where no command follows it."""
    if context.invoked_subcommand is None:
        assert isinstance(context.command, TyperGroup)
        put_into_chinese(context.command, context)
        typer.echo(context.get_help())
