"""The reporting year (填报年度): opened with its last day, who must report, who need not, published, corrected."""

from __future__ import annotations

from datetime import date

from guantong.actions import collection, publication
from guantong.actions.books import contents, organisation_title
from guantong.actions.collection import Duty
from guantong.actions.collection_state import Filled, catalogue
from guantong.errors import InputRefused, Problem
from guantong.people import Right
from guantong.registry import Stage
from guantong.web.staff.conflict import seen_version
from guantong.web.staff.frame import labelled
from guantong.web.staff.page import StaffAsked, StaffPage, StaffSent
from guantong.web.staff.quality_words import address_of, step_words, year_named
from guantong.web.staff.respond import staff

CALENDAR = "/desk/quality/calendar"
STAGES = (Stage.SECONDARY, Stage.COLLEGE)
DONE = {
    "open": "已开始填报年度。",
    "duty": "已列入填报单位。",
    "publish": "已发布。以后只能更正。",
    "release": "已写出公开数据，公开网页重启后使用。",
}


def calendar_page(asked: StaffAsked) -> StaffPage:
    """Return the years and who must report in one; do what a form of the page asks for."""
    asked.by.scope(Right.MANAGE_COLLECTION, on=asked.today)
    refused: InputRefused | None = None
    if asked.sent is not None:
        do = asked.sent.one("do")
        try:
            year = _do(asked, asked.sent, do)
            return StaffPage(redirect=f"{CALENDAR}?year={year}" if year else CALENDAR, notice=DONE[do])
        except InputRefused as wrong:
            refused = wrong
    years = collection.list_years(by=asked.by)
    named = {str(one.year): one for one in years}
    chosen = named.get(asked.one("year"), years[0] if years else None)
    rows = collection.read_matrix(chosen.year, by=asked.by) if chosen else ()
    listed = {row.organisation for row in rows}
    context = {
        "years": years,
        "chosen": chosen,
        "rows": [(row, organisation_title(row.organisation), step_words(row.step)) for row in rows],
        "others": [(name, title) for name, title in _organisations() if name not in listed],
        "stages": [(stage.value, stage.label) for stage in STAGES],
        "kinds": _kinds(),
        "unfinished": sum(bool(row.step) and not row.exempt for row in rows),
        "given": asked.sent.fields if asked.sent else {},
        "problems": labelled(refused) if refused else (),
    }
    status = refused.status if refused else 200
    return StaffPage(
        title="填报年度和填报单位", template="guantong/staff/quality_calendar.html", context=context, status=status
    )


def exempt_page(asked: StaffAsked, year: str, organisation: str) -> StaffPage:
    """Ask why an organisation need not report, or take it back; then write it."""
    number = year_named(asked, year)
    asked.by.scope(Right.MANAGE_COLLECTION, on=asked.today)
    refused: InputRefused | None = None
    if asked.sent is not None:
        reason = asked.sent.one("reason")
        try:
            if not reason and asked.sent.one("do") != "report":
                raise InputRefused([Problem(column="reason", rule="没有写理由", remedy="请写明为什么免报。")])
            collection.exempt_organisation(number, organisation, reason, seen=seen_version(asked.sent), by=asked.by)
            return StaffPage(redirect=f"{CALENDAR}?year={number}", notice="已列为免报。" if reason else "已改为应报。")
        except InputRefused as wrong:
            refused = wrong
    record = collection.read_submission(number, organisation, by=asked.by).submission
    context = {
        "record": record,
        "name": organisation_title(organisation),
        "back": f"{CALENDAR}?year={number}",
        "problems": labelled(refused) if refused else (),
    }
    status = refused.status if refused else 200
    return StaffPage(
        title="免报", template="guantong/staff/quality_exempt.html", context=context, status=status
    )  # fmt: skip


def erratum_page(asked: StaffAsked, year: str, organisation: str, section: str, indicator: str) -> StaffPage:
    """Return the form of an erratum for one published value; once sent, write it beside the value it corrects."""
    number = year_named(asked, year)
    asked.by.scope(Right.RELEASE_FACTS, on=asked.today)
    refused: InputRefused | None = None
    if asked.sent is not None:
        value, reason = asked.sent.one("value"), asked.sent.one("reason")
        try:
            publication.correct_value(number, organisation, indicator, value, reason, by=asked.by)
            notice = "已登记更正。" + _also_wrong(collection.read_submission(number, organisation, by=asked.by))
            return StaffPage(redirect=address_of(number, organisation, section), notice=notice)
        except InputRefused as wrong:
            refused = wrong
    found = collection.read_submission(number, organisation, by=asked.by)
    entry = found.entries.get(indicator)
    context = {
        "indicator": catalogue().get(indicator),
        "value": entry.value if entry else None,
        "name": organisation_title(organisation),
        "year": number,
        "back": address_of(number, organisation, section),
        "given": asked.sent,
        "typed": asked.sent.one("value") if asked.sent else "",
        "reason": asked.sent.one("reason") if asked.sent else "",
        "problems": labelled(refused) if refused else (),
    }
    status = refused.status if refused else 200
    return StaffPage(title="勘误", template="guantong/staff/quality_erratum.html", context=context, status=status)


def _also_wrong(found: Filled) -> str:
    """Return what no longer agrees after a correction, such as a rate whose count was corrected."""
    names = dict.fromkeys(fault.indicator.name for fault in found.checked.hard)
    return f"更正以后检查不符，请一并核对：{'、'.join(names)}。" if names else ""


def _do(asked: StaffAsked, sent: StaffSent, do: str) -> int:
    """Do what a form of the page asks for and return its year."""
    if do == "release":
        publication.release_facts(by=asked.by)
        return 0
    year = _year(sent)
    if do == "open":
        collection.open_year(year, _day(sent, "due"), by=asked.by)
    elif do == "duty":
        collection.name_duty(year, _duty(sent), by=asked.by)
    elif do == "publish":
        publication.publish_year(year, by=asked.by)
    else:
        raise InputRefused([Problem(rule="表单不完整", remedy="请重新打开这一页。")])
    return year


def _year(sent: StaffSent) -> int:
    text = sent.one("year")
    if not (text.isascii() and text.isdigit() and len(text) == 4 and 2015 <= int(text) <= 2100):
        raise InputRefused([Problem(column="年度", value=text[:10], rule="不是年份", remedy="请写四位数字。")])
    return int(text)


def _day(sent: StaffSent, name: str) -> date:
    text = sent.one(name)
    try:
        return date.fromisoformat(text)
    except ValueError:
        remedy = "请写成 2026-12-20 的样子。"
        raise InputRefused([Problem(column="截止日期", value=text[:20], rule="不是日期", remedy=remedy)]) from None


def _duty(sent: StaffSent) -> Duty:
    stage = sent.one("stage")
    if stage not in {one.value for one in STAGES}:
        raise InputRefused([Problem(column="学段", value=stage[:20], rule="没有选择学段", remedy="请选择学段。")])
    return Duty(
        organisation=sent.one("organisation"),
        stage=Stage(stage),
        kind=sent.one("kind")[:40],
        size=sent.one("size")[:40],
    )


def _organisations() -> list[tuple[str, str]]:
    return [(school.id, school.name) for school in contents().registry.institutions.values()]


def _kinds() -> list[str]:
    found = {level.kind for one in catalogue().indicators.values() for level in one.thresholds}
    return sorted(found - {"*"})


addresses = (
    staff("desk/quality/calendar", calendar_page, "desk-quality-calendar", sends=True),
    staff("desk/quality/<str:year>/<str:organisation>/duty", exempt_page, "desk-quality-duty", sends=True),
    staff(
        "desk/quality/<str:year>/<str:organisation>/<str:section>/erratum/<str:indicator>",
        erratum_page,
        "desk-quality-erratum",
        sends=True,
    ),
)
