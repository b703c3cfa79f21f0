"""A list is opened (开名单): for a class, with everybody whom the record lets be put up, to whom the law names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db import transaction

from guantong.actions.attempt import attempt, entry
from guantong.actions.books import contents, law, organisation_title
from guantong.actions.clock import now
from guantong.actions.words import Act
from guantong.cohorts import Asked, is_project, project_named, state_of
from guantong.cohorts.sitting_plan import (
    can_be_put_up,
    receiving_institution,
)
from guantong.cohorts.sittings import (
    LineState,
    Result,
    SittingState,
    Terms,
    taught_after,
)
from guantong.errors import InputRefused, Problem, StepRefused
from guantong.people import Person, Right, Scope
from guantong.registry import Stage
from guantong.store import journal, pupils, sittings
from guantong.store.records import PupilFilter, PupilRecord
from guantong.store.sittings import LineRecord, SittingRecord

MOST_PUPILS = 200


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
