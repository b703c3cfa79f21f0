"""The city's view (全市一览): which reports came in time, and how far each cohort of each project came. Counts only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from guantong.actions import counts, project_report_list
from guantong.actions.counts import CensusRow, CityCounts
from guantong.actions.project_words import major_name
from guantong.cohorts import Planned, Project, Status, project_named
from guantong.procedures import Filing
from guantong.sheets import Column
from guantong.sheets.writing import Form, write_csv
from guantong.web.staff.page import Download, StaffAsked, StaffPage
from guantong.web.staff.respond import staff
from guantong.web.staff.years import year_of, years_offered

BAR = 100
STEPS = (
    ("admitted", "录取"),
    ("secondary", "中职"),
    ("college", "高职"),
    ("undergraduate", "本科"),
    ("graduated", "毕业"),
)
CSV_NAME = "各项目各级人数"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One step of a funnel: its word, how many, and the bar's length out of 100."""

    word: str
    number: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelCell:
    """One cohort of one project: how many are there now, what was planned, and how far it came."""

    cohort: int
    planned: Planned
    present: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """One project: its names, and a cell for each cohort of the page; None where it has no pupils of that year."""

    id: str
    project: Project
    lead: str
    partner: str
    major: str
    cells: tuple[FunnelCell | None, ...]


def city_page(asked: StaffAsked) -> StaffPage:
    """Return the reports of a year and the census of today, within what the person may count."""
    year = year_of(asked)
    found = counts.census_today(by=asked.by)
    lines = project_report_list.list_reports(year, by=asked.by)
    cohorts = sorted({row.cohort for row in found.rows})
    context = {
        "year": year,
        "years": years_offered(asked),
        "lines": lines,
        "tally": [(filing, sum(line.filing is filing for line in lines)) for filing in Filing],
        "on": found.on,
        "cohorts": cohorts,
        "rows": _project_rows(found, cohorts),
        "present": sum(row.census.present for row in found.rows),
        "admitted": sum(row.census.funnel.admitted for row in found.rows),
    }
    title = "全市一览" if found.whole else "各项目一览"
    return StaffPage(title=title, template="guantong/staff/city.html", context=context)


def city_csv(asked: StaffAsked) -> StaffPage:
    """Hand out the census as CSV, one row per project and cohort."""
    found = counts.census_today(by=asked.by)
    form = Form(id="census", version="1", title=CSV_NAME, columns=tuple(Column(name=name) for name in _heads()))
    text = write_csv(form, [_cells(row, found.names) for row in found.rows])
    name = f"{CSV_NAME}-{found.on}.csv"
    return StaffPage(download=Download(name=name, content=text.encode(), kind="text/csv; charset=utf-8"))


def funnel_cell(row: CensusRow) -> FunnelCell:
    """Return a cohort's funnel over the stages of its kind; a bar's length is its share of those admitted.

    Shares are rounded down, but what is not nought stays seen.
    """
    whole = row.census.funnel.admitted
    steps = {"admitted", "graduated", *(stage.value for stage in project_named(row.project).kind.stages)}
    numbers = ((word, getattr(row.census.funnel, name)) for name, word in STEPS if name in steps)
    bars = tuple(
        Bar(word=word, number=number, length=max(number * BAR // whole, 1) if number else 0) for word, number in numbers
    )
    return FunnelCell(cohort=row.cohort, planned=row.planned, present=row.census.present, bars=bars)


def _project_rows(found: CityCounts, cohorts: Iterable[int]) -> list[ProjectRow]:
    by_project: dict[str, dict[int, CensusRow]] = {}
    for row in found.rows:
        by_project.setdefault(row.project, {})[row.cohort] = row
    years = tuple(cohorts)
    return [_project_row(name, part, years, found.names) for name, part in sorted(by_project.items())]


def _project_row(
    name: str, part: Mapping[int, CensusRow], cohorts: tuple[int, ...], names: Mapping[str, str]
) -> ProjectRow:
    project = project_named(name)
    return ProjectRow(
        id=name,
        project=project,
        lead=names[project.lead],
        partner=names.get(project.partner, ""),
        major=major_name(project),
        cells=tuple(funnel_cell(part[cohort]) if cohort in part else None for cohort in cohorts),
    )


def _heads() -> tuple[str, ...]:
    """Return the columns of the CSV."""
    statuses = tuple(status.label for status in Status)
    return ("项目编号", "牵头院校", "合作高校", "类别", "专业", "级", "计划数", *_funnel_heads(), *statuses)


def _funnel_heads() -> tuple[str, ...]:
    return tuple(word if name == "admitted" else f"曾注册{word}" for name, word in STEPS[:-1])


def _cells(row: CensusRow, names: Mapping[str, str]) -> dict[str, str]:
    project = project_named(row.project)
    funnel = (getattr(row.census.funnel, name) for name, _ in STEPS[:-1])
    planned = "未收录" if row.planned.places is None else str(row.planned.places)
    first = (row.project, names[project.lead], names.get(project.partner, ""), project.kind.label, major_name(project))
    numbers = (*funnel, *(row.census.by_status[status] for status in Status))
    return dict(zip(_heads(), (*first, str(row.cohort), planned, *map(str, numbers)), strict=True))


addresses = (
    staff("desk/city", city_page, "desk-city"),
    staff("desk/city.csv", city_csv, "desk-city-csv"),
)
