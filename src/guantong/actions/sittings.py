"""Sittings (转段考核): the school opens a list, enters results, sees what they amount to, and submits.

A receiver's side stands in `sitting_answers`. Nothing of a pupil changes before a line is accepted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db import transaction

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import contents, law, organisation_title
from guantong.actions.clock import now
from guantong.actions.event_writing import class_to_come
from guantong.actions.words import Act
from guantong.cohorts import Asked, is_project, project_named, state_of
from guantong.cohorts.sitting_plan import (
    NOTHING_AHEAD,
    Ahead,
    LinePlan,
    can_be_put_up,
    plan_line,
    receiving_institution,
)
from guantong.cohorts.sittings import (
    LineState,
    Outcome,
    Result,
    SittingState,
    Terms,
    read_result,
    state_after,
    taught_after,
)
from guantong.errors import InputRefused, NotAllowed, Problem, StepRefused
from guantong.journal import Note
from guantong.people import Person, Right, Scope
from guantong.registry import Stage
from guantong.store import journal, majors, personal, pupils, sittings
from guantong.store.records import PupilFilter, PupilRecord
from guantong.store.sittings import LineHistory, LineRecord, SittingLine, SittingRecord

__all__ = [
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
    "submit_sitting",
    "turn_down_sitting",
    "view_to_confirm",
    "weigh_sitting",
    "weighed",
]
MOST_PUPILS = 200
LONGEST_REASON = 200
NO_HISTORY = LineHistory(version=0, events=(), recorded=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSitting:
    """What a registrar enters for a list; the receiver is the law's, and entered only where it names none."""

    project: str
    cohort: int
    class_name: str
    school: str
    to_stage: Stage
    on: date
    receiver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A new list, and the pupils of the class who cannot be put up, each with the reason."""

    id: str
    pupils: int
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedLine:
    """One line, the pupil's history as it was read, and what the result amounts to after it."""

    line: LineRecord
    plan: LinePlan
    history: LineHistory = NO_HISTORY


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedSitting:
    """A list with everything that would follow from it, before anything does."""

    sitting: SittingRecord
    lines: tuple[WeighedLine, ...]

    @property
    def refused(self) -> tuple[WeighedLine, ...]:
        """Return the lines of the school that cannot be put up as they stand."""
        return tuple(one for one in self.lines if one.line.state.with_school and one.plan.refusal)

    @property
    def ready(self) -> tuple[WeighedLine, ...]:
        """Return the lines of the school that would be put up."""
        return tuple(one for one in self.lines if one.line.state.with_school and one.plan.stands)


def open_sitting(new: NewSitting, *, by: Person) -> Opened:
    """Open a list for a class with everybody who can be put up for the stage by the record.

    Raises `InputRefused` for what was entered wrongly, `StepRefused` where nobody can be put up or the
    class has a list already.
    """
    law()
    with attempt(Act.SITTING_OPENED, Right.SUBMIT_SITTING, by=by) as scope, transaction.atomic():
        records = _class(new, scope)
        sittings.versions(record.id for record in records)
        able, left_out = _sorted_out(records, new)
        terms = _terms(new, [record for record in records if record.id in able])
        if sittings.open_for(new.project, new.cohort, new.class_name, new.to_stage):
            raise StepRefused(step="开始转段考核", why="这个班已有一份没有办完的转段名单")
        record = SittingRecord(
            id=uuid4().hex,
            project=new.project,
            cohort=new.cohort,
            class_name=new.class_name,
            school=new.school,
            terms=terms,
            state=SittingState.OPEN,
            version=1,
            opened_by=by.id,
            submitted_by="",
            confirmed_by="",
            lines=tuple(_line(number, name) for number, name in enumerate(able, 1)),
        )
        sittings.add(record, by=by.id, at=now())
        journal.append([entry(Act.SITTING_OPENED, record.id, index=able)], by=by)
    return Opened(id=record.id, pupils=len(able), left_out=left_out)


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


def weighed(record: SittingRecord) -> WeighedSitting:
    """Return what every line amounts to; for actions, which ask the right and leave the entry."""
    histories = sittings.histories(line.pupil for line in record.lines)
    at = now()
    lines = []
    for line in record.lines:
        history = histories.get(line.pupil, NO_HISTORY)
        plan = LinePlan()
        if line.name and not line.state.is_settled:
            ahead = _ahead(history, line.result)
            plan = plan_line(history.events, line.result, record.terms, law=law(), at=at, ahead=ahead)
        lines.append(WeighedLine(line=line, plan=plan, history=history))
    return WeighedSitting(sitting=record, lines=tuple(lines))


def _ahead(history: LineHistory, result: Result) -> Ahead:
    """Return what the school has on record of the class to come, where the pupil would repeat."""
    state = state_of(history.events) if result.outcome is Outcome.REPEATS else None
    if state is None:
        return NOTHING_AHEAD
    similar = majors.table_of(state.school)
    return Ahead(next_class=class_to_come(state, {}, similar), similar=similar)


def _reason(text: str, remedy: str) -> str:
    """Return a reason without its outer blanks; raise `InputRefused` where there is none, or too much of it."""
    why = text.strip()
    if not why or len(why) > LONGEST_REASON:
        rule = f"理由不超过 {LONGEST_REASON} 字" if why else "没有写理由"
        raise InputRefused([Problem(column="reason", rule=rule, remedy=remedy)])
    return why


def _stays_out(one: WeighedLine) -> bool:
    return one.line.result.outcome is Outcome.NOT_PUT_UP


def _class(new: NewSitting, scope: Scope) -> list[PupilRecord]:
    """Return the pupils of the class within scope; raise `InputRefused` for a project or class that is none."""
    if not is_project(new.project):
        raise InputRefused([Problem(column="project", value=new.project, rule="不是项目编号", remedy="请重新选择。")])
    if new.to_stage not in project_named(new.project).kind.stages[1:]:
        rule = f"这个项目没有升入{new.to_stage.label}阶段这一步"
        raise InputRefused([Problem(column="to_stage", rule=rule, remedy="请重新选择学段。")])
    wanted = PupilFilter(project=new.project, cohort=new.cohort, class_name=new.class_name)
    total, lines = pupils.listed(wanted, scope=scope, most=MOST_PUPILS)
    if total > MOST_PUPILS:
        rule = f"一份名单最多 {MOST_PUPILS} 人，这个班有 {total} 人"
        raise InputRefused([Problem(column="class_name", rule=rule, remedy="请先分班。")])
    found = pupils.many([line.id for line in lines], scope=scope)
    ordered = [found[line.id] for line in sorted(lines, key=lambda line: line.student_number) if line.id in found]
    own = [record for record in ordered if record.standing.taught_at == new.school]
    if not own or not (scope.whole or new.school in scope.organisations):
        rule = "这个班在您的学校没有学生"
        raise InputRefused([Problem(column="class_name", value=new.class_name, rule=rule, remedy="请核对班级和届别。")])
    return own


def _sorted_out(records: Sequence[PupilRecord], new: NewSitting) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    able, left_out = [], []
    listed = sittings.taken_up((record.id for record in records), new.to_stage)
    for record in records:
        state = state_of(record.event_list())
        why = can_be_put_up(state, project=new.project, school=new.school, to_stage=new.to_stage)
        if record.id in listed:
            why = "已在另一份没有办完的转段名单上"
        if why:
            left_out.append((record.id, why))
        else:
            able.append(record.id)
    if not able:
        raise StepRefused(step="开始转段考核", why=f"没有可以参加的学生：{left_out[0][1]}")
    return able, tuple(left_out)


def _terms(new: NewSitting, records: Sequence[PupilRecord]) -> Terms:
    """Return the day, the stage and who receives: the institution the law names, else the one that was entered."""
    project = project_named(new.project)
    asked = Asked(on=new.on)
    states = [state for record in records if (state := state_of(record.event_list()))]
    named = {receiving_institution(state, new.to_stage, law=law(), asked=asked) for state in states} - {""}
    if len(named) > 1:
        raise StepRefused(step="开始转段考核", why="按条款，这个班的学生要接续到不同院校，请分开办理")
    receiver = next(iter(named), "") or new.receiver or ""
    if new.receiver and receiver != new.receiver:
        rule = "与条款规定的接续院校不同"
        remedy = f"应是{organisation_title(receiver)}。"
        raise InputRefused([Problem(column="receiver", value=new.receiver, rule=rule, remedy=remedy)])
    strange = bool(project.partner) and receiver not in (project.lead, project.partner)
    if strange or not receiver or contents().registry.get(receiver) is None:
        rule, remedy = "条款没有写明接续院校", "请填写名单报给哪所院校，并在考核结果里写明所依据的文件。"
        raise InputRefused([Problem(column="receiver", value=receiver, rule=rule, remedy=remedy)])
    taught = taught_after(project, new.to_stage)
    return Terms(
        project=new.project,
        school=new.school,
        on=new.on,
        to_stage=new.to_stage,
        receiver=receiver,
        taught_at=taught,
    )


def _line(number: int, pupil: str) -> LineRecord:
    return LineRecord(
        number=number,
        pupil=pupil,
        name="",
        student_number="",
        result=Result(),
        state=LineState.WITH_SCHOOL,
        reason="",
    )


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
