"""Cases at the work desk (案例): a school's own words for the yearly report, submitted, taken or turned down."""

from __future__ import annotations

from guantong.actions import cases
from guantong.actions.books import organisation_title
from guantong.actions.cases import LONGEST_TEXT, LONGEST_TITLE, NewCase
from guantong.errors import InputRefused
from guantong.people import ANY, Right
from guantong.web.staff.conflict import seen_version
from guantong.web.staff.frame import labelled
from guantong.web.staff.page import StaffAsked, StaffPage, StaffSent
from guantong.web.staff.respond import staff
from guantong.web.staff.years import year_of, years_offered

ROOT = "/desk/cases"


def cases_page(asked: StaffAsked) -> StaffPage:
    """Return the cases of a year; submit one, or decide about one, when sent."""
    year, refused = year_of(asked), None
    asked.by.scope(Right.READ_REPORTS, on=asked.today)
    if asked.sent is not None:
        try:
            notice = _do(asked, asked.sent, year)
            return StaffPage(redirect=f"{ROOT}?year={year}", notice=notice)
        except InputRefused as wrong:
            refused = wrong
    chapters = cases.list_case_chapters(year, by=asked.by) if asked.may(Right.SUBMIT_CASE) else ()
    titles = dict(chapters)
    found = cases.list_cases(year, by=asked.by)
    schools = asked.by.scope(Right.SUBMIT_CASE, on=asked.today).organisations - {ANY} if chapters else frozenset()
    context = {
        "year": year,
        "years": years_offered(asked),
        "cases": [(one, organisation_title(one.organisation), titles.get(one.chapter, "")) for one in found],
        "chapters": chapters,
        "schools": [(name, organisation_title(name)) for name in sorted(schools)],
        "may_decide": asked.may(Right.DECIDE_CASE),
        "longest": LONGEST_TEXT,
        "longest_title": LONGEST_TITLE,
        "given": {name: asked.sent.one(name) for name in ("chapter", "title", "text")} if asked.sent else {},
        "problems": labelled(refused) if refused else (),
    }
    status = refused.status if refused else 200
    return StaffPage(title="案例", template="guantong/staff/quality_cases.html", context=context, status=status)


def _do(asked: StaffAsked, sent: StaffSent, year: int) -> str:
    """Do what a form of the page asks for, and return what is said about it."""
    do = sent.one("do")
    if do == "accept":
        cases.accept_case(sent.one("case"), seen=seen_version(sent), by=asked.by)
        return "已选用。年报里会写明是学校自述。"
    if do == "turn-down":
        cases.turn_down_case(sent.one("case"), sent.one("reason"), seen=seen_version(sent), by=asked.by)
        return "已写明不选用的理由，学校会看到。"
    new = NewCase(chapter=sent.one("chapter"), title=sent.one("title"), text=sent.one("text"))
    cases.submit_case(year, sent.one("organisation"), new, by=asked.by)
    return "已提交，等年报编制组选用。"


addresses = (staff("desk/cases", cases_page, "desk-cases", sends=True),)
