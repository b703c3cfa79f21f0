"""The receiver's side of a list (接收院校答复): each pupil accepted or returned, looked at once more, then applied."""

from __future__ import annotations

import re
from collections.abc import Mapping

from guantong.actions import sitting_answers
from guantong.actions.sitting_answers import HEADS, Answer
from guantong.actions.sittings import LineRecord, WeighedSitting
from guantong.cohorts.sittings import LineState, SittingState
from guantong.errors import InputRefused, Problem, RecordChanged
from guantong.web.staff.conflict import seen_version
from guantong.web.staff.frame import Labelled
from guantong.web.staff.page import StaffAsked, StaffPage, StaffSent
from guantong.web.staff.respond import staff
from guantong.web.staff.sitting_words import LIST, head, in_words, rows

ACCEPT, RETURN = "accept", "return"
_ANSWER = re.compile(r"answer-(\d{1,3})", re.ASCII)


def answer_page(asked: StaffAsked, sitting: str) -> StaffPage:
    """Show a lent list, what an answer would apply, and, once it is said for good, apply it."""
    sent = asked.sent
    if sent is None:
        return _form(asked, sitting_answers.view_received(sitting, by=asked.by), {})
    seen, answers = seen_version(sent), _answers(sent)
    if sent.one("do") == "record":
        return _record(asked, sitting, answers, seen)
    found = sitting_answers.view_received(sitting, by=asked.by)
    if sent.one("do") == "rest":
        answers = {**_rest(found, sent), **answers}
    if found.sitting.version != seen:
        changed = RecordChanged(what="转段名单", seen=seen, now=found.sitting.version)
        return _conflict(found, answers, changed)
    if problems := _problems(found, answers):
        return _form(asked, found, answers, in_words(problems))
    return _form(asked, found, answers) if sent.one("do") == "edit" else _look(found, answers)


def _record(asked: StaffAsked, sitting: str, answers: Mapping[int, Answer], seen: int) -> StaffPage:
    try:
        done = sitting_answers.answer_sitting(sitting, answers, seen=seen, by=asked.by)
    except InputRefused as refused:
        found = sitting_answers.view_received(sitting, by=asked.by)
        return _form(asked, found, answers, in_words(refused.problems), seen=seen)
    except RecordChanged as changed:
        return _conflict(sitting_answers.view_received(sitting, by=asked.by), answers, changed)
    notice = f"已确认办理 {done.accepted} 人，退回 {done.returned} 人。"
    return StaffPage(redirect=f"{LIST}/{sitting}/answer", notice=notice)


def _form(
    asked: StaffAsked,
    found: WeighedSitting,
    answers: Mapping[int, Answer],
    problems: Labelled = (),
    *,
    seen: int = 0,
) -> StaffPage:
    record = found.sitting
    within = {grant.role for grant in asked.by.grants if grant.holds(asked.today)}
    context = {
        **head(record),
        "rows": [(row, *_said(answers.get(row.line.number))) for row in rows(found.lines)],
        "waits": record.state is SittingState.SUBMITTED,
        "over": record.state.is_over,
        "recalled": record.state is SittingState.RECALLED,
        "for_head": record.school == record.terms.receiver and not within & HEADS,
        "own": record.submitted_by == asked.by.id,
        "seen": seen or record.version,
        "problems": problems,
    }
    status = InputRefused.status if problems else 200
    title = f"答复转段名单：{record.class_name}"
    return StaffPage(title=title, template="guantong/staff/sitting_answer.html", context=context, status=status)


def _look(found: WeighedSitting, answers: Mapping[int, Answer]) -> StaffPage:
    """Return what would be applied, what would be given back and who would go on waiting, before anything is."""
    waiting = [one for one in found.lines if one.line.state is LineState.PUT_UP]
    said = {number: answer for number, answer in answers.items() if number in {one.line.number for one in waiting}}
    taken = [one for one in waiting if (answer := said.get(one.line.number)) and answer.accepted]
    back = [one for one in waiting if (answer := said.get(one.line.number)) and not answer.accepted]
    context = {
        **head(found.sitting),
        "seen": found.sitting.version,
        "taken": rows(taken),
        "back": [(row, said[row.line.number].reason) for row in rows(back)],
        "left": len(waiting) - len(said),
    }
    return StaffPage(title="核对答复", template="guantong/staff/sitting_answer_look.html", context=context)


def _problems(found: WeighedSitting, answers: Mapping[int, Answer]) -> list[Problem]:
    """Return what keeps an answer from being shown again: nothing said, a return without its reason, a refused yes."""
    if not answers:
        return [Problem(column="answer", rule="还没有答复任何一名学生", remedy="请逐人选择确认或退回。")]
    plans = {one.line.number: one.plan for one in found.lines}
    problems = []
    for number, answer in answers.items():
        refusal = plans[number].refusal if number in plans else None
        if not answer.accepted and not answer.reason:
            problems.append(Problem(row=number, column="answer", rule="退回要写理由", remedy="请写明理由。"))
        elif answer.accepted and refusal:
            rule = f"不能确认：{refusal.reason}"
            problems.append(Problem(row=number, column="answer", rule=rule, remedy="请退回学校处理。"))
    return problems


def _conflict(found: WeighedSitting, answers: Mapping[int, Answer], changed: RecordChanged) -> StaffPage:
    names = {one.line.number: one.line for one in found.lines}
    mine = [
        (_who(names.get(number), number), "确认" if answer.accepted else f"退回：{answer.reason}")
        for number, answer in sorted(answers.items())
    ]
    theirs = [("名单", found.sitting.state.label)]
    theirs += [(names[number].name, names[number].state.label) for number in sorted(answers) if number in names]
    context = {"error": changed, "mine": mine, "theirs": theirs, "again": f"{LIST}/{found.sitting.id}/answer"}
    template = "guantong/staff/conflict.html"
    return StaffPage(title="别人刚刚改过这份名单", template=template, context=context, status=changed.status)


def _who(line: LineRecord | None, number: int) -> str:
    """Return whose line it is; by its number alone where the list no longer shows it."""
    return line.name if line else f"第 {number} 行"


def _answers(sent: StaffSent) -> dict[int, Answer]:
    """Return what a form says of each line; a line without a choice waits on."""
    found = {}
    for name in sent.fields:
        line = _ANSWER.fullmatch(name)
        if line and sent.one(name) in (ACCEPT, RETURN):
            reason = sent.one(f"reason-{line[1]}")
            accepted = sent.one(name) == ACCEPT
            found[int(line[1])] = Answer(accepted=accepted, reason="" if accepted else reason)
    return found


def _rest(found: WeighedSitting, sent: StaffSent) -> dict[int, Answer]:
    """Return a yes for every line that can be accepted and for which neither a choice nor a reason is entered."""
    open_ = (one for one in found.lines if one.line.state is LineState.PUT_UP and one.plan.stands)
    return {one.line.number: Answer(accepted=True) for one in open_ if not sent.one(f"reason-{one.line.number}")}


def _said(answer: Answer | None) -> tuple[str, str]:
    """Return choice and reason as the form holds them."""
    return ("", "") if answer is None else (ACCEPT if answer.accepted else RETURN, answer.reason)


addresses = (staff("desk/sittings/<str:sitting>/answer", answer_page, "desk-sitting-answer", sends=True),)
