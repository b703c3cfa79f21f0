"""The commands of the rulebooks: list, show, explain, cases."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated

import typer

from guantong.cli import city
from guantong.cli.help import show_where_bare
from guantong.cli.output import say, say_json, say_table
from guantong.cli.state import RULEBOOK, state
from guantong.errors import InputRefused, Problem
from guantong.pathways.wording import missing_text
from guantong.policies import answer_json, decide, run_cases, why
from guantong.policies.answers import carried_clauses
from guantong.policies.catalogue import book_json
from guantong.years import cohort_bounds

_YEAR = re.compile(r"\d{4}", re.ASCII)
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
Policy = Annotated[str, typer.Option(help="规则册编号。")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this desk."""
    group = typer.Typer(help="规则册：条款、取值、判断和案例。", callback=show_where_bare, invoke_without_command=True)
    group.command("list")(list_books)
    for command in (show, explain, cases):
        group.command()(command)
    city.add_to(group)
    app.add_typer(group, name="policies")


def list_books(as_json: AsJson = False) -> None:
    """列出规则册和它们回答的问题。"""
    contents = state().contents
    books = [book_json(contents.rulebook(name), contents.sources, brief=True) for name in contents.rulebook_ids]
    if as_json:
        say_json(books)
        return
    for book in books:
        say(f"{book['id']}  {book['title']}  {book['digest']}")
        decisions = book["decisions"]
        assert isinstance(decisions, list)
        say_table(("判断事项", "名称", "输入"), ((d["id"], d["title"], "、".join(d["inputs"])) for d in decisions))


def show(policy: Policy = RULEBOOK, as_json: AsJson = False) -> None:
    """看一本规则册：条款、管哪几届、取值、规则。"""
    contents = state().contents
    book = contents.rulebook(policy)
    if as_json:
        say_json(book_json(book, contents.sources))
        return
    rows = (
        (clause.id, clause.number, clause.title, clause.mark.label, clause.grade.label)
        for clause in book.clauses.values()
    )
    say_table(("条款", "编号", "名称", "处理", "证据等级"), rows)


def explain(
    cohort: Annotated[str, typer.Option(help="哪一届（中考年份）。")],
    policy: Policy = RULEBOOK,
    decision: Annotated[str, typer.Option(help="判断事项。")] = "may_apply",
    given: Annotated[str, typer.Option("--input", help='输入，JSON 对象，例如 {"score":400}；没写的都算未知。')] = "{}",
    on: Annotated[str, typer.Option(help="所问的日期，例如 2027-09-01；不填则按整个在读期间。")] = "",
    as_json: AsJson = False,
) -> None:
    """回答一个情况，并说明依据哪一条、还缺什么。"""
    contents = state().contents
    book = contents.rulebook(policy)
    inputs, year, day = _read_input(given, cohort, on)
    answer = decide(book, inputs, cohort=year, decision=decision, on=day)
    if as_json:
        say_json(answer_json(answer, contents.sources))
        return
    say(f"{answer.spec.title}（{cohort} 级）：{answer.words}", *(f"  {line}" for line in why(answer)))
    say(*dict.fromkeys(f"  {clause.carried_notice}。" for clause in carried_clauses(answer)))
    if answer.missing:
        say(f"  还缺：{'；'.join(missing_text(name, book) for name in answer.missing)}。")


def cases(policy: Policy = RULEBOOK, as_json: AsJson = False) -> None:
    """逐个核对案例；有一个不符就以非零码结束。"""
    contents = state().contents
    results = run_cases(contents.rulebook(policy), contents.cases(policy))
    failed = [result for result in results if result.faults]
    if as_json:
        say_json(
            [
                {
                    "name": result.case.name,
                    "cohort": result.case.cohort,
                    "decision": result.case.decision,
                    "input": dict(result.case.given),
                    "expect": result.case.expect,
                    "answer": result.answered,
                    "passes": not result.faults,
                }
                for result in results
            ]
        )
    else:
        for result in failed:
            say(f"✗ {result.case.name}：{'；'.join(result.faults)}")
        say(f"案例 {len(results)} 个，相符 {len(results) - len(failed)} 个，不符 {len(failed)} 个。")
    if failed:
        raise typer.Exit(1)


def _read_input(text: str, cohort: str, on: str) -> tuple[dict[str, object], int, date | None]:
    """Return the inputs, the cohort and the day; raise `InputRefused` with every problem at once."""
    problems: list[Problem] = []
    inputs: dict[str, object] = {}
    day: date | None = None
    try:
        data = json.loads(text, parse_constant=str)
        if not isinstance(data, dict):
            raise ValueError
        inputs = data
    except (ValueError, RecursionError):
        problems.append(
            Problem(column="--input", value=text[:40], rule="不是 JSON 对象", remedy='写成 {"score":400} 的样子。')
        )
    try:
        day = date.fromisoformat(on) if on else None
    except ValueError:
        problems.append(Problem(column="--on", value=on[:40], rule="日期不对", remedy="写成 2027-09-01 的样子。"))
    first, last = cohort_bounds(state().today)
    if not (_YEAR.fullmatch(cohort) and first <= int(cohort) <= last):
        rule = f"中考年份应在 {first} 到 {last} 之间"
        problems.append(Problem(column="--cohort", value=cohort[:40], rule=rule, remedy="请改正后再试。"))
    if problems:
        raise InputRefused(problems)
    return inputs, int(cohort), day
