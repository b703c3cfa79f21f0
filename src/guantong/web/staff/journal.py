"""The journal (审计日志) asked by an auditor: does it hold, how far does it reach, who did what, who saw a pupil."""

from __future__ import annotations

import json
from datetime import date, datetime

from guantong.actions import journal
from guantong.actions.books import purposes
from guantong.actions.journal import EntryFilter
from guantong.actions.words import Act
from guantong.errors import InputRefused, Problem
from guantong.journal import Entry, Head
from guantong.people import Door, Right
from guantong.web.staff.frame import labelled
from guantong.web.staff.journal_words import act_words
from guantong.web.staff.page import Download, StaffAsked, StaffPage
from guantong.web.staff.respond import staff

HERE, PAGE_LENGTH = "/desk/journal", 100
_DOORS = {door.value: door.label for door in Door}


def journal_page(asked: StaffAsked) -> StaffPage:
    """Return what an auditor may ask; a form that is sent verifies the chain, with a head kept elsewhere or without."""
    problems: tuple[object, ...] = ()
    found, head_given = None, False
    if asked.sent is not None:
        try:
            head = _head(asked)
            found, head_given = journal.verify_journal(head, by=asked.by), head is not None
        except InputRefused as refused:
            problems = labelled(refused)
    context = {
        "found": found,
        "head_given": head_given,
        "problems": problems,
        "reads": asked.may(Right.READ_JOURNAL),
    }
    status = 422 if problems else 200
    return StaffPage(title="审计日志", template="guantong/staff/journal.html", context=context, status=status)


def head_page(asked: StaffAsked) -> StaffPage:
    """Hand out how far the journal reaches, to be kept where the database is not."""
    if asked.sent is None:
        return StaffPage(redirect=HERE)
    head = journal.journal_head(by=asked.by)
    text = json.dumps({"count": head.count, "digest": head.digest, "key": head.key}, indent=2)
    name = f"日志头-{asked.today.isoformat()}-{head.count}.json"
    return StaffPage(download=Download(name=name, content=text.encode(), kind="application/json"))


def entries_page(asked: StaffAsked) -> StaffPage:
    """Return entries by actor, action and day, newest first, a hundred to a page."""
    problems: list[Problem] = []
    first = int(asked.one("first")) if asked.one("first").isdecimal() and len(asked.one("first")) < 10 else 0
    wanted = EntryFilter(
        actor=asked.one("actor")[:64],
        action=asked.one("action")[:64],
        since=_day(asked, "since", problems),
        until=_day(asked, "until", problems),
    )
    if problems:
        raise InputRefused(problems)
    found = journal.list_entries(wanted, first=first, most=PAGE_LENGTH, by=asked.by)
    context = {
        "rows": [_line(entry, found.names.get(entry.actor, "")) for entry in found.entries],
        "total": found.total,
        "first": first + 1,
        "last": first + len(found.entries),
        "earlier": first + PAGE_LENGTH if first + PAGE_LENGTH < found.total else None,
        "later": max(0, first - PAGE_LENGTH) if first else None,
        "wanted": wanted,
        "acts": [(act.value, act_words(act.value), act.value == wanted.action) for act in Act],
    }
    return StaffPage(title="谁做了什么", template="guantong/staff/journal_entries.html", context=context)


def pupil_entries_page(asked: StaffAsked, pupil: str) -> StaffPage:
    """Return who changed or saw a pupil, on a page or on a list, newest first."""
    entries = journal.journal_of_pupil(pupil, by=asked.by)
    context = {"rows": [_line(entry, "") for entry in entries], "pupil": pupil, "most": 200}
    return StaffPage(title="谁看过这名学生", template="guantong/staff/journal_pupil.html", context=context)


def ask_pupil_page(asked: StaffAsked) -> StaffPage:
    """Lead from a pupil's number in the form to who saw the pupil."""
    pupil = asked.one("pupil").replace("/", "")[:64]
    return StaffPage(redirect=f"{HERE}/pupils/{pupil}" if pupil else HERE)


def _line(entry: Entry, name: str) -> dict[str, object]:
    return {
        "entry": entry,
        "at": entry.at,
        "name": name or entry.actor,
        "act": act_words(entry.action),
        "purpose": purposes().get(entry.purpose, entry.purpose),
        "door": _DOORS.get(entry.door, entry.door),
        "fields": "、".join(entry.fields),
    }


def _head(asked: StaffAsked) -> Head | None:
    upload = asked.sent.file("head") if asked.sent else None
    if upload is None:
        return None
    try:
        given = json.loads(upload.content)
        return Head(count=int(given["count"]), digest=str(given["digest"]), key=str(given["key"]))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        rule = "不是日志头文件"
        raise InputRefused(
            [Problem(file=upload.name, rule=rule, remedy="请选从这里下载、没有改动过的 JSON 文件。")]
        ) from None


def _day(asked: StaffAsked, name: str, problems: list[Problem]) -> date | None:
    text = asked.one(name)
    try:
        return datetime.strptime(text, "%Y-%m-%d").date() if text else None
    except ValueError:
        remedy = "请写成 2026-11-20 的样子。"
        problems.append(Problem(column=name, value=text[:20], rule="日期读不出来", remedy=remedy))
        return None


addresses = (
    staff("desk/journal", journal_page, "desk-journal", sends=True),
    staff("desk/journal/head", head_page, "desk-journal-head", sends=True),
    staff("desk/journal/entries", entries_page, "desk-journal-entries"),
    staff("desk/journal/pupils", ask_pupil_page, "desk-journal-ask"),
    staff("desk/journal/pupils/<str:pupil>", pupil_entries_page, "desk-journal-pupil"),
)
