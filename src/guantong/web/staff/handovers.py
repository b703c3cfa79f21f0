"""Lists at the desk (名单移交): made, looked through, handed over; on the other side read and received."""

from __future__ import annotations

from dataclasses import replace

from guantong.actions import groups, handovers, notices
from guantong.actions.books import organisation_title
from guantong.actions.handovers import NamedList, NewHandover
from guantong.actions.list_kinds import ERASED, ListKind, list_workbook
from guantong.errors import GuantongError, InputRefused, NotAllowed, Problem, StepRefused
from guantong.people import Right
from guantong.web.staff.conflict import seen_version
from guantong.web.staff.frame import labelled
from guantong.web.staff.page import Download, StaffAsked, StaffPage, StaffSent
from guantong.web.staff.respond import staff
from guantong.web.staff.scopes import choices, chosen, problems_of, words_of

LIST = "/desk/handovers"
STATES = {
    "made": ("tag-unknown", "待移交"),
    "handed": ("", "已移交，待对方确认"),
    "received": ("tag-yes", "对方已确认收到"),
}
RIGHTS = (Right.HAND_OVER, Right.READ_HANDOVER, Right.APPROVE_EXPORT)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def handovers_page(asked: StaffAsked) -> StaffPage:
    """Show the lists that were made here and those that were received, without any name."""
    if not any(asked.may(right) for right in RIGHTS):
        raise NotAllowed(right=Right.READ_HANDOVER.label)
    sent = handovers.sent_handovers(by=asked.by) if asked.may(Right.HAND_OVER) else ()
    received = handovers.received_handovers(by=asked.by) if asked.may(Right.READ_HANDOVER) else ()
    context = {
        "makes": asked.may(Right.HAND_OVER),
        "receives": asked.may(Right.READ_HANDOVER),
        "copies": asked.may(Right.EXPORT_PUPILS),
        "answers": asked.may(Right.APPROVE_EXPORT),
        "erases": asked.may(Right.ERASE_PUPIL),
        "sent": [_row(part) for part in sent],
        "received": [_row(part) for part in received],
    }
    return StaffPage(title="移交与证明", template="guantong/staff/handovers_all.html", context=context)


def new_page(asked: StaffAsked) -> StaffPage:
    """Choose a kind, whom the list is made of and where it goes; then freeze it."""
    if asked.sent is None:
        return _form(asked, StaffSent())
    try:
        selection, sender = chosen(asked.sent.one("group"))
        receiver = asked.sent.one("receiver") or handovers.CITY
        new = NewHandover(kind=_kind(asked.sent), selection=selection, sender=sender, receiver=receiver)
        made = handovers.make_handover(new, by=asked.by)
    except (InputRefused, StepRefused) as refused:
        return _form(asked, asked.sent, refused)
    return StaffPage(redirect=f"{LIST}/{made.id}", notice="名单已编制并冻结，请逐行核对后移交。")


def sent_page(asked: StaffAsked, handover: str) -> StaffPage:
    """Show a list to whoever made it; hand it over or take it back."""
    if asked.sent is None:
        return _list(asked, handovers.view_handover(handover, by=asked.by), mine=True)
    try:
        seen = seen_version(asked.sent)
    except InputRefused as refused:
        return _refused(_list(asked, handovers.view_handover(handover, by=asked.by), mine=True), refused)
    if asked.sent.one("do") == "discard":
        handovers.discard_handover(handover, seen=seen, by=asked.by)
        return StaffPage(redirect=LIST, notice="名单已撤回，没有移交给任何单位。")
    handed = handovers.hand_over(handover, seen=seen, by=asked.by)
    return StaffPage(redirect=f"{LIST}/{handed.id}", notice=f"已移交给{organisation_title(handed.receiver)}。")


def received_page(asked: StaffAsked, handover: str) -> StaffPage:
    """Show a list to whom it was handed over; confirm that it arrived."""
    if asked.sent is None:
        return _list(asked, handovers.read_handover(handover, by=asked.by), mine=False)
    try:
        handovers.confirm_receipt(handover, asked.sent.one("number"), seen=seen_version(asked.sent), by=asked.by)
    except InputRefused as refused:
        return _refused(_list(asked, handovers.read_handover(handover, by=asked.by), mine=False), refused)
    return StaffPage(redirect=f"{LIST}/received/{handover}", notice="已确认收到。")


def sent_sheet(asked: StaffAsked, handover: str) -> StaffPage:
    """Hand out a list as XLSX to whoever made it."""
    return _sheet(handovers.view_handover(handover, by=asked.by))


def received_sheet(asked: StaffAsked, handover: str) -> StaffPage:
    """Hand out a list as XLSX to whom it was handed over."""
    return _sheet(handovers.read_handover(handover, by=asked.by))


def notices_page(asked: StaffAsked) -> StaffPage:
    """Choose a class; hand out the letters on its transition in one PDF."""
    refused: GuantongError | None = None
    if asked.sent is not None:
        try:
            selection, institution = chosen(asked.sent.one("group"))
            made = notices.transition_notices(selection, institution, by=asked.by)
            name = f"转段结果通知-{made.letters}份.pdf"
            return StaffPage(download=Download(name=name, content=made.pdf, kind="application/pdf"))
        except (InputRefused, StepRefused) as error:
            refused = error
    context: dict[str, object] = {
        "groups": choices(groups.list_groups(by=asked.by)),
        "group": asked.sent.one("group") if asked.sent else asked.one("group"),
        "problems": problems_of(refused),
    }
    status = refused.status if refused else 200
    return StaffPage(
        title="转段结果通知", template="guantong/staff/handovers_notices.html", context=context, status=status
    )


def _form(asked: StaffAsked, sent: StaffSent, refused: GuantongError | None = None) -> StaffPage:
    found = groups.list_groups(by=asked.by)
    receivers = dict.fromkeys([handovers.CITY, *(group.supervisor for group in found if group.supervisor)])
    context: dict[str, object] = {
        "groups": choices(found),
        "group": sent.one("group"),
        "kinds": [(kind, kind.value == sent.one("kind")) for kind in ListKind],
        "receivers": [(name, organisation_title(name), name == sent.one("receiver")) for name in receivers],
        "problems": problems_of(refused),
    }
    status = refused.status if refused else 200
    return StaffPage(title="编制名单", template="guantong/staff/handovers_new.html", context=context, status=status)


def _list(asked: StaffAsked, found: NamedList, *, mine: bool) -> StaffPage:
    kind, handover = found.kind, found.handover
    lines = [
        [str(line.number), ERASED, *[""] * (len(kind.columns) - 2)]
        if line.cells is None
        else [line.cells.get(name, "") for name in kind.columns]
        for line in found.lines
    ]
    context = {
        **_row(handover),
        "mine": mine,
        "whole": found.whole,
        "columns": kind.columns,
        "lines": lines,
        "ground": kind.ground,
        "clauses": kind.clauses,
        "copies": [_row(copy) for copy in found.copies],
        "sheet": f"{asked.path}/sheet",
        "no_copy": mine and kind.copied_to_partner and not found.copies and not handover.copy_of,
    }
    return StaffPage(title=kind.label, template="guantong/staff/handovers_one.html", context=context)


def _row(handover: handovers.Handover) -> dict[str, object]:
    return {
        "handover": handover,
        "kind": ListKind(handover.kind).label,
        "scope": words_of(handover.selection),
        "sender": organisation_title(handover.sender),
        "receiver": organisation_title(handover.receiver),
        "state": STATES[handover.state],
    }


def _sheet(found: NamedList) -> StaffPage:
    name = f"{found.kind.label}-{found.handover.selection.cohort}级-{found.handover.rows}人.xlsx"
    return StaffPage(download=Download(name=name, content=list_workbook(found.handover, found.lines), kind=XLSX))


def _refused(page: StaffPage, refused: InputRefused) -> StaffPage:
    """Return a page again with what was wrong."""
    return replace(page, context={**page.context, "problems": labelled(refused)}, status=refused.status)


def _kind(sent: StaffSent) -> ListKind:
    if sent.one("kind") not in {kind.value for kind in ListKind}:
        raise InputRefused([Problem(column="kind", rule="没有选择名单的种类", remedy="请选择一种。")])
    return ListKind(sent.one("kind"))


addresses = (
    staff("desk/handovers", handovers_page, "desk-handovers"),
    staff("desk/handovers/new", new_page, "desk-handover-new", sends=True),
    staff("desk/handovers/notices", notices_page, "desk-transition-notices", sends=True),
    staff("desk/handovers/received/<str:handover>", received_page, "desk-handover-received", sends=True),
    staff("desk/handovers/received/<str:handover>/sheet", received_sheet, "desk-handover-received-sheet"),
    staff("desk/handovers/<str:handover>", sent_page, "desk-handover", sends=True),
    staff("desk/handovers/<str:handover>/sheet", sent_sheet, "desk-handover-sheet"),
)
