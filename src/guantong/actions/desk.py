"""What waits for somebody (待办): numbers only, each counted within the scope of the right that it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guantong.actions import project_scope
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.clock import today
from guantong.actions.collection_scope import reached as submissions_reached
from guantong.actions.words import Act
from guantong.cohorts.sittings import SittingState
from guantong.people import Person, Right, Scope
from guantong.store import collection, handovers, project_reports, pupils, sittings, working_copies
from guantong.store.project_reach import ProjectReach
from guantong.store.records import PupilFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many of one thing wait for a person, and the name of the page where they do."""

    label: str
    count: int
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One kind of thing that may wait: its words, its page, the right that it needs, and how it is counted."""

    label: str
    page: str
    right: Right
    count: Callable[[Scope], int]


def _unconfirmed(scope: Scope) -> int:
    return pupils.listed(PupilFilter(waiting=True), scope=scope, most=0)[0]


def _reports(step: str, reached: Callable[[Scope], tuple[ProjectReach, ...]]) -> Callable[[Scope], int]:
    return lambda scope: project_reports.waiting(step, reaches=reached(scope))


def _submissions(step: str) -> Callable[[Scope], int]:
    return lambda scope: collection.waiting(step, reached=submissions_reached(scope))


def _unreceived(scope: Scope) -> int:
    return handovers.unreceived(scope=scope)


def _unanswered_copies(scope: Scope) -> int:
    return working_copies.unanswered(scope=scope)


def _sittings(*states: SittingState, receiving: bool = False) -> Callable[[Scope], int]:
    return lambda scope: sittings.waiting(states, scope=scope, receiving=receiving)


LINES: tuple[Line, ...] = (
    Line(label="份学籍变动等您确认", page="desk-waiting", right=Right.CONFIRM_EVENT, count=_unconfirmed),
    Line(
        label="份转段名单等您填报或处理退回",
        page="desk-sittings",
        right=Right.SUBMIT_SITTING,
        count=_sittings(SittingState.OPEN, SittingState.RECALLED, SittingState.ANSWERED),
    ),
    Line(
        label="份转段名单等您确认",
        page="desk-sittings",
        right=Right.CONFIRM_EVENT,
        count=_sittings(SittingState.CONFIRMING),
    ),
    Line(
        label="份转段名单等您答复",
        page="desk-sittings",
        right=Right.ANSWER_SITTING,
        count=_sittings(SittingState.SUBMITTED, receiving=True),
    ),
    Line(label="份名单等您确认收到", page="desk-handovers", right=Right.READ_HANDOVER, count=_unreceived),
    Line(label="份工作副本等您批准", page="desk-copies-answer", right=Right.APPROVE_EXPORT, count=_unanswered_copies),
    Line(
        label="份实施报告等您签署",
        page="desk-reports",
        right=Right.SIGN_REPORT,
        count=_reports("sign", project_scope.led),
    ),
    Line(
        label="份实施报告等您会签",
        page="desk-reports",
        right=Right.COSIGN_REPORT,
        count=_reports("cosign", project_scope.partnered),
    ),
    Line(
        label="份实施报告已签好，等您提交",
        page="desk-reports",
        right=Right.WRITE_REPORT,
        count=_reports("submit", project_scope.led),
    ),
    Line(
        label="份质量数据等您签署真实性声明",
        page="desk-quality",
        right=Right.SIGN_SUBMISSION,
        count=_submissions("sign"),
    ),
    Line(
        label="份质量数据等主管部门确认",
        page="desk-quality",
        right=Right.CONFIRM_SUBMISSION,
        count=_submissions("confirm"),
    ),
    Line(
        label="份质量数据等市级接收",
        page="desk-quality",
        right=Right.MANAGE_COLLECTION,
        count=_submissions("receive"),
    ),
)


def waiting(*, by: Person) -> tuple[Waiting, ...]:
    """Return every kind of thing that may wait for a person, with its number, nought included."""
    with attempt(Act.DESK_READ, Right.OWN_ACCOUNT, by=by):
        held = [line for line in LINES if by.may(line.right, on=today())]
        found = tuple(
            Waiting(label=line.label, count=line.count(by.scope(line.right, on=today())), page=line.page)
            for line in held
        )
        leave_entry(entry(Act.DESK_READ), by=by)
    return found
