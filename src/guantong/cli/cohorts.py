"""The commands of cohorts; each file below adds its own verbs to the one group."""

from __future__ import annotations

from types import ModuleType

import typer

from guantong.cli import exports, project_reports, pupils, rosters, sittings
from guantong.cli.help import show_where_bare

PARTS: tuple[ModuleType, ...] = (rosters, pupils, project_reports, exports, sittings)
"""Modules with a function `add_to(group)`; none of them imports Django or an action before a command runs."""


def add_to(app: typer.Typer) -> None:
    """Add the commands of cohorts."""
    group = typer.Typer(
        help="学籍：名册、转段、判断、核对、报告。", callback=show_where_bare, invoke_without_command=True
    )
    for part in PARTS:
        part.add_to(group)
    app.add_typer(group, name="cohorts")
