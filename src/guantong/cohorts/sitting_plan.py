"""What a result of a sitting amounts to for one pupil: the steps that follow, or why they may not.

Each step is asked of the record and of the law of the pupil's own cohort, one after the other, as a
registrar would enter them. Nothing is applied here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from guantong.cohorts.details import STANDING_DETAILS, Value
from guantong.cohorts.events import Event
from guantong.cohorts.kinds import EventKind, Standing, Status
from guantong.cohorts.pupil import PupilState
from guantong.cohorts.questions import Asked, Law
from guantong.cohorts.recording import refusals
from guantong.cohorts.sittings import Outcome, Result, Terms
from guantong.cohorts.state import state_of
from guantong.cohorts.structure import obstacle
from guantong.cohorts.what_may_happen import Possible, Verdict, may_happen
from guantong.registry import Stage

ON_PAPER = frozenset({Standing.APPROVED, Standing.ON_DOCUMENT})
_REPEAT_FACTS = ("eligible_to_repeat", "similar_major_next")
_REPEATS_TO = "请改填考核结果，或本次不参加。"


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingStep:
    """One event that would follow, what the law says of it, and what was entered for its decision."""

    event: Event
    possible: Possible
    facts: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRefusal:
    """Why a pupil's line cannot be put up, under which clauses, and what would settle it."""

    verdict: Verdict
    reason: str
    clauses: tuple[str, ...] = ()
    settle: tuple[str, ...] = ()


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


def can_be_put_up(state: PupilState | None, to_stage: Stage) -> str:
    """Return why a pupil cannot be put up for a stage, by the record alone; "" where nothing is against it."""
    why = obstacle(state, EventKind.MOVED_ON)
    if why or state is None:
        return why
    if state.next_stage is not to_stage:
        return f"现在是{state.stage.label}阶段，不能升入{to_stage.label}阶段"
    return ""


def receiving_institution(state: PupilState, to_stage: Stage, *, law: Law, asked: Asked) -> str:
    """Return the institution that the law of the pupil's cohort names for the stage ahead; "" where it names none."""
    ahead = replace(state, stage=to_stage, status=Status.ENROLLED, registered_stage=state.stage)
    return may_happen(ahead, EventKind.REGISTERED, law=law, asked=asked).institution


def plan_line(events: Sequence[Event], result: Result, terms: Terms, *, law: Law, at: datetime) -> LinePlan:
    """Return what a result amounts to after a pupil's events; `at` is when it would be recorded.

    Ids of the events are placeholders. A registration that the law leaves open stays undone unless a
    document is entered: the pupil moves on as far as the law allows.
    """
    state = state_of(events)
    why = can_be_put_up(state, terms.to_stage)
    if why or state is None:
        return _no(Verdict.IMPOSSIBLE, why)
    if result.outcome is None:
        return _no(Verdict.UNKNOWN, "还没有填写考核结果", "考核结果")
    if result.outcome is Outcome.NOT_PUT_UP:
        return LinePlan()
    if result.completed is None and not state.stage_completed:
        return _no(Verdict.UNKNOWN, "还没有填写是否完成本学段学业", "是否完成本学段学业")
    plan = LinePlan()
    for kind in _kinds(state, result):
        plan = _with(plan, kind, events, result, terms, law=law, at=at)
        if plan.refusal or plan.notices:
            break
    return plan if plan.refusal is None else LinePlan(refusal=plan.refusal)


def _kinds(state: PupilState, result: Result) -> Iterator[EventKind]:
    """Return the kinds of events that an outcome brings, in order, without what is recorded already."""
    if result.completed and not state.stage_completed:
        yield EventKind.STAGE_COMPLETED
    passed = state.assessment is not None and state.assessment.passed
    if not (passed and result.outcome is Outcome.PASSED):
        yield EventKind.ASSESSED
    if result.outcome is Outcome.PASSED:
        yield EventKind.MOVED_ON
        yield EventKind.REGISTERED
    elif result.outcome is Outcome.REPEATS:
        yield EventKind.REPEATED
    elif result.outcome is Outcome.LEAVES:
        yield EventKind.LEFT_PROJECT


def _with(
    plan: LinePlan, kind: EventKind, events: Sequence[Event], result: Result, terms: Terms, *, law: Law, at: datetime
) -> LinePlan:
    """Return a plan with one more step, or with the reason why it cannot follow."""
    before = (*events, *plan.events)
    state = state_of(before)
    assert state is not None
    facts = _facts(kind, result)
    details = _details(kind, state, result, terms)
    possible = may_happen(state, kind, law=law, asked=Asked(on=terms.on, facts=facts, details=details))
    details |= _issuer(kind, state, possible)
    standing = possible.standing
    if standing is None:
        return _no(Verdict.IMPOSSIBLE, f"{kind.label}：{possible.reason}")
    paper = {part.name: result.paper[part.name] for part in STANDING_DETAILS[standing] if part.name in result.paper}
    if _missing(standing, paper):
        if kind is EventKind.REGISTERED and possible.verdict is Verdict.UNKNOWN:
            return replace(plan, notices=(f"接续注册另办：{possible.reason}",))
        return LinePlan(refusal=_refusal(kind, possible))
    event = Event(
        id=f"{state.pupil}-{len(plan.steps) + 1}",
        pupil=state.pupil,
        kind=kind,
        effective_on=terms.on,
        recorded_at=at,
        details={**details, **paper},
        standing=standing,
    )
    if problems := refusals(before, event, possible):
        reason = "；".join(problem.rule for problem in problems)
        return _no(Verdict.IMPOSSIBLE, f"{kind.label}：{reason}")
    return replace(plan, steps=(*plan.steps, SittingStep(event=event, possible=possible, facts=facts)))


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


def _facts(kind: EventKind, result: Result) -> dict[str, Value]:
    if kind is not EventKind.REPEATED:
        return {}
    return {name: result.values[name] for name in _REPEAT_FACTS if name in result.values}


def _missing(standing: Standing, paper: Mapping[str, Value]) -> bool:
    return any(part.required and part.name not in paper for part in STANDING_DETAILS[standing])


def _refusal(kind: EventKind, possible: Possible) -> LineRefusal:
    return LineRefusal(
        verdict=possible.verdict,
        reason=f"{kind.label}：{possible.reason}",
        clauses=possible.clauses,
        settle=possible.settle,
    )


def _no(verdict: Verdict, reason: str, *settle: str) -> LinePlan:
    return LinePlan(refusal=LineRefusal(verdict=verdict, reason=reason, settle=settle or (_REPEATS_TO,)))
