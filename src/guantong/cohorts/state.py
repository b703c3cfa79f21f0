"""The fold (折叠): from the events of one pupil to the state they add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime

from guantong.cohorts.details import read_details
from guantong.cohorts.events import Event, effective
from guantong.cohorts.kinds import EventKind, Standing, Status
from guantong.cohorts.projects import project_named
from guantong.cohorts.pupil import Assessment, Certificate, Internship, PupilState
from guantong.cohorts.structure import detail_obstacle, obstacle
from guantong.errors import HistoryBroken
from guantong.registry import Stage


def fold(events: Iterable[Event], *, on: date | None = None, known: datetime | None = None) -> PupilState:
    """Return the state of a pupil after the events that count; raise `HistoryBroken` where they cannot all stand.

    `on` and `known` leave out what took effect, or was recorded, later.
    """
    state = state_of(events, on=on, known=known)
    if state is None:
        raise HistoryBroken(what="这名学生的学籍", why="没有有效的录取或转入记录")
    return state


def state_of(events: Iterable[Event], *, on: date | None = None, known: datetime | None = None) -> PupilState | None:
    """Return the same, or None where nothing that counts is left: no admission yet, or one that was undone."""
    state: PupilState | None = None
    for event in effective(events, on=on, known=known):
        state = after(state, event)
    return state


def after(state: PupilState | None, event: Event) -> PupilState:
    """Return the state after one more event; raise `HistoryBroken` where the record rules it out."""
    why = _misfit(state, event)
    if why:
        raise HistoryBroken(what=f"{event.effective_on} 的{event.kind.label}", why=why, where=event.id)
    changed = _admitted(event) if state is None else _CHANGES[event.kind](state, event)
    return replace(
        changed,
        on_document=changed.on_document + (event.standing is Standing.ON_DOCUMENT),
        approved=changed.approved + (event.standing is Standing.APPROVED),
        last_event=event.id,
        last_on=event.effective_on,
    )


def _misfit(state: PupilState | None, event: Event) -> str:
    """Return why an event cannot stand here: its details, whose it is, or what the record rules out."""
    _, problems = read_details(event.kind, event.details, event.standing)
    if problems:
        return "；".join(problem.rule for problem in problems)
    if state is not None and event.pupil != state.pupil:
        return "属于另一名学生"
    why = obstacle(state, event.kind) or detail_obstacle(state, event.kind, event.details, event.effective_on)
    if why or state is None or event.kind is not EventKind.LEFT_PROJECT:
        return why
    owed = state.stage_completed and not state.holds(state.stage) and not event.text("issuer")
    return "已完成本学段学业，要写明毕业证书由谁发" if owed else ""


def _admitted(event: Event) -> PupilState:
    project, cohort = project_named(event.text("project")), int(event.text("cohort"))
    return PupilState(
        pupil=event.pupil,
        cohort=cohort,
        class_year=event.whole("class_year") or cohort,
        project=project,
        major=event.text("major"),
        school=event.text("school"),
        status=Status.ADMITTED,
        stage=project.kind.stages[0],
        exam_score=event.text("exam_score"),
        special_entrant=event.flag("special_entrant"),
        change_forbidden=event.flag("change_forbidden"),
    )


def _into(state: PupilState, event: Event) -> PupilState:
    """Return the state with the class, project and major that an event names, unchanged where it names none."""
    return replace(
        state,
        class_year=event.whole("class_year") or state.class_year,
        project=project_named(event.text("project")) if event.text("project") else state.project,
        major=event.text("major") or state.major,
        school=event.text("school") or state.school,
    )


def _to(status: Status) -> Callable[[PupilState, Event], PupilState]:
    return lambda state, event: replace(state, status=status)


def _registered(state: PupilState, event: Event) -> PupilState:
    return replace(
        _into(state, event),
        status=Status.ENROLLED,
        registered_at=event.text("institution"),
        registered_stage=state.stage,
    )


def _stage_completed(state: PupilState, event: Event) -> PupilState:
    done = {*state.completed, event.stage}
    return replace(state, completed=tuple(stage for stage in state.project.kind.stages if stage in done))


def _assessed(state: PupilState, event: Event) -> PupilState:
    return replace(state, assessment=Assessment(passed=bool(event.flag("passed")), on=event.effective_on))


def _moved_on(state: PupilState, event: Event) -> PupilState:
    return replace(_into(state, event), stage=event.stage, assessment=None, repeats=0)


def _repeated(state: PupilState, event: Event) -> PupilState:
    """A repeated year has to be completed and assessed anew."""
    completed = tuple(stage for stage in state.completed if stage is not state.stage)
    return replace(_into(state, event), completed=completed, assessment=None, repeats=state.repeats + 1)


def _resumed(state: PupilState, event: Event) -> PupilState:
    return replace(_into(state, event), status=Status.ENROLLED)


def _changed_major(state: PupilState, event: Event) -> PupilState:
    return replace(_into(state, event), changes_used=state.changes_used + 1)


def _changed_school(state: PupilState, event: Event) -> PupilState:
    moved = replace(_into(state, event), changes_used=state.changes_used + 1)
    return replace(moved, registered_at="", registered_stage=None)


def _left_project(state: PupilState, event: Event) -> PupilState:
    certified = _certified(state, state.stage, event) if event.text("issuer") else state
    return replace(certified, status=Status.LEFT)


def _without_diploma(state: PupilState, event: Event) -> PupilState:
    return replace(state, status=Status(event.text("outcome")))


def _disciplined(state: PupilState, event: Event) -> PupilState:
    return replace(state, open_disciplines=(*state.open_disciplines, event.text("number")))


def _lifted(state: PupilState, event: Event) -> PupilState:
    number = event.text("number")
    still = tuple(other for other in state.open_disciplines if other != number)
    return replace(state, open_disciplines=still, lifted_disciplines=(*state.lifted_disciplines, number))


def _interned(state: PupilState, event: Event) -> PupilState:
    internship = Internship(enterprise=event.text("enterprise"), since=event.effective_on, until=event.text("until"))
    return replace(state, internships=(*state.internships, internship))


def _graduated(state: PupilState, event: Event) -> PupilState:
    certified = _certified(state, event.stage, event)
    last = event.stage is state.project.kind.stages[-1]
    return replace(certified, status=Status.GRADUATED) if last else certified


def _certified(state: PupilState, stage: Stage, event: Event) -> PupilState:
    certificate = Certificate(stage=stage, issuer=event.text("issuer"), on=event.effective_on)
    return replace(state, certificates=(*state.certificates, certificate))


def _degree(state: PupilState, event: Event) -> PupilState:
    return replace(state, degree=event.text("degree"))


_CHANGES: dict[EventKind, Callable[[PupilState, Event], PupilState]] = {
    EventKind.NOT_ARRIVED: _to(Status.NOT_ARRIVED),
    EventKind.PLACE_KEPT: _to(Status.PLACE_KEPT),
    EventKind.REGISTERED: _registered,
    EventKind.STAGE_COMPLETED: _stage_completed,
    EventKind.ASSESSED: _assessed,
    EventKind.MOVED_ON: _moved_on,
    EventKind.REPEATED: _repeated,
    EventKind.SUSPENDED: _to(Status.SUSPENDED),
    EventKind.RESUMED: _resumed,
    EventKind.CHANGED_MAJOR: _changed_major,
    EventKind.CHANGED_SCHOOL: _changed_school,
    EventKind.LEFT_PROJECT: _left_project,
    EventKind.DROPPED_OUT: _to(Status.DROPPED_OUT),
    EventKind.COMPLETED_WITHOUT_DIPLOMA: _without_diploma,
    EventKind.DISCIPLINED: _disciplined,
    EventKind.DISCIPLINE_LIFTED: _lifted,
    EventKind.INTERNED: _interned,
    EventKind.GRADUATED: _graduated,
    EventKind.DEGREE_AWARDED: _degree,
}
