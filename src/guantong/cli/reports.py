"""The commands of yearly reports: built from published facts, without an account and without entries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guantong.cli.asking import write_together
from guantong.cli.help import show_where_bare
from guantong.cli.output import AsJson, say, say_json, say_problems, say_table
from guantong.cli.state import state
from guantong.errors import InputRefused, OutlineUnknown, Problem

if TYPE_CHECKING:
    from guantong.reports.outline import YearlyOutline
    from guantong.reports.yearly import Edition


class LevelName(Enum):
    """Whose report; the values are those of `guantong.reports.outline.Level`."""

    CITY = "city"
    DISTRICT = "district"
    SCHOOL = "school"


Level = Annotated[LevelName, typer.Option("--level", help="市级、区级或学校。")]
Year = Annotated[int, typer.Option("--year", help="年报的年份，如 2025。", min=2000, max=2100)]
Region = Annotated[str, typer.Option("--region", help="区级写区名，学校写校名，如 东城区。")]
Strict = Annotated[bool, typer.Option("--strict", help="签署前用：提纲里的每一项都必须有数。")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of yearly reports."""
    reports = typer.Typer(
        help="质量年度报告：由事实生成、检查。", callback=show_where_bare, invoke_without_command=True
    )
    reports.command("build")(build)
    reports.command("check")(check)
    app.add_typer(reports, name="reports")


def build(
    level: Level,
    year: Year,
    out: Annotated[Path, typer.Option("--out", help="写到这个文件夹。")],
    region: Region = "",
    strict: Strict = False,
    as_json: AsJson = False,
) -> None:
    """由公开资料生成年报：DOCX、PDF、HTML 各一份。"""
    from guantong.reports.compliance import check_compliance
    from guantong.reports.files import write_files
    from guantong.reports.yearly import build_yearly

    asked = _asked(level, year, region)
    built = build_yearly(asked.outline, asked.edition)
    compliance = check_compliance(asked.outline, built)
    if not compliance.ready(strict=strict):
        raise InputRefused(
            Problem(column=gap.where, value=gap.wanted, rule="这一处没有唯一的数", remedy=gap.candidates or "请补上。")
            for gap in built.faults(strict=strict)
        )
    files = write_files(built.report)
    made = {out / f"{asked.name}.{ending}": content for ending, content in files.items()}
    write_together(made, private=False)
    names = list(map(str, made))
    left_out = len(compliance.missing)
    if as_json:
        say_json({"files": names, "facts": len(built.used), "tables": list(built.tables), "left_out": left_out})
        return
    say(*names, f"用到 {len(built.used)} 条事实，{len(built.tables)} 张图表；{left_out} 项没有资料，列在附页“未收录”。")


def check(level: Level, year: Year, region: Region = "", strict: Strict = False, as_json: AsJson = False) -> None:
    """签署前检查年报：缺什么、哪里有歧义、结构、个人信息。"""
    from guantong.reports.compliance import check_compliance
    from guantong.reports.yearly import build_yearly

    asked = _asked(level, year, region)
    compliance = check_compliance(asked.outline, build_yearly(asked.outline, asked.edition))
    if as_json:
        say_json(compliance.as_json())
    else:
        rows = [(gap.where, gap.wanted, "必需" if gap.required else "可缺") for gap in compliance.missing]
        rows += [(gap.where, gap.wanted, "有歧义") for gap in compliance.ambiguous]
        say_table(("位置", "内容", "情况"), rows)
        say_problems([*compliance.structure, *compliance.personal])
    if not compliance.ready(strict=strict):
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One report that was asked for, and what its files are called."""

    outline: YearlyOutline
    edition: Edition
    name: str


def _asked(level: LevelName, year: int, region: str) -> _Asked:
    from guantong.facts import FactTable
    from guantong.indicators.published import words_with
    from guantong.reports.outline import Level as OutlineLevel
    from guantong.reports.yearly import Edition

    contents = state().contents
    subject, title = _subject(level, region)
    wanted = OutlineLevel(level.value)
    outline = next((one for one in contents.outlines if one.serves(wanted, year)), None)
    if outline is None:
        raise OutlineUnknown(
            f"{wanted.label} {year} 年", [f"{one.level.label} {one.since} 年" for one in contents.outlines]
        )
    edition = Edition(
        subject=subject,
        name=title,
        year=year,
        facts=FactTable(contents.world, words_with(contents.words, contents.catalogue), contents.facts.facts.values()),
        catalogue=contents.catalogue,
        sources=contents.sources,
        on=state().today,
    )
    part = f"-{region}" if region else ""
    return _Asked(outline=outline, edition=edition, name=f"guantong-{level.value}{part}-{year}")


def _subject(level: LevelName, region: str) -> tuple[str, str]:
    """Return subject and name of whose report it is; raise `InputRefused` for a region that is not known."""
    contents = state().contents
    if level is LevelName.CITY:
        if region:
            raise InputRefused([Problem(column="--region", value=region, rule="市级年报不写区域", remedy="请去掉。")])
        return "city", contents.words.city
    if level is LevelName.DISTRICT:
        known = {name: key for key, name in contents.districts.items()}
        if region in known:
            return f"district:{known[region]}", region
        remedy = f"可用的区：{'、'.join(known)}。"
        raise InputRefused([Problem(column="--region", value=region, rule="没有这个区", remedy=remedy)])
    school = contents.registry.named(region)
    if school is None:
        remedy = "请写学校的正式名称。"
        raise InputRefused([Problem(column="--region", value=region, rule="没有这所学校", remedy=remedy)])
    return school.id, school.name
