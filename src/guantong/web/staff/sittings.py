"""Sittings at the desk (转段考核): lists by side, a new one, and the form in which the school enters results."""

from __future__ import annotations

from collections.abc import Mapping

from guantong.actions import sitting_answers, sitting_classes, sittings
from guantong.actions.books import contents, organisation_title
from guantong.actions.papers import project_name
from guantong.actions.sitting_classes import ClassAhead
from guantong.actions.sittings import NewSitting, SittingLine, WeighedSitting
from guantong.cohorts import is_project, project_named
from guantong.cohorts.sittings import LineState, Outcome, SittingState
from guantong.errors import GuantongError, InputRefused, NotAllowed, Problem, RecordChanged, StepRefused
from guantong.people import Right
from guantong.registry import Stage
from guantong.web.staff.conflict import seen_version
from guantong.web.staff.event_form import read_day
from guantong.web.staff.frame import Labelled
from guantong.web.staff.page import StaffAsked, StaffPage, StaffSent
from guantong.web.staff.respond import staff
from guantong.web.staff.sitting_words import LIST, head, in_words, listed, read_results, result_words, rows

RIGHTS = (Right.SUBMIT_SITTING, Right.CONFIRM_EVENT, Right.ANSWER_SITTING)
BULK = {"outcome": Outcome.PASSED.value, "completed": "true"}
_BETWEEN, _PARTS = "~", 5
_LEFT_OUT = 5


def sittings_page(asked: StaffAsked) -> StaffPage:
    """Show the lists of one's own school, those that wait for its head, and those that one receives."""
    if not any(asked.may(right) for right in RIGHTS):
        raise NotAllowed(right=Right.SUBMIT_SITTING.label)
    own = sittings.list_sittings(by=asked.by) if asked.may(Right.SUBMIT_SITTING) else ()
    confirms = sittings.list_to_confirm(by=asked.by) if asked.may(Right.CONFIRM_EVENT) else ()
    received = sitting_answers.list_received(by=asked.by) if asked.may(Right.ANSWER_SITTING) else ()
    waiting = [line for line in confirms if line.state is SittingState.CONFIRMING]
    groups = (
        ("own", "本校的名单", _listed(own, ""), asked.may(Right.SUBMIT_SITTING)),
        ("confirm", "等您确认的名单", _listed(waiting, "/confirm"), asked.may(Right.CONFIRM_EVENT)),
        ("received", "报给本单位的名单", _listed(received, "/answer"), asked.may(Right.ANSWER_SITTING)),
    )
    context = {"groups": [group for group in groups if group[3]], "opens": asked.may(Right.SUBMIT_SITTING)}
    return StaffPage(title="转段", template="guantong/staff/sitting_list.html", context=context)


def new_page(asked: StaffAsked) -> StaffPage:
    """Choose a class on record and the day; who receives is asked only where the clauses name nobody."""
    if asked.sent is None:
        return _new(asked, StaffSent())
    try:
        opened = sittings.open_sitting(_wanted(asked.sent), by=asked.by)
    except (InputRefused, StepRefused) as refused:
        return _new(asked, asked.sent, refused)
    return StaffPage(redirect=f"{LIST}/{opened.id}", notice=_opened_words(opened))


def sitting_page(asked: StaffAsked, sitting: str) -> StaffPage:
    """Show a list to its school with what each result amounts to; keep what is entered."""
    if asked.sent is None:
        return shown_list(sittings.weigh_sitting(sitting, by=asked.by))
    seen, raw, do = seen_version(asked.sent), read_results(asked.sent), asked.sent.one("do")
    if do == "rest":
        raw = {number: values if values.get("outcome") else _passed(values) for number, values in raw.items()}
    try:
        sittings.enter_results(sitting, raw, seen=seen, by=asked.by)
    except InputRefused as refused:
        found = sittings.weigh_sitting(sitting, by=asked.by)
        return shown_list(found, raw, in_words(refused.problems), seen=seen)
    except RecordChanged as changed:
        return _conflict(sittings.weigh_sitting(sitting, by=asked.by), raw, changed)
    if do == "submit":
        return StaffPage(redirect=f"{LIST}/{sitting}/submit")
    notice = "已保存，还没有填写的学生都填为达到条件。" if do == "rest" else "已保存。"
    return StaffPage(redirect=f"{LIST}/{sitting}", notice=notice)


def _listed(lines: tuple[SittingLine, ...] | list[SittingLine], page: str) -> list[dict[str, object]]:
    return [{**listed(line), "address": f"{LIST}/{line.id}{page}"} for line in lines]


def shown_list(
    found: WeighedSitting,
    given: Mapping[int, Mapping[str, str]] | None = None,
    problems: Labelled = (),
    *,
    seen: int = 0,
) -> StaffPage:
    """Return the page of a list; `given` is what was sent and not kept, with its problems."""
    record = found.sitting
    accepted = any(line.state is LineState.ACCEPTED for line in record.lines)
    group = _BETWEEN.join((record.project, str(record.cohort), record.school, record.class_name))
    shown = rows(found.lines, given)
    context = {
        **head(record),
        "rows": shown,
        "out": sum(row.line.state.with_school and row.out for row in shown),
        "seen": seen or record.version,
        "problems": problems,
        "ready": len(found.ready),
        "refused": len(found.refused),
        "notices_of": group if accepted else "",
        "recallable": record.can_be_recalled,
        "answering": record.state is SittingState.SUBMITTED,
    }
    status = InputRefused.status if problems else 200
    title = f"转段考核：{record.class_name}"
    return StaffPage(title=title, template="guantong/staff/sitting_one.html", context=context, status=status)


def _passed(values: Mapping[str, str]) -> dict[str, str]:
    return {**values, **{name: values.get(name) or word for name, word in BULK.items()}}


def _conflict(found: WeighedSitting, raw: Mapping[int, Mapping[str, str]], changed: RecordChanged) -> StaffPage:
    """Return what one wanted to write beside what stands there now, for the lines in which the two differ."""
    mine, theirs = [], []
    for row, sent in zip(rows(found.lines, raw), rows(found.lines), strict=True):
        wanted = [(entry, dict(entry.choices).get(entry.value, entry.value)) for entry in (*row.main, *row.more)]
        there = {entry.name: entry.value for entry in (*sent.main, *sent.more)}
        other = [f"{entry.label} {words or '（空）'}" for entry, words in wanted if entry.value != there[entry.name]]
        if other:
            mine.append((row.who, "，".join(other)))
            now = "，".join(f"{label} {words}" for label, words in result_words(row.line.result))
            theirs.append((row.who, f"{row.outcome or '还没有填写'} {now}".strip()))
    again = f"{LIST}/{found.sitting.id}"
    theirs = [("名单", found.sitting.state.label), *theirs]
    context = {"error": changed, "mine": mine, "theirs": theirs, "again": again}
    template = "guantong/staff/conflict.html"
    return StaffPage(title="别人刚刚改过这份名单", template=template, context=context, status=changed.status)


def _new(asked: StaffAsked, sent: StaffSent, refused: GuantongError | None = None) -> StaffPage:
    found = sitting_classes.list_classes(by=asked.by)
    problems = refused.problems if isinstance(refused, InputRefused) else ()
    if refused is not None and not problems:
        problems = (Problem(rule=refused.message.rstrip("。"), remedy="请改选后再试。"),)
    chosen = sent.one("class") or asked.one("class")
    asks = bool(sent.one("receiver")) or any(problem.column == "receiver" for problem in problems)
    context = {
        "groups": _choices(found),
        "chosen": chosen,
        "on": sent.one("on") or asked.today.isoformat(),
        "seats": _seats(chosen) if asks else (),
        "receiver": sent.one("receiver"),
        "problems": in_words(problems),
    }
    status = refused.status if refused else 200
    return StaffPage(title="开始转段考核", template="guantong/staff/sitting_new.html", context=context, status=status)


def _choices(found: tuple[ClassAhead, ...]) -> dict[str, list[tuple[str, str]]]:
    """Return the classes under their project and cohort, each with the form's value and its words."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in found:
        taught = one.taught
        value = _BETWEEN.join(
            (taught.project, str(taught.cohort), taught.school, one.to_stage.value, taught.class_name)
        )
        words = f"{taught.class_name}　升入{one.to_stage.label}（{taught.pupils} 人）"
        named = f"{taught.cohort} 级　{project_name(project_named(taught.project))}"
        groups.setdefault(named, []).append((value, words))
    return groups


def _wanted(sent: StaffSent) -> NewSitting:
    """Return what the form asks for; raise `InputRefused` with everything that is missing."""
    parts = sent.one("class").split(_BETWEEN, _PARTS - 1)
    stages = {stage.value for stage in Stage}
    whole = len(parts) == _PARTS and is_project(parts[0]) and parts[3] in stages
    if not whole or not (parts[1].isascii() and parts[1].isdecimal() and len(parts[1]) == 4):
        raise InputRefused([Problem(column="class", rule="没有选择班级", remedy="请从列表里选择。")])
    project, cohort, school, stage, class_name = parts
    return NewSitting(
        project=project,
        cohort=int(cohort),
        class_name=class_name,
        school=school,
        to_stage=Stage(stage),
        on=read_day(sent.one("on")),
        receiver=sent.one("receiver"),
    )


def _seats(chosen: str) -> tuple[tuple[str, str], ...]:
    """Return the institutions that may receive: those of the project first, then every other that is on record."""
    project = chosen.partition(_BETWEEN)[0]
    own = (project_named(project).partner, project_named(project).lead) if is_project(project) else ()
    names = dict.fromkeys((*own, *contents().registry.institutions))
    return tuple((name, organisation_title(name)) for name in names if name)


def _opened_words(opened: sittings.Opened) -> str:
    """Return how many are on the list, and why others of the class are not; nobody is named."""
    reasons: dict[str, int] = {}
    for _, why in opened.left_out:
        reasons[why] = reasons.get(why, 0) + 1
    words = "；".join(f"{number} 人{why}" for why, number in list(reasons.items())[:_LEFT_OUT])
    return f"名单已开始，共 {opened.pupils} 人。" + (f"没有列入：{words}。" if words else "")


addresses = (
    staff("desk/sittings", sittings_page, "desk-sittings"),
    staff("desk/sittings/new", new_page, "desk-sitting-new", sends=True),
    staff("desk/sittings/<str:sitting>", sitting_page, "desk-sitting", sends=True),
)
