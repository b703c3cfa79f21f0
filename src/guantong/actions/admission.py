"""What a roster has to pass before anybody is admitted (录取校核), and the rows ready to be written.

Nothing here is an action: it neither asks a right nor writes a journal entry.
"""

from __future__ import annotations

from collections.abc import Sequence

from guantong.actions import identity_numbers, roster
from guantong.actions.clock import now
from guantong.actions.roster import Intake, RosterRow
from guantong.actions.words import Act
from guantong.cohorts import is_project, project_named
from guantong.errors import InputRefused, NotAllowed, Problem
from guantong.journal import Note
from guantong.people import Scope, Standing
from guantong.store import admitting, keys, opening, personal
from guantong.store.admitting import ReadyPupils
from guantong.store.sealing import lookup


def made_ready(intake: Intake, rows: Sequence[RosterRow], *, by: str) -> tuple[ReadyPupils, list[Note]]:
    """Return sound rows folded and sealed, with what the journal says of each: the costly part, outside any lock."""
    at = now()
    new = [roster.new_pupil(intake, row, at=at) for row in rows]
    notes = [Note(action=Act.PUPIL_ADMITTED.value, subject=pupil.id, fields=pupil.changed) for pupil in new]
    return admitting.prepare(new, by=by, keys=keys.ring()), notes


def check_intake(intake: Intake, rows: Sequence[RosterRow], scope: Scope) -> None:
    """Raise `NotAllowed` unless the scope reaches every class of the roster, `InputRefused` without a project."""
    if not is_project(intake.project) or not rows:
        rule = "不是项目编号" if rows else "名册没有学生"
        raise InputRefused([Problem(column="project", rule=rule, remedy="请重新选择项目和名册。")])
    stages = project_named(intake.project).kind.stages
    for name in {row.class_name.strip() for row in rows} - {""} or {""}:
        standing = Standing(
            project=intake.project,
            stage=stages[0].value,
            class_name=name,
            kept_at=intake.school,
            taught_at=intake.school,
        )
        if not scope.covers(standing):
            raise NotAllowed(right=scope.right.label, why="不在您的授权范围内")


def problems_of(intake: Intake, rows: Sequence[RosterRow]) -> list[Problem]:
    """Return every fault of every row, somebody who is a pupil already included."""
    found = roster.problems_of(intake, rows, demo=opening.world() == opening.DEMO)
    ring = keys.ring()
    hashes = [lookup(identity_numbers.tidy(row.identity), ring) for row in rows]
    present = personal.present_among(name for name in hashes if name)
    remedy = "一人同时只有一处学籍，请核对证件后与市教委联系。"
    found += [
        Problem(row=number, column="identity", rule="该证件号已有在籍记录", remedy=remedy)
        for number, name in enumerate(hashes, 1)
        if name in present
    ]
    return sorted(found, key=lambda problem: problem.row or 0)
