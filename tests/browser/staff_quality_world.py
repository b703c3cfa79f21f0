"""A reporting year at the browser's work desk: what a test needs done before, or done by others meanwhile."""

from datetime import date
from typing import Any

from tests.collection import CITY, DISTRICT_ID, OFFICER, SCHOOL_HEAD, confirm, fill, filler, hand_in, version
from tests.desk import OPERATOR, OTHER_SCHOOL, SCHOOL, person_of

from guantong.actions import collecting, collection, diagnosing, filling, organisations, publication, yearly_reports
from guantong.actions.collection import Duty
from guantong.people import Person, Role
from guantong.registry import Stage

YEAR, THIRD = 2026, "dianke"
SOUND: dict[str, Any] = {"pupil_teacher_ratio": "12", "equipment_per_pupil": "9000"}
POOR: dict[str, Any] = {"land_per_pupil": "10", "books_per_pupil": "10"}


def officer(organisation: str) -> Person:
    """The quality officer of a school."""
    return person_of(Role.QUALITY_OFFICER, organisation)


def opened() -> None:
    """A year in which three schools must report; all are supervised by one district."""
    for name in (SCHOOL, OTHER_SCHOOL, THIRD):
        organisations.name_supervisor(name, DISTRICT_ID, since=date(2020, 1, 1), document="演示文件", by=OPERATOR)
    organisations.name_supervisor(DISTRICT_ID, "city", since=date(2020, 1, 1), document="演示文件", by=OPERATOR)
    collection.open_year(YEAR, date(2026, 11, 19), by=CITY)
    for name in (SCHOOL, OTHER_SCHOOL, THIRD):
        collection.name_duty(YEAR, Duty(organisation=name, stage=Stage.SECONDARY, kind="中职", size="中"), by=CITY)


def filled() -> None:
    """One school is filled in but for one wrong number; a second one is clean and confirmed; the third is late."""
    fill(**SOUND, **POOR, placed="201")
    clean()


def clean() -> None:
    """The second school's year, received by the city."""
    own = {
        "officer": officer(OTHER_SCHOOL),
        "head": person_of(Role.SCHOOL_HEAD, OTHER_SCHOOL),
        "district": person_of(Role.DISTRICT, DISTRICT_ID),
    }
    fill(OTHER_SCHOOL, by=own["officer"], **SOUND)
    hand_in(OTHER_SCHOOL, by=own["officer"])
    confirm(OTHER_SCHOOL, people=own)


def handed_in() -> None:
    """Every section of the school but one is handed in and accepted."""
    found = collection.read_submission(YEAR, SCHOOL, by=OFFICER).submission
    for part in found.sections:
        if part.name != "scorecard.placement":
            filling.hand_in_section(YEAR, SCHOOL, part.name, seen=part.version, by=OFFICER)
            collecting.pass_section(YEAR, SCHOOL, part.name, seen=part.version + 1, by=OFFICER)


def exempted() -> None:
    """The late school need not report after all, and the year is published."""
    seen = version(THIRD)
    collection.exempt_organisation(YEAR, THIRD, "本年度无在校生", seen=seen, by=CITY)
    publication.publish_year(YEAR, by=CITY)


def next_year() -> None:
    """The next year of the school, received: one figure is mended, the other is not."""
    collection.open_year(YEAR + 1, date(2027, 11, 19), by=CITY)
    collection.name_duty(YEAR + 1, Duty(organisation=SCHOOL, stage=Stage.SECONDARY, kind="中职", size="中"), by=CITY)
    fill(year=YEAR + 1, **SOUND, land_per_pupil="40", books_per_pupil="10")
    hand_in(year=YEAR + 1)
    confirm(year=YEAR + 1)


def tasks_done() -> None:
    """The tasks of the school, planned, approved and proved."""
    from guantong.actions import rectification

    for task in rectification.list_tasks(by=OFFICER):
        if task.step == "assign":
            rectification.assign_task(task.id, "资产处", date(2026, 12, 1), seen=task.version, by=OFFICER)
        seen = rectification.read_task(task.id, by=OFFICER).version
        rectification.plan_task(task.id, "分两年添置。", seen=seen, by=filler("assets"))
        rectification.approve_plan(task.id, seen=seen + 1, by=SCHOOL_HEAD)
        rectification.prove_task(task.id, "已签订采购合同。", seen=seen + 2, by=filler("assets"))


def city_report() -> None:
    """The city's report is written by the report team."""
    team = person_of(Role.REPORT_TEAM, "city")
    made = yearly_reports.preview_yearly(YEAR, "city", by=team).made
    words = {place: "本年度按计划推进。" for place, _ in made.outline.own_words()}
    yearly_reports.write_yearly(YEAR, "city", words, seen=0, by=team)


def diagnosed() -> None:
    """Every received school is diagnosed."""
    diagnosing.diagnose_city(YEAR, by=CITY)


def accounted() -> list[str]:
    """Every number of the city's published DOCX that nothing accounts for; none, as of the files made again."""
    from guantong.reports.accounts import check_docx
    from guantong.reports.files import write_files
    from guantong.reports.layout import lay_out

    made = yearly_reports.preview_yearly(YEAR, "city", by=CITY).made
    write_files(made.built.report)  # refuses a number of DOCX, PDF or HTML that is not the model's
    published = yearly_reports.take_yearly(YEAR, "city", "docx", by=CITY)
    return [problem.rule for problem in check_docx(lay_out(made.built.report), published)]
