"""Yearly reports at the work desk (质量年报): the list, the preview, what stands before a signature, the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from guantong.actions import yearly_reports
from guantong.actions.books import organisation_title
from guantong.actions.yearly_editions import is_outlined
from guantong.actions.yearly_reports import Preview
from guantong.errors import InputRefused, PageUnknown, Problem, RecordChanged
from guantong.people import ANY, Person, Right
from guantong.web.staff.conflict import seen_version
from guantong.web.staff.frame import labelled
from guantong.web.staff.page import Download, StaffAsked, StaffPage
from guantong.web.staff.quality_words import year_named
from guantong.web.staff.respond import staff
from guantong.web.staff.years import year_of

ROOT = "/desk/yearly"
FIRST = 2025
"""The first year whose reports are written here."""
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
MOST_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing to do with a report: while it has which standing, what it says before and after."""

    name: str
    standing: str
    title: str
    words: str
    notice: str
    do: Callable[[int, str, int, Person], object]
    grave: bool = False


DEEDS: Mapping[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed(
            name="sign",
            standing="draft",
            title="签署",
            words="签署以后，年报的 Word、PDF 和网页文件连同数字一起固定，不能再改。写的人不能签署。",
            notice="已签署。",
            do=lambda year, name, seen, by: yearly_reports.sign_yearly(year, name, seen=seen, by=by),
        ),
        Deed(
            name="return",
            standing="signed",
            title="退回编写",
            words="退回以后签署不再算数，签署时固定的文件作废，改好再签。",
            notice="已退回编写。",
            do=lambda year, name, seen, by: yearly_reports.return_yearly(year, name, seen=seen, by=by),
            grave=True,
        ),
        Deed(
            name="publish",
            standing="signed",
            title="公布",
            words="公布以后，各单位都能下载；这份年报不再改动，也不能退回。",
            notice="已公布。",
            do=lambda year, name, seen, by: yearly_reports.publish_yearly(year, name, seen=seen, by=by),
            grave=True,
        ),
    )
}


def list_page(asked: StaffAsked) -> StaffPage:
    """Return the reports of a year: one's own, begun or not, and those that are published."""
    year = max(year_of(asked), FIRST)
    found = {one.organisation: one for one in yearly_reports.list_yearly(year, by=asked.by)}
    own = asked.by.scope(Right.READ_REPORTS, on=asked.today).organisations - {ANY}
    names = sorted({*found, *own}, key=lambda name: (name != "city", organisation_title(name)))
    context = {
        "year": year,
        "years": range(asked.today.year, FIRST - 1, -1),
        "rows": [
            (name, organisation_title(name), found.get(name), name in own and is_outlined(name, year)) for name in names
        ],
    }
    return StaffPage(title="质量年报", template="guantong/staff/quality_yearly.html", context=context)


def report_page(asked: StaffAsked, year: str, organisation: str) -> StaffPage:
    """Return a report as it would be signed now: where it stands, what is missing, and the paper."""
    found = yearly_reports.preview_yearly(year_named(asked, year), organisation, by=asked.by)
    standing = found.record.standing.value if found.record else "draft"
    problems = _standing_before(found)
    context = {
        "record": found.record,
        "standing": standing,
        "name": organisation_title(organisation),
        "year": year,
        "where": f"{ROOT}/{year}/{organisation}",
        "may_write": standing == "draft" and _holds(asked, Right.EDIT_REPORT, organisation),
        "deeds": _offered(asked, found, organisation),
        "open": labelled(problems[:MOST_SHOWN]) if standing == "draft" else (),
        "number": len(problems),
        "tables": len(found.made.built.tables),
        "facts": len(found.made.built.used),
        "paper": _paper(found.page),
    }
    return StaffPage(title=f"{year} 年质量年报", template="guantong/staff/quality_report.html", context=context)


def write_page(asked: StaffAsked, year: str, organisation: str) -> StaffPage:
    """Return the form of the author's words; once sent, keep them."""
    number, where = year_named(asked, year), f"{ROOT}/{year}/{organisation}"
    asked.by.scope(Right.EDIT_REPORT, on=asked.today)
    found = yearly_reports.preview_yearly(number, organisation, by=asked.by)
    places = found.made.outline.own_words()
    texts: dict[str, str] = dict(found.record.texts) if found.record else {}
    refused: InputRefused | None = None
    seen = str(found.record.version if found.record else 0)
    if asked.sent is not None:
        typed = {name: asked.sent.one(f"text-{name}") for name, _ in places if f"text-{name}" in asked.sent.fields}
        try:
            yearly_reports.write_yearly(number, organisation, typed, seen=seen_version(asked.sent), by=asked.by)
            return StaffPage(redirect=where, notice="已保存。")
        except InputRefused as wrong:
            refused, texts, seen = wrong, {**texts, **typed}, asked.sent.one("seen")
        except RecordChanged as changed:
            return _conflict(changed, places, typed, texts, f"{where}/write")
    context = {
        "name": organisation_title(organisation),
        "year": year,
        "where": where,
        "seen": seen,
        "places": [(name, title, texts.get(name, "")) for name, title in places],
        "authority": organisation == "city" or organisation.startswith("district:"),
        "bindable": found.made.bindable,
        "problems": labelled(refused) if refused else (),
    }
    status = refused.status if refused else 200
    title = f"编写 {year} 年质量年报"
    return StaffPage(title=title, template="guantong/staff/quality_report_write.html", context=context, status=status)


def file_page(asked: StaffAsked, year: str, organisation: str, form: str) -> StaffPage:
    """Hand out a signed file as it was signed."""
    if form not in KINDS:
        raise PageUnknown(asked.path)
    content = yearly_reports.take_yearly(year_named(asked, year), organisation, form, by=asked.by)
    name = f"{organisation_title(organisation)}-{year}年质量年报.{form}"
    return StaffPage(download=Download(name=name, content=content, kind=KINDS[form]))


def deed_page(deed: Deed) -> Callable[..., StaffPage]:
    """Return the page of a deed: what it means, and the form that does it."""

    def page(asked: StaffAsked, year: str, organisation: str) -> StaffPage:
        number, where = year_named(asked, year), f"{ROOT}/{year}/{organisation}"
        asked.by.scope(Right.SIGN_YEARLY, on=asked.today)
        refused: InputRefused | None = None
        if asked.sent is not None:
            try:
                deed.do(number, organisation, seen_version(asked.sent), asked.by)
                return StaffPage(redirect=where, notice=deed.notice)
            except InputRefused as wrong:
                refused = wrong
        found = yearly_reports.preview_yearly(number, organisation, by=asked.by)
        problems = _standing_before(found) if deed.standing == "draft" else ()
        context = {
            "deed": deed,
            "name": organisation_title(organisation),
            "year": year,
            "seen": found.record.version if found.record else 0,
            "back": where,
            "blocked": bool(problems),
            "number": len(problems),
            "problems": labelled(refused or problems)[:MOST_SHOWN],
        }
        status = refused.status if refused else 200
        template = "guantong/staff/quality_report_deed.html"
        return StaffPage(title=deed.title, template=template, context=context, status=status)

    return page


def _standing_before(found: Preview) -> tuple[Problem, ...]:
    """Return what stands before a signature: what concerns the whole report first, single gaps after it."""
    gaps = {gap.wanted for gap in (*found.made.compliance.missing, *found.made.compliance.ambiguous)}
    return tuple(sorted(found.made.problems(), key=lambda problem: problem.value in gaps))


def _offered(asked: StaffAsked, found: Preview, organisation: str) -> list[Deed]:
    if found.record is None or not _holds(asked, Right.SIGN_YEARLY, organisation):
        return []
    mine = found.record.written_by == asked.by.id
    return [
        deed
        for deed in DEEDS.values()
        if deed.standing == found.record.standing.value and not (deed.name == "sign" and mine)
    ]


def _paper(page: str) -> SafeString:
    """Return the paper of a whole page, without its frame; `reports` has escaped it."""
    return mark_safe("<article" + page.partition("<article")[2].rpartition("</body>")[0])


def _holds(asked: StaffAsked, right: Right, organisation: str) -> bool:
    return asked.may(right) and bool({organisation, ANY} & asked.by.scope(right, on=asked.today).organisations)


def _conflict(
    changed: RecordChanged,
    places: tuple[tuple[str, str], ...],
    typed: Mapping[str, str],
    texts: Mapping[str, str],
    again: str,
) -> StaffPage:
    differing = [(name, title) for name, title in places if typed.get(name, "") != texts.get(name, "")]
    context = {
        "error": changed,
        "mine": [(title, typed.get(name, "")) for name, title in differing],
        "theirs": [(title, texts.get(name, "")) for name, title in differing],
        "again": again,
    }
    return StaffPage(title="没有改动", template="guantong/staff/conflict.html", context=context, status=changed.status)


addresses = (
    staff("desk/yearly", list_page, "desk-yearly"),
    staff("desk/yearly/<str:year>/<str:organisation>", report_page, "desk-yearly-one"),
    staff("desk/yearly/<str:year>/<str:organisation>/write", write_page, "desk-yearly-write", sends=True),
    staff("desk/yearly/<str:year>/<str:organisation>/file.<str:form>", file_page, "desk-yearly-file"),
    *(
        staff(
            f"desk/yearly/<str:year>/<str:organisation>/{deed.name}",
            deed_page(deed),
            f"desk-yearly-{deed.name}",
            sends=True,
        )
        for deed in DEEDS.values()
    ),
)
