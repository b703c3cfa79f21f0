"""The commands for whole tables: table, verify, compare, what-if. Their libraries are imported when they run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guantong.cli.output import say, say_json, say_table
from guantong.cli.state import RULEBOOK, state
from guantong.errors import InputRefused, Problem
from guantong.policies.inputs import number_or_none

if TYPE_CHECKING:
    from guantong.policies.city import Comparison, People
    from guantong.policies.rulebook import Rulebook

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
Policy = Annotated[str, typer.Option(help="规则册编号。")]
Asked = Annotated[str, typer.Option(help="判断事项。")]
On = Annotated[str, typer.Option(help="所问的日期，例如 2027-09-01；不填则按整个在读期间。")]
People_ = Annotated[Path | None, typer.Argument(help="数据表，CSV 或 Parquet；不填用虚构人群。", show_default=False)]
_BAR = 40


def add_to(group: typer.Typer) -> None:
    """Add the commands to the rulebooks' group."""
    for command in (table, verify, compare):
        group.command()(command)
    group.command("what-if")(what_if)


def table(
    source: Annotated[Path, typer.Argument(help="数据表，CSV 或 Parquet，列名同输入名，另加 cohort。", metavar="IN")],
    target: Annotated[Path, typer.Argument(help="写到哪里；原有的列后面加答案和说“不”的条款。", metavar="OUT")],
    policy: Policy = RULEBOOK,
    decision: Asked = "may_apply",
    on: On = "",
    as_json: AsJson = False,
) -> None:
    """逐行回答一整张表；有一处读不懂就全部列出，什么也不写。"""
    from guantong.policies.city import table_csv

    book = state().contents.rulebook(policy)
    book.decision(decision)
    with _progress() as step:
        summary = table_csv(book, decision, source, target, step, on=_day(on))
    if as_json:
        say_json(
            {
                "decision": summary.decision,
                "rows": summary.rows,
                "counts": summary.counts,
                "lawless": summary.lawless,
                "absent": list(summary.absent),
                "receipt": summary.receipt.id,
            }
        )
        return
    spec = book.decision(decision)
    words = {**spec.words, **spec.values}
    say(f"{spec.title}：{summary.rows} 行，写入 {target.name}。")
    say_table(("答案", "人数"), ((words.get(name, name), count) for name, count in summary.counts.items()))
    if summary.lawless:
        say(f"其中 {summary.lawless} 行的届别没有收录任何规定，都答“{words['unknown']}”。")
    if summary.absent:
        say(f"表里没有这些列，都按未知处理：{'、'.join(book.inputs[name].label for name in summary.absent)}。")
    say(f"判断凭据 {summary.receipt.id}")


def verify(policy: Policy = RULEBOOK, as_json: AsJson = False) -> None:
    """核对每一种可分辨的情况：三种算法答案是否一致，有没有空白、冲突和用不到的规则。"""
    from guantong.policies.city import verify as verify_book
    from guantong.policies.city_answers import verification_json

    book = state().contents.rulebook(policy)
    found = verify_book(book)
    if as_json:
        say_json(verification_json(found, book))
    else:
        cohorts = f"{found.cohorts[0]}–{found.cohorts[-1]} 级"
        say(f"{book.title}：{cohorts}，{found.signatures} 种情况，不一致 {found.different} 处。")
        say_table(
            ("判断事项", "情况", "不一致", "发现"),
            (
                (book.decisions[one.decision].title, one.signatures, one.different, len(one.findings))
                for one in found.decisions
            ),
        )
        for one in found.decisions:
            for finding in one.findings:
                clauses = "、".join(finding.clauses) or "—"
                mark = "（已写明）" if finding.declared else ""
                title = f"{book.decisions[one.decision].title}：{finding.kind.label}{mark}"
                say(f"  {title}；{finding.signatures} 种；{clauses}")
    if found.different:
        raise typer.Exit(1)


def compare(
    first: Annotated[int, typer.Argument(help="按哪一届的规定。", metavar="第一届", min=2000, max=2100)],
    second: Annotated[int, typer.Argument(help="再按哪一届的规定。", metavar="第二届", min=2000, max=2100)],
    source: People_ = None,
    policy: Policy = RULEBOOK,
    decision: Asked = "may_apply",
    by_share: Annotated[
        bool, typer.Option("--by-share", help="把分数按占满分的比例换到另一年；这是一个假设。")
    ] = False,
    on: On = "",
    as_json: AsJson = False,
) -> None:
    """同一批人，先按一届、再按另一届的规定回答：谁变了，依据哪一条。"""
    from guantong.policies.city import compare as compare_cohorts

    book = state().contents.rulebook(policy)
    people, assumptions = _people(book, decision, source, first, _day(on))
    found = compare_cohorts(book, first, second, people, decision, by_share=by_share)
    _say_comparison(found, book, assumptions, as_json=as_json)


def what_if(
    number: Annotated[str, typer.Option(help="改成多少。")],
    cohort: Annotated[int, typer.Option(help="改哪一届的取值。", min=2000, max=2100)],
    source: People_ = None,
    value: Annotated[str, typer.Option(help="取值的名称。")] = "score_floor",
    policy: Policy = RULEBOOK,
    decision: Asked = "may_apply",
    on: On = "",
    as_json: AsJson = False,
) -> None:
    """把一个取值改掉：谁的答案会变，依据哪一条。"""
    from guantong.policies.city import ValueChange
    from guantong.policies.city import what_if as change_value

    moved = number_or_none(number)
    if moved is None or moved < 0:
        raise InputRefused(
            [Problem(column="--number", value=number[:40], rule="应是不小于 0 的数字", remedy="例如 385。")]
        )
    book = state().contents.rulebook(policy)
    people, assumptions = _people(book, decision, source, cohort, _day(on))
    found = change_value(book, ValueChange(value=value, cohort=cohort, number=moved), people, decision)
    _say_comparison(found, book, assumptions, as_json=as_json)


def _people(
    book: Rulebook, decision: str, source: Path | None, cohort: int, on: date | None
) -> tuple[People, tuple[str, ...]]:
    """Return the people of a file, or the synthetic city with what was assumed for it."""
    from guantong.policies.city import read_people
    from guantong.policies.synthetic import ASSUMPTIONS, synthetic_city
    from guantong.policies.table_read import people_of

    if source is not None:
        return people_of(book, decision, source, on=on), ()
    return read_people(book, synthetic_city(book, cohort), (decision,), on=on), ASSUMPTIONS


def _say_comparison(found: Comparison, book: Rulebook, assumptions: tuple[str, ...], *, as_json: bool) -> None:
    from guantong.policies.city_answers import comparison_json

    if as_json:
        say_json(comparison_json(found, assumptions))
        return
    spec = book.decision(found.decision)
    words = {**spec.words, **spec.values}
    total = sum(row.people for row in found.rows) or 1
    say(f"{spec.title}：{total} 人里 {sum(row.people for row in found.changes)} 人的答案会变。")
    say_table(
        ("原来", "改后", "人数", "占比", "依据"),
        (
            (
                words.get(row.before, row.before),
                words.get(row.after, row.after),
                row.people,
                f"{row.people / total:6.1%} " + "▇" * round(row.people / total * _BAR),
                "、".join(dict.fromkeys((*row.clauses_before, *row.clauses_after))),
            )
            for row in sorted(found.rows, key=lambda row: -row.people)
        ),
    )
    if found.unknown_scores:
        say(f"{found.unknown_scores} 人的分数在另一届的试卷上没有意义（总分不同），按未知处理。")
    for assumption in (*assumptions, *found.assumptions):
        say(f"· {assumption}")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        problem = Problem(column="--on", value=text[:40], rule="日期不对", remedy="写成 2027-09-01 的样子。")
        raise InputRefused([problem]) from None


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """Show a progress bar where somebody watches; yield what is told the rows done and the rows in all."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("逐行判断", total=None)
        yield lambda done, rows: bar.update(task, completed=done, total=rows)
