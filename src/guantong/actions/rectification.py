"""Rectification (整改): finding, task, plan, evidence; closed only by a later year's confirmed figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from guantong.actions import task_steps as steps
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import organisation_title
from guantong.actions.collection_scope import reached
from guantong.actions.task_verdicts import verdict_of
from guantong.actions.words import Act
from guantong.diagnosis import Severity
from guantong.errors import InputRefused, NotAllowed, Problem, StepRefused, TaskUnknown
from guantong.people import Person, Right, Role
from guantong.store import findings, journal, tasks
from guantong.store.tasks import Origin, TaskRecord

LONGEST_OWNER = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a later year's figures said about a task: closed, still open, or not to be told yet, and why."""

    task: str
    organisation: str
    title: str
    closed: bool
    told: bool
    why: str


def open_task(finding: str, *, by: Person) -> str:
    """Make a task of a finding and return its id; raise `StepRefused` for a note or one that no longer holds."""
    with attempt(Act.TASK_OPENED, Right.MANAGE_TASKS, by=by) as scope, transaction.atomic():
        told = findings.get(finding, reached=reached(scope))
        if told is None:
            raise TaskUnknown(finding)
        if told.finding.severity is Severity.NOTE or not told.current:
            raise StepRefused(step="整改立项", why="这一条只是提示，或最近一次诊断已经没有它")
        if not {Role.QUALITY_OFFICER, Role.SCHOOL_HEAD, Role.CITY} & {reach.role for reach in scope.reaches}:
            raise NotAllowed(right=scope.right.label, why="整改由质量专员立项")
        one = told.finding
        record = steps.fresh(
            one.subject,
            one.year,
            Origin.FINDING,
            one.id,
            title=one.text,
            indicator=one.indicator,
            kind=one.kind.value,
        )
        tasks.add(record)
        journal.append([entry(Act.TASK_OPENED, record.id)], by=by)
    return record.id


def assign_task(task: str, owner: str, due: date, *, seen: int, by: Person) -> None:
    """Say who answers for a task, an office or a post, and until when the evidence is to be there."""
    with attempt(Act.TASK_ASSIGNED, Right.MANAGE_TASKS, by=by) as scope, transaction.atomic():
        record = steps.taken(task, scope, steps.ASSIGN, seen=seen)
        name = owner.strip()
        if not name or len(name) > LONGEST_OWNER:
            rule = "没有写责任人" if not name else f"责任人不超过 {LONGEST_OWNER} 字"
            raise InputRefused([Problem(column="owner", rule=rule, remedy="请写处室或岗位。")])
        steps.check_due(due)
        steps.move(record, steps.ASSIGN, f"{name}，{due} 前", by=by)
        tasks.assign(record, name, due)
        journal.append([entry(Act.TASK_ASSIGNED, record.id)], by=by)


def plan_task(task: str, text: str, *, seen: int, by: Person) -> None:
    """Write the plan of a task."""
    with attempt(Act.TASK_PLANNED, Right.MANAGE_TASKS, by=by) as scope, transaction.atomic():
        record = steps.taken(task, scope, steps.PLAN, seen=seen)
        steps.move(record, steps.PLAN, steps.checked_words(text, "整改方案"), by=by)
        journal.append([entry(Act.TASK_PLANNED, record.id)], by=by)


def approve_plan(task: str, *, seen: int, by: Person) -> None:
    """Approve the plan as the school's head; whoever wrote it does not approve it."""
    with attempt(Act.TASK_APPROVED, Right.MANAGE_TASKS, by=by) as scope, transaction.atomic():
        record = steps.taken(task, scope, steps.APPROVE, seen=seen)
        if record.deeds and record.deeds[-1].by == by.id:
            raise NotAllowed(right=scope.right.label, why="方案是您写的，请由另一位负责人审核")
        steps.move(record, steps.APPROVE, "", by=by)
        journal.append([entry(Act.TASK_APPROVED, record.id)], by=by)


def return_plan(task: str, reason: str, *, seen: int, by: Person) -> None:
    """Send a plan back with a reason."""
    with attempt(Act.TASK_RETURNED, Right.MANAGE_TASKS, by=by) as scope, transaction.atomic():
        record = steps.taken(task, scope, steps.APPROVE, seen=seen)
        steps.move(record, steps.APPROVE, steps.checked_words(reason, "退回的理由"), by=by, returned=True)
        journal.append([entry(Act.TASK_RETURNED, record.id)], by=by)


def prove_task(task: str, text: str, *, seen: int, by: Person) -> None:
    """Write what was done and where the evidence lies; a task then waits for the next year's figure."""
    with attempt(Act.TASK_PROVED, Right.MANAGE_TASKS, by=by) as scope, transaction.atomic():
        record = steps.taken(task, scope, steps.EVIDENCE, seen=seen)
        steps.move(record, steps.EVIDENCE, steps.checked_words(text, "佐证"), by=by)
        journal.append([entry(Act.TASK_PROVED, record.id)], by=by)


def verify_tasks(year: int, *, by: Person) -> tuple[Verified, ...]:
    """Look at every waiting task of the year before with a year's confirmed figures; close those that are mended.

    Nobody closes a task: a school whose figures are not confirmed yet, or that reported no number for
    the indicator, keeps it open.
    """
    with attempt(Act.TASKS_VERIFIED, Right.MANAGE_TASKS, by=by) as scope, transaction.atomic():
        if not {Role.QUALITY_OFFICER, Role.CITY} & {reach.role for reach in scope.reaches}:
            raise NotAllowed(right=scope.right.label, why="核验由质量专员或市教委办理")
        found = [_verified(task, year, by) for task in tasks.waiting(year - 1, steps.VERIFY, reached=reached(scope))]
        notes = [entry(Act.TASKS_VERIFIED, one.task) for one in found if one.told]
        journal.append([*notes, entry(Act.TASKS_VERIFIED, str(year))], by=by)
    return tuple(found)


def list_tasks(*, by: Person) -> tuple[TaskRecord, ...]:
    """Return the tasks within reach, open ones first."""
    with attempt(Act.TASKS_LISTED, Right.READ_TASKS, by=by) as scope:
        found = tasks.listed(reached=reached(scope))
        leave_entry(entry(Act.TASKS_LISTED), by=by)
    return found


def read_task(task: str, *, by: Person) -> TaskRecord:
    """Return one task with everything that was done."""
    with attempt(Act.TASKS_LISTED, Right.READ_TASKS, by=by) as scope:
        found = tasks.get(task, reached=reached(scope))
        leave_entry(entry(Act.TASKS_LISTED, found.id), by=by)
    return found


def _verified(task: TaskRecord, year: int, by: Person) -> Verified:
    verdict = verdict_of(task, year)
    if verdict.mended is not None:
        choice = steps.GONE if verdict.mended else steps.STILL
        steps.move(task, steps.VERIFY, verdict.why, by=by, choice=choice)
    return Verified(
        task=task.id,
        organisation=organisation_title(task.organisation),
        title=task.title,
        closed=verdict.mended is True,
        told=verdict.mended is not None,
        why=verdict.why,
    )
