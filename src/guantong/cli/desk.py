"""The family desk's commands: plan, programmes, plans, schools, routes, sources, contents."""

from __future__ import annotations

from typing import Annotated

import typer

from guantong.cli.help import show_where_bare
from guantong.cli.output import say, say_json, say_table
from guantong.cli.plan_text import plan_lines
from guantong.cli.state import state
from guantong.pathways.answers import answer_json
from guantong.pathways.applicant import read_applicant
from guantong.pathways.catalogue import (
    programmes_json,
    read_filters,
    routes_json,
    schools_json,
    sources_json,
    years_json,
)
from guantong.pathways.planner import plan as plan_for

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
Text = Annotated[str, typer.Option()]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this desk."""
    for command in (plan, programmes, plans, schools, routes, sources):
        app.command()(command)
    contents = typer.Typer(
        help="内容包：计划、路径、规则的数据。", callback=show_where_bare, invoke_without_command=True
    )
    contents.command("check")(check)
    app.add_typer(contents, name="contents")


def plan(
    pupil_grade: Annotated[str, typer.Option(help="孩子现在的年级，1 到 9。")] = "",
    cohort: Annotated[str, typer.Option(help="中考年份，例如 2025；和年级填一个即可。")] = "",
    score: Annotated[str, typer.Option(help="中考总分，按当年试卷。")] = "",
    out_of: Annotated[str, typer.Option(help="当年试卷总分，不清楚就不填。")] = "",
    household: Annotated[str, typer.Option(help="户籍：beijing、as_beijing、migrant、other 或 unknown。")] = "",
    exam_eligible: Annotated[str, typer.Option(help="有没有当年中考升学资格：yes、no 或 unknown。")] = "",
    district: Annotated[str, typer.Option(help="所在区，例如 丰台区。")] = "",
    interest: Annotated[list[str] | None, typer.Option(help="兴趣方向或专业词语，可以重复。")] = None,
    max_years: Annotated[str, typer.Option(help="最多愿意读几年。")] = "",
    target: Annotated[str, typer.Option(help="目标：专科、本科、就业或出国。")] = "",
    sort: Annotated[str, typer.Option(help="专业次序：plan、interest、district、partner 或 quota。")] = "",
    as_json: AsJson = False,
) -> None:
    """看有哪些路、各通向什么证书、依据哪一条。每个选项都可以不填。"""
    given = {
        "pupil_grade": [pupil_grade],
        "cohort": [cohort],
        "score": [score],
        "out_of": [out_of],
        "household": [household],
        "exam_eligible": [exam_eligible],
        "district": [district],
        "interest": interest or [],
        "max_years": [max_years],
        "target": [target],
        "sort": [sort],
    }
    parts = state().desk()
    applicant = read_applicant(given, book=parts.book, registry=parts.registry, today=state().today)
    answer = answer_json(plan_for(applicant, parts), state().contents.sources)
    say_json(answer) if as_json else say(*plan_lines(answer, parts.book))


def programmes(
    year: Annotated[str, typer.Option(help="年份；不填为载入的最近一年。")] = "",
    type: Annotated[str, typer.Option(help="类别：gaoben 或 zhongben。")] = "",
    school: Annotated[str, typer.Option(help="学校名称或编号。")] = "",
    partner: Annotated[str, typer.Option(help="合作本科高校名称或编号。")] = "",
    district: Annotated[str, typer.Option(help="学校所在区。")] = "",
    category: Annotated[str, typer.Option(help="专业方向，例如 信息技术。")] = "",
    words: Annotated[str, typer.Option(help="专业、学校、代码里的词语。")] = "",
    sort: Annotated[str, typer.Option(help="次序：plan、district、partner 或 quota。")] = "",
    as_json: AsJson = False,
) -> None:
    """查招生专业：一行一个，照原表印出的样子。"""
    given = {
        "year": [year],
        "type": [type],
        "school": [school],
        "partner": [partner],
        "district": [district],
        "category": [category],
        "words": [words],
        "sort": [sort],
    }
    parts = state().desk()
    rows = programmes_json(read_filters(given, parts), parts, state().contents.sources)
    if as_json:
        say_json(rows)
        return
    if not rows:
        say("没有符合这些条件的专业。可以少填一两项，或换一年看看。")
        return
    say_table(
        ("编号", "学校", "专业", "计划", "合作高校", "限制"),
        ((row["id"], row["school"], row["major"], row["quota"], row["partner"], row["restrictions"]) for row in rows),
    )
    say(f"共 {len(rows)} 行。每行的出处用 --json 查看。")


def plans(as_json: AsJson = False) -> None:
    """看各年份的计划总数、报考门槛、试卷总分、批次，以及收录到什么程度。"""
    years = years_json(state().desk(), state().contents.sources)
    if as_json:
        say_json(years)
        return
    say_table(
        ("年份", "计划总数", "最低分数线", "试卷总分", "分专业计划"),
        (
            (
                year["year"],
                _values(year["totals"]),
                _values(year["floors"]),
                _values(year["paper_totals"]),
                year["coverage_text"],
            )
            for year in years
        ),
    )
    say("最低分数线是报考门槛，不是录取线。每个数的出处用 --json 查看。")


def schools(
    words: Annotated[str, typer.Argument(help="校名里的词语；不填列出全部。")] = "", as_json: AsJson = False
) -> None:
    """查学校：名称、性质、所在区、哪些年份列入计划。"""
    found = schools_json(state().desk(), state().contents.sources, words=words)
    if as_json:
        say_json(found)
        return
    if not found:
        say(f"没有找到名称里有“{words}”的学校。可以少写几个字，或不写，列出全部。")
        return
    say_table(
        ("编号", "名称", "性质", "所在区", "列入计划的年份"),
        ((row["id"], row["name"], row["kind_text"], row["district_name"], _years(row["recruiting"])) for row in found),
    )


def routes(as_json: AsJson = False) -> None:
    """看中考以后有哪些路。"""
    found = routes_json(state().desk(), state().contents.sources)
    if as_json:
        say_json(found)
        return
    say_table(
        ("编号", "路径", "几年", "通向"),
        ((r["id"], r["name"], r["years"], _joined(r["leads_to"])) for r in found),
    )


def sources(as_json: AsJson = False) -> None:
    """看引用了哪些文件，各是什么证据等级。"""
    found = sources_json(state().contents.sources)
    if as_json:
        say_json(found)
        return
    say_table(
        ("编号", "文号或题名", "日期", "证据等级"),
        ((s["id"], s["number"] or s["title"], s["date"], s["grade_text"]) for s in found),
    )


def check() -> None:
    """检查内容包：每一处问题都列出文件、行和改法。"""
    contents = state().contents
    contents.check()
    parts = state().desk()
    cases = sum(len(contents.cases(name)) for name in contents.rulebook_ids)
    rows = len(parts.plans.programmes)
    say(
        f"内容包 {contents.package} 没有问题：文件 {len(contents.sources)} 份，"
        f"学校 {len(parts.registry.institutions)} 所，招生专业 {rows} 行，"
        f"路径 {len(parts.routes.all)} 条，数据 {len(contents.facts)} 条，案例 {cases} 个。",
        f"摘要 sha256:{contents.digest}",
    )


def _values(figures: object) -> str:
    assert isinstance(figures, list)
    return " / ".join(dict.fromkeys(str(figure["value"]) for figure in figures if figure.get("type", "all") == "all"))


def _years(recruiting: object) -> str:
    assert isinstance(recruiting, dict)
    return "、".join(year for year, listed in recruiting.items() if listed == "listed")


def _joined(texts: object) -> str:
    assert isinstance(texts, list)
    return "、".join(texts)
