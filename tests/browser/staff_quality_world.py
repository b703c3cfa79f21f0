"""The demonstration for the browser's tests of its open reporting year, and what others do meanwhile."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from guantong.actions import collecting, collection, demo, filling, yearly_reports
from guantong.actions.books import contents
from guantong.actions.demo_quality import load_quality_years
from guantong.people import Person, Role

YEAR = 2026
SHARE = 0.05
FAULTY, LATE = "yanshi-gongye", "yanshi-zhiyuan"


def load() -> Mapping[str, object]:
    """A small demonstration with its years of reporting; the sessions of its people by login."""
    from tests.desk import OPERATOR
    from tests.staff import signed_in

    from guantong.actions.identity import person_of_session
    from guantong.actions.opening import open_demo

    open_demo()
    loaded = demo.load_demo(share=SHARE, by=OPERATOR)
    load_quality_years(loaded.accounts)
    made: dict[str, object] = {}
    for account in loaded.accounts:
        person = person_of_session(account.credentials.id, purpose="status-change")
        session = signed_in(person).cookies["guantong_desk"].value
        made[account.credentials.login] = {**asdict(account.credentials), "session": session}
    return {"accounts": made, "pupils": []}


def values_of_the_late_school() -> Mapping[str, tuple[str, str, str]]:
    """What the late school fills in: value, number of answers and method by indicator."""
    from guantong.actions.collection_state import catalogue
    from guantong.actions.demo_quality import METHOD

    years = contents().invented_years
    assert years
    reporter = years.reporters[2]
    return {
        one.id: (
            years.value(reporter, YEAR, one),
            str(years.sample) if one.surveyed else "",
            METHOD if one.surveyed else "",
        )
        for one in catalogue().asked(YEAR, reporter.stage)
    }


def handed_in_by_the_faulty_school() -> None:
    """Every other section of the school that had errors is handed in and accepted."""
    _hand_in(FAULTY, but="scorecard.placement")


def handed_in_by_the_late_school() -> None:
    """Every section of the late school is handed in and accepted."""
    _hand_in(LATE)


def _hand_in(organisation: str, but: str = "") -> None:
    officer = _person(Role.QUALITY_OFFICER, organisation)
    for part in collection.read_submission(YEAR, organisation, by=officer).submission.sections:
        if part.name != but:
            filling.hand_in_section(YEAR, organisation, part.name, seen=part.version, by=officer)
            collecting.pass_section(YEAR, organisation, part.name, seen=part.version + 1, by=officer)


def _person(role: Role, organisation: str) -> Person:
    from tests.desk import person_of

    return person_of(role, organisation)


def accounted() -> list[str]:
    """Every number of the published DOCX, PDF and HTML that nothing accounts for."""
    from guantong.reports.accounts import check_docx, check_html, check_pdf
    from guantong.reports.layout import lay_out
    from guantong.reports.pdf import write_pdf

    city = _person(Role.CITY, "city")
    sheet = lay_out(yearly_reports.preview_yearly(YEAR, "city", by=city).made.built.report)
    docx, pdf, html = (yearly_reports.take_yearly(YEAR, "city", ending, by=city) for ending in ("docx", "pdf", "html"))
    problems = (
        *check_docx(sheet, docx),
        *check_pdf(sheet, replace(write_pdf(sheet), content=pdf)),
        *check_html(sheet, html.decode()),
    )
    return [str(problem) for problem in problems]
