"""The receiver's side of a sitting (接收院校答复): what is accepted applies in one transaction, what is returned waits.

An open list lends the receiver names, student numbers and results of its lines; the loan ends with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from django.db import transaction

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import law
from guantong.actions.clock import now
from guantong.actions.event_writing import changed_by, kept_receipt
from guantong.actions.sitting_weighing import NO_HISTORY, WeighedLine, WeighedSitting, weighed
from guantong.actions.words import Act
from guantong.cohorts.sitting_plan import LinePlan, LineRefusal
from guantong.cohorts.sittings import LineState, Result, SittingState, state_after
from guantong.errors import InputRefused, NotAllowed, Problem, RecordChanged, StepRefused
from guantong.journal import Note
from guantong.people import Person, Right, Role, Scope
from guantong.store import accepted_lines, journal, personal, sittings
from guantong.store.accepted_lines import Applied
from guantong.store.records import KeptReceipt
from guantong.store.sittings import LineRecord, SittingLine, SittingRecord

LONGEST_REASON = 200
LENT_FIELDS = ("outcome", "completed", "mark")
"""What a receiver sees of a result."""
CHANGED = "学生的学籍记录与名单不再相符"
HEADS = frozenset({Role.SCHOOL_HEAD, Role.UNIVERSITY_HEAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a receiver says of one line: accepted, or returned with a reason."""

    accepted: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What became of an answer: where the list stands, how many were accepted and returned, and the new version."""

    state: SittingState
    accepted: int
    returned: int
    version: int


def list_received(*, by: Person) -> tuple[SittingLine, ...]:
    """Return the lists that schools submitted to one's institutions, those that wait first."""
    with attempt(Act.SITTINGS_LISTED, Right.ANSWER_SITTING, by=by) as scope:
        found = sittings.listed(scope=scope, receiving=True)
        leave_entry(entry(Act.SITTINGS_LISTED), by=by)
    return found


def view_received(sitting: str, *, by: Person) -> WeighedSitting:
    """Return a lent list with what would follow from it; once it is over nobody on it is named any more."""
    law()
    with attempt(Act.SITTING_READ, Right.ANSWER_SITTING, by=by) as scope:
        record = sittings.as_lent(sittings.get(sitting, scope=scope, receiving=True))
        if record.state.is_over:
            found = WeighedSitting(sitting=record, lines=())
            leave_entry(entry(Act.SITTING_READ, record.id), by=by)
        else:
            found = _as_lent(weighed(record))
            leave_entry(entry(Act.SITTING_READ, record.id, index=[line.pupil for line in record.lines]), by=by)
    return found


def answer_sitting(sitting: str, answers: Mapping[int, Answer], *, seen: int, by: Person) -> Answered:
    """Accept or return lines by their numbers; every accepted one applies, all of them or none.

    The law is asked again. Raises `RecordChanged` where the list or a pupil changed meanwhile,
    `InputRefused` with every answer that cannot stand, `StepRefused` where the list waits for nobody.
    """
    law()
    with attempt(Act.SITTING_ANSWERED, Right.ANSWER_SITTING, by=by) as scope:
        record = sittings.get(sitting, scope=scope, receiving=True)
        _check_answerer(record, scope, by)
        _check_version(record, seen)
        lines = {one.line.number: one for one in weighed(record).lines}
        if problems := _problems(record, answers, lines):
            _check_version(sittings.get(sitting, scope=scope, receiving=True), seen)
            raise InputRefused(problems)
        accepted = [one for number, one in lines.items() if (said := answers.get(number)) and said.accepted]
        applied = [_applied(one) for one in accepted]
        ready = accepted_lines.prepare(applied, by=record.submitted_by, confirmed_by=by.id, at=now())
        notes = _notes(accepted)
        with transaction.atomic():
            taken = sittings.get(sitting, scope=scope, receiving=True, seen=seen)
            _check_unchanged(applied)
            accepted_lines.write(ready)
            state, moved = _moved(taken, answers)
            sittings.move(taken, state, moved)
            returned = [lines[number].line.pupil for number, said in answers.items() if not said.accepted]
            notes += [Note(action=Act.SITTING_ANSWERED.value, subject=pupil) for pupil in returned]
            journal.append(notes, by=by, keys_version=ready.keys_version)
    return Answered(state=state, accepted=len(accepted), returned=len(returned), version=seen + 1)


def _as_lent(found: WeighedSitting) -> WeighedSitting:
    """Return a list with what the loan covers: names, student numbers and results (DESIGN §6), and nothing else.

    Remarks of the school, drafts for returned lines, a pupil's history, and why the record stands against
    a line stay with the school.
    """
    lines = tuple(
        replace(one, line=_lent(one.line), plan=_without_reasons(one.plan), history=NO_HISTORY) for one in found.lines
    )
    return replace(found, sitting=replace(found.sitting, lines=tuple(one.line for one in lines)), lines=lines)


def _lent(line: LineRecord) -> LineRecord:
    kept = {} if line.state is LineState.RETURNED else line.result.values
    return replace(line, result=Result(values={name: value for name, value in kept.items() if name in LENT_FIELDS}))


def _without_reasons(plan: LinePlan) -> LinePlan:
    refusal = LineRefusal(verdict=plan.refusal.verdict, reason=CHANGED) if plan.refusal else None
    return replace(plan, refusal=refusal, notices=())


def _check_version(record: SittingRecord, seen: int) -> None:
    """Raise `RecordChanged` where somebody answered meanwhile: that is why, whatever else speaks against an answer."""
    if record.version != seen:
        raise RecordChanged(what="转段名单", seen=seen, now=record.version)


def _check_answerer(record: SittingRecord, scope: Scope, by: Person) -> None:
    """Raise `NotAllowed` where school and receiver are one and it is not the head, or who submitted answers."""
    if record.submitted_by == by.id:
        raise NotAllowed(right=scope.right.label, why="不能答复自己提交的名单")
    own = {reach.role for reach in scope.reaches if reach.organisation in ("*", record.terms.receiver)}
    if record.school == record.terms.receiver and not own & HEADS:
        raise NotAllowed(right=scope.right.label, why="学校与接收院校是同一单位，由负责人确认")


def _problems(record: SittingRecord, answers: Mapping[int, Answer], lines: Mapping[int, WeighedLine]) -> list[Problem]:
    """Return every answer that cannot stand; raise `StepRefused` where the list waits for no answer."""
    if record.state is not SittingState.SUBMITTED:
        raise StepRefused(step="答复转段名单", why=f"名单现在是：{record.state.label}")
    found = []
    if not answers:
        found.append(Problem(column="answer", rule="还没有答复任何一名学生", remedy="请逐人选择确认或退回。"))
    for number, said in answers.items():
        one = lines.get(number)
        if one is None or one.line.state is not LineState.PUT_UP:
            rule, remedy = "名单里没有等待答复的这一行", "请刷新页面后再答复。"
        elif said.accepted:
            rule, remedy = _against(one, record), "请退回学校处理。"
        else:
            fits = 0 < len(said.reason.strip()) <= LONGEST_REASON
            rule, remedy = "" if fits else "退回要写理由", f"请写明理由，不超过 {LONGEST_REASON} 字。"
        if rule:
            found.append(Problem(row=number, column="answer", rule=rule, remedy=remedy))
    return found


def _against(one: WeighedLine, record: SittingRecord) -> str:
    """Return why a line cannot be accepted as things stand now; "" where nothing is against it."""
    if not one.line.name:
        return "这名学生的个人信息已删除"
    if one.plan.refusal:
        return f"不能确认：{CHANGED}"
    if not one.plan.stands:
        return "不能确认：没有可以办理的事项"
    unsigned = one.plan.on_paper and not record.confirmed_by
    return "不能确认：所依据的文件还没有经学校负责人确认" if unsigned else ""


def _applied(one: WeighedLine) -> Applied:
    """Return what an accepted line writes: events with ids and receipts of their own."""
    new, receipts = [], list[KeptReceipt]()
    for step in one.plan.steps:
        kept = kept_receipt(step.possible)
        receipts += [kept] if kept else []
        new.append((replace(step.event, id=uuid4().hex, receipt=kept.id if kept else ""), step.asked))
    return Applied(pupil=one.line.pupil, history=one.history, new=tuple(new), receipts=tuple(receipts))


def _check_unchanged(applied: Sequence[Applied]) -> None:
    there = sittings.versions(one.pupil for one in applied)
    for one in applied:
        seen, now_there = one.history.version, there.get(one.pupil, 0)
        if now_there != seen:
            raise RecordChanged(what="名单上一名学生的档案", seen=seen, now=now_there)


def _moved(
    record: SittingRecord, answers: Mapping[int, Answer]
) -> tuple[SittingState, dict[int, tuple[LineState, str]]]:
    moved = {
        number: (LineState.ACCEPTED, "") if said.accepted else (LineState.RETURNED, said.reason.strip())
        for number, said in answers.items()
    }
    states = [moved[line.number][0] if line.number in moved else line.state for line in record.lines]
    return state_after(states), moved


def _notes(accepted: Sequence[WeighedLine]) -> list[Note]:
    """Return one entry a pupil with the digests of every field that its steps enter."""
    changed = {
        one.line.pupil: {
            f"{step.event.kind.value}.{name}": value
            for step in one.plan.steps
            for name, value in changed_by(step.event).items()
        }
        for one in accepted
    }
    digests = personal.digests_of(changed)
    return [Note(action=Act.SITTING_APPLIED.value, subject=name, fields=digests.get(name, {})) for name in changed]
