"""One step for many pupils (批量办理): ticked on a list, filled in once, weighed one by one, then written together."""

from __future__ import annotations

import re
from collections import Counter

from guantong.actions import corrections, together
from guantong.actions.together import Outcome, Weighed
from guantong.cohorts import EventKind
from guantong.cohorts.details import DETAILS, STANDING_DETAILS
from guantong.cohorts.kinds import Standing
from guantong.errors import InputRefused, Problem
from guantong.web.staff.event_form import DETAIL, FACT, entries_of, kind_named, paper_entries, read_step
from guantong.web.staff.page import StaffAsked, StaffPage, StaffSent
from guantong.web.staff.pupil_words import day_words, problems_in_words
from guantong.web.staff.respond import staff

CLASS = "class"
KINDS = (
    EventKind.REGISTERED,
    EventKind.STAGE_COMPLETED,
    EventKind.ASSESSED,
    EventKind.MOVED_ON,
    EventKind.INTERNED,
    EventKind.GRADUATED,
    EventKind.NOT_ARRIVED,
)
"""The steps that a whole class takes; the others are taken one by one."""
CHOICES = (*((kind.value, kind.label) for kind in KINDS), (CLASS, "调整班级"))
_LIST = "/desk/pupils"
_LEFT = re.compile(r"/desk/(?:pupils(?:\?[\w=&%.+~-]{1,600})?|found/[\w-]{1,64})", re.ASCII)
"""A list that a form may come from: nothing that leads anywhere else."""
_FORM = "guantong/staff/together_form.html"


def together_page(asked: StaffAsked) -> StaffPage:
    """Lead from the ticked pupils to the form, from the form to the preview, and from there to the step."""
    sent = asked.sent
    if sent is None:
        return StaffPage(redirect=_LIST)
    names, kind = sent.many("pupils"), kind_named(sent.one("kind"))
    if not names and sent.one("do") != "record":
        return _refused(sent, Problem(column="pupils", rule="还没有选择学生", remedy="请回到名单，勾选后再办理。"))
    if sent.one("kind") == CLASS:
        return _class(asked, sent, names)
    if kind not in KINDS:
        return _refused(sent, Problem(column="事项", rule="还没有选择办理事项", remedy="请回到名单，选好再点下一步。"))
    if sent.one("do") == "record":
        return _record(asked, sent, kind)
    return _weigh(asked, sent, names, kind) if sent.one("do") == "weigh" else _form(asked, sent, names, kind)


def _refused(sent: StaffSent, problem: Problem) -> StaffPage:
    """Return what is missing before there is a form, with the way back to the very list that was left."""
    context = {"problems": problems_in_words([problem]), "list_address": _list_address(sent)}
    template = "guantong/staff/together_none.html"
    return StaffPage(title="批量办理", template=template, context=context, status=InputRefused.status)


def _list_address(sent: StaffSent) -> str:
    """Return the list that the form came from, narrowed as it was; the whole list for anything else."""
    given = sent.one("list")
    return given if _LEFT.fullmatch(given) else _LIST


def _form(
    asked: StaffAsked, sent: StaffSent, names: tuple[str, ...], kind: EventKind, problems: tuple[Problem, ...] = ()
) -> StaffPage:
    given = {detail.name: sent.one(DETAIL + detail.name) for detail in DETAILS[kind]}
    context = {
        "kind": kind,
        "names": names,
        "entries": entries_of(kind, given, None, ()),
        "papers": paper_entries(STANDING_DETAILS[Standing.ON_DOCUMENT], {name: sent.one(name) for name in sent.fields}),
        "on": sent.one("on") or asked.today.isoformat(),
        "list_address": _list_address(sent),
        "problems": problems_in_words(problems, kind),
    }
    status = InputRefused.status if problems else 200
    return StaffPage(title=f"批量办理：{kind.label}", template=_FORM, context=context, status=status)


def _weigh(asked: StaffAsked, sent: StaffSent, names: tuple[str, ...], kind: EventKind) -> StaffPage:
    try:
        new = read_step(kind, sent)
        found = together.consider_together(names, new, by=asked.by)
    except InputRefused as refused:
        return _form(asked, sent, names, kind, refused.problems)
    counts = Counter(one.told.outcome for one in found)
    context = {
        "kind": kind,
        "ready": [one for one in found if one.told.outcome is not Outcome.REFUSED],
        "refused": [one for one in found if one.told.outcome is Outcome.REFUSED],
        "clauses": _clauses(found),
        "applied": counts[Outcome.APPLIED],
        "waiting": counts[Outcome.WAITING],
        "on_words": day_words(new.on),
        "list_address": _list_address(sent),
        "carried": [(name, sent.one(name)) for name in sent.fields if _carries(name) and sent.one(name)],
    }
    template = "guantong/staff/together_weighed.html"
    return StaffPage(title=f"批量办理：核对{kind.label}", template=template, context=context)


def _record(asked: StaffAsked, sent: StaffSent, kind: EventKind) -> StaffPage:
    told = together.propose_together(_seen(sent), read_step(kind, sent), by=asked.by)
    return StaffPage(redirect=_list_address(sent), notice=_notice(kind.label, Counter(one.outcome for one in told)))


def _class(asked: StaffAsked, sent: StaffSent, names: tuple[str, ...]) -> StaffPage:
    problems: tuple[Problem, ...] = ()
    if sent.one("do") == "record":
        seen = _seen(sent)
        try:
            left = corrections.change_class(seen, sent.one("class_name"), by=asked.by)
        except InputRefused as refused:
            problems, names = refused.problems, tuple(seen)
        else:
            counts = Counter({Outcome.APPLIED: len(seen) - len(left), Outcome.REFUSED: len(left)})
            return StaffPage(redirect=_list_address(sent), notice=_notice("调整班级", counts))
    context = {
        "chosen": corrections.choose_pupils(names, by=asked.by),
        "class_name": sent.one("class_name"),
        "list_address": _list_address(sent),
        "problems": problems_in_words(problems),
    }
    status = InputRefused.status if problems else 200
    return StaffPage(title="调整班级", template="guantong/staff/together_class.html", context=context, status=status)


def _notice(label: str, counts: Counter[Outcome]) -> str:
    parts = [f"{label}：已办理 {counts[Outcome.APPLIED]} 人"]
    if counts[Outcome.WAITING]:
        parts.append(f"待审 {counts[Outcome.WAITING]} 人")
    if counts[Outcome.REFUSED]:
        parts.append(f"{counts[Outcome.REFUSED]} 人没有办理（记录刚被别人改过，或不再符合），请打开档案核对")
    return "，".join(parts) + "。"


def _seen(sent: StaffSent) -> dict[str, int]:
    """Return the version that was seen of each pupil; raise `InputRefused` where a form was altered."""
    found: dict[str, int] = {}
    for text in sent.many("seen"):
        name, _, version = text.partition(":")
        if not version.isascii() or not version.isdecimal() or len(version) > len("999999"):
            raise InputRefused([Problem(rule="表单不完整", remedy="请回到名单，重新勾选。")])
        found[name] = int(version)
    return found


def _carries(name: str) -> bool:
    return name == "on" or name.startswith((DETAIL, FACT, "document_"))


def _clauses(found: tuple[Weighed, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clause for one in found for clause in one.told.clauses))


addresses = (staff("desk/together", together_page, "desk-together", sends=True),)
