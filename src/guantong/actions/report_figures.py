"""The figures of a report and the words around them, taken from the register and the contents. Asks no right itself."""

from __future__ import annotations

from datetime import date, timedelta

from guantong.actions.books import contents, organisation_title
from guantong.actions.clock import now, today
from guantong.actions.project_words import major_name, planned
from guantong.cohorts import Moment, count_by_project, project_named
from guantong.errors import InputRefused, Problem, StepRefused
from guantong.procedures import Outcome, Procedure, ReportOutline, Run, StepKind
from guantong.reports.implementation import CohortFigures, Names, ReportFigures, Signature
from guantong.store import counts, opening, project_reports
from guantong.store.project_reach import ProjectReach
from guantong.store.project_reports import Deed, ReportRecord
from guantong.years import FIRST_COHORT

PROCEDURE = "implementation-report"


def figures_of(project: str, year: int) -> ReportFigures:
    """Return the figures of a project for the report of a year, as of today or of the year's last day.

    Events count from the day after the report of the year before ended, so that none falls between
    two reports. Raises `StepRefused` where no clause asks for a report, or there is nobody to count.
    """
    if not project_named(project).kind.is_guantong:
        raise StepRefused(step="编写实施报告", why="收录的条款只要求贯通培养项目提交实施报告")
    moment = _moment(project, year)
    reach = ProjectReach(leads=None, projects=frozenset({project}))
    found = count_by_project(counts.histories([reach]), moment)
    cohorts = tuple(
        CohortFigures(cohort=cohort, planned=planned(project, cohort), counts=counted)
        for (name, cohort), counted in found.items()
        if name == project
    )
    if not cohorts:
        raise StepRefused(step="编写实施报告", why=f"到 {moment.on} 为止，这个项目没有学生")
    known = moment.known or now()
    return ReportFigures(project=project, year=year, on=moment.on, since=moment.since, known=known, cohorts=cohorts)


def names_of_report(project: str) -> Names:
    """Return how the paper names things; a demonstration says that it is one."""
    named = project_named(project)
    mark = "（演示）" if opening.world() == opening.DEMO else ""
    return Names(
        title=f"{outline().title}{mark}",
        lead=organisation_title(named.lead),
        partner=organisation_title(named.partner) if named.partner else "",
        major=major_name(named),
        kind=named.kind.label,
    )


def outline() -> ReportOutline:
    """Return the outline of the contents; raise `StepRefused` where they have none."""
    found = contents().report_outline
    if found is None:
        raise StepRefused(step="编写实施报告", why="内容包里没有报告的提纲")
    return found


def procedure() -> Procedure:
    """Return the procedure of the report; raise `StepRefused` where the contents have none."""
    found = contents().procedures.get(PROCEDURE)
    if found is None:
        raise StepRefused(step="办理实施报告", why="内容包里没有这项流程")
    return found


def run_of(record: ReportRecord) -> Run:
    """Return a report's way through its procedure so far."""
    records = tuple(deed.record for deed in record.deeds)
    return Run(procedure=procedure(), subject=record.project, year=record.year, started=record.started, records=records)


def signatures_of(record: ReportRecord) -> tuple[Signature, ...]:
    """Return the signature lines of a report: what was signed since it last came back, blank where still open."""
    names, signed = record.content.names, dict[str, Deed]()
    for deed in record.deeds:
        signed = {} if deed.record.outcome is Outcome.RETURNED else {**signed, deed.record.step: deed}
    capacities = {StepKind.SIGN: f"{names.lead}负责人", StepKind.COSIGN: f"{names.partner or '合作高校'}负责人"}
    found = ((capacities[step.kind], signed.get(step.id)) for step in procedure().steps if step.kind in capacities)
    return tuple(
        Signature(capacity=capacity, name=deed.name, on=deed.record.on) if deed else Signature(capacity=capacity)
        for capacity, deed in found
    )


def _moment(project: str, year: int) -> Moment:
    if not FIRST_COHORT <= year <= today().year:
        rule = f"报告年度应在 {FIRST_COHORT} 年至今年之间"
        raise InputRefused([Problem(column="year", value=str(year), rule=rule, remedy="请改正年度。")])
    before = project_reports.figures_until(project, year - 1)
    since = before + timedelta(days=1) if before else date(year, 1, 1)
    return Moment(on=min(today(), date(year, 12, 31)), known=now(), since=since)
