"""Rectification at the work desk (整改): tasks with owner and date, plan and evidence; only figures close them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from guantong.actions import rectification, task_steps
from guantong.actions.books import organisation_title
from guantong.actions.rectification import read_task
from guantong.errors import InputRefused, PageUnknown, Problem
from guantong.people import ANY, Person, Right, Role
from guantong.web.staff.conflict import seen_version
from guantong.web.staff.frame import labelled
from guantong.web.staff.page import StaffAsked, StaffPage, StaffSent
from guantong.web.staff.respond import staff

ROOT = "/desk/tasks"
CLOSED = "已关闭"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What is done in one step of a task: by whom, what it asks, and its button."""

    step: str
    roles: frozenset[Role]
    words: str
    label: str
    button: str
    notice: str
    do: Callable[[str, StaffSent, int, Person], None]


def _assign(task: str, sent: StaffSent, seen: int, by: Person) -> None:
    rectification.assign_task(task, sent.one("owner"), _day(sent.one("due")), seen=seen, by=by)


def _approve(task: str, sent: StaffSent, seen: int, by: Person) -> None:
    if sent.one("do") == "return":
        rectification.return_plan(task, sent.one("text"), seen=seen, by=by)
    else:
        rectification.approve_plan(task, seen=seen, by=by)


_SCHOOL = frozenset({Role.SECTION_FILLER, Role.QUALITY_OFFICER})
FORMS: Mapping[str, Form] = {
    form.step: form
    for form in (
        Form(
            step=task_steps.ASSIGN,
            roles=frozenset({Role.QUALITY_OFFICER}),
            words="写明由哪个处室或岗位负责、什么时候交佐证。",
            label="责任处室或岗位",
            button="确定",
            notice="已确定责任人和期限。",
            do=_assign,
        ),
        Form(
            step=task_steps.PLAN,
            roles=_SCHOOL,
            words="写明原因、做法、经费和时间。不要写个人姓名和电话。",
            label="整改方案",
            button="交校长审核",
            notice="方案已交校长审核。",
            do=lambda task, sent, seen, by: rectification.plan_task(task, sent.one("text"), seen=seen, by=by),
        ),
        Form(
            step=task_steps.APPROVE,
            roles=frozenset({Role.SCHOOL_HEAD}),
            words="通过以后按方案办理；退回要写明理由。",
            label="退回的理由（只在退回时写）",
            button="通过",
            notice="已办理。",
            do=_approve,
        ),
        Form(
            step=task_steps.EVIDENCE,
            roles=_SCHOOL,
            words="写明做了什么，佐证材料放在哪里。交了以后等下一年的数据核验。",
            label="佐证",
            button="提交佐证",
            notice="佐证已提交，等下一年的数据核验。",
            do=lambda task, sent, seen, by: rectification.prove_task(task, sent.one("text"), seen=seen, by=by),
        ),
    )
}


def tasks_page(asked: StaffAsked) -> StaffPage:
    """Return the tasks within reach, open ones first; verify those of a year with the next one's data when sent."""
    if asked.sent is not None:
        asked.by.scope(Right.MANAGE_TASKS, on=asked.today)
        year = asked.sent.one("year")
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise InputRefused([Problem(column="year", value=year[:10], rule="不是年份", remedy="请写四位数字。")])
        told = rectification.verify_tasks(int(year), by=asked.by)
        context = {
            "told": [(one, organisation_title(one.organisation)) for one in told],
            "year": year,
            "closed": sum(one.closed for one in told),
        }
        return StaffPage(title="核验整改", template="guantong/staff/quality_verified.html", context=context)
    found = rectification.list_tasks(by=asked.by)
    show = asked.one("show")
    kept = [one for one in found if show == "all" or not one.closed]
    context = {
        "tasks": [(one, organisation_title(one.organisation), step_words(one.step)) for one in kept],
        "show": show,
        "closed": sum(one.closed for one in found),
        "open": sum(not one.closed for one in found),
        "late": sum(bool(one.due and one.due < asked.today and one.step in FORMS) for one in found),
        "may_verify": _may(asked, frozenset({Role.QUALITY_OFFICER, Role.CITY})),
        "year": asked.today.year,
    }
    return StaffPage(title="整改", template="guantong/staff/quality_tasks.html", context=context)


def task_page(asked: StaffAsked, task: str) -> StaffPage:
    """Return one task with everything that was done, and the form of its step where it is one's own to do."""
    refused: InputRefused | None = None
    record = read_task(task, by=asked.by)
    form = FORMS.get(record.step)
    if asked.sent is not None:
        if form is None:
            raise PageUnknown(asked.path)
        try:
            form.do(task, asked.sent, seen_version(asked.sent), asked.by)
            return StaffPage(redirect=f"{ROOT}/{task}", notice=form.notice)
        except InputRefused as wrong:
            refused = wrong
    context = {
        "record": record,
        "name": organisation_title(record.organisation),
        "step": step_words(record.step),
        "titles": [(one.id, one.title) for one in task_steps.procedure().steps],
        "deeds": [(step_words(deed.record.step), deed) for deed in record.deeds],
        "form": form if form and _may(asked, form.roles, record.organisation) else None,
        "given": {name: asked.sent.one(name) for name in ("owner", "due", "text")} if asked.sent else {},
        "problems": labelled(refused) if refused else (),
    }
    status = refused.status if refused else 200
    return StaffPage(title="整改事项", template="guantong/staff/quality_task.html", context=context, status=status)


def open_page(asked: StaffAsked, finding: str) -> StaffPage:
    """Make a task of a finding and lead to it."""
    asked.by.scope(Right.MANAGE_TASKS, on=asked.today)
    if asked.sent is None:
        return StaffPage(redirect="/desk/diagnosis")
    task = rectification.open_task(finding, by=asked.by)
    return StaffPage(redirect=f"{ROOT}/{task}", notice="已立项。请确定责任人和期限。")


def step_words(step: str) -> str:
    """Return what a page calls a step of rectification."""
    return next((one.title for one in task_steps.procedure().steps if one.id == step), CLOSED)


def _may(asked: StaffAsked, roles: frozenset[Role], organisation: str = "") -> bool:
    if not asked.may(Right.MANAGE_TASKS):
        return False
    reaches = asked.by.scope(Right.MANAGE_TASKS, on=asked.today).reaches
    own = [reach for reach in reaches if not organisation or reach.organisation in (ANY, organisation)]
    return any(reach.role in roles for reach in own)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        remedy = "请写成 2026-12-01 的样子。"
        raise InputRefused([Problem(column="due", value=text[:20], rule="不是日期", remedy=remedy)]) from None


addresses = (
    staff("desk/tasks", tasks_page, "desk-tasks", sends=True),
    staff("desk/tasks/open/<str:finding>", open_page, "desk-task-open", sends=True),
    staff("desk/tasks/<str:task>", task_page, "desk-task", sends=True),
)
