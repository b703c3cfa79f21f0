"""Erasure at the desk (到期删除): who is due by a day the head names, and each one erased after a second question."""

from __future__ import annotations

from datetime import date

from guantong.actions import pupils
from guantong.actions.papers import project_name
from guantong.actions.retention import Ended, due_for_erasure
from guantong.cohorts import Status, project_named
from guantong.errors import InputRefused, Problem
from guantong.people import Right
from guantong.web.staff.frame import labelled
from guantong.web.staff.page import StaffAsked, StaffPage
from guantong.web.staff.respond import staff

HERE = "/desk/retention"


def retention_page(asked: StaffAsked) -> StaffPage:
    """Ask for a day; list whose registration ended before it; erase one after asking once more."""
    if asked.sent is not None and asked.sent.one("sure") == "yes":
        pupils.erase_pupil(asked.sent.one("pupil"), by=asked.by)
        back = f"{HERE}?ended_before={asked.sent.one('ended_before')[:10]}"
        return StaffPage(redirect=back, notice="个人信息已删除，学籍的法定部分仍然保留。")
    given = asked.sent.one("ended_before") if asked.sent else asked.one("ended_before")
    context: dict[str, object] = {"ended_before": given, "sure": asked.sent.one("pupil") if asked.sent else ""}
    if not given:
        asked.by.scope(Right.ERASE_PUPIL, on=asked.today)
        return _page(context)
    try:
        found = due_for_erasure(_day(given), by=asked.by)
    except InputRefused as refused:
        return _page({**context, "problems": labelled(refused)}, status=422)
    return _page({**context, "rows": [_row(pupil) for pupil in found], "asked": True})


def _page(context: dict[str, object], status: int = 200) -> StaffPage:
    return StaffPage(title="到期删除", template="guantong/staff/retention_due.html", context=context, status=status)


def _row(pupil: Ended) -> dict[str, object]:
    status = next((status.label for status in Status if status.value == pupil.status), "已撤销")
    return {"pupil": pupil, "project": project_name(project_named(pupil.project)), "status": status}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        problem = Problem(column="ended_before", rule="不是日期", remedy="请写成 2026-11-20 的形式。")
        raise InputRefused([problem]) from None


addresses = (staff("desk/retention", retention_page, "desk-retention", sends=True),)
