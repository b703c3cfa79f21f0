"""Organisations (机构): which take part, and who supervises them from which day on."""

from __future__ import annotations

from datetime import date

from guantong.actions import organisations
from guantong.errors import InputRefused, OrganisationUnknown, Problem
from guantong.web.staff.frame import labelled
from guantong.web.staff.page import StaffAsked, StaffPage, StaffSent
from guantong.web.staff.respond import staff

HERE = "/desk/organisations"
LONGEST = 250


def organisations_page(asked: StaffAsked) -> StaffPage:
    """Return every organisation with its supervisor; one that is sent is entered."""
    refused: InputRefused | None = None
    if asked.sent is not None:
        try:
            organisations.add_organisation(asked.sent.one("id"), by=asked.by)
            return StaffPage(redirect=HERE, notice="机构已录入。")
        except OrganisationUnknown as unknown:
            remedy = f"{unknown.message}请写学校编号、city，或 district:区编号。"
            refused = InputRefused(
                [Problem(column="organisation", value=asked.sent.one("id")[:60], rule="内容包里没有", remedy=remedy)]
            )
    context = {
        "rows": organisations.list_supervision(by=asked.by),
        "problems": labelled(refused) if refused else (),
        "id": asked.sent.one("id") if asked.sent else "",
    }
    status = refused.status if refused else 200
    return StaffPage(title="机构", template="guantong/staff/organisations.html", context=context, status=status)


def supervisor_page(asked: StaffAsked, name: str) -> StaffPage:
    """Return the form that names an organisation's supervisor by a document; once sent, enter it."""
    known = organisations.list_organisations(by=asked.by)
    title = next((title for key, title, _ in known if key == name), "")
    if not title:
        raise OrganisationUnknown(name)
    refused: InputRefused | None = None
    if asked.sent is not None:
        try:
            supervisor, since, document = _read(asked.sent, [key for key, _, _ in known if key != name])
            organisations.name_supervisor(name, supervisor, since=since, document=document, by=asked.by)
            return StaffPage(redirect=HERE, notice=f"已录入{title}的主管部门。")
        except InputRefused as wrong:
            refused = wrong
    given = asked.sent or StaffSent()
    context = {
        "known": [(key, words, key == given.one("supervisor")) for key, words, _ in known if key != name],
        "since": given.one("since"),
        "document": given.one("document"),
        "problems": labelled(refused) if refused else (),
        "back": HERE,
    }
    words = f"{title}的主管部门"
    status = refused.status if refused else 200
    return StaffPage(title=words, template="guantong/staff/supervisor.html", context=context, status=status)


def _read(sent: StaffSent, known: list[str]) -> tuple[str, date, str]:
    problems: list[Problem] = []
    if sent.one("supervisor") not in known:
        problems.append(Problem(column="supervisor", rule="没有选择主管部门", remedy="请从已录入的机构里选择。"))
    if not 0 < len(sent.one("document")) <= LONGEST:
        problems.append(Problem(column="document", rule="没有写明依据的文件", remedy="请写文号或文件名称。"))
    try:
        since = date.fromisoformat(sent.one("since"))
    except ValueError:
        problems.append(Problem(column="since", rule="日期读不出来", remedy="请写成 2026-11-20 的样子。"))
    if problems:
        raise InputRefused(problems)
    return sent.one("supervisor"), since, sent.one("document")


addresses = (
    staff("desk/organisations", organisations_page, "desk-organisations", sends=True),
    staff("desk/organisations/<str:name>/supervisor", supervisor_page, "desk-supervisor", sends=True),
)
