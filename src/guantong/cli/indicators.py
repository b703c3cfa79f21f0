"""The commands of collection: the form handed out, taken back, checked and handed in; for the person of the token."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guantong.cli.asking import read_bytes, write_new
from guantong.cli.help import show_where_bare
from guantong.cli.output import AsJson, say, say_json, say_problems, say_table
from guantong.cli.person import As, person
from guantong.cli.state import state
from guantong.errors import InputRefused
from guantong.registry import Stage

Organisation = Annotated[str, typer.Option("--org", help="填报单位的编号。")]
Year = Annotated[int, typer.Option("--year", help="填报年度，如 2026。", min=2000, max=2100)]


def add_to(app: typer.Typer) -> None:
    """Add the commands of collection."""
    group = typer.Typer(
        help="质量指标：目录、填报表、检查、上报。", callback=show_where_bare, invoke_without_command=True
    )
    group.command("list")(list_indicators)
    group.command("form")(form)
    group.command("import")(take_form)
    group.command("check")(check)
    group.command("submit")(submit)
    app.add_typer(group, name="indicators")


def list_indicators(
    year: Year = 2026,
    stage: Annotated[Stage, typer.Option("--stage", help="学段：secondary 或 college。")] = Stage.COLLEGE,
    as_json: AsJson = False,
) -> None:
    """列出指标目录：编号、名称、单位、责任处室、定义的来源。不需要账号。"""
    catalogue = state().contents.catalogue
    asked = catalogue.asked(year, stage)
    if as_json:
        say_json(
            {
                "digest": catalogue.digest,
                "indicators": [
                    {
                        "id": one.id,
                        "name": one.name,
                        "unit": one.unit,
                        "table": one.table,
                        "office": one.office.value,
                        "grade": one.grade.value,
                        "checks": [check.kind.value for check in one.checks],
                    }
                    for one in asked
                ],
            }
        )
        return
    rows = [(one.id, one.name, one.unit, one.office.label, one.grade.label) for one in asked]
    say_table(("编号", "指标", "单位", "处室", "定义"), rows)


def form(
    organisation: Organisation,
    year: Year,
    out: Annotated[Path, typer.Option("--out", help="写到这个 XLSX 文件；已有的文件不覆盖。")],
    token: As = "",
) -> None:
    """取填报表：本处室的各节，带已填的数和上年的数。"""
    by = person(token)
    from guantong.actions import filling

    write_new(out, filling.hand_out_form(year, organisation, by=by))
    say(str(out))


def take_form(
    file: Annotated[Path, typer.Argument(help="填好的 XLSX 文件。")],
    organisation: Organisation,
    year: Year,
    token: As = "",
    as_json: AsJson = False,
) -> None:
    """导入填报表：有一处问题就整份不收，全部问题一次列出。"""
    content, by = read_bytes(str(file), option="FILE"), person(token)
    from guantong.actions import filling

    try:
        changed = filling.import_form(year, organisation, content, file.name, by=by)
    except InputRefused as refused:
        if as_json:
            raise
        say_problems(refused.problems)
        raise typer.Exit(refused.exit_code) from None
    if as_json:
        say_json({"sections": list(changed)})
        return
    say(f"已导入，改动了 {len(changed)} 节：{'、'.join(changed)}。" if changed else "已导入，没有改动。")


def check(organisation: Organisation, year: Year, token: As = "", as_json: AsJson = False) -> None:
    """检查已填的数：错误必须改正，提醒要改正或写说明。"""
    by = person(token)
    from guantong.actions import collection

    checked = collection.read_submission(year, organisation, by=by).checked
    if as_json:
        say_json(checked.as_json())
    else:
        say_problems([fault.problem for fault in checked.faults])
        say(f"错误 {len(checked.hard)} 处，提醒 {len(checked.warnings)} 处。")
    if not checked.ready:
        raise typer.Exit(1)


def submit(
    organisation: Organisation,
    year: Year,
    section: Annotated[str, typer.Option("--section", help="只交这一节；不填则交出本处室还没有交的各节。")] = "",
    token: As = "",
    as_json: AsJson = False,
) -> None:
    """把填好的节交给质量专员。"""
    by = person(token)
    from guantong.actions import filling

    handed = filling.hand_in_own(year, organisation, section, by=by)
    if as_json:
        say_json({"sections": list(handed)})
        return
    say(f"已交出 {len(handed)} 节：{'、'.join(handed)}。" if handed else "没有可以交出的节。")
