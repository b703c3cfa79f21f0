"""The command of diagnosis: where a school stands by its confirmed data, with evidence."""

from __future__ import annotations

from typing import Annotated

import typer

from guantong.cli.indicators import Year
from guantong.cli.output import AsJson, say, say_json, say_table
from guantong.cli.person import As, person


def add_to(app: typer.Typer) -> None:
    """Add the command of diagnosis."""
    app.command("diagnose")(diagnose)


def diagnose(
    year: Year,
    org: Annotated[str, typer.Option("--org", help="学校编号；不写则诊断范围内的全部学校。")] = "",
    token: As = "",
    as_json: AsJson = False,
) -> None:
    """按已确认的填报数据诊断学校：数据一致性、标准、趋势、同类比较和变化的构成。"""
    by = person(token)
    from guantong.actions import diagnosing
    from guantong.diagnosis import findings_json, ranked

    if org:
        found = diagnosing.diagnose_school(year, org, by=by).findings
    else:
        ready = [row.organisation for row in diagnosing.diagnose_city(year, by=by) if row.ready]
        read = (diagnosing.read_diagnosis(year, name, by=by) for name in ready)
        found = ranked(finding for one in read for finding in one.findings)
    if as_json:
        say_json(findings_json(found))
        return
    say_table(
        ("学校", "程度", "类别", "发现"),
        [(one.subject, one.severity.label, one.kind.label, one.text) for one in found],
    )
    if not found:
        say("没有发现需要整改或关注的情况。")
