"""The roster at the desk (名册导入): a template, an upload with every fault at once, a look, and then the step."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from guantong.actions import intakes, roster_file
from guantong.actions import pupils as pupil_actions
from guantong.actions.books import contents, organisation_title
from guantong.actions.roster import Intake
from guantong.actions.roster_file import RosterFile, in_the_sheet, read_roster, together
from guantong.cohorts import ProjectKind, is_project
from guantong.errors import InputRefused, Problem
from guantong.people import ANY, Person, Right
from guantong.web.staff.event_form import read_day
from guantong.web.staff.page import Download, StaffAsked, StaffPage, StaffSent
from guantong.web.staff.pupil_words import day_words, problems_in_words, project_words
from guantong.web.staff.respond import staff

FORM = "guantong/staff/roster_form.html"
MOST_SHOWN = 200
SAMPLE = 8
_MAJOR = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the form of an upload holds, as it was sent."""

    lead: str = ""
    partner: str = ""
    kind: str = ""
    major: str = ""
    project: str = ""
    cohort: str = ""
    on: str = ""


def roster_page(asked: StaffAsked) -> StaffPage:
    """Return the form of an upload; a sound file is put aside and looked at next, a faulty one told of row by row."""
    given = _given(asked)
    if asked.sent is None:
        return _form(asked, given)
    file = asked.sent.file("file")
    try:
        intake = _intake(given)
    except InputRefused as refused:
        return _form(asked, given, refused.problems)
    if file is None:
        return _form(asked, given, (Problem(column="file", rule="还没有选择文件", remedy="请选择填好的名册。"),))
    read = read_roster(file.content, file.name)
    try:
        if read.problems:
            return _form(asked, given, _every_fault(intake, read, file.name, asked.by), name=file.name)
        kept = intakes.put_roster_aside(intake, read.rows, by=asked.by)
    except InputRefused as refused:
        return _form(asked, given, in_the_sheet(refused.problems, read.numbers, ""), name=file.name)
    return StaffPage(redirect=f"/desk/roster/{kept}")


def look_page(asked: StaffAsked, kept: str) -> StaffPage:
    """Show what a roster would do; once confirmed, admit everybody on it."""
    problems: tuple[tuple[Problem, str], ...] = ()
    if asked.sent is not None:
        try:
            admitted = intakes.admit_roster(kept, by=asked.by)
        except InputRefused as refused:
            problems = problems_in_words(refused.problems[:MOST_SHOWN])
        else:
            return StaffPage(redirect="/desk/pupils?sort=newest", notice=f"已导入 {len(admitted)} 名学生。")
    found = intakes.view_roster(kept, by=asked.by)
    alike = [(number, found.rows[number - 1]) for number in found.alike]
    context = {
        "found": found,
        "intake": found.intake,
        "on_words": day_words(found.intake.on),
        "project": project_words(found.intake.project),
        "school": organisation_title(found.intake.school),
        "classes": sorted(Counter(row.class_name for row in found.rows).items()),
        "without": sum(1 for row in found.rows if not row.identity),
        "alike": alike[:MOST_SHOWN],
        "sample": found.rows[:SAMPLE],
        "problems": problems,
    }
    status = InputRefused.status if problems else 200
    return StaffPage(title="核对名册", template="guantong/staff/roster_look.html", context=context, status=status)


def template_page(asked: StaffAsked) -> StaffPage:
    """Hand out the empty roster with its drop-down lists."""
    asked.need(Right.ADMIT_PUPILS)
    return StaffPage(download=Download(name="新生名册模板.xlsx", content=roster_file.template(), kind=roster_file.XLSX))


def _every_fault(intake: Intake, read: RosterFile, name: str, by: Person) -> tuple[Problem, ...]:
    """Return the faults of cells and, of the rows that could be read, those of the persons too: all at once."""
    if not read.rows:
        return read.problems
    check = pupil_actions.check_roster(intake, read.rows, by=by)
    return together(read.problems, in_the_sheet(check.problems, read.numbers, name))


def _given(asked: StaffAsked) -> Given:
    sent = asked.sent or StaffSent()
    names = ("lead", "partner", "kind", "major", "project", "cohort", "on")
    given = Given(**{name: sent.one(name) for name in names})
    if asked.sent is not None:
        return given
    schools = _schools(asked)
    return Given(lead=schools[0][0] if len(schools) == 1 else "", cohort=str(asked.today.year), on=f"{asked.today}")


def _intake(given: Given) -> Intake:
    """Return what the rows share; raise `InputRefused` with every fault."""
    problems: list[Problem] = []
    project = given.project or f"{given.lead}:{given.partner}:{given.kind}:{given.major[:_MAJOR]}"
    if not is_project(project):
        remedy = "请从已有项目中选择，或把牵头学校、类别和专业代码填全。"
        problems.append(Problem(column="project", rule="还没有选定项目", remedy=remedy))
    year = int(given.cohort) if given.cohort.isascii() and given.cohort.isdecimal() else 0
    if not 2000 <= year <= 2100:
        problems.append(Problem(column="cohort", rule="级应是四位入学年份", remedy="例如 2025。"))
    try:
        on = read_day(given.on)
    except InputRefused as refused:
        problems += refused.problems
    if problems:
        raise InputRefused(problems)
    return Intake(project=project, cohort=year, school=project.partition(":")[0], on=on)


def _form(asked: StaffAsked, given: Given, problems: tuple[Problem, ...] = (), name: str = "") -> StaffPage:
    counts = pupil_actions.list_projects(by=asked.by)
    known = sorted({count.project for count in counts} | ({given.project} if is_project(given.project) else set()))
    context = {
        "given": given,
        "projects": [(project, project_words(project)) for project in known],
        "schools": _schools(asked),
        "partners": _partners(),
        "kinds": [(kind.value, kind.label) for kind in ProjectKind],
        "problems": problems_in_words(problems[:MOST_SHOWN]),
        "total": len(problems),
        "name": name,
        "most_rows": roster_file.MOST_ROWS,
    }
    status = InputRefused.status if problems else 200
    return StaffPage(title="名册导入", template=FORM, context=context, status=status)


def _schools(asked: StaffAsked) -> list[tuple[str, str]]:
    """Return the schools for which the person may admit pupils."""
    names = asked.by.scope(Right.ADMIT_PUPILS, on=asked.today).organisations
    return [(name, organisation_title(name)) for name in sorted(names - {ANY})]


def _partners() -> list[tuple[str, str]]:
    return [(school.id, school.name) for school in contents().registry.institutions.values()]


addresses = (
    staff("desk/roster", roster_page, "desk-roster", sends=True),
    staff("desk/roster/template.xlsx", template_page, "desk-roster-template"),
    staff("desk/roster/<str:kept>", look_page, "desk-roster-look", sends=True),
)
