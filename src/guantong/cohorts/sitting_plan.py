"""What a result of a sitting amounts to for one pupil: the steps that follow, or why they may not.

Each step is asked of the record and of the law of the pupil's own cohort, one after the other, as a
registrar would enter them. Nothing is applied here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from guantong.cohorts.details import STANDING_DETAILS, Value
from guantong.cohorts.events import Event
from guantong.cohorts.kinds import EventKind, Standing, Status
from guantong.cohorts.majors import SimilarMajors
from guantong.cohorts.pupil import PupilState
from guantong.cohorts.questions import Asked, Law, NextClass, recorded
from guantong.cohorts.recording import refusals
from guantong.cohorts.sittings import RESULT_FIELDS, Outcome, Result, Terms
from guantong.cohorts.state import state_of
from guantong.cohorts.structure import obstacle
from guantong.cohorts.what_may_happen import Possible, Verdict, may_happen
from guantong.registry import Stage

ON_PAPER = frozenset({Standing.APPROVED, Standing.ON_DOCUMENT})
_REPEAT_FACTS = ("eligible_to_repeat", "similar_major_next")
_SETTLE = "请改填考核结果，或本次不参加。"
_ALONE = "请在学生页单独办理，附批准文件"
_LABELS = {detail.name: detail.label for detail in RESULT_FIELDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What the school has on record of the class to come, for a pupil who would repeat; empty where nothing is."""

    next_class: NextClass | None = None
    similar: SimilarMajors = field(default_factory=SimilarMajors)


NOTHING_AHEAD = Ahead()


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingStep:
    """One event that would follow, what the law says of it, and what its decision was asked with."""

    event: Event
    possible: Possible
    asked: Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRefusal:
    """Why a pupil's line cannot be put up, under which clauses, and what would settle it.

    `alone` is the step that an approval would allow, recorded on the pupil's own page; None where none would.
    """

    verdict: Verdict
    reason: str
    clauses: tuple[str, ...] = ()
    settle: tuple[str, ...] = ()
    alone: EventKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePlan:
    """What would follow for one pupil: steps, or a refusal; `notices` say what is left to be done otherwise."""

    steps: tuple[SittingStep, ...] = ()
    refusal: LineRefusal | None = None
    notices: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Tell whether the line can be put up."""
        return self.refusal is None and bool(self.steps)

    @property
    def on_paper(self) -> bool:
        """Tell whether a step rests on a document or an approval, so that the head confirms it (DESIGN §6)."""
        return any(step.possible.standing in ON_PAPER for step in self.steps)

    @property
    def events(self) -> tuple[Event, ...]:
        """Return the events in order."""
        return tuple(step.event for step in self.steps)


def can_be_put_up(state: PupilState | None, *, project: str, school: str, to_stage: Stage) -> str:
    """Return why a school cannot put a pupil up for a stage, by the record alone; "" where nothing is against it."""
    why = obstacle(state, EventKind.MOVED_ON)
    if why or state is None:
        return why
    if (state.project.id, state.school) != (project, school):
        return "现在不在本校的这个项目就读"
    if state.next_stage is not to_stage:
        return f"现在是{state.stage.label}阶段，不能升入{to_stage.label}阶段"
    return ""


def receiving_institution(state: PupilState, to_stage: Stage, *, law: Law, asked: Asked) -> str:
    """Return the institution that the law of the pupil's cohort names for the stage ahead; "" where it names none."""
    ahead = replace(state, stage=to_stage, status=Status.ENROLLED, registered_stage=state.stage)
    return may_happen(ahead, EventKind.REGISTERED, law=law, asked=asked).institution


def plan_line(
    events: Sequence[Event],
    result: Result,
    terms: Terms,
    *,
    law: Law,
    at: datetime,
    ahead: Ahead = NOTHING_AHEAD,
) -> LinePlan:
    """Return what a result amounts to after a pupil's events; `at` is when it would be recorded.

    Ids of the events are placeholders. A registration that the law leaves open stays undone unless a
    document is entered: the pupil moves on as far as the law allows.
    """
    state = state_of(events)
    why = can_be_put_up(state, project=terms.project, school=terms.school, to_stage=terms.to_stage)
    if why or state is None:
        return _no(Verdict.IMPOSSIBLE, why)
    if result.outcome is None:
        return _no(Verdict.UNKNOWN, "还没有填写考核结果", "考核结果")
    if result.outcome is Outcome.NOT_PUT_UP:
        return LinePlan()
    if result.completed is None and not state.stage_completed:
        return _no(Verdict.UNKNOWN, "还没有填写是否完成本学段学业", "是否完成本学段学业")
    if result.completed is False and state.stage_completed:
        return _no(Verdict.IMPOSSIBLE, f"“{_LABELS['completed']}”与学籍记录不符")
    plan = LinePlan()
    for kind in _kinds(state, result):
        plan = _with(plan, kind, (*events, *plan.events), result, terms, law=law, at=at, ahead=ahead)
        if plan.refusal or plan.notices:
            break
    return plan if plan.refusal is None else LinePlan(refusal=plan.refusal)


def _kinds(state: PupilState, result: Result) -> Iterator[EventKind]:
    """Return the kinds of events that an outcome brings, in order, without what is recorded already."""
    if result.completed and not state.stage_completed:
        yield EventKind.STAGE_COMPLETED
    passed = result.outcome is Outcome.PASSED
    already = state.assessment is not None and state.assessment.passed is passed
    if not already or result.outcome is Outcome.FAILED:
        yield EventKind.ASSESSED
    if result.outcome is Outcome.PASSED:
        yield EventKind.MOVED_ON
        yield EventKind.REGISTERED
    elif result.outcome is Outcome.REPEATS:
        yield EventKind.REPEATED
    elif result.outcome is Outcome.LEAVES:
        yield EventKind.LEFT_PROJECT


def _with(
    plan: LinePlan,
    kind: EventKind,
    before: Sequence[Event],
    result: Result,
    terms: Terms,
    *,
    law: Law,
    at: datetime,
    ahead: Ahead,
) -> LinePlan:
    """Return a plan with one more step after all events `before` it, or with the reason why it cannot follow."""
    state = state_of(before)
    assert state is not None
    asked = _question(kind, state, result, terms, ahead)
    if isinstance(asked, str):
        return _no(Verdict.IMPOSSIBLE, f"{kind.label}：{asked}")
    possible = may_happen(state, kind, law=law, asked=asked)
    paper = _paper(possible, result)
    if isinstance(paper, LineRefusal):
        if kind is EventKind.REGISTERED and possible.verdict is Verdict.UNKNOWN and not result.paper:
            return replace(plan, notices=(f"接续注册另办：{possible.reason}",))
        return LinePlan(refusal=paper)
    event = Event(
        id=f"{state.pupil}-{len(plan.steps) + 1}",
        pupil=state.pupil,
        kind=kind,
        effective_on=terms.on,
        recorded_at=at,
        details={**asked.details, **_issuer(kind, state, possible), **paper},
        standing=possible.standing or Standing.STRUCTURAL,
    )
    if problems := refusals(before, event, possible):
        reason = "；".join(problem.rule for problem in problems)
        return _no(Verdict.IMPOSSIBLE, f"{kind.label}：{reason}")
    return replace(plan, steps=(*plan.steps, SittingStep(event=event, possible=possible, asked=asked)))


def _question(kind: EventKind, state: PupilState, result: Result, terms: Terms, ahead: Ahead) -> Asked | str:
    """Return the question that a step puts to the law, or what was entered against the record."""
    details = _details(kind, state, result, terms)
    if kind is not EventKind.REPEATED:
        return Asked(on=terms.on, details=details)
    asked = Asked(on=terms.on, details=details, next_class=ahead.next_class, similar=ahead.similar)
    known = recorded(state, kind, asked)
    entered = {name: result.values[name] for name in _REPEAT_FACTS if name in result.values}
    for name, value in entered.items():
        if known.get(name) not in (None, value):
            return f"“{_LABELS[name]}”与学籍记录不符"
    return replace(asked, facts={name: value for name, value in entered.items() if known.get(name) is None})


def _details(kind: EventKind, state: PupilState, result: Result, terms: Terms) -> dict[str, Value]:
    """Return what an event of this kind says, before any paper."""
    if kind is EventKind.STAGE_COMPLETED:
        return {"stage": state.stage.value}
    if kind is EventKind.ASSESSED:
        return {"stage": state.stage.value, "passed": result.outcome is Outcome.PASSED}
    if kind is EventKind.MOVED_ON:
        elsewhere = terms.taught_at if terms.taught_at != state.school else ""
        return {"stage": terms.to_stage.value, **({"school": elsewhere} if elsewhere else {})}
    if kind is EventKind.REGISTERED:
        return {"stage": terms.to_stage.value, "institution": terms.receiver}
    return {"class_year": state.class_year + 1} if kind is EventKind.REPEATED else {"because": "not_passed"}


def _issuer(kind: EventKind, state: PupilState, possible: Possible) -> dict[str, Value]:
    """Return who issues the certificate of a pupil who leaves: the law's institution, else the registering one."""
    owed = kind is EventKind.LEFT_PROJECT and state.stage_completed and not state.holds(state.stage)
    return {"issuer": possible.institution or state.registered_at} if owed else {}


def _paper(possible: Possible, result: Result) -> dict[str, Value] | LineRefusal:
    """Return what the step says of its document, or why it cannot follow: an approval never comes with a list."""
    settle = possible.settle
    alone = possible.kind if possible.standing is Standing.APPROVED else None
    if alone:
        settle = (*settle, _ALONE)
    elif possible.standing is not None:
        parts = [part for part in STANDING_DETAILS[possible.standing] if part.required]
        missing = [part.label for part in parts if part.name not in result.paper]
        if not missing:
            return {part.name: result.paper[part.name] for part in parts}
        settle = (*settle, f"还缺所依据文件的{'、'.join(missing)}") if result.paper else settle
    reason = f"{possible.kind.label}：{possible.reason}"
    return LineRefusal(
        verdict=possible.verdict, reason=reason, clauses=possible.clauses, settle=settle or (_SETTLE,), alone=alone
    )


def _no(verdict: Verdict, reason: str, *settle: str) -> LinePlan:
    return LinePlan(refusal=LineRefusal(verdict=verdict, reason=reason, settle=settle or (_SETTLE,)))
