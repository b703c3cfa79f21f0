"""The commands of facts: list what is stated, of whom, and where it stands."""

from __future__ import annotations

from typing import Annotated

import typer

from guantong.cli.help import show_where_bare
from guantong.cli.output import say, say_json, say_table
from guantong.cli.person import As, person
from guantong.cli.state import state
from guantong.facts.catalogue import Names, facts_json, read_wanted

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this desk."""
    facts = typer.Typer(
        help="数据：年报里的每一个数和它的出处。", callback=show_where_bare, invoke_without_command=True
    )
    facts.command("list")(list_facts)
    facts.command("release")(release)
    app.add_typer(facts, name="facts")


def list_facts(
    subject: Annotated[str, typer.Option(help="说的是谁：city、district:区编号，或学校编号。")] = "",
    attribute: Annotated[str, typer.Option(help="统计项目编号，例如 teachers。")] = "",
    year: Annotated[str, typer.Option(help="年份，例如 2020；学年按结束的那一年。")] = "",
    as_json: AsJson = False,
) -> None:
    """列出数据：对象、统计项目、时期、口径、数值和出处。"""
    contents = state().contents
    table = contents.facts
    wanted = read_wanted({"subject": subject, "attribute": attribute, "year": year}, table)
    names = Names(words=contents.words, registry=contents.registry, plans=contents.plans)
    found = table.find(wanted)
    if as_json:
        say_json(facts_json(found, names, contents.sources))
        return
    say_table(
        ("统计项目", "对象", "口径", "时期", "数值", "编号", "出处"),
        (
            (
                table.words.attribute(fact.attribute).name,
                names.subject(fact.subject),
                names.words.scope_words(fact.scope),
                str(fact.period),
                fact.words,
                fact.id,
                fact.place.text(contents.sources.get(fact.place.document)),
            )
            for fact in found
        ),
    )
    clashes = sum(1 for clash in table.clashes if any(fact in found for fact in clash.facts))
    say(f"共 {len(found)} 条。" + (f"其中 {clashes} 处文件自己说法不一。" if clashes else ""))


def release(token: As = "", as_json: AsJson = False) -> None:
    """发布：把已公布年度的数据写成一层，公开页面下次启动时读取。"""
    by = person(token)
    from guantong.actions import publication

    released = publication.release_facts(by=by)
    if as_json:
        say_json({"path": str(released.path), "digest": released.digest, "facts": released.facts})
        return
    say(f"已发布 {released.facts} 条数据：{released.path}", f"校验值 {released.digest}")
