"""What is done with a report besides writing (办理): each deed first shows what it means, and happens when sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from guantong.actions import project_report_list, project_reports
from guantong.actions.project_reports import Moved
from guantong.errors import InputRefused, Problem
from guantong.people import Person, Right
from guantong.reports.implementation import ReportContent
from guantong.web.staff.conflict import seen_version
from guantong.web.staff.frame import labelled
from guantong.web.staff.page import StaffAsked, StaffPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing to do with a report: when it is up, who may do it, what it says before and after."""

    name: str
    step: str
    right: Right
    title: str
    words: str
    button: str
    notice: str
    do: Callable[[str, str, int, Person], Moved]
    partner: bool = False
    reason: bool = False


_ALL = (
    Deed(
        name="renew",
        step="write",
        right=Right.WRITE_REPORT,
        title="重新取数",
        words="报告里的数字换成今天的学籍登记汇总；已写的文字和各项回答不变。",
        button="重新取数",
        notice="已按今天的登记重新取数。",
        do=lambda report, _, seen, by: project_reports.renew_figures(report, seen=seen, by=by),
    ),
    Deed(
        name="send",
        step="write",
        right=Right.WRITE_REPORT,
        title="送签",
        words="送签以后，数字和文字都不能再改；要改，须由签署人退回。",
        button="送签",
        notice="已送签，等牵头院校负责人签署。",
        do=lambda report, _, seen, by: project_reports.send_report(report, seen=seen, by=by),
    ),
    Deed(
        name="sign",
        step="sign",
        right=Right.SIGN_REPORT,
        title="签署",
        words="您代表牵头院校签署这份报告。签署后送合作高校会签。",
        button="签署",
        notice="已签署，等合作高校负责人会签。",
        do=lambda report, _, seen, by: project_reports.sign_report(report, seen=seen, by=by),
    ),
    Deed(
        name="return",
        step="sign",
        right=Right.SIGN_REPORT,
        title="退回修改",
        words="退回后由学校修改，改好再送签；已有的签署不再算数。",
        button="退回",
        notice="已退回，由学校修改。",
        do=lambda report, reason, seen, by: project_reports.return_report(report, reason, seen=seen, by=by),
        reason=True,
    ),
    Deed(
        name="cosign",
        step="cosign",
        right=Right.COSIGN_REPORT,
        title="会签",
        words="您代表合作高校会签这份报告。会签后由牵头院校提交。",
        button="会签",
        notice="已会签，等牵头院校提交。",
        do=lambda report, _, seen, by: project_reports.cosign_report(report, seen=seen, by=by),
        partner=True,
    ),
    Deed(
        name="return-as-partner",
        step="cosign",
        right=Right.COSIGN_REPORT,
        title="退回修改",
        words="退回后由学校修改，改好再送签；已有的签署不再算数。",
        button="退回",
        notice="已退回，由学校修改。",
        do=lambda report, reason, seen, by: project_reports.return_as_partner(report, reason, seen=seen, by=by),
        partner=True,
        reason=True,
    ),
    Deed(
        name="submit",
        step="submit",
        right=Right.WRITE_REPORT,
        title="提交市教委",
        words="提交以后，报告连同数字永久固定，市教委和区教委可以查看。",
        button="提交",
        notice="已提交市教委。",
        do=lambda report, _, seen, by: project_reports.submit_report(report, seen=seen, by=by),
    ),
)
DEEDS: Mapping[str, Deed] = {deed.name: deed for deed in _ALL}


def offered(step: str) -> tuple[Deed, ...]:
    """Return what can be done while a step is up."""
    return tuple(deed for deed in _ALL if deed.step == step)


def deed_page(name: str) -> Callable[..., StaffPage]:
    """Return the page of a deed: what it means, and the form that does it."""
    deed = DEEDS[name]

    def page(asked: StaffAsked, report: str) -> StaffPage:
        where = f"/desk/reports/{report}"
        record = project_report_list.read_report(report, by=asked.by)
        asked.by.scope(deed.right, on=asked.today)
        refused: InputRefused | None = None
        if asked.sent is not None:
            try:
                deed.do(report, asked.sent.one("reason"), seen_version(asked.sent), asked.by)
                return StaffPage(redirect=where, notice=deed.notice)
            except InputRefused as wrong:
                refused = wrong
        context = {
            "deed": deed,
            "record": record,
            "names": record.content.names,
            "figures": record.content.figures,
            "back": where,
            "problems": labelled(titled(refused, record.content)) if refused else (),
        }
        status = refused.status if refused else 200
        return StaffPage(title=deed.title, template="guantong/staff/reports_deed.html", context=context, status=status)

    return page


def titled(refused: InputRefused, content: ReportContent) -> tuple[Problem, ...]:
    """Return problems with the titles of sections and the words of duties instead of identifiers."""
    titles = {part.id: part.title for part in content.sections}
    titles |= {reply.obligation.id: f"{reply.obligation.number} {reply.obligation.text}" for reply in content.replies}
    return tuple(replace(problem, column=titles.get(problem.column, problem.column)) for problem in refused.problems)
