"""Two people on one record (同时改动): the second sees both versions, and nothing of theirs is written."""

from __future__ import annotations

from collections.abc import Sequence

from guantong.actions import dossiers
from guantong.errors import InputRefused, Problem, RecordChanged
from guantong.web.staff.page import StaffAsked, StaffPage, StaffSent
from guantong.web.staff.pupil_words import details_words, state_facts


def conflict(
    asked: StaffAsked, pupil: str, error: RecordChanged, mine: Sequence[tuple[str, str]], *, again: str
) -> StaffPage:
    """Return the page with what one wanted on the one side, and the record as it now is on the other."""
    dossier = dossiers.view_dossier(pupil, by=asked.by)
    latest = max(dossier.record.events, key=lambda kept: kept.number, default=None)
    theirs = [("最近一条记录", f"{latest.event.effective_on} {latest.event.kind.label}")] if latest else []
    theirs += list(details_words(latest.event)) if latest else []
    theirs += list(state_facts(dossier.state)) if dossier.state else []
    context = {"error": error, "mine": mine, "theirs": theirs, "again": again}
    template = "guantong/staff/conflict.html"
    return StaffPage(title="别人刚刚改过这份记录", template=template, context=context, status=error.status)


def seen_version(sent: StaffSent) -> int:
    """Return the version of the record that a form of any desk was made from; raise `InputRefused` where it is none."""
    text = sent.one("seen")
    if not text.isascii() or not text.isdecimal() or len(text) > len("999999"):
        raise InputRefused([Problem(rule="表单不完整", remedy="请重新打开这一页，再填一次。")])
    return int(text)
