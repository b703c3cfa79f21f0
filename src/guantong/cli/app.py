"""The tree of commands."""

from __future__ import annotations

from typing import Annotated

import typer

from guantong import __version__
from guantong.cli import (
    backups,
    cohorts,
    demo,
    desk,
    diagnose,
    facts,
    house,
    indicators,
    journal,
    keys,
    policies,
    procedures,
    reports,
    serve,
    users,
)
from guantong.cli.help import show_where_bare
from guantong.cli.output import say

app = typer.Typer(
    help="贯通：北京职业教育的升学路径、规则与出处。",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        say(f"guantong {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def options(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="显示版本号。", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """贯通：北京职业教育的升学路径、规则与出处。"""
    show_where_bare(context)


desk.add_to(app)
policies.add_to(app)
facts.add_to(app)
reports.add_to(app)
indicators.add_to(app)
diagnose.add_to(app)
procedures.add_to(app)
serve.add_to(app)
for part in (cohorts, users, journal, keys, backups, demo, house):
    part.add_to(app)
