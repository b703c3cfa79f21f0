"""How a task of rectification moves: its procedure, who may do which step, and the words that go with a step."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from guantong.actions.books import contents
from guantong.actions.clock import today
from guantong.actions.collection_scope import reached
from guantong.errors import InputRefused, NotAllowed, Problem
from guantong.people import ANY, Person, Role, Scope
from guantong.procedures import Outcome, Procedure, Run, StepRecord, advanced, state_of
from guantong.reports.personal import personal_in
from guantong.store import tasks
from guantong.store.tasks import Origin, TaskDeed, TaskRecord

RECTIFICATION = "rectification"
ASSIGN, PLAN, APPROVE, EVIDENCE, VERIFY = "assign", "plan", "approve", "evidence", "verify"
GONE, STILL = "gone", "still"
LONGEST_WORDS = 2_000
LONGEST_TITLE = 400


def procedure() -> Procedure:
    """Return the procedure of rectification."""
    return contents().procedures[RECTIFICATION]


def fresh(organisation: str, year: int, origin: Origin, finding: str, *, title: str, **about: str) -> TaskRecord:
    """Return a task that nobody has worked on; `about` names its indicator and the yardstick that found it."""
    return TaskRecord(
        id=uuid4().hex,
        organisation=organisation,
        year=year,
        origin=origin,
        finding=finding,
        indicator=about.get("indicator", ""),
        kind=about.get("kind", ""),
        title=title[:LONGEST_TITLE],
        owner="",
        due=None,
        step=procedure().steps[0].id,
        version=1,
        started=today(),
    )


def taken(name: str, scope: Scope, step: str, *, seen: int) -> TaskRecord:
    """Return a task that is taken for a step; raise `NotAllowed` where the step belongs to another role.

    A quality officer may also plan and prove for an office. What only a later year's figure may do
    belongs to no role.
    """
    record = tasks.get(name, reached=reached(scope), seen=seen)
    role = next(part.role for part in procedure().steps if part.id == step)
    own = {reach.role.value for reach in scope.reaches if reach.organisation in (ANY, record.organisation)}
    if role == Role.SECTION_FILLER.value and Role.QUALITY_OFFICER.value in own:
        return record
    if role not in own:
        raise NotAllowed(right=scope.right.label, why="这一步由另一个角色办理")
    return record


def move(record: TaskRecord, step: str, text: str, *, by: Person, choice: str = "", returned: bool = False) -> str:
    """Do a step of a task and return the step that is up then; raise `StepRefused` where another one is up."""
    found = next(part for part in procedure().steps if part.id == step)
    done = StepRecord(
        step=step,
        outcome=Outcome.RETURNED if returned else Outcome.DONE,
        role=found.role,
        on=today(),
        reason=text if returned else "",
        choice=choice,
    )
    run = Run(
        procedure=procedure(),
        subject=record.organisation,
        year=record.year,
        started=record.started,
        records=tuple(deed.record for deed in record.deeds),
    )
    state = state_of(advanced(run, done))
    following = state.current.id if state.current else ""
    tasks.move(record, following, TaskDeed(record=done, text=text, by=by.id, name=by.name))
    return following


def checked_words(text: str, what: str) -> str:
    """Return words without the space around them; raise `InputRefused` where they may not stand."""
    words = text.strip()
    problems = list(personal_in(words))
    if not words or len(words) > LONGEST_WORDS:
        rule = f"没有写{what}" if not words else f"{what}不超过 {LONGEST_WORDS} 字"
        problems.append(Problem(column="text", rule=rule, remedy=f"请写明{what}。"))
    if problems:
        raise InputRefused(problems)
    return words


def check_due(due: date) -> None:
    """Raise `InputRefused` where a task would be due before today."""
    if due < today():
        raise InputRefused([Problem(column="due", value=str(due), rule="期限早于今天", remedy="请改正。")])
