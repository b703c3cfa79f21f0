"""Monitoring of new majors at the work desk (新增专业质量监测): entered, reviewed, graded; the table of grades."""

from __future__ import annotations

from guantong.actions import grading
from guantong.actions.books import contents, organisation_title
from guantong.errors import GradingUnknown, InputRefused, Problem
from guantong.people import ANY, Right
from guantong.web.staff.frame import labelled
from guantong.web.staff.page import StaffAsked, StaffPage
from guantong.web.staff.quality_words import year_named
from guantong.web.staff.respond import staff

ROOT = "/desk/grading"


def rounds_page(asked: StaffAsked) -> StaffPage:
    """Return every round, newest first; open one when sent."""
    refused: InputRefused | None = None
    if asked.sent is not None:
        asked.by.scope(Right.MANAGE_GRADING, on=asked.today)
        year = asked.sent.one("year")
        try:
            if not (year.isascii() and year.isdigit() and len(year) == 4):
                raise InputRefused([Problem(column="year", value=year[:10], rule="不是年份", remedy="请写四位数字。")])
            grading.open_grading(int(year), asked.sent.one("rubric"), by=asked.by)
            return StaffPage(redirect=f"{ROOT}/{year}", notice="已开始评定，学校可以申报。")
        except InputRefused as wrong:
            refused = wrong
    context = {
        "rounds": grading.list_gradings(by=asked.by),
        "rubrics": contents().rubrics.values(),
        "may_manage": asked.may(Right.MANAGE_GRADING),
        "reviews": asked.may(Right.REVIEW_MAJORS),
        "year": asked.today.year,
        "problems": labelled(refused) if refused else (),
    }
    status = refused.status if refused else 200
    return StaffPage(
        title="新增专业质量监测", template="guantong/staff/quality_rounds.html", context=context, status=status
    )


def round_page(asked: StaffAsked, year: str) -> StaffPage:
    """Return a round: majors within reach, grades and their table once closed; enter a major or close it when sent."""
    number, refused = year_named(asked, year), None
    if asked.sent is not None:
        sent = asked.sent
        try:
            if sent.one("do") == "close":
                grading.close_grading(number, by=asked.by)
                return StaffPage(redirect=f"{ROOT}/{year}", notice="已定级。C 和 C- 的专业已立一校一专一策。")
            grading.enter_major(number, sent.one("organisation"), sent.one("code"), sent.one("title"), by=asked.by)
            return StaffPage(redirect=f"{ROOT}/{year}", notice="已申报。")
        except InputRefused as wrong:
            refused = wrong
    if not asked.may(Right.READ_GRADES) and asked.may(Right.REVIEW_MAJORS):
        return StaffPage(redirect=f"{ROOT}/{year}/review")
    found = grading.read_grading(number, by=asked.by)
    context = {
        "found": found,
        "year": number,
        "majors": [(one, organisation_title(one.organisation)) for one in found.majors],
        "entering": [] if found.record.closed_on else _entering(asked),
        "may_close": not found.record.closed_on and asked.may(Right.MANAGE_GRADING),
        "enough": bool(found.majors) and all(one.reviews >= found.rubric.reviewers for one in found.majors),
        "given": asked.sent.fields if asked.sent else {},
        "problems": labelled(refused) if refused else (),
    }
    status = refused.status if refused else 200
    title = f"{number} 年新增专业质量监测"
    return StaffPage(title=title, template="guantong/staff/quality_round.html", context=context, status=status)


def reviewing_page(asked: StaffAsked, year: str) -> StaffPage:
    """Return the majors that lie before a reviewer, with the own points so far."""
    found = grading.read_own_reviews(year_named(asked, year), by=asked.by)
    context = {
        "found": found,
        "year": year,
        "majors": [(one, organisation_title(one.organisation), found.own.get(one.id)) for one in found.majors],
        "left": sum(one.id not in found.own for one in found.majors),
    }
    return StaffPage(title=f"{year} 年专业评审", template="guantong/staff/quality_reviewing.html", context=context)


def review_page(asked: StaffAsked, year: str, major: str) -> StaffPage:
    """Return the rubric as a form for one major; once sent, keep the points."""
    found = grading.read_own_reviews(year_named(asked, year), by=asked.by)
    one = next((one for one in found.majors if one.id == major), None)
    if one is None:
        raise GradingUnknown(major)
    own, refused = found.own.get(major), None
    points = {part.id: str(own.points.get(part.id, "")) if own else "" for part in found.rubric.criteria}
    remark = own.remark if own else ""
    if asked.sent is not None:
        points = {part.id: asked.sent.one(f"points-{part.id}") for part in found.rubric.criteria}
        remark = asked.sent.one("remark")
        try:
            grading.review_major(major, points, remark, by=asked.by)
            return StaffPage(redirect=f"{ROOT}/{year}/review", notice="已保存您的评分。定级以前可以修改。")
        except InputRefused as wrong:
            refused = wrong
    wrong_ones = {problem.column for problem in refused.problems} if refused else set()
    context = {
        "major": one,
        "name": organisation_title(one.organisation),
        "year": year,
        "rows": [(part, points[part.id], part.id in wrong_ones) for part in found.rubric.criteria],
        "rubric": found.rubric,
        "remark": remark,
        "closed": found.record.closed_on,
        "problems": labelled(refused) if refused else (),
    }
    status = refused.status if refused else 200
    return StaffPage(title="评分", template="guantong/staff/quality_review.html", context=context, status=status)


def _entering(asked: StaffAsked) -> list[tuple[str, str]]:
    """Return the schools for which the person may enter majors."""
    if not asked.may(Right.ENTER_MAJORS):
        return []
    names = asked.by.scope(Right.ENTER_MAJORS, on=asked.today).organisations
    return [(name, organisation_title(name)) for name in sorted(names - {ANY})]


addresses = (
    staff("desk/grading", rounds_page, "desk-grading", sends=True),
    staff("desk/grading/<str:year>", round_page, "desk-grading-round", sends=True),
    staff("desk/grading/<str:year>/review", reviewing_page, "desk-grading-review"),
    staff("desk/grading/<str:year>/review/<str:major>", review_page, "desk-grading-major", sends=True),
)
