"""Sittings (转段考核): the school enters results for a list, sees what they amount to, submits, recalls and closes it.

It is opened in `sitting_opening`; a receiver's side stands in `sitting_answers`.
Nothing of a pupil changes before a line is accepted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import law
from guantong.actions.sitting_opening import MOST_PUPILS, NewSitting, Opened, open_sitting
from guantong.actions.sitting_weighing import WeighedLine, WeighedSitting, weighed
from guantong.actions.words import Act
from guantong.cohorts.sittings import (
    LineState,
    Outcome,
    Result,
    SittingState,
    read_result,
    state_after,
    was_answered,
)
from guantong.errors import InputRefused, NotAllowed, Problem, StepRefused
from guantong.journal import Note
from guantong.people import Person, Right
from guantong.store import journal, personal, sittings
from guantong.store.sittings import LineRecord, SittingLine, SittingRecord

__all__ = [
    "MOST_PUPILS",
    "LineRecord",
    "NewSitting",
    "Opened",
    "SittingLine",
    "SittingRecord",
    "WeighedLine",
    "WeighedSitting",
    "close_sitting",
    "confirm_sitting",
    "enter_results",
    "list_sittings",
    "list_to_confirm",
    "open_sitting",
    "put_entered",
    "recall_sitting",
    "submit_sitting",
    "turn_down_sitting",
    "view_to_confirm",
    "weigh_sitting",
    "weighed",
]
LONGEST_REASON = 200
_ANSWERING = "接收院校已经开始答复，要改的学生请接收院校退回"


def list_sittings(*, by: Person) -> tuple[SittingLine, ...]:
    """Return the lists of one's own schools, those that wait for somebody first."""
    with attempt(Act.SITTINGS_LISTED, Right.SUBMIT_SITTING, by=by) as scope:
        found = sittings.listed(scope=scope)
        leave_entry(entry(Act.SITTINGS_LISTED), by=by)
    return found


def weigh_sitting(sitting: str, *, by: Person) -> WeighedSitting:
    """Return a list with every refusal and its clause, and what would follow for the others; nothing is written."""
    law()
    with attempt(Act.SITTING_READ, Right.SUBMIT_SITTING, by=by) as scope:
        found = weighed(sittings.get(sitting, scope=scope))
        names = [one.line.pupil for one in found.lines]
        leave_entry(entry(Act.SITTING_READ, found.sitting.id, index=names), by=by)
    return found


def enter_results(sitting: str, raw: Mapping[int, Mapping[str, object]], *, seen: int, by: Person) -> int:
    """Keep what was entered for some lines, by line number, and return the new version.

    Raises `RecordChanged`, `StepRefused` where the list is not with the school, `InputRefused` with every problem.
    """
    with attempt(Act.SITTING_FILLED, Right.SUBMIT_SITTING, by=by) as scope, transaction.atomic():
        record = sittings.get(sitting, scope=scope, seen=seen)
        version, notes = put_entered(record, raw)
        journal.append(notes, by=by)
    return version


def submit_sitting(sitting: str, *, seen: int, by: Person) -> WeighedSitting:
    """Put up every line that stands; who does not take part is settled, who is refused stays with the school.

    Where a line rests on paper the head of the school confirms the list first. Raises `StepRefused`
    where no line can be put up.
    """
    law()
    with attempt(Act.SITTING_SUBMITTED, Right.SUBMIT_SITTING, by=by) as scope, transaction.atomic():
        record = sittings.get(sitting, scope=scope, seen=seen)
        _check_with_school(record, "提交转段名单")
        found = weighed(record)
        moved = {one.line.number: (LineState.PUT_UP, "") for one in found.ready}
        out = [one for one in found.lines if one.line.state.with_school and _stays_out(one)]
        moved |= {one.line.number: (LineState.WITHDRAWN, Outcome.NOT_PUT_UP.label) for one in out}
        if not found.ready:
            why = found.refused[0].plan.refusal if found.refused else None
            raise StepRefused(step="提交转段名单", why=why.reason if why else "没有可以提交的学生")
        paper = any(one.plan.on_paper for one in found.ready)
        state = SittingState.CONFIRMING if paper else SittingState.SUBMITTED
        sittings.move(record, state, moved, submitted_by=by.id, confirmed_by="")
        lines = [line for line in record.lines if line.number in moved]
        journal.append(_notes(Act.SITTING_SUBMITTED, lines), by=by)
    return found


def confirm_sitting(sitting: str, *, seen: int, by: Person) -> None:
    """Confirm for the head of the school that the papers behind the list are in order (DESIGN §6)."""
    with attempt(Act.SITTING_CONFIRMED, Right.CONFIRM_EVENT, by=by) as scope, transaction.atomic():
        record = sittings.get(sitting, scope=scope, seen=seen)
        if record.state is not SittingState.CONFIRMING:
            raise StepRefused(step="确认转段名单", why=f"名单现在是：{record.state.label}")
        if record.submitted_by == by.id:
            raise NotAllowed(right=scope.right.label, why="不能确认自己提交的名单")
        sittings.move(record, SittingState.SUBMITTED, {}, confirmed_by=by.id)
        journal.append([entry(Act.SITTING_CONFIRMED, record.id)], by=by)


def turn_down_sitting(sitting: str, reason: str, *, seen: int, by: Person) -> None:
    """Give a list back to the school with a reason: its lines are in the school's hand again, nothing was shown on."""
    with attempt(Act.SITTING_TURNED_DOWN, Right.CONFIRM_EVENT, by=by) as scope, transaction.atomic():
        record = sittings.get(sitting, scope=scope, seen=seen)
        if record.state is not SittingState.CONFIRMING:
            raise StepRefused(step="退回转段名单", why=f"名单现在是：{record.state.label}")
        why = _reason(reason, "请写明要学校改什么。")
        back = {line.number: (LineState.WITH_SCHOOL, why) for line in record.lines if line.state is LineState.PUT_UP}
        states = [back[line.number][0] if line.number in back else line.state for line in record.lines]
        state = state_after(states)
        submitted_by = "" if state is SittingState.OPEN else None
        sittings.move(record, state, back, submitted_by=submitted_by, confirmed_by="")
        lines = [line for line in record.lines if line.number in back]
        notes = _notes(Act.SITTING_TURNED_DOWN, lines)
        journal.append([entry(Act.SITTING_TURNED_DOWN, record.id), *notes], by=by)


def recall_sitting(sitting: str, reason: str, *, seen: int, by: Person) -> None:
    """Take a list back for its school before the receiver answers: every line is in the school's hand as before.

    A receiver who had it still sees that it was recalled, and nobody on it. Raises `RecordChanged` where an answer
    came first, `StepRefused` where the list waits for nobody or was answered in part.
    """
    with attempt(Act.SITTING_RECALLED, Right.SUBMIT_SITTING, by=by) as scope, transaction.atomic():
        record = sittings.get(sitting, scope=scope, seen=seen)
        if not record.can_be_recalled:
            answering = record.state is SittingState.SUBMITTED
            raise StepRefused(step="撤回转段名单", why=_ANSWERING if answering else f"名单现在是：{record.state.label}")
        why = _reason(reason, "请写明为什么撤回。")
        back = {line.number: (LineState.RECALLED, why) for line in record.lines if line.state is LineState.PUT_UP}
        back |= {line.number: (LineState.WITH_SCHOOL, "") for line in _stayed_out(record)}
        states = [back[line.number][0] if line.number in back else line.state for line in record.lines]
        never_shown = record.state is SittingState.CONFIRMING and not was_answered(states)
        submitted_by = "" if never_shown else None
        sittings.move(record, state_after(states), back, submitted_by=submitted_by, confirmed_by="")
        lines = [line for line in record.lines if line.number in back]
        journal.append([entry(Act.SITTING_RECALLED, record.id), *_notes(Act.SITTING_RECALLED, lines)], by=by)


def list_to_confirm(*, by: Person) -> tuple[SittingLine, ...]:
    """Return the lists of one's own institution for the head who confirms those that rest on paper."""
    with attempt(Act.SITTINGS_LISTED, Right.CONFIRM_EVENT, by=by) as scope:
        found = sittings.listed(scope=scope)
        leave_entry(entry(Act.SITTINGS_LISTED), by=by)
    return found


def view_to_confirm(sitting: str, *, by: Person) -> WeighedSitting:
    """Return a list with what would follow from it, for the head of the school."""
    law()
    with attempt(Act.SITTING_READ, Right.CONFIRM_EVENT, by=by) as scope:
        found = weighed(sittings.get(sitting, scope=scope))
        names = [one.line.pupil for one in found.lines]
        leave_entry(entry(Act.SITTING_READ, found.sitting.id, index=names), by=by)
    return found


def close_sitting(sitting: str, reason: str, *, seen: int, by: Person) -> None:
    """Close a list with a reason: what is still with the school is not put up with it any more."""
    with attempt(Act.SITTING_CLOSED, Right.SUBMIT_SITTING, by=by) as scope, transaction.atomic():
        record = sittings.get(sitting, scope=scope, seen=seen)
        _check_with_school(record, "关闭转段名单")
        why = _reason(reason, "请写明为什么关闭。")
        left = {line.number: (LineState.WITHDRAWN, why) for line in record.lines if line.state.with_school}
        states = [left[line.number][0] if line.number in left else line.state for line in record.lines]
        sittings.move(record, state_after(states), left)
        lines = [line for line in record.lines if line.number in left]
        journal.append([entry(Act.SITTING_CLOSED, record.id), *_notes(Act.SITTING_CLOSED, lines)], by=by)


def put_entered(record: SittingRecord, raw: Mapping[int, Mapping[str, object]]) -> tuple[int, list[Note]]:
    """Write what was entered for lines of a list that is locked; return its version now and what the journal says.

    For actions, which ask the right. Raises as `enter_results` does; what is the same as before changes nothing.
    """
    _check_with_school(record, "填写考核结果")
    changed, problems = _read(record, raw)
    if problems:
        raise InputRefused(problems)
    if not changed:
        return record.version, [entry(Act.SITTING_FILLED, record.id)]
    notes = _filled(record, changed)
    sittings.put_results(record, changed)
    return record.version + 1, notes


def _reason(text: str, remedy: str) -> str:
    """Return a reason without its outer blanks; raise `InputRefused` where there is none, or too much of it."""
    why = text.strip()
    if not why or len(why) > LONGEST_REASON:
        rule = f"理由不超过 {LONGEST_REASON} 字" if why else "没有写理由"
        raise InputRefused([Problem(column="reason", rule=rule, remedy=remedy)])
    return why


def _stays_out(one: WeighedLine) -> bool:
    return one.line.result.outcome is Outcome.NOT_PUT_UP


def _stayed_out(record: SittingRecord) -> list[LineRecord]:
    """Return the lines that the submission settled as not taking part, but for those who stand on another list now."""
    out = [line for line in record.lines if line.state is LineState.WITHDRAWN and line.name]
    sittings.versions(line.pupil for line in out)
    elsewhere = sittings.taken_up((line.pupil for line in out), record.terms.to_stage)
    return [line for line in out if line.pupil not in elsewhere]


def _read(record: SittingRecord, raw: Mapping[int, Mapping[str, object]]) -> tuple[dict[int, Result], list[Problem]]:
    changed: dict[int, Result] = {}
    problems: list[Problem] = []
    for number, values in raw.items():
        line = record.line(number)
        if line is None or not line.state.with_school or not line.name:
            rule = "名单里没有这一行"
            if line is not None:
                rule = f"这名学生{line.state.label}，不能再填" if line.name else "这名学生的个人信息已删除"
            problems.append(Problem(row=number, rule=rule, remedy="请刷新页面后再填。"))
            continue
        result, faults = read_result(values)
        problems += [
            Problem(row=number, column=fault.column, value=fault.value, rule=fault.rule, remedy=fault.remedy)
            for fault in faults
        ]
        if not faults and result != line.result:
            changed[number] = result
    return changed, problems


def _check_with_school(record: SittingRecord, step: str) -> None:
    if not record.state.with_school:
        raise StepRefused(step=step, why=f"名单现在是：{record.state.label}")


def _notes(act: Act, lines: Sequence[LineRecord]) -> list[Note]:
    """Return one entry a pupil about a line that moved on."""
    return _noted(act, {line.pupil: {"line": str(line.number)} for line in lines})


def _filled(record: SittingRecord, changed: Mapping[int, Result]) -> list[Note]:
    """Return one entry a pupil: which fields were entered, never their values."""
    entered = {
        line.pupil: {name: str(value) for name, value in changed[line.number].values.items()}
        for line in record.lines
        if line.number in changed
    }
    return _noted(Act.SITTING_FILLED, entered)


def _noted(act: Act, changed: Mapping[str, dict[str, str]]) -> list[Note]:
    digests = personal.digests_of(changed)
    return [Note(action=act.value, subject=name, fields=digests.get(name, {})) for name in changed]
