"""The commands of rosters: template, import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guantong.cli.asking import read_bytes, write_new
from guantong.cli.output import AsJson, say, say_json, say_problems
from guantong.cli.person import As, Purpose, person, set_up
from guantong.cli.progress import steps_done
from guantong.errors import InputRefused, Problem

if TYPE_CHECKING:
    from guantong.actions.pupils import RosterCheck
    from guantong.actions.roster import Intake
    from guantong.actions.roster_file import RosterFile
    from guantong.people import Person


def add_to(group: typer.Typer) -> None:
    """Add the commands of rosters to the group of cohorts."""
    group.command("import")(import_roster)
    group.command()(template)


def template(file: Annotated[str, typer.Argument(help="写到哪个 .xlsx 文件；已有的文件不会覆盖。")]) -> None:
    """写出空白的新生名册表（XLSX，带下拉选项）。"""
    set_up()
    from guantong.actions import roster_file

    write_new(Path(file), roster_file.template())
    say(f"名册表已写入 {file}。橙色的列必填；填好后用 guantong cohorts import 导入。")


def import_roster(
    file: Annotated[str, typer.Argument(help="名册：本系统的 XLSX 名册表，或同样表头的 CSV。")],
    project: Annotated[str, typer.Option(help="贯通项目编号。")],
    cohort: Annotated[str, typer.Option(help="级（入学年份）。")],
    school: Annotated[str, typer.Option(help="录取学校的编号。")],
    on: Annotated[str, typer.Option(help="录取日期，例如 2025-08-20。")],
    preview: Annotated[bool, typer.Option("--preview", help="只核对，不导入。")] = False,
    token: As = "",
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """导入新生名册。所有问题一次列出；有一处问题就一行也不导入。"""
    year, day = _read_intake(cohort, on)
    content, name = read_bytes(file, option="名册文件"), Path(file).name
    by = person(token, purpose)
    from guantong.actions.roster import Intake

    done = _taken_in(Intake(project=project, cohort=year, school=school, on=day), content, name, preview, by)
    if done.problems and as_json:
        raise InputRefused(done.problems)
    if done.problems or (done.notices and not as_json):
        say_problems(done.problems or done.notices)
    if done.problems:
        typer.echo(f"{name} 有 {len(done.problems)} 处需要修改，没有导入任何一行。改好后请再导入一次。", err=True)
        raise typer.Exit(InputRefused.exit_code)
    if as_json:
        places = [{"row": notice.row, "column": notice.column, "rule": notice.rule} for notice in done.notices]
        say_json({"rows": done.rows, "admitted": list(done.admitted), "preview": preview, "notices": places})
        return
    say(
        f"名册共 {done.rows} 行，没有问题。"
        + ("未导入（--preview）。" if preview else f"已导入 {len(done.admitted)} 人。")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """What became of a roster: its problems and look-alikes where they stand in the file, and who was admitted."""

    rows: int
    problems: Sequence[Problem]
    notices: Sequence[Problem]
    admitted: Sequence[str] = ()


def _taken_in(intake: Intake, content: bytes, name: str, preview: bool, by: Person) -> _Done:
    """Read, check and, unless it is a preview or something is wrong, admit."""
    from guantong.actions.pupils import admit_pupils
    from guantong.actions.roster_file import in_the_sheet, read_roster, together

    with steps_done("导入名册", 3) as step:
        read = read_roster(content, name)
        step()
        check = _checked(intake, read, by)
        step()
        problems = together(read.problems, in_the_sheet(check.problems, read.numbers, name))
        admitted = () if preview or problems else admit_pupils(intake, read.rows, by=by)
        step()
    notices = in_the_sheet(check.notices, read.numbers, name)
    return _Done(rows=len(read.rows), problems=problems, notices=notices, admitted=admitted)


def _checked(intake: Intake, read: RosterFile, by: Person) -> RosterCheck:
    """Check the rows that could be read; a file of which nothing could be read has said so itself."""
    from guantong.actions.pupils import RosterCheck, check_roster

    if not read.rows and read.problems:
        return RosterCheck(rows=0, problems=(), notices=())
    return check_roster(intake, read.rows, by=by)


def _read_intake(cohort: str, on: str) -> tuple[int, date]:
    problems: list[Problem] = []
    if not (cohort.isascii() and cohort.isdigit() and len(cohort) == 4):
        problems.append(Problem(column="--cohort", value=cohort[:40], rule="不是年份", remedy="写成 2025 的样子。"))
    day = date.min
    try:
        day = date.fromisoformat(on)
    except ValueError:
        problems.append(Problem(column="--on", value=on[:40], rule="日期不对", remedy="写成 2025-08-20 的样子。"))
    if problems:
        raise InputRefused(problems)
    return int(cohort), day
