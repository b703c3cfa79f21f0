"""A list on its way (转段名单的办理): put up by the school, confirmed or given back by its head, recalled, closed."""

from __future__ import annotations

from collections.abc import Callable

from guantong.actions import sittings
from guantong.actions.sittings import WeighedSitting
from guantong.cohorts.sittings import LineState
from guantong.errors import InputRefused, StepRefused
from guantong.web.staff.conflict import seen_version
from guantong.web.staff.frame import Labelled
from guantong.web.staff.page import StaffAsked, StaffPage, StaffSent
from guantong.web.staff.respond import staff
from guantong.web.staff.sitting_words import LIST, head, in_words, rows


def submit_page(asked: StaffAsked, sitting: str) -> StaffPage:
    """Show who would be put up with what would follow, who stays out and who stays behind; then put them up."""
    if asked.sent is not None:
        sittings.submit_sitting(sitting, seen=seen_version(asked.sent), by=asked.by)
        return StaffPage(redirect=f"{LIST}/{sitting}", notice="名单已提交。")
    found = sittings.weigh_sitting(sitting, by=asked.by)
    if not found.sitting.state.with_school:
        raise StepRefused(step="提交转段名单", why=f"名单现在是：{found.sitting.state.label}")
    ready = rows(found.ready)
    context = {
        **head(found.sitting),
        "ready": ready,
        "refused": rows(found.refused),
        "out": [row for row in rows(found.lines) if row.line.state.with_school and row.out],
        "on_paper": any(one.plan.on_paper for one in found.ready),
    }
    return StaffPage(title="核对并提交转段名单", template="guantong/staff/sitting_submit.html", context=context)


def close_page(asked: StaffAsked, sitting: str) -> StaffPage:
    """Show who would be left out, ask for the reason, and close the list."""

    def close(sent: StaffSent) -> None:
        sittings.close_sitting(sitting, sent.one("reason"), seen=seen_version(sent), by=asked.by)

    problems = _done(asked, close)
    if problems is None:
        return StaffPage(redirect=f"{LIST}/{sitting}", notice="名单已关闭。")
    found = sittings.weigh_sitting(sitting, by=asked.by)
    context = {
        "left": [row for row in rows(found.lines) if row.line.state.with_school],
        "done": sum(line.state is LineState.ACCEPTED for line in found.sitting.lines),
    }
    return _with_reason(asked, found, problems, "关闭转段名单", "guantong/staff/sitting_close.html", context)


def recall_page(asked: StaffAsked, sitting: str) -> StaffPage:
    """Show who would come back to the school, ask for the reason, and take the list back."""

    def recall(sent: StaffSent) -> None:
        sittings.recall_sitting(sitting, sent.one("reason"), seen=seen_version(sent), by=asked.by)

    problems = _done(asked, recall)
    if problems is None:
        return StaffPage(redirect=f"{LIST}/{sitting}", notice="名单已撤回，可以修改后再提交。")
    found = sittings.weigh_sitting(sitting, by=asked.by)
    context = {
        "back": [row for row in rows(found.lines) if row.line.state is LineState.PUT_UP],
        "recallable": found.sitting.can_be_recalled,
    }
    return _with_reason(asked, found, problems, "撤回转段名单", "guantong/staff/sitting_recall.html", context)


def _done(asked: StaffAsked, do: Callable[[StaffSent], None]) -> Labelled | None:
    """Do what was sent; return None once it is done, else what is wrong with it: nothing where nothing was sent."""
    if asked.sent is None:
        return ()
    try:
        do(asked.sent)
    except InputRefused as refused:
        return in_words(refused.problems)
    return None


def _with_reason(
    asked: StaffAsked, found: WeighedSitting, problems: Labelled, title: str, template: str, more: dict[str, object]
) -> StaffPage:
    reason = asked.sent.one("reason") if asked.sent else ""
    context = {**head(found.sitting), **more, "reason": reason, "problems": problems}
    status = InputRefused.status if problems else 200
    return StaffPage(title=title, template=template, context=context, status=status)


def confirm_page(asked: StaffAsked, sitting: str) -> StaffPage:
    """Show the head of the school a list with its papers; let it go on to the receiver, or give it back."""
    if asked.sent is None:
        return _confirming(asked, sittings.view_to_confirm(sitting, by=asked.by))
    seen = seen_version(asked.sent)
    if asked.sent.one("do") != "turn-down":
        sittings.confirm_sitting(sitting, seen=seen, by=asked.by)
        return StaffPage(redirect=LIST, notice="已确认，名单已报接收院校。")
    try:
        sittings.turn_down_sitting(sitting, asked.sent.one("reason"), seen=seen, by=asked.by)
    except InputRefused as refused:
        found = sittings.view_to_confirm(sitting, by=asked.by)
        return _confirming(asked, found, in_words(refused.problems))
    return StaffPage(redirect=LIST, notice="已退回，由学籍管理员修改后再提交。")


def _confirming(asked: StaffAsked, found: WeighedSitting, problems: Labelled = ()) -> StaffPage:
    lines = [one for one in found.lines if one.line.state is LineState.PUT_UP]
    context = {
        **head(found.sitting),
        "papers": rows([one for one in lines if one.plan.on_paper]),
        "others": rows([one for one in lines if not one.plan.on_paper]),
        "waits": found.sitting.state.value == "confirming",
        "own": found.sitting.submitted_by == asked.by.id,
        "problems": problems,
    }
    status = InputRefused.status if problems else 200
    template = "guantong/staff/sitting_confirm.html"
    return StaffPage(title="确认转段名单", template=template, context=context, status=status)


addresses = (
    staff("desk/sittings/<str:sitting>/submit", submit_page, "desk-sitting-submit", sends=True),
    staff("desk/sittings/<str:sitting>/recall", recall_page, "desk-sitting-recall", sends=True),
    staff("desk/sittings/<str:sitting>/close", close_page, "desk-sitting-close", sends=True),
    staff("desk/sittings/<str:sitting>/confirm", confirm_page, "desk-sitting-confirm", sends=True),
)
