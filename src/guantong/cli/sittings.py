"""The commands of sittings: open, list, form, enter, preview, submit, confirm, recall, answer, close."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guantong.cli.asking import read_bytes, write_new
from guantong.cli.help import show_where_bare
from guantong.cli.output import AsJson, say, say_json, say_problems, say_table
from guantong.cli.person import As, Purpose, person
from guantong.errors import InputRefused, Problem

if TYPE_CHECKING:
    from guantong.actions.sitting_answers import Answer

FORMATS = (".xlsx", ".csv")
_LINES = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?", re.ASCII)
_RETURN = re.compile(r"(\d{1,3})\s*[:：=]\s*(.+)", re.ASCII | re.DOTALL)
Sitting = Annotated[str, typer.Argument(metavar="编号", help="名单的编号。")]
Seen = Annotated[int, typer.Option("--seen", help="您看到的名单版本，preview 会写明；别人改过就不办。", min=1)]


def add_to(group: typer.Typer) -> None:
    """Add the commands of sittings to the group of cohorts."""
    sit = typer.Typer(
        help="转段考核：开名单、填成绩、核对、提交；接收院校逐人答复。",
        callback=show_where_bare,
        invoke_without_command=True,
    )
    sit.command("open")(open_list)
    sit.command("list")(list_all)
    sit.command("close")(close)
    for command in (form, enter, preview, submit, confirm, recall, answer):
        sit.command()(command)
    group.add_typer(sit, name="sit")


def open_list(
    project: Annotated[str, typer.Option(help="项目编号：牵头院校:合作院校:类别:专业。")],
    cohort: Annotated[int, typer.Option(help="级（入学年份）。", min=2000, max=2100)],
    class_name: Annotated[str, typer.Option("--class", help="班级。")],
    school: Annotated[str, typer.Option(help="就读学校的编号。")],
    to_stage: Annotated[str, typer.Option("--to-stage", help="升入的学段：college 或 undergraduate。")],
    on: Annotated[str, typer.Option(help="考核日期，例如 2026-07-10。")],
    receiver: Annotated[str, typer.Option(help="接收院校的编号；只在条款没有写明时填。")] = "",
    token: As = "",
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """为一个班开一份转段名单，记录上可以参加的学生都在上面。"""
    day = _read_new(to_stage, on)
    by = person(token, purpose)
    from guantong.actions.sittings import NewSitting, open_sitting
    from guantong.registry import Stage

    new = NewSitting(
        project=project, cohort=cohort, class_name=class_name, school=school, to_stage=Stage(to_stage), on=day,
        receiver=receiver,
    )  # fmt: skip
    made = open_sitting(new, by=by)
    if as_json:
        left = [{"pupil": pupil, "reason": reason} for pupil, reason in made.left_out]
        say_json({"id": made.id, "pupils": made.pupils, "left_out": left})
        return
    say(f"名单已开，编号 {made.id}，{made.pupils} 人。")
    if made.left_out:
        say_table(("不能参加的学生", "原因"), made.left_out)


def list_all(
    received: Annotated[bool, typer.Option("--received", help="看报到本校的名单（接收院校）。")] = False,
    token: As = "",
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """列出本校的名单，或报到本校的名单；不列学生。"""
    by = person(token, purpose)
    from guantong.actions.sitting_answers import list_received
    from guantong.actions.sittings import list_sittings
    from guantong.cli.sitting_words import list_json

    found = (list_received if received else list_sittings)(by=by)
    if as_json:
        say_json([list_json(line) for line in found])
        return
    header = ("编号", "班级", "升入", "日期", "人数", "进度")
    say_table(header, ((s.id, s.class_name, s.to_stage, s.on, s.pupils, s.state.label) for s in found))


def form(
    sitting: Sitting,
    out: Annotated[Path, typer.Option(help="写到哪个文件；以 .xlsx 或 .csv 结尾，不覆盖已有的文件。")],
    token: As = "",
    purpose: Purpose = "",
) -> None:
    """写出成绩表：每名学生一行，已填的在里面。"""
    if out.suffix.lower() not in FORMATS:
        rule, remedy = "文件名要以 .xlsx 或 .csv 结尾", "请改正文件名。"
        raise InputRefused([Problem(column="--out", value=out.name, rule=rule, remedy=remedy)])
    by = person(token, purpose)
    from guantong.actions.sitting_forms import sitting_form

    made = sitting_form(sitting, as_csv=out.suffix.lower() == ".csv", by=by)
    write_new(out, made.content)
    say(f"成绩表已写入 {out}。填好后用 guantong cohorts sit enter 交回；里面有学生姓名，用完请删除。")


def enter(
    sitting: Sitting,
    file: Annotated[str, typer.Argument(help="填好的成绩表：XLSX 或 CSV。")],
    seen: Annotated[int, typer.Option("--seen", help="CSV 用：下载时的名单版本；XLSX 自带，不用填。", min=0)] = 0,
    token: As = "",
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """交回成绩表。所有问题一次列出；有一处问题就一行也不记。"""
    content, name = read_bytes(file, option="成绩表"), Path(file).name
    by = person(token, purpose)
    from guantong.actions.sitting_forms import enter_form

    try:
        done = enter_form(sitting, content, name, seen=seen or None, by=by)
    except InputRefused as refused:
        if as_json:
            raise
        say_problems(refused.problems)
        typer.echo(f"{name} 有 {len(refused.problems)} 处需要修改，什么也没有记下。", err=True)
        raise typer.Exit(refused.exit_code) from None
    if as_json:
        say_json({"id": sitting, "lines": done.lines, "version": done.version})
    else:
        say(f"已记下 {done.lines} 人的考核结果，名单版本 {done.version}。")


def preview(
    sitting: Sitting,
    received: Annotated[bool, typer.Option("--received", help="以接收院校的身份看。")] = False,
    token: As = "",
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """逐人说明将办理什么、什么不能办、依据哪一条、怎样才能办；什么也不改动。"""
    by = person(token, purpose)
    from guantong.actions.sitting_answers import view_received
    from guantong.actions.sittings import weigh_sitting
    from guantong.cli.sitting_words import sitting_json, sitting_lines

    found = (view_received if received else weigh_sitting)(sitting, by=by)
    if as_json:
        say_json(sitting_json(found))
        return
    record = found.sitting
    say(f"{record.class_name}，{record.terms.on}，{record.state.label}，版本 {record.version}。")
    say_table(("行", "姓名", "结果", "将办理或不能办的原因"), sitting_lines(found))


def submit(sitting: Sitting, seen: Seen, token: As = "", purpose: Purpose = "", as_json: AsJson = False) -> None:
    """提交名单：能办的报给接收院校，不能办的留在学校；有依据文件的先由校长确认。"""
    by = person(token, purpose)
    from guantong.actions.sittings import submit_sitting

    found = submit_sitting(sitting, seen=seen, by=by)
    paper = any(one.plan.on_paper for one in found.ready)
    if as_json:
        put_up, refused = len(found.ready), len(found.refused)
        say_json({"id": sitting, "put_up": put_up, "refused": refused, "on_paper": paper, "version": seen + 1})
        return
    say(f"已提交 {len(found.ready)} 人，留在学校 {len(found.refused)} 人。" + ("等待校长确认。" if paper else ""))


def confirm(sitting: Sitting, seen: Seen, token: As = "", purpose: Purpose = "") -> None:
    """校长确认有依据文件的名单；这是签署，只有演示世界可以在命令行办理。"""
    by = person(token, purpose)
    from guantong.actions.sittings import confirm_sitting

    confirm_sitting(sitting, seen=seen, by=by)
    say("已确认，名单已报接收院校。")


def recall(
    sitting: Sitting,
    seen: Seen,
    reason: Annotated[str, typer.Option(help="为什么撤回。")],
    token: As = "",
    purpose: Purpose = "",
) -> None:
    """撤回已提交的名单：接收院校还没有答复任何一名学生时可以撤回，改好后再提交。"""
    by = person(token, purpose)
    from guantong.actions.sittings import recall_sitting

    recall_sitting(sitting, reason, seen=seen, by=by)
    say("名单已撤回，可以修改后再提交。")


def answer(
    sitting: Sitting,
    seen: Seen,
    accept: Annotated[str, typer.Option(help="确认哪些行，例如 1-3,5。")] = "",
    give_back: Annotated[list[str] | None, typer.Option("--return", help="退回一行并写理由，例如 4:成绩待核。")] = None,
    token: As = "",
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """接收院校逐人答复；这是签署，只有演示世界可以在命令行办理。"""
    said = _read_answers(accept, give_back or [])
    by = person(token, purpose)
    from guantong.actions.sitting_answers import Answer, answer_sitting

    answers: Mapping[int, Answer] = {
        number: Answer(accepted=reason is None, reason=reason or "") for number, reason in said.items()
    }
    done = answer_sitting(sitting, answers, seen=seen, by=by)
    if as_json:
        found = {"id": sitting, "state": done.state.value, "accepted": done.accepted, "returned": done.returned}
        say_json({**found, "version": done.version})
    else:
        say(f"已办理 {done.accepted} 人，退回 {done.returned} 人。名单：{done.state.label}。")


def close(
    sitting: Sitting,
    seen: Seen,
    reason: Annotated[str, typer.Option(help="为什么关闭。")],
    token: As = "",
    purpose: Purpose = "",
) -> None:
    """关闭名单：还在学校的学生这次不再办理。"""
    by = person(token, purpose)
    from guantong.actions.sittings import close_sitting

    close_sitting(sitting, reason, seen=seen, by=by)
    say("名单已关闭。")


def _read_new(to_stage: str, on: str) -> date:
    problems, day = [], date.min
    if to_stage not in ("college", "undergraduate"):
        remedy = "写 college 或 undergraduate。"
        problems.append(Problem(column="--to-stage", value=to_stage[:40], rule="不是可以升入的学段", remedy=remedy))
    try:
        day = date.fromisoformat(on)
    except ValueError:
        problems.append(Problem(column="--on", value=on[:40], rule="日期不对", remedy="写成 2026-07-10 的样子。"))
    if problems:
        raise InputRefused(problems)
    return day


def _read_answers(accept: str, back: Sequence[str]) -> dict[int, str | None]:
    """Return the reason for each line that is returned, None for each that is accepted."""
    said: dict[int, str | None] = {}
    problems = []
    for part in filter(None, (part.strip() for part in accept.split(","))):
        found = _LINES.fullmatch(part)
        if found is None:
            remedy = "写成 1-3,5 的样子。"
            problems.append(Problem(column="--accept", value=part[:40], rule="不是行号", remedy=remedy))
        else:
            said |= dict.fromkeys(_between(found), None)
    for part in back:
        found = _RETURN.fullmatch(part)
        if found is None or int(found[1]) in said:
            rule = "没有写行号和理由" if found is None else "这一行既确认又退回"
            problems.append(Problem(column="--return", value=part[:40], rule=rule, remedy="写成 4:理由 的样子。"))
        else:
            said[int(found[1])] = found[2].strip()
    if problems:
        raise InputRefused(problems)
    return said


def _between(found: re.Match[str]) -> Iterator[int]:
    return iter(range(int(found[1]), int(found[2] or found[1]) + 1))
