"""The words of collection: its steps, its sections, and what one person may do with a submission today."""

from __future__ import annotations

from dataclasses import dataclass

from guantong.actions.books import contents, organisation_title
from guantong.actions.collecting import CONFIRM, RECEIVE, SIGN, next_in_chain
from guantong.actions.collection_scope import own_sections
from guantong.actions.collection_state import COLLECT, EXEMPT, FILL, SECTION, WHOLE, Filled
from guantong.errors import PageUnknown, StepRefused
from guantong.indicators import Section
from guantong.people import ANY, Right
from guantong.web.staff.page import StaffAsked

ROOT = "/desk/quality"
RECEIVED = "市级已接收"
DOWN = {FILL: "填报中", "check": "待审核", "": "已通过"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MayDo:
    """What a person may do with one submission as it stands: sections to fill, to check, and steps of the whole.

    `waits` says in words why nobody can go on, "" where somebody can.
    """

    fill: frozenset[str] = frozenset()
    check: bool = False
    send: bool = False
    sign: bool = False
    confirm: bool = False
    receive: bool = False
    waits: str = ""

    @property
    def send_back(self) -> bool:
        """Tell whether the whole may be sent back."""
        return self.sign or self.confirm or self.receive

    @property
    def any(self) -> bool:
        """Tell whether any step of the whole may be done."""
        return self.send or self.send_back


def year_named(asked: StaffAsked, text: str) -> int:
    """Return the year of an address; raise `PageUnknown` for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise PageUnknown(asked.path)
    return int(text)


def section_words(section: Section) -> str:
    """Return what a page calls a section: its table and its office."""
    return f"{section.table.title}（{section.office.label}）"


def step_words(step: str) -> str:
    """Return what a page calls the step of a whole submission."""
    return next((one.title for one in contents().procedures[WHOLE].steps if one.id == step), RECEIVED)


def deed_words(step: str) -> str:
    """Return what a page calls a step that was done, of a section or of the whole."""
    steps = (*contents().procedures[WHOLE].steps, *contents().procedures[SECTION].steps)
    return next((one.title for one in steps if one.id == step), "主管部门确认")


def section_state(step: str, end: str) -> str:
    """Return where a section stands, in a few words."""
    return "不适用" if end == EXEMPT else DOWN.get(step, step)


def address_of(year: int, organisation: str, *more: str) -> str:
    """Return the address of a submission's page, or of one below it."""
    return "/".join((ROOT, str(year), organisation, *more))


def may_do(asked: StaffAsked, found: Filled) -> MayDo:
    """Return what the person may do with a submission as it stands."""
    record = found.submission
    if record.exempt:
        return MayDo()
    own = record.organisation
    if record.step == COLLECT:
        fill = (
            own_sections(asked.by.scope(Right.FILL_SECTION, on=asked.today), own, found.sections)
            if asked.may(Right.FILL_SECTION)
            else ()
        )
        check = _holds(asked, Right.CHECK_SECTION, own)
        return MayDo(fill=frozenset(part.id for part in fill), check=check, send=check)
    if record.step == SIGN:
        return MayDo(sign=_holds(asked, Right.SIGN_SUBMISSION, own))
    if record.step == CONFIRM:
        try:
            turn, _ = next_in_chain(record)
        except StepRefused as refused:
            return MayDo(waits=refused.message)
        return MayDo(confirm=_holds(asked, Right.CONFIRM_SUBMISSION, turn), waits=f"等{organisation_title(turn)}确认")
    return MayDo(receive=record.step == RECEIVE and asked.may(Right.MANAGE_COLLECTION))


def _holds(asked: StaffAsked, right: Right, organisation: str) -> bool:
    return asked.may(right) and bool({organisation, ANY} & asked.by.scope(right, on=asked.today).organisations)
