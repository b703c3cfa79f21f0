"""Implementation reports (项目实施报告): which are due, one of them with its paper, the form in which it is written."""

from __future__ import annotations

from django.utils.safestring import mark_safe

from guantong.actions import project_report_list, project_reports
from guantong.actions.report_figures import outline, procedure, signatures_of
from guantong.errors import InputRefused, PageUnknown, Problem, RecordChanged
from guantong.people import ANY, Right
from guantong.procedures import last_day
from guantong.reports.implementation import Answer, ReportContent, Written
from guantong.reports.implementation.printing import Form, file_name, preview, printed
from guantong.web.staff.conflict import seen_version
from guantong.web.staff.frame import labelled
from guantong.web.staff.page import Download, StaffAsked, StaffPage, StaffSent
from guantong.web.staff.report_deeds import DEEDS, deed_page, offered, titled
from guantong.web.staff.respond import staff
from guantong.web.staff.years import year_of, years_offered

LIST = "/desk/reports"


def reports_page(asked: StaffAsked) -> StaffPage:
    """Return every project that owes a report for a year, with whether it came in time."""
    year = year_of(asked)
    lines = project_report_list.list_reports(year, by=asked.by)
    context = {"lines": lines, "year": year, "years": years_offered(asked), "until": last_day(procedure(), year)}
    return StaffPage(title="项目实施报告", template="guantong/staff/reports_list.html", context=context)


def start_page(asked: StaffAsked) -> StaffPage:
    """Begin a project's report, once its form is sent; otherwise lead back to the list."""
    if asked.sent is None:
        return StaffPage(redirect=LIST)
    year = asked.sent.one("year")
    if not year.isascii() or not year.isdigit() or len(year) > 4:
        raise InputRefused([Problem(column="年度", value=year[:10], rule="不是年份", remedy="请从列表里选择。")])
    report = project_reports.start_report(asked.sent.one("project"), int(year), by=asked.by)
    return StaffPage(redirect=f"{LIST}/{report}", notice="已取数，可以开始编写。")


def report_page(asked: StaffAsked, report: str) -> StaffPage:
    """Return one report: where it stands, what may be done with it now, and the paper as it would be printed."""
    record = project_report_list.read_report(report, by=asked.by)
    steps = {step.id: step.title for step in procedure().steps}
    lead, partner = record.project.split(":")[:2]
    shown = preview(record.content, signatures_of(record), record.submitted)
    context = {
        "record": record,
        "names": record.content.names,
        "until": last_day(procedure(), record.year),
        "step": "" if record.submitted else steps.get(record.step, record.step),
        "deeds": [(steps.get(deed.record.step, deed.record.step), deed) for deed in record.deeds],
        "offered": [
            deed
            for deed in offered(record.step)
            if _holds(asked, deed.right, partner if deed.partner else lead)
        ],
        "may_write": record.step == procedure().steps[0].id and _holds(asked, Right.WRITE_REPORT, lead),
        "paper": mark_safe(shown),
    }  # fmt: skip
    title = f"{record.year} 年度项目实施报告"
    return StaffPage(title=title, template="guantong/staff/reports_one.html", context=context)


def write_page(asked: StaffAsked, report: str) -> StaffPage:
    """Return the form of the school's words; once sent, they are kept, or come back with every problem."""
    record = project_report_list.read_report(report, by=asked.by)
    if asked.sent is None:
        return _form(report, record.content, record.version)
    written, seen = _written(asked.sent, record.content), seen_version(asked.sent)
    try:
        project_reports.write_report(report, written, seen=seen, by=asked.by)
    except InputRefused as refused:
        return _form(report, record.content, seen, written, refused)
    except RecordChanged as changed:
        return _conflict(record.content, written, changed, f"{LIST}/{report}/write")
    where = f"{LIST}/{report}" if asked.sent.one("then") == "view" else f"{LIST}/{report}/write"
    return StaffPage(redirect=where, notice="已保存。")


def file_page(asked: StaffAsked, report: str, form: str) -> StaffPage:
    """Hand out the report as a file."""
    if form not in {one.value for one in Form}:
        raise PageUnknown(asked.path)
    record = project_report_list.read_report(report, by=asked.by)
    kind = Form(form)
    content = printed(record.content, signatures_of(record), record.submitted, kind)
    return StaffPage(download=Download(name=file_name(record.content, kind), content=content, kind=kind.media_type))


def _form(
    report: str, content: ReportContent, seen: int, written: Written | None = None, refused: InputRefused | None = None
) -> StaffPage:
    hints = {part.id: part.hint for part in outline().sections}
    texts = written.texts if written else {}
    answers, remarks = (written.answers, written.remarks) if written else ({}, {})
    sections = [(part, hints.get(part.id, ""), texts.get(part.id, part.text)) for part in content.sections]
    duties = [
        (reply.obligation, answers.get(name, reply.answer.value), remarks.get(name, reply.remark))
        for reply in content.replies
        for name in (reply.obligation.id,)
    ]
    context = {
        "base": f"{LIST}/{report}",
        "sections": sections,
        "duties": duties,
        "answers": [(answer.value, answer.label) for answer in Answer],
        "seen": seen,
        "names": content.names,
        "wrong": {problem.column for problem in refused.problems} if refused else set(),
        "problems": labelled(titled(refused, content)) if refused else (),
    }
    status = refused.status if refused else 200
    return StaffPage(title="编写实施报告", template="guantong/staff/reports_write.html", context=context, status=status)


def _written(sent: StaffSent, content: ReportContent) -> Written:
    """Return what the form sent; what it did not send stays as it is."""
    duties = [reply.obligation.id for reply in content.replies]
    return Written(
        texts={part.id: sent.one(f"text-{part.id}") for part in content.sections if f"text-{part.id}" in sent.fields},
        answers={name: sent.one(f"answer-{name}") for name in duties if f"answer-{name}" in sent.fields},
        remarks={name: sent.one(f"remark-{name}") for name in duties if f"remark-{name}" in sent.fields},
    )


def _conflict(content: ReportContent, written: Written, changed: RecordChanged, again: str) -> StaffPage:
    """Show what one wanted to write beside what stands there now, where they differ."""
    differing = [part for part in content.sections if written.texts.get(part.id, part.text).strip() != part.text]
    context = {
        "error": changed,
        "mine": [(part.title, written.texts[part.id]) for part in differing],
        "theirs": [(part.title, part.text) for part in differing],
        "again": again,
    }
    return StaffPage(title="没有改动", template="guantong/staff/conflict.html", context=context, status=changed.status)


def _holds(asked: StaffAsked, right: Right, organisation: str) -> bool:
    """Tell whether a person holds a right at an organisation today, so that the page knows what to offer."""
    return asked.may(right) and bool({organisation, ANY} & asked.by.scope(right, on=asked.today).organisations)


addresses = (
    staff("desk/reports", reports_page, "desk-reports"),
    staff("desk/reports/start", start_page, "desk-report-start", sends=True),
    staff("desk/reports/<str:report>", report_page, "desk-report"),
    staff("desk/reports/<str:report>/write", write_page, "desk-report-write", sends=True),
    staff("desk/reports/<str:report>/file.<str:form>", file_page, "desk-report-file"),
    *(staff(f"desk/reports/<str:report>/{name}", deed_page(name), f"desk-report-{name}", sends=True) for name in DEEDS),
)
