"""The commands of procedures: what steps there are, where a submission stands, and one step further."""

from __future__ import annotations

from typing import Annotated

import typer

from guantong.cli.help import show_where_bare
from guantong.cli.indicators import Organisation, Year
from guantong.cli.output import AsJson, say, say_json, say_table
from guantong.cli.person import As, person
from guantong.cli.state import state
from guantong.people import Role


def add_to(app: typer.Typer) -> None:
    """Add the commands of procedures."""
    group = typer.Typer(
        help="流程：步骤、角色、期限，办下一步。", callback=show_where_bare, invoke_without_command=True
    )
    group.command("list")(list_procedures)
    group.command("advance")(advance)
    app.add_typer(group, name="procedures")


def list_procedures(as_json: AsJson = False) -> None:
    """列出全部流程和它们的步骤。不需要账号。"""
    procedures = state().contents.procedures.values()
    if as_json:
        say_json(
            {
                "procedures": [
                    {
                        "id": one.id,
                        "title": one.title,
                        "clause": one.clause or None,
                        "steps": [
                            {
                                "id": step.id,
                                "kind": step.kind.value,
                                "title": step.title,
                                "role": step.role,
                                "returns_to": step.returns_to or None,
                                "branches": [{"choice": way.choice, "to": way.to} for way in step.branches],
                            }
                            for step in one.steps
                        ],
                        "ends": [end.id for end in one.ends],
                    }
                    for one in procedures
                ]
            }
        )
        return
    rows = [
        (one.title, step.id, step.title, Role(step.role).label, step.returns_to)
        for one in procedures
        for step in one.steps
    ]
    say_table(("流程", "步骤", "内容", "角色", "可退回到"), rows)


def advance(
    organisation: Organisation,
    year: Year,
    section: Annotated[str, typer.Option("--section", help="办这一节的下一步；不填则办整份填报表的下一步。")] = "",
    back: Annotated[bool, typer.Option("--return", help="退回，而不是办下一步；要写理由。")] = False,
    reason: Annotated[str, typer.Option("--reason", help="退回的理由。")] = "",
    token: As = "",
    as_json: AsJson = False,
) -> None:
    """办填报的下一步。签署和确认在正式数据库里只能在网页上办。"""
    by = person(token)
    from guantong.actions import advancing

    step = advancing.advance(year, organisation, section, reason=reason, back=back, by=by)
    if as_json:
        say_json({"organisation": organisation, "year": year, "section": section or None, "step": step or None})
        return
    say(f"现在是：{step}。" if step else "全部步骤已办完。")
