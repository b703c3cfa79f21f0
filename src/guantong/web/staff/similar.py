"""The school's table of similar majors (相近专业): what a repeat into another major is decided by."""

from __future__ import annotations

from guantong.actions import similar_majors
from guantong.actions.books import organisation_title
from guantong.actions.similar_majors import SimilarPair
from guantong.errors import InputRefused, Problem
from guantong.people import ANY, Right
from guantong.web.staff.page import StaffAsked, StaffPage
from guantong.web.staff.pupil_words import problems_in_words
from guantong.web.staff.respond import staff

ADDRESS = "/desk/similar-majors"


def similar_page(asked: StaffAsked) -> StaffPage:
    """Return the table and the form of one more pair; enter or remove what was sent."""
    problems: tuple[tuple[Problem, str], ...] = ()
    schools = sorted(asked.by.scope(Right.ADMIT_PUPILS, on=asked.today).organisations - {ANY})
    given = {name: asked.sent.one(name) if asked.sent else "" for name in ("school", "first", "second", "document")}
    if asked.sent is not None and asked.sent.one("do") == "remove":
        similar_majors.remove_similar_majors(given["school"], given["first"], given["second"], by=asked.by)
        return StaffPage(redirect=ADDRESS, notice="已从表中删去。以前的判断不变。")
    if asked.sent is not None:
        try:
            similar_majors.enter_similar_majors(SimilarPair(**given), by=asked.by)
        except InputRefused as refused:
            problems = problems_in_words(refused.problems)
        else:
            return StaffPage(redirect=ADDRESS, notice="已登记。")
    pairs = [(pair, organisation_title(pair.school)) for pair in similar_majors.list_similar_majors(by=asked.by)]
    context = {
        "pairs": pairs,
        "schools": [(name, organisation_title(name)) for name in schools],
        "given": given,
        "problems": problems,
    }
    status = InputRefused.status if problems else 200
    return StaffPage(title="相近专业表", template="guantong/staff/similar_majors.html", context=context, status=status)


addresses = (staff("desk/similar-majors", similar_page, "desk-similar-majors", sends=True),)
