"""The wizard of a step (异动办理): choose, fill in, weigh, then record; and a reversal shown before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from guantong.actions import dossiers, events
from guantong.actions.dossiers import Dossier
from guantong.actions.event_weighing import Considered
from guantong.actions.event_writing import WAITS, NewEvent
from guantong.cohorts import EventKind, Standing
from guantong.cohorts.details import DETAILS, Value
from guantong.errors import InputRefused, PageUnknown, Problem, RecordChanged, StepRefused
from guantong.people import Right
from guantong.web.staff.conflict import conflict, seen_version
from guantong.web.staff.event_form import (
    DETAIL,
    FACT,
    entries_of,
    fact_entries,
    kind_named,
    known_already,
    paper_entries,
    read_step,
)
from guantong.web.staff.page import StaffAsked, StaffPage, StaffSent
from guantong.web.staff.pupil_words import changes, day_words, details_words, problems_in_words, value_words
from guantong.web.staff.respond import staff

FORM = "guantong/staff/step_form.html"
WEIGHED = "guantong/staff/step_weighed.html"
RECORDED = {"applied": "已登记，即时生效。", "waiting": "已登记，等待学校负责人确认后生效。"}


def step_page(asked: StaffAsked, pupil: str, kind: str) -> StaffPage:
    """Return the form of one step, what it would mean, or, once confirmed, the pupil's page."""
    chosen = kind_named(kind)
    if chosen is None:
        raise PageUnknown(kind)
    if asked.sent is None:
        return _form(asked, pupil, chosen)
    seen = seen_version(asked.sent)
    try:
        new = read_step(chosen, asked.sent)
    except InputRefused as refused:
        return _form(asked, pupil, chosen, refused.problems)
    if asked.sent.one("do") == "record":
        return _record(asked, pupil, new, seen)
    return _weigh(asked, pupil, new, seen)


def reverse_page(asked: StaffAsked, event: str) -> StaffPage:
    """Show what a reversal undoes and where the pupil would stand; with a reason, undo it."""
    problems: tuple[tuple[Problem, str], ...] = ()
    if asked.sent is not None:
        sent = asked.sent
        try:
            seen, following = seen_version(sent), sent.one("following") == "yes"
            undone = events.reverse_event(event, sent.one("reason"), seen=seen, following=following, by=asked.by)
        except InputRefused as refused:
            problems = problems_in_words(refused.problems)
        else:
            notice = f"已撤销 {len(undone)} 条记录，原记录保留在档案里。"
            return StaffPage(redirect=f"/desk/pupils/{undone[0].pupil}", notice=notice)
    undoing = dossiers.consider_reversal(event, by=asked.by)
    context = {
        "undoing": undoing,
        "event": undoing.event,
        "details": details_words(undoing.event),
        "changes": changes(undoing.before, undoing.after),
        "base": f"/desk/pupils/{undoing.record.id}",
        "problems": problems,
        "reason": asked.sent.one("reason") if asked.sent else "",
    }
    status = InputRefused.status if problems else 200
    return StaffPage(title="撤销一条记录", template="guantong/staff/step_reverse.html", context=context, status=status)


def _form(asked: StaffAsked, pupil: str, kind: EventKind, problems: tuple[Problem, ...] = ()) -> StaffPage:
    asked.need(Right.PROPOSE_EVENT)
    dossier = dossiers.view_dossier(pupil, by=asked.by)
    possible = next((step for step in dossier.possible if step.kind is kind), None)
    if dossier.state is None or possible is None:
        raise StepRefused(step=kind.label, why="这份档案现在不能办理变动")
    given: dict[str, object] = known_already(kind, dossier.state, possible)
    if asked.sent is not None:
        given = {detail.name: asked.sent.one(DETAIL + detail.name) for detail in DETAILS[kind]}
    context = {
        "entries": entries_of(kind, given, dossier.state, dossier.choices.projects),
        "possible": possible,
        "on": asked.sent.one("on") if asked.sent else asked.today.isoformat(),
        "problems": problems_in_words(problems, kind),
        **_head(dossier, pupil, kind, dossier.record.version),
    }
    status = InputRefused.status if problems else 200
    return StaffPage(title=kind.label, template=FORM, context=context, status=status)


def _weigh(asked: StaffAsked, pupil: str, new: NewEvent, seen: int, problems: tuple[Problem, ...] = ()) -> StaffPage:
    """Return what a step would mean; with faults in its details the form again, with each of them."""
    sent = asked.sent
    assert sent is not None
    try:
        considered = dossiers.consider_event(pupil, new, by=asked.by)
    except InputRefused as refused:
        bad = {problem.column for problem in refused.problems}
        if not bad & set(new.facts):
            raise
        new = replace(new, facts={name: value for name, value in new.facts.items() if name not in bad})
        return _weigh(asked, pupil, new, seen, (*problems, *refused.problems))
    if considered.version != seen:
        changed = RecordChanged(what="学生档案", seen=seen, now=considered.version)
        return _conflict(asked, pupil, new, changed)
    if considered.problems:
        return _again(asked, pupil, new, considered, seen)
    standing = considered.possible.standing
    given = {name: sent.one(name) for name in sent.fields}
    facts = {spec.name: sent.one(FACT + spec.name) for spec in considered.missing}
    context = {
        "considered": considered,
        "possible": considered.possible,
        "changes": changes(considered.before, considered.after),
        "details": _details(new.kind, considered.details),
        "papers": paper_entries(considered.papers, given),
        "needs_paper": standing in WAITS,
        "needs_approval": standing is Standing.APPROVED,
        "questions": fact_entries(considered.missing, facts),
        "carried": _carried(sent, new),
        "on_words": day_words(new.on),
        "problems": problems_in_words(problems, new.kind, {spec.name: spec.label for spec in considered.missing}),
        **_names(pupil, new.kind, seen),
    }
    status = InputRefused.status if problems else 200
    return StaffPage(title=f"{new.kind.label}：核对", template=WEIGHED, context=context, status=status)


def _again(asked: StaffAsked, pupil: str, new: NewEvent, considered: Considered, seen: int) -> StaffPage:
    given = {detail.name: asked.sent.one(DETAIL + detail.name) for detail in DETAILS[new.kind]} if asked.sent else {}
    context = {
        "entries": entries_of(new.kind, given, considered.before, considered.choices.projects),
        "possible": considered.possible,
        "on": new.on.isoformat(),
        "problems": problems_in_words(considered.problems, new.kind),
        **_names(pupil, new.kind, seen),
    }
    return StaffPage(title=new.kind.label, template=FORM, context=context, status=InputRefused.status)


def _record(asked: StaffAsked, pupil: str, new: NewEvent, seen: int) -> StaffPage:
    sent = asked.sent
    assert sent is not None
    file = sent.file("file")
    try:
        recorded = events.propose_event(pupil, new, seen=seen, file=file.content if file else b"", by=asked.by)
    except InputRefused as refused:
        return _weigh(asked, pupil, new, seen, refused.problems)
    except RecordChanged as changed:
        return _conflict(asked, pupil, new, changed)
    return StaffPage(redirect=f"/desk/pupils/{pupil}", notice=f"{new.kind.label}{RECORDED[recorded.outcome]}")


def _details(kind: EventKind, given: Mapping[str, Value]) -> list[tuple[str, str]]:
    return [(detail.label, value_words(detail, given[detail.name])) for detail in DETAILS[kind] if detail.name in given]


def _conflict(asked: StaffAsked, pupil: str, new: NewEvent, changed: RecordChanged) -> StaffPage:
    again = f"/desk/pupils/{pupil}/steps/{new.kind.value}"
    return conflict(asked, pupil, changed, _wanted(new), again=again)


def _wanted(new: NewEvent) -> list[tuple[str, str]]:
    """Return what somebody wanted to write, in words."""
    said = [(detail.label, str(new.details[detail.name])) for detail in DETAILS[new.kind] if detail.name in new.details]
    return [("办理事项", new.kind.label), ("生效日期", day_words(new.on)), *said]


def _carried(sent: StaffSent, new: NewEvent) -> list[tuple[str, str]]:
    """Return what the preview carries on: the details, the day and the facts already entered."""
    facts = [FACT + name for name in new.facts]
    names = [name for name in sent.fields if name == "on" or name.startswith(DETAIL) or name in facts]
    return [(name, sent.one(name)) for name in names if sent.one(name)]


def _head(dossier: Dossier, pupil: str, kind: EventKind, seen: int) -> dict[str, object]:
    name = dossier.record.personal.name if dossier.record.personal else ""
    return {"name": name, **_names(pupil, kind, seen)}


def _names(pupil: str, kind: EventKind, seen: int) -> dict[str, object]:
    base = f"/desk/pupils/{pupil}"
    return {"base": base, "action": f"{base}/steps/{kind.value}", "kind": kind, "seen": seen}


addresses = (
    staff("desk/pupils/<str:pupil>/steps/<str:kind>", step_page, "desk-step", sends=True),
    staff("desk/events/<str:event>/reverse", reverse_page, "desk-reverse", sends=True),
)
