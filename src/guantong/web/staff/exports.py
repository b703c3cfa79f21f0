"""Working copies at the desk (工作副本): asked for, answered by the head, taken once."""

from __future__ import annotations

from guantong.actions import groups, working_copies
from guantong.actions.books import organisation_title, purposes
from guantong.actions.working_copies import KEPT_DAYS, MINUTES, CopyFormat, WorkingCopy
from guantong.errors import GuantongError, InputRefused, Problem, StepRefused
from guantong.settings import BEIJING
from guantong.web.staff.conflict import seen_version
from guantong.web.staff.handovers import XLSX
from guantong.web.staff.page import Download, StaffAsked, StaffPage
from guantong.web.staff.respond import staff
from guantong.web.staff.scopes import choices, chosen, problems_of, words_of

OWN, ANSWER = "/desk/copies", "/desk/copies/answer"
KINDS = {CopyFormat.XLSX: XLSX, CopyFormat.CSV: "text/csv; charset=utf-8"}
STATES = {
    "asked": ("tag-unknown", "等负责人批准"),
    "approved": ("tag-yes", "已批准"),
    "turned_down": ("tag-no", "未批准"),
    "taken": ("", "已下载"),
}


def copies_page(asked: StaffAsked) -> StaffPage:
    """Show one's own requests; make a new one."""
    refused: GuantongError | None = None
    if asked.sent is not None:
        try:
            selection, institution = chosen(asked.sent.one("group"))
            working_copies.ask_for_copy(selection, institution, by=asked.by)
            return StaffPage(redirect=OWN, notice="已提交申请，请等负责人批准。")
        except (InputRefused, StepRefused) as error:
            refused = error
    context: dict[str, object] = {
        "groups": choices(groups.list_groups(by=asked.by)),
        "group": asked.sent.one("group") if asked.sent else "",
        "purpose": purposes().get(asked.by.purpose, ""),
        "rows": [_row(copy) for copy in working_copies.own_copies(by=asked.by)],
        "minutes": MINUTES,
        "days": KEPT_DAYS,
        "problems": problems_of(refused),
    }
    status = refused.status if refused else 200
    return StaffPage(title="工作副本", template="guantong/staff/exports_own.html", context=context, status=status)


def take_page(asked: StaffAsked, copy: str) -> StaffPage:
    """Hand out an approved copy, once."""
    wanted = asked.sent.one("form") if asked.sent else ""
    if wanted not in {form.value for form in CopyFormat}:
        raise InputRefused([Problem(rule="没有选择文件格式", remedy="请回到“工作副本”页面，用按钮下载。")])
    taken = working_copies.take_copy(copy, CopyFormat(wanted), by=asked.by)
    kind = KINDS[CopyFormat(wanted)]
    return StaffPage(download=Download(name=taken.name, content=taken.content, kind=kind))


def answer_page(asked: StaffAsked) -> StaffPage:
    """Show the requests at the head's organisation; approve or turn one down."""
    if asked.sent is not None:
        copy, seen = asked.sent.one("copy"), seen_version(asked.sent)
        if asked.sent.one("do") == "approve":
            working_copies.approve_copy(copy, seen=seen, by=asked.by)
            return StaffPage(redirect=ANSWER, notice=f"已批准，申请人可以在 {MINUTES} 分钟内下载一次。")
        working_copies.turn_down_copy(copy, seen=seen, by=asked.by)
        return StaffPage(redirect=ANSWER, notice="已退回，没有导出任何信息。")
    rows = [_row(copy) for copy in working_copies.copies_to_answer(by=asked.by)]
    waiting = [row for row in rows if row["waits"]]
    context = {"waiting": waiting, "rows": [row for row in rows if not row["waits"]], "days": KEPT_DAYS}
    return StaffPage(title="批准工作副本", template="guantong/staff/exports_answer.html", context=context)


def _row(copy: WorkingCopy) -> dict[str, object]:
    return {
        "copy": copy,
        "scope": words_of(copy.selection),
        "institution": organisation_title(copy.institution),
        "purpose": purposes().get(copy.purpose, copy.purpose),
        "state": STATES[copy.state],
        "waits": copy.state == "asked",
        "ready": copy.state == "approved",
        "until": copy.until.astimezone(BEIJING).strftime("%H:%M") if copy.until else "",
        "asked_on": copy.asked_at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M"),
    }


addresses = (
    staff("desk/copies", copies_page, "desk-copies", sends=True),
    staff("desk/copies/answer", answer_page, "desk-copies-answer", sends=True),
    staff("desk/copies/<str:copy>/take", take_page, "desk-copy-take", sends=True),
)
