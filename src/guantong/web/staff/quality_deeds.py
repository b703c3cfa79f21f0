"""What is done with a section or a whole submission (办理): each deed first shows what it means, then happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from guantong.actions import collecting, collection, filling
from guantong.actions.books import organisation_title
from guantong.actions.collection_state import Filled, section_named
from guantong.errors import InputRefused, StepRefused
from guantong.people import Person, Right
from guantong.web.staff.conflict import seen_version
from guantong.web.staff.frame import labelled
from guantong.web.staff.page import StaffAsked, StaffPage
from guantong.web.staff.quality_words import MayDo, address_of, may_do, section_words, year_named
from guantong.web.staff.respond import staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a deed is done with: the submission, the section or "", the reason, the version that was seen."""

    year: int
    organisation: str
    section: str
    reason: str
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing to do: the rights of which one is needed, when it is up, what it says before and after."""

    name: str
    rights: tuple[Right, ...]
    title: str
    words: str
    button: str
    notice: str
    do: Callable[[Asked, Person], object]
    up: Callable[[MayDo, Filled, str], bool]
    reason: str = ""
    grave: bool = False
    statement: str = ""
    checks: bool = False
    """Whether what blocks is told before the deed is tried."""


def _step(found: Filled, section: str) -> str:
    return found.submission.section(section).step


SECTION_DEEDS: tuple[Deed, ...] = (
    Deed(
        name="hand-in",
        rights=(Right.FILL_SECTION,),
        title="交给质量专员",
        words="交出以后，这一节不能再改；要改，须由质量专员退回。",
        button="交出这一节",
        notice="已交给质量专员。",
        do=lambda a, by: filling.hand_in_section(a.year, a.organisation, a.section, seen=a.seen, by=by),
        up=lambda may, found, section: section in may.fill and _step(found, section) == "fill",
        checks=True,
    ),
    Deed(
        name="exempt",
        rights=(Right.FILL_SECTION,),
        title="标为不适用",
        words="这一节的指标都不再要求填写，汇总时不计入；理由随填报表一起上报。已填的数不会删除，但不再使用。",
        button="标为不适用",
        notice="已标为不适用。",
        do=lambda a, by: filling.exempt_section(a.year, a.organisation, a.section, a.reason, seen=a.seen, by=by),
        up=lambda may, found, section: section in may.fill and _step(found, section) == "fill",
        reason="不适用的理由（例如本年没有毕业生）",
        grave=True,
    ),
    Deed(
        name="pass",
        rights=(Right.CHECK_SECTION,),
        title="审核通过",
        words="通过以后，这一节等待送签；送签前还可以退回。",
        button="通过",
        notice="这一节已审核通过。",
        do=lambda a, by: collecting.pass_section(a.year, a.organisation, a.section, seen=a.seen, by=by),
        up=lambda may, found, section: may.check and _step(found, section) == "check",
    ),
    Deed(
        name="back",
        rights=(Right.CHECK_SECTION,),
        title="退回处室",
        words="退回以后由处室修改，改好再交。您写的话处室会看到。",
        button="退回",
        notice="已退回处室。",
        do=lambda a, by: collecting.send_section_back(
            a.year, a.organisation, a.section, a.reason, seen=a.seen, by=by
        ),
        up=lambda may, found, section: may.check and _step(found, section) != "fill",
        reason="要改什么",
        grave=True,
    ),
)  # fmt: skip
WHOLE_DEEDS: tuple[Deed, ...] = (
    Deed(
        name="send",
        rights=(Right.CHECK_SECTION,),
        title="送签",
        words="送签以后，数据不能再改；要改，须由签署人或确认的部门退回。",
        button="送请校长签署",
        notice="已送签。",
        do=lambda a, by: collecting.send_submission(a.year, a.organisation, seen=a.seen, by=by),
        up=lambda may, found, section: may.send,
        checks=True,
    ),
    Deed(
        name="sign",
        rights=(Right.SIGN_SUBMISSION,),
        title="签署真实性声明",
        words="您代表本单位签署。签署后送主管部门确认。",
        button="签署",
        notice="已签署，等主管部门确认。",
        do=lambda a, by: collecting.sign_submission(a.year, a.organisation, seen=a.seen, by=by),
        up=lambda may, found, section: may.sign,
        statement=collecting.STATEMENT,
    ),
    Deed(
        name="confirm",
        rights=(Right.CONFIRM_SUBMISSION,),
        title="确认",
        words="您代表主管部门确认这份数据。确认后送上一级，最后由市级接收。",
        button="确认",
        notice="已确认。",
        do=lambda a, by: collecting.confirm_submission(a.year, a.organisation, seen=a.seen, by=by),
        up=lambda may, found, section: may.confirm,
    ),
    Deed(
        name="receive",
        rights=(Right.MANAGE_COLLECTION,),
        title="接收",
        words="接收以后，这份数据计入全市汇总；全年发布以后只能更正（勘误）。",
        button="接收",
        notice="已接收。",
        do=lambda a, by: collecting.receive_submission(a.year, a.organisation, seen=a.seen, by=by),
        up=lambda may, found, section: may.receive,
    ),
    Deed(
        name="return",
        rights=(Right.SIGN_SUBMISSION, Right.CONFIRM_SUBMISSION),
        title="退回修改",
        words="退回以后由学校的质量专员修改，再重新送签；已有的签署和确认不再算数。",
        button="退回",
        notice="已退回学校。",
        do=lambda a, by: collecting.return_submission(a.year, a.organisation, a.reason, seen=a.seen, by=by),
        up=lambda may, found, section: may.send_back,
        reason="退回的理由",
        grave=True,
    ),
)


def deed_page(deed: Deed) -> Callable[..., StaffPage]:
    """Return the page of a deed: what it means, and the form that does it."""

    def page(asked: StaffAsked, year: str, organisation: str, section: str = "") -> StaffPage:
        number = year_named(asked, year)
        right = next((one for one in deed.rights if asked.may(one)), deed.rights[0])
        asked.by.scope(right, on=asked.today)
        where = address_of(number, organisation, section) if section else address_of(number, organisation)
        refused: InputRefused | None = None
        if asked.sent is not None:
            told = Asked(
                year=number,
                organisation=organisation,
                section=section,
                reason=asked.sent.one("reason"),
                seen=seen_version(asked.sent),
            )
            try:
                deed.do(told, asked.by)
                return StaffPage(redirect=_after(deed, number, organisation, where), notice=deed.notice)
            except InputRefused as wrong:
                refused = wrong
        return _shown(asked, deed, collection.read_submission(number, organisation, by=asked.by), section, refused)

    return page


def _after(deed: Deed, year: int, organisation: str, where: str) -> str:
    """Return where a deed leads: sections to the list of sections, the rest to where it was."""
    return address_of(year, organisation) if deed in SECTION_DEEDS else where


def _shown(
    asked: StaffAsked, deed: Deed, found: Filled, section: str, refused: InputRefused | None
) -> StaffPage:  # fmt: skip
    record = found.submission
    part = section_named(record, section) if section else None
    if refused is None and not deed.up(may_do(asked, found), found, section):
        raise StepRefused(step=deed.title, why="现在没有轮到这一步，或者不由您办")
    faults = found.faults_of(part) if part else found.checked.faults
    blocking = tuple(fault.problem for fault in faults if fault.blocks) if deed.checks else ()
    context = {
        "deed": deed,
        "record": record,
        "name": organisation_title(record.organisation),
        "words": section_words(part) if part else "",
        "seen": record.section(section).version if section else record.version,
        "back": address_of(record.year, record.organisation, *([section] if section else [])),
        "explained": [fault for fault in faults if fault.explanation and not fault.kind.hard],
        "entered": sum(1 for entry in found.entries.values() if entry.value),
        "asked": sum(len(one.indicators) for one in found.sections),
        "blocked": bool(blocking),
        "reason": asked.sent.one("reason") if asked.sent else "",
        "problems": labelled(refused) if refused else labelled(blocking),
    }
    status = refused.status if refused else 200
    return StaffPage(title=deed.title, template="guantong/staff/quality_deed.html", context=context, status=status)


DEEDS: Mapping[str, Deed] = {deed.name: deed for deed in (*SECTION_DEEDS, *WHOLE_DEEDS)}
addresses = (
    *(
        staff(f"desk/quality/<str:year>/<str:organisation>/{deed.name}", deed_page(deed), f"desk-quality-{deed.name}",
              sends=True)
        for deed in WHOLE_DEEDS
    ),
    *(
        staff(
            f"desk/quality/<str:year>/<str:organisation>/<str:section>/{deed.name}",
            deed_page(deed),
            f"desk-quality-{deed.name}",
            sends=True,
        )
        for deed in SECTION_DEEDS
    ),
)  # fmt: skip
