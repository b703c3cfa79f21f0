"""What waits (待审): steps that rest on an approval or a document, signed or turned down by the head of the school."""

from __future__ import annotations

from guantong.actions import dossiers, events
from guantong.actions.books import organisation_title
from guantong.actions.dossiers import MOST_WAITING
from guantong.errors import InputRefused, Problem
from guantong.web.staff.conflict import seen_version
from guantong.web.staff.one_pupil import HOME
from guantong.web.staff.page import StaffAsked, StaffPage
from guantong.web.staff.pupil_words import (
    MEDIA,
    changes,
    details_words,
    paper_words,
    problems_in_words,
    project_words,
)
from guantong.web.staff.respond import staff

LIST = "/desk/waiting"


def waiting_page(asked: StaffAsked) -> StaffPage:
    """Return the steps that wait within reach, oldest first."""
    found = dossiers.list_waiting(by=asked.by)
    rows = [
        {
            "waiting": one,
            "event": one.kept.event,
            "details": details_words(one.kept.event),
            "paper": paper_words(one.kept.event),
            "project": project_words(one.line.project),
            "own": one.kept.recorded_by == asked.by.id,
            "signs": one.is_mine_to_sign,
            "keeper": organisation_title(one.kept_at),
        }
        for one in found[:MOST_WAITING]
    ]
    context = {"rows": rows, "more": len(found) > MOST_WAITING}
    return StaffPage(title="待审的学籍变动", template="guantong/staff/waiting_list.html", context=context)


def examine_page(asked: StaffAsked, event: str) -> StaffPage:
    """Show one waiting step with its paper, the clauses and what would change; sign it, or turn it down."""
    problems: tuple[tuple[Problem, str], ...] = ()
    if asked.sent is not None:
        seen = seen_version(asked.sent)
        try:
            if asked.sent.one("do") == "turn-down":
                events.turn_down_event(event, asked.sent.one("why"), seen=seen, by=asked.by)
                return StaffPage(redirect=LIST, notice="已退回，这条变动不生效，记录保留。")
            events.confirm_event(event, seen=seen, by=asked.by)
        except InputRefused as refused:
            problems = problems_in_words(refused.problems, more={"why": "退回的理由"})
        else:
            return StaffPage(redirect=LIST, notice="已确认，这条变动即时生效。")
    found = dossiers.view_waiting(event, by=asked.by)
    said = found.kept.event
    files = [row for row in found.files if row.event == said.id and not row.erased]
    context = {
        "found": found,
        "event": said,
        "who": found.record.personal,
        "details": details_words(said),
        "paper": paper_words(said),
        "files": [(row.id, MEDIA[row.kind], max(1, row.size // 1024)) for row in files],
        "changes": changes(found.before, found.after) if found.after else (),
        "own": found.kept.recorded_by == asked.by.id,
        "why": asked.sent.one("why") if asked.sent else "",
        "base": f"{HOME}/{found.record.id}",
        "problems": problems,
    }
    status = InputRefused.status if problems else 200
    return StaffPage(
        title=f"待审：{said.kind.label}", template="guantong/staff/waiting_one.html", context=context, status=status
    )


addresses = (
    staff("desk/waiting", waiting_page, "desk-waiting"),
    staff("desk/waiting/<str:event>", examine_page, "desk-examine", sends=True),
)
