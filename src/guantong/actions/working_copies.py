"""Working copies (工作副本): asked for with a purpose, approved by the head, taken once within an hour.

A copy goes to the organisation that keeps the pupils and to nobody else. Identity numbers are
masked, phone and address stay behind; the last row says who took it, why, and until when it may be kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from django.db import transaction

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import organisation_title, purposes
from guantong.actions.clock import now, real_now, today
from guantong.actions.papers import major_name
from guantong.actions.words import Act
from guantong.cohorts import Status, is_project, project_named
from guantong.errors import InputRefused, NotAllowed, Problem, StepRefused
from guantong.people import Person, Right
from guantong.registry import Stage
from guantong.settings import BEIJING
from guantong.sheets import Column
from guantong.sheets.writing import Cells, Form, write_csv
from guantong.sheets.writing_xlsx import write_workbook
from guantong.store import journal, named_rows, opening, working_copies
from guantong.store.named_rows import NamedRow, Selection
from guantong.store.personal import mask
from guantong.store.working_copies import APPROVED, ASKED, TAKEN, TURNED_DOWN
from guantong.store.working_copies import WorkingCopy as WorkingCopy

MINUTES, KEPT_DAYS = 60, 30
"""How long an approval holds, and for how many days a copy may be kept."""

_COLUMNS = ("序号", "姓名", "学号", "证件号码（已遮盖）", "级", "班级", "专业", "学段", "学籍状态")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]+|[\ud800-\udfff\ufffe\uffff]")


class CopyFormat(Enum):
    """In which form a copy is taken."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFile:
    """A copy that was taken: its name, its bytes and how many pupils stand in it."""

    name: str
    content: bytes
    rows: int
    expires_on: date


def ask_for_copy(selection: Selection, institution: str, *, by: Person) -> WorkingCopy:
    """Ask for a working copy of a project's cohort, or one class of it; the purpose is the person's own."""
    with attempt(Act.COPY_ASKED, Right.EXPORT_PUPILS, by=by) as scope, transaction.atomic():
        if not is_project(selection.project):
            raise InputRefused([Problem(column="project", rule="不是项目编号", remedy="请重新选择项目。")])
        if institution not in scope.organisations:
            raise NotAllowed(right=scope.right.label, why="不在您的授权范围内")
        if not named_rows.any_selected(selection, institution, scope=scope):
            raise StepRefused(step="申请工作副本", why="所选范围里没有学生")
        asked = working_copies.ask(selection, institution, purpose=by.purpose, by=by.id, at=now())
        journal.append([entry(Act.COPY_ASKED, asked.id)], by=by)
    return asked


def own_copies(*, by: Person) -> tuple[WorkingCopy, ...]:
    """Return the requests that the person made, newest first."""
    with attempt(Act.COPIES_LISTED, Right.EXPORT_PUPILS, by=by) as scope:
        found = tuple(copy for copy in working_copies.listed(scope=scope) if copy.asked_by == by.id)
        leave_entry(entry(Act.COPIES_LISTED), by=by)
    return found


def copies_to_answer(*, by: Person) -> tuple[WorkingCopy, ...]:
    """Return every request at the head's organisation, newest first."""
    with attempt(Act.COPIES_LISTED, Right.APPROVE_EXPORT, by=by) as scope:
        found = working_copies.listed(scope=scope)
        leave_entry(entry(Act.COPIES_LISTED), by=by)
    return found


def approve_copy(copy: str, *, seen: int, by: Person) -> WorkingCopy:
    """Let a copy be taken within the hour; nobody approves their own request."""
    with attempt(Act.COPY_APPROVED, Right.APPROVE_EXPORT, by=by) as scope, transaction.atomic():
        asked = _to_answer(working_copies.get(copy, scope=scope), by)
        until = real_now() + timedelta(minutes=MINUTES)
        working_copies.settle(asked, seen, state=APPROVED, answered_at=now(), answered_by=by.id, until=until)
        journal.append([entry(Act.COPY_APPROVED, copy)], by=by)
        return working_copies.get(copy, scope=scope)


def turn_down_copy(copy: str, *, seen: int, by: Person) -> WorkingCopy:
    """Turn a request down."""
    with attempt(Act.COPY_TURNED_DOWN, Right.APPROVE_EXPORT, by=by) as scope, transaction.atomic():
        asked = _to_answer(working_copies.get(copy, scope=scope), by)
        working_copies.settle(asked, seen, state=TURNED_DOWN, answered_at=now(), answered_by=by.id)
        journal.append([entry(Act.COPY_TURNED_DOWN, copy)], by=by)
        return working_copies.get(copy, scope=scope)


def take_copy(copy: str, form: CopyFormat, *, by: Person) -> CopyFile:
    """Return an approved copy, once; only to whom it was approved, within the hour.

    What is on it is what the person reaches at that moment; the entry's index names everybody.
    """
    with attempt(Act.COPY_TAKEN, Right.EXPORT_PUPILS, by=by) as scope, transaction.atomic():
        kept = working_copies.get(copy, scope=scope)
        if why := _not_to_take(kept, by, real_now()):
            raise StepRefused(step="下载工作副本", why=why)
        rows = named_rows.selected(kept.selection, kept.institution, scope=scope)
        expires_on = today() + timedelta(days=KEPT_DAYS)
        taken = {"state": TAKEN, "taken_at": now(), "rows": len(rows), "expires_on": expires_on}
        working_copies.settle(kept, kept.version, **taken)
        journal.append([entry(Act.COPY_TAKEN, copy, [row.id for row in rows])], by=by)
    return CopyFile(
        name=f"工作副本-{expires_on.isoformat()}前删除.{form.value}",
        content=_content(kept, rows, form, _mark(kept, expires_on, by)),
        rows=len(rows),
        expires_on=expires_on,
    )


def _to_answer(asked: WorkingCopy, by: Person) -> WorkingCopy:
    if asked.state != ASKED:
        raise StepRefused(step="答复申请", why="已经答复过")
    if asked.asked_by == by.id:
        raise NotAllowed(right=Right.APPROVE_EXPORT.label, why="不能批准自己的申请")
    return asked


def _not_to_take(copy: WorkingCopy, by: Person, at: datetime) -> str:
    if copy.asked_by != by.id:
        return "只有申请人本人可以下载"
    if copy.state != APPROVED or copy.until is None:
        return {ASKED: "还没有批准", TURNED_DOWN: "没有获得批准"}.get(copy.state, "已经下载过，每次批准只能下载一次")
    return f"批准后 {MINUTES} 分钟内有效，已经过期，请重新申请" if at > copy.until else ""


def _content(copy: WorkingCopy, rows: tuple[NamedRow, ...], form: CopyFormat, mark: str) -> bytes:
    columns = tuple(Column(name=name) for name in _COLUMNS)
    title = f"工作副本·{copy.selection.cohort}级"
    table = Form(id="working-copy", version="1", title=title, columns=columns, particulars={"副本": mark})
    lines = [_cells(row, number) for number, row in enumerate(rows, 1)] + [{"序号": mark}]
    if form is CopyFormat.XLSX:
        return write_workbook(table, lines)
    return write_csv(table, lines).encode()


def _cells(row: NamedRow, number: int) -> Cells:
    who = row.personal
    values = (
        str(number), who.name, who.student_number, mask(who.identity), str(row.cohort), row.class_name,
        major_name(project_named(row.project)), Stage(row.stage).label, Status(row.status).label,
    )  # fmt: skip
    return {name: _UNSEEN.sub(" ", value) for name, value in zip(_COLUMNS, values, strict=True)}


def _mark(copy: WorkingCopy, expires_on: date, by: Person) -> str:
    taken, purpose = now().astimezone(BEIJING), purposes().get(copy.purpose, copy.purpose)
    where = organisation_title(copy.institution)
    demo = "演示，内容均为虚构。" if opening.world() == opening.DEMO else ""
    return (
        f"{demo}工作副本，仅限{where}内部使用，{expires_on.isoformat()} 前删除，不得转发。"
        f"导出人 {by.name}，{taken:%Y-%m-%d %H:%M}，用途“{purpose}”，编号 {copy.id}。"
    )
