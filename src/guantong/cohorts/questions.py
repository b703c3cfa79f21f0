"""Which decision a kind of event puts to the law of the pupil's cohort, and with which inputs.

What the record says may not be entered a second time; what it does not say is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from guantong.cohorts.details import Value
from guantong.cohorts.kinds import EventKind
from guantong.cohorts.majors import SimilarMajors
from guantong.cohorts.projects import project_named
from guantong.cohorts.pupil import PupilState
from guantong.errors import InputRefused, Problem
from guantong.policies import Decision, Rulebook, decide
from guantong.registry import Stage

DECISIONS: Mapping[EventKind, tuple[str, ...]] = {
    EventKind.REGISTERED: ("registered_at",),
    EventKind.MOVED_ON: ("may_move_on",),
    EventKind.REPEATED: ("may_repeat",),
    EventKind.RESUMED: ("may_resume",),
    EventKind.CHANGED_MAJOR: ("may_change_major",),
    EventKind.CHANGED_SCHOOL: ("may_change_school",),
    EventKind.LEFT_PROJECT: ("may_leave_project", "certificate"),
    EventKind.GRADUATED: ("certificate",),
    EventKind.TRANSFERRED_IN: ("may_enter_from_high_school",),
}
"""What the rules of 贯通 decide (京教职成〔2023〕6号 三（三）、三（四）; 京教职成〔2020〕3号).

Other kinds no rule decides.
"""

TRANSFER = "may_transfer"
"""What the registration rules of the secondary stage say of a change of school of any other pupil."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextClass:
    """The 贯通 majors that a school offers to one class; none where it does not run 贯通 for it."""

    school: str
    class_year: int
    majors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The circumstances of a question: the day, what was entered, the event's details, the class to come."""

    on: date
    facts: Mapping[str, object] = field(default_factory=dict)
    details: Mapping[str, Value] = field(default_factory=dict)
    next_class: NextClass | None = None
    similar: SimilarMajors = field(default_factory=SimilarMajors)


@dataclass(frozen=True, slots=True)
class Law:
    """The rulebooks in force; each decision stands in one of them."""

    books: tuple[Rulebook, ...]

    def book_for(self, decision: str) -> Rulebook | None:
        """Return the rulebook that answers a decision; None where none does."""
        return next((book for book in self.books if decision in book.decisions), None)

    def asks_for(self, name: str) -> bool:
        """Tell whether any decision of the school desk has an input of this name."""
        decisions = [*{name for names in DECISIONS.values() for name in names}, TRANSFER]
        return any(
            name in book.decisions[decision].inputs
            for decision in decisions
            for book in self.books
            if decision in book.decisions
        )


def decisions_for(state: PupilState | None, kind: EventKind) -> tuple[str, ...] | None:
    """Return the decisions that a kind depends on: none where no rule decides it, None where its rules are open."""
    names = DECISIONS.get(kind, ())
    if state is None or not names:
        return names
    if state.project.kind.is_guantong:
        held = kind is EventKind.LEFT_PROJECT and (state.holds(state.stage) or not state.stage_completed)
        return names[:1] if held else names
    transfer = kind is EventKind.CHANGED_SCHOOL and state.stage is Stage.SECONDARY
    return (TRANSFER,) if transfer else None


def ask(law: Law, state: PupilState | None, kind: EventKind, decision: str, asked: Asked) -> Decision | None:
    """Put one decision to the law of the pupil's cohort; None where no rulebook answers it.

    Raises `InputRefused` where something is entered that no decision asks for or the record says itself.
    """
    book = law.book_for(decision)
    if book is None:
        return None
    known = recorded(state, kind, asked)
    problems = [
        Problem(column=name, rule="没有哪项判断需要这个输入", remedy="请删去这一项。")
        for name in asked.facts
        if not law.asks_for(name)
    ]
    wanted = book.decisions[decision].inputs
    problems += [
        Problem(column=name, rule="这一项由学籍记录或招生计划得出，不能另填", remedy="记录有误请先更正。")
        for name in asked.facts
        if name in wanted and known.get(name) is not None
    ]
    if problems:
        raise InputRefused(problems)
    given = {name: known[name] if known.get(name) is not None else asked.facts.get(name) for name in wanted}
    cohort = state.cohort if state else int(asked.details.get("cohort", asked.on.year))
    return decide(book, given, cohort=cohort, decision=decision, on=asked.on)


def recorded(state: PupilState | None, kind: EventKind, asked: Asked) -> dict[str, object]:
    """Return the inputs that the record and the plan of the class to come give; what they do not say is None."""
    target = str(asked.details.get("project", ""))
    into = project_named(target).kind.is_guantong if target else None
    if state is None:
        return {"into_guantong": into}
    stage = certified_stage(state, asked) if kind is EventKind.GRADUATED else state.stage
    passed = state.assessment.passed if state.assessment else None
    return {
        "project": state.project.kind.value,
        "single_university": state.project.single_university,
        "stage": stage.value,
        "stage_completed": stage in state.completed,
        "assessment_passed": passed,
        "failed_transition": None if passed is None else not passed,
        "left_project": not state.in_project,
        "leaving": kind is EventKind.LEFT_PROJECT,
        "repeats_used": state.repeats,
        "changes_used": state.changes_used,
        "exam_score": state.exam_score or None,
        "special_entrant": state.special_entrant,
        "change_forbidden": state.change_forbidden,
        "guantong_pupil": state.project.kind.is_guantong,
        "into_guantong": into,
        **_class_to_come(state, asked),
    }


def certified_stage(state: PupilState, asked: Asked) -> Stage:
    """Return the stage whose certificate is asked about: the named one, else the first completed one without."""
    if "stage" in asked.details:
        return Stage(str(asked.details["stage"]))
    return next((stage for stage in state.completed if not state.holds(stage)), state.stage)


def _class_to_come(state: PupilState, asked: Asked) -> dict[str, object]:
    """Return what the plan of the class to come says, if it is that of the pupil's school and the class asked about."""
    plan = asked.next_class
    year = asked.details.get("class_year", state.class_year + 1)
    if plan is None or plan.school != state.school or plan.class_year != year:
        return {}
    named = asked.details.get("major")
    majors = [major for major in plan.majors if named in (None, major)]
    return {
        "school_runs_next": bool(plan.majors),
        "similar_major_next": asked.similar.any_similar(state.major, majors),
    }
