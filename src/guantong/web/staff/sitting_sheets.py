"""A list as a file (转段考核成绩表): handed out to be filled in, taken back with every problem at once."""

from __future__ import annotations

from guantong.actions import sitting_forms, sittings
from guantong.errors import InputRefused
from guantong.web.staff.conflict import seen_version
from guantong.web.staff.page import Download, StaffAsked, StaffPage
from guantong.web.staff.respond import staff
from guantong.web.staff.sitting_words import LIST, in_words
from guantong.web.staff.sittings import shown_list


def sheet_page(asked: StaffAsked, sitting: str) -> StaffPage:
    """Hand out the form of a list as XLSX, or keep what a filled-in one says."""
    if asked.sent is None:
        made = sitting_forms.sitting_form(sitting, by=asked.by)
        return StaffPage(download=Download(name=made.name, content=made.content, kind=sitting_forms.XLSX))
    seen, file = seen_version(asked.sent), asked.sent.file("file")
    content, name = (file.content, file.name) if file else (b"", "")
    try:
        entered = sitting_forms.enter_form(sitting, content, name, seen=seen, by=asked.by)
    except InputRefused as refused:
        return shown_list(sittings.weigh_sitting(sitting, by=asked.by), problems=in_words(refused.problems))
    return StaffPage(redirect=f"{LIST}/{sitting}", notice=f"已读入成绩表，共 {entered.lines} 行。")


addresses = (staff("desk/sittings/<str:sitting>/sheet", sheet_page, "desk-sitting-sheet", sends=True),)
