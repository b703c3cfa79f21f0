"""Implementation reports looked at: which are submitted, late or missing, and one of them whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guantong.actions import project_scope
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import organisation_title
from guantong.actions.clock import today
from guantong.actions.project_words import major_name
from guantong.actions.report_figures import procedure
from guantong.actions.words import Act
from guantong.cohorts import project_named
from guantong.people import Person, Right
from guantong.procedures import Filing, filing, last_day
from guantong.store import counts, project_reports
from guantong.store.project_reports import ReportLine, ReportRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReport:
    """One project in a year: whether its report came in time, and where it stands; `id` is "" before it is begun."""

    project: str
    year: int
    lead: str
    partner: str
    major: str
    kind: str
    id: str
    step: str
    until: date | None
    submitted: date | None
    filing: Filing
    may_start: bool
    may_open: bool


def list_reports(year: int, *, by: Person) -> tuple[DueReport, ...]:
    """Return every project that owes a report for a year, within what the person may count."""
    with attempt(Act.REPORTS_LISTED, Right.READ_COUNTS, by=by) as scope:
        reaches = project_scope.counted(scope)
        begun = {line.project: line for line in project_reports.listed(year, reaches=reaches)}
        projects = sorted({*begun, *counts.projects_with_pupils(reaches, year)})
        above = all(reach.submitted_only for reach in reaches)
        lines = tuple(_due(project, year, begun.get(project), by, above) for project in projects)
        leave_entry(entry(Act.REPORTS_LISTED), by=by)
    return lines


def read_report(report: str, *, by: Person) -> ReportRecord:
    """Return a report; authorities see it once it is submitted. Raises `ProjectReportUnknown` or `ReportAltered`."""
    with attempt(Act.REPORT_READ, Right.READ_COUNTS, by=by) as scope:
        record = project_reports.get(report, reaches=project_scope.counted(scope))
        leave_entry(entry(Act.REPORT_READ, report), by=by)
    return record


def _due(project: str, year: int, line: ReportLine | None, by: Person, above: bool) -> DueReport:
    named, until = project_named(project), last_day(procedure(), year)
    steps = {step.id: step.title for step in procedure().steps}
    submitted = line.submitted if line else None
    return DueReport(
        project=project,
        year=year,
        lead=organisation_title(named.lead),
        partner=organisation_title(named.partner) if named.partner else "",
        major=major_name(named),
        kind=named.kind.label,
        id=line.id if line else "",
        step="已提交" if submitted else steps.get(line.step, "") if line else "尚未开始",
        until=until,
        submitted=submitted,
        filing=filing(until, submitted, today()),
        may_start=line is None and _leads(project, by),
        may_open=line is not None and (submitted is not None or not above),
    )


def _leads(project: str, by: Person) -> bool:
    """Tell whether a person may begin the report of a project."""
    on = today()
    if not by.may(Right.WRITE_REPORT, on=on):
        return False
    return any(reach.covers(project) for reach in project_scope.led(by.scope(Right.WRITE_REPORT, on=on)))
