"""Lists of pupils: projects with their cohorts, one list with filters in the address, and a search with none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from guantong.actions import intakes, pupils
from guantong.actions.pupils import PupilFilter, PupilLine
from guantong.errors import InputRefused, Problem
from guantong.people import Right
from guantong.web.staff.page import StaffAsked, StaffPage
from guantong.web.staff.pupil_words import (
    STAGES,
    STATUSES,
    VOID,
    major_of,
    problems_in_words,
    project_words,
    stage_words,
    status_words,
)
from guantong.web.staff.respond import staff
from guantong.web.staff.together import CHOICES

LIST = "/desk/pupils"
PAGE = 50
MOST_PAGES = 100_000
SORTS = (
    ("", "班级"),
    ("newest", "年级（新的在前）"),
    ("name", "姓名"),
    ("number", "学号"),
    ("project", "项目"),
    ("status", "学籍状态"),
)
_TEXTS = ("project", "class_name", "stage", "status", "sort")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One row of a list, in words."""

    line: PupilLine
    project: str
    major: str
    stage: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """One project's cohort: how many pupils there are, by stage, and how many steps wait."""

    project: str
    words: str
    cohort: int
    address: str
    stages: tuple[tuple[str, int], ...]
    present: int
    gone: int
    pending: int


def pupils_page(asked: StaffAsked) -> StaffPage:
    """Return one page of the list, narrowed and sorted as the address says."""
    wanted, number = read_filter(asked), _page_number(asked)
    found = pupils.list_pupils(wanted, first=(number - 1) * PAGE, most=PAGE, by=asked.by)
    last = max(1, -(-found.total // PAGE))
    context = {
        "rows": shown_lines(found.lines),
        "total": found.total,
        "wanted": wanted,
        "cohorts": found.choices.cohorts,
        "projects": [(name, project_words(name)) for name in found.choices.projects],
        "classes": found.choices.classes,
        "stages": STAGES,
        "statuses": STATUSES,
        "sorts": SORTS,
        "page": number,
        "last": last,
        "before": _address(wanted, number - 1) if number > 1 else "",
        "after": _address(wanted, number + 1) if number < last else "",
        "narrowed": wanted != PupilFilter(sort=wanted.sort),
        "may_step": asked.may(Right.PROPOSE_EVENT),
        "together_kinds": CHOICES,
        "list_address": _address(wanted, number),
        "may_admit": asked.may(Right.ADMIT_PUPILS),
    }
    return StaffPage(title="学生", template="guantong/staff/pupils_list.html", context=context)


def search_page(asked: StaffAsked) -> StaffPage:
    """Take a search by name, student number or identity number; the answer has an address that tells nothing."""
    asked.need(Right.READ_PUPIL)
    given = {name: asked.sent.one(name) if asked.sent else "" for name in ("name", "number", "identity")}
    if asked.sent is not None and any(given.values()):
        kept = intakes.put_search_aside(**given, by=asked.by)
        return StaffPage(redirect=f"/desk/found/{kept}")
    problems: tuple[tuple[Problem, str], ...] = ()
    if asked.sent is not None:
        problems = problems_in_words([Problem(rule="还没有填写", remedy="请填写姓名、学号或身份证号中的一项。")])
    context = {"problems": problems}
    status = InputRefused.status if problems else 200
    return StaffPage(title="查找学生", template="guantong/staff/pupils_search.html", context=context, status=status)


def found_page(asked: StaffAsked, search: str) -> StaffPage:
    """Return whom a search finds."""
    lines = intakes.search_again(search, by=asked.by)
    context = {
        "rows": shown_lines(lines),
        "may_step": asked.may(Right.PROPOSE_EVENT),
        "together_kinds": CHOICES,
        "list_address": f"/desk/found/{search}",
    }
    return StaffPage(title="查找结果", template="guantong/staff/pupils_found.html", context=context)


def projects_page(asked: StaffAsked) -> StaffPage:
    """Return every project within reach with its cohorts and how many pupils they have."""
    grouped: dict[tuple[str, int], list[pupils.ProjectCount]] = {}
    for count in pupils.list_projects(by=asked.by):
        grouped.setdefault((count.project, count.cohort), []).append(count)
    rows = [_project_row(project, cohort, counts) for (project, cohort), counts in grouped.items()]
    context = {"rows": rows, "total": sum(row.present for row in rows), "may_admit": asked.may(Right.ADMIT_PUPILS)}
    return StaffPage(title="项目与年级", template="guantong/staff/pupils_projects.html", context=context)


def read_filter(asked: StaffAsked) -> PupilFilter:
    """Return what the address narrows the list to; what cannot be meant is left open."""
    cohort = asked.one("cohort")
    texts = {name: asked.one(name) for name in _TEXTS}
    texts["status"] = texts["status"] if texts["status"] in dict(STATUSES) else ""
    texts["stage"] = texts["stage"] if texts["stage"] in dict(STAGES) else ""
    year = int(cohort) if cohort.isascii() and cohort.isdecimal() and len(cohort) == len("2023") else None
    return PupilFilter(cohort=year, waiting=asked.one("waiting") == "yes", **texts)


def shown_lines(lines: Iterable[PupilLine]) -> tuple[Shown, ...]:
    """Return lines of a list in words."""
    return tuple(
        Shown(
            line=line,
            project=project_words(line.project),
            major=major_of(line.project),
            stage=stage_words(line.stage),
            status=status_words(line.status),
        )
        for line in lines
    )


def _project_row(project: str, cohort: int, counts: list[pupils.ProjectCount]) -> ProjectRow:
    there = [count for count in counts if count.status not in _GONE]
    stages = ((words, sum(count.pupils for count in there if count.stage == stage)) for stage, words in STAGES)
    present, everybody = sum(count.pupils for count in there), sum(count.pupils for count in counts)
    return ProjectRow(
        project=project,
        words=project_words(project),
        cohort=cohort,
        address=_address(PupilFilter(cohort=cohort, project=project), 1),
        stages=tuple(stages),
        present=present,
        gone=everybody - present,
        pending=sum(count.pending for count in counts),
    )


_GONE = frozenset({VOID, "not_arrived", "left", "dropped_out", "completion", "partial", "graduated"})


def _page_number(asked: StaffAsked) -> int:
    text = asked.one("page")
    return min(max(1, int(text)), MOST_PAGES) if text.isascii() and text.isdecimal() and len(text) < 7 else 1


def _address(wanted: PupilFilter, number: int) -> str:
    plain = replace(wanted)
    given = {"cohort": plain.cohort or "", **{name: getattr(plain, name) for name in _TEXTS}}
    given |= {"waiting": "yes" if plain.waiting else "", "page": str(number) if number > 1 else ""}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{LIST}?{query}" if query else LIST


addresses = (
    staff("desk/projects", projects_page, "desk-projects"),
    staff("desk/pupils", pupils_page, "desk-pupils"),
    staff("desk/search", search_page, "desk-search", sends=True),
    staff("desk/found/<str:search>", found_page, "desk-found"),
)
