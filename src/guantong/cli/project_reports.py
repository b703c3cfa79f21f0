"""The commands of counts and of a project's implementation report: report, counts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guantong.cli.asking import write_together
from guantong.cli.output import AsJson, say, say_json, say_table
from guantong.cli.person import As, Purpose, person
from guantong.errors import FileRefused, InputRefused, Problem, ProjectReportUnknown
from guantong.settings import BEIJING

if TYPE_CHECKING:
    from guantong.cohorts import Moment
    from guantong.reports.implementation import ReportContent, Signature

ProjectId = Annotated[str, typer.Option("--project", help="项目编号。", show_default=False)]
Year = Annotated[int, typer.Option("--year", help="报告年度。", show_default=False, min=2000, max=2100)]
Out = Annotated[str, typer.Option("--out", metavar="文件夹", help="把 DOCX 和 PDF 写到这里；不写则只显示概况。")]
Start = Annotated[bool, typer.Option("--start", help="还没有开始的，先取数并开始编写。")]


def add_to(group: typer.Typer) -> None:
    """Add the commands of reports to the group of cohorts."""
    group.command()(report)
    group.command()(counts)


def report(
    project: ProjectId,
    year: Year,
    out: Out = "",
    start: Start = False,
    token: As = "",
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """项目实施报告：看一份，或写成 DOCX 和 PDF。"""
    by = person(token, purpose)
    from guantong.actions import project_report_list, project_reports
    from guantong.actions.report_figures import signatures_of
    from guantong.reports.implementation.contract import report_json

    line = next((line for line in project_report_list.list_reports(year, by=by) if line.project == project), None)
    if line is None or not (line.id or start):
        raise ProjectReportUnknown(f"{project} {year}")
    name = line.id or project_reports.start_report(project, year, by=by)
    record = project_report_list.read_report(name, by=by)
    files = _written(record.content, signatures_of(record), record.submitted, out) if out else []
    if as_json:
        found = report_json(
            name,
            record.content,
            step=record.step,
            until=line.until,
            submitted=record.submitted,
            filing=line.filing,
        )
        say_json({**found, "files": files})
        return
    figures = record.content.figures
    names = record.content.names
    say(f"{names.lead} {names.major} {year} 年度：{line.step or '编写中'}，{line.filing.label}。")
    say(f"数字截至 {figures.on}，共 {len(figures.cohorts)} 级 {figures.pupils} 人。", *files)


def counts(
    on: Annotated[str, typer.Option(help="哪一天的人数，如 2026-09-01；默认今天。")] = "",
    known: Annotated[str, typer.Option(help="按当时已登记的计，如 2026-09-01T08:00:00+08:00；默认全部。")] = "",
    since: Annotated[str, typer.Option(help="从哪一天起计学籍变动；默认全部。")] = "",
    token: As = "",
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """各项目各级某一天的人数、变动和走到哪一段，不显示任何学生。"""
    by = person(token, purpose)
    from guantong.actions.clock import today
    from guantong.actions.counts import count_cohorts
    from guantong.reports.implementation import CohortFigures
    from guantong.reports.implementation.contract import counts_json

    moment = _moment(on, known, since, today())
    rows = count_cohorts(moment, by=by)
    if as_json:
        parts = (CohortFigures(cohort=row.cohort, planned=row.planned, counts=row.counts) for row in rows)
        say_json(counts_json(zip((row.project for row in rows), parts, strict=True), moment))
        return
    header = ("项目", "级", "计划", "录取", "中职注册", "高职注册", "本科注册", "毕业")
    say(f"截至 {moment.on}：")
    funnels = ((row, row.counts.funnel) for row in rows)
    say_table(
        header,
        (
            (
                row.project,
                row.cohort,
                "未收录" if row.planned.places is None else row.planned.places,
                funnel.admitted,
                funnel.secondary,
                funnel.college,
                funnel.undergraduate,
                funnel.graduated,
            )
            for row, funnel in funnels
        ),
    )


def _written(content: ReportContent, signatures: Sequence[Signature], submitted: date | None, out: str) -> list[str]:
    """Write both files into a folder and return their paths; nothing is written over, and never only one of them."""
    from guantong.reports.implementation.printing import Form, file_name, printed

    folder = Path(out)
    if not os.path.isdir(folder):
        raise FileRefused(file=out, fault="不是文件夹", advice="请先建好文件夹，再写在 --out 后面。")
    made = {folder / file_name(content, form): printed(content, signatures, submitted, form) for form in Form}
    for path in made:
        if path.exists():
            raise FileRefused(file=str(path), fault="已经有了", advice="请换一个文件夹，或先移走旧文件。")
    write_together(made)
    return [str(path) for path in made]


def _moment(on: str, known: str, since: str, today: date) -> Moment:
    """Return the moment of the options; raise `InputRefused` with every one that is no day."""
    from guantong.cohorts import Moment

    problems: list[Problem] = []
    day, first = _day("--on", on, problems) or today, _day("--since", since, problems) or date.min
    moment = None
    if known:
        try:
            moment = datetime.fromisoformat(known)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)
        except ValueError:
            problems.append(_no_day("--known", known))
    if problems:
        raise InputRefused(problems)
    return Moment(on=day, known=moment, since=first)


def _day(option: str, text: str, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        problems.append(_no_day(option, text))
        return None


def _no_day(option: str, text: str) -> Problem:
    return Problem(column=option, value=text[:40], rule="不是日期", remedy="请写成 2026-09-01 的形式。")
