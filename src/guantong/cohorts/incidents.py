"""What happens on the way (变动): changes, suspensions and disciplines of invented pupils, each only if it may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from guantong.cohorts.course import Course
from guantong.cohorts.details import Value
from guantong.cohorts.invented import Fate
from guantong.cohorts.kinds import EventKind, Status

_CONSENTS: Mapping[str, Value] = {
    "meets_registration_rules": True,
    "pupil_applied": True,
    "releasing_school_agrees": True,
    "receiving_school_agrees": True,
    "departments_reviewed": True,
}


def on_the_way(course: Course) -> None:
    """Let happen what the pupil's fate holds for the 中职 stage."""
    _INCIDENTS.get(course.fate, _nothing)(course)


def last_weeks(course: Course) -> None:
    """Let happen what the pupil's fate holds for the last weeks before today."""
    _LAST.get(course.fate, _nothing)(course)


def _change_major(course: Course, on: date, *, cutoff: int | None, waits: bool = False) -> None:
    """Ask for another major of the same school; `cutoff` is how far the target's is below the own score."""
    others = course.city.others(course.state.project.id, course.state.cohort, same_school=True)
    if not others:
        return
    target = others[0]
    facts = dict(_CONSENTS)
    if cutoff is not None and course.state.exam_score:
        facts["target_cutoff"] = str(int(course.state.exam_score) - cutoff)
    details: dict[str, Value] = {"project": target.id, "major": target.major}
    course.walk.take(EventKind.CHANGED_MAJOR, on, details, facts=facts, waits=waits)


def _change_school(course: Course) -> None:
    """Go to another school's project of the same kind, and be registered there."""
    others = course.city.others(course.state.project.id, course.state.cohort, same_school=False)
    if not others:
        return
    target, on = others[0], course.day(1, 8, 22)
    details: dict[str, Value] = {"project": target.id, "major": target.major, "school": target.lead}
    if course.walk.take(EventKind.CHANGED_SCHOOL, on, details, facts=dict(_CONSENTS)):
        course.register(on + timedelta(days=10))


def _suspend(course: Course, on: date) -> bool:
    """Suspend for a year."""
    details: dict[str, Value] = {"until": str(on + timedelta(days=365)), "reason": "因病休学一年（虚构）"}
    return course.walk.take(EventKind.SUSPENDED, on, details)


def _resume(course: Course, on: date, facts: Mapping[str, Value], *, waits: bool = False) -> None:
    """Come back into the class below."""
    year = course.state.class_year + 1
    next_class = course.city.next_class(course.state.school, year)
    course.walk.take(EventKind.RESUMED, on, {"class_year": year}, facts=facts, next_class=next_class, waits=waits)


def _discipline(course: Course, on: date) -> bool:
    """Enter a discipline."""
    number = f"演示处〔{on.year}〕{course.walk.chance.randrange(1, 500)}号"
    return course.walk.take(EventKind.DISCIPLINED, on, {"number": number, "level": "警告"})


def _nothing(course: Course) -> None:
    """Nothing out of the ordinary happens."""


def _suspended_and_back(course: Course) -> None:
    if _suspend(course, course.day(0, 10, 26)):
        _resume(course, course.day(1, 9, 1), {"eligible_to_resume": True})


def _drops_out(course: Course) -> None:
    course.walk.take(EventKind.DROPPED_OUT, course.day(1, 3, 16), {"reason": "家长书面申请退学（虚构）"})


def _forgiven(course: Course) -> None:
    if _discipline(course, course.day(0, 11, 10)):
        lifted = {"number": course.state.open_disciplines[-1]}
        course.walk.take(EventKind.DISCIPLINE_LIFTED, course.day(1, 5, 12), lifted)


def _mistaken(course: Course) -> None:
    if _discipline(course, course.day(0, 11, 18)):
        course.walk.undo_last(course.day(0, 11, 20), "录错了学生（虚构）")


_INCIDENTS: Mapping[Fate, Callable[[Course], object]] = {
    Fate.SUSPENDED_AND_BACK: _suspended_and_back,
    Fate.DROPS_OUT: _drops_out,
    Fate.CHANGES_MAJOR: lambda course: _change_major(course, course.day(1, 1, 15), cutoff=8),
    Fate.CHANGES_MAJOR_ON_DOCUMENT: lambda course: _change_major(course, course.day(1, 1, 16), cutoff=None),
    Fate.CHANGES_MAJOR_APPROVED: lambda course: _change_major(course, course.day(1, 1, 17), cutoff=-6),
    Fate.CHANGES_SCHOOL: _change_school,
    Fate.DISCIPLINED: lambda course: _discipline(course, course.day(0, 12, 3)),
    Fate.FORGIVEN: _forgiven,
    Fate.MISTAKEN: _mistaken,
}
"""What happens within the 中职 stage."""


def _now_suspended(course: Course) -> None:
    _suspend(course, course.city.seen_on - timedelta(days=39))


def _waits_to_change(course: Course) -> None:
    _change_major(course, course.city.seen_on - timedelta(days=8), cutoff=None, waits=True)


def _waits_to_move_on(course: Course) -> None:
    state = course.state
    if state.status is Status.ENROLLED and state.assessment and not state.assessment.passed:
        course.walk.take(EventKind.MOVED_ON, course.city.seen_on - timedelta(days=6), course.next_details(), waits=True)


def _waits_to_resume(course: Course) -> None:
    if _suspend(course, course.city.seen_on - timedelta(days=390)):
        _resume(course, course.city.seen_on - timedelta(days=11), {}, waits=True)


_LAST: Mapping[Fate, Callable[[Course], object]] = {
    Fate.SUSPENDED: _now_suspended,
    Fate.WAITS_TO_CHANGE: _waits_to_change,
    Fate.WAITS_TO_MOVE_ON: _waits_to_move_on,
    Fate.WAITS_TO_RESUME: _waits_to_resume,
}
"""What happened in the last weeks before today."""
