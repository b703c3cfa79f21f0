"""Lists handed over (名单移交): made and frozen, looked through, handed over, read and received by the other side.

A list leaves as one whole or not at all. Either side sees its own lists only; each look at the names
leaves one entry with an index of everybody on the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.clock import now, today
from guantong.actions.list_kinds import ORDER, Cells, ListKind
from guantong.actions.words import Act
from guantong.cohorts import is_project, project_named
from guantong.errors import InputRefused, NotAllowed, Problem, StepRefused
from guantong.people import Person, Right, Scope
from guantong.store import handovers, journal, named_rows, organisations
from guantong.store.handovers import HANDED, MADE, RECEIVED, Line
from guantong.store.handovers import Handover as Handover
from guantong.store.named_rows import Selection

CITY = "city"
LONGEST_NUMBER = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHandover:
    """What a registrar chooses: the kind of list, whom it is made of, from which organisation to which."""

    kind: ListKind
    selection: Selection
    sender: str
    receiver: str = CITY


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedList:
    """A list with its lines and its copies; `whole` tells whether every line is still the one that was frozen."""

    handover: Handover
    lines: tuple[Line, ...]
    copies: tuple[Handover, ...]
    whole: bool

    @property
    def kind(self) -> ListKind:
        """Return the kind of the list."""
        return ListKind(self.handover.kind)


def make_handover(new: NewHandover, *, by: Person) -> Handover:
    """Freeze a list and the copy that its clause asks for; nobody else sees it before it is handed over.

    Raises `NotAllowed` where the list would reach beyond the grant, `StepRefused` where nobody is on it.
    """
    with attempt(Act.HANDOVER_MADE, Right.HAND_OVER, by=by) as scope, transaction.atomic():
        _check(new, scope)
        lines = _lines(new, scope)
        made = _frozen(new, lines, new.receiver, by=by)
        partner = project_named(new.selection.project).partner
        if new.kind.copied_to_partner and partner not in ("", new.sender) and organisations.entered(partner):
            _frozen(new, lines, partner, by=by, copy_of=made.id)
        journal.append([entry(Act.HANDOVER_MADE, made.id, [pupil for pupil, _ in lines])], by=by)
    return made


def discard_handover(handover: str, *, seen: int, by: Person) -> None:
    """Take back a list that was not handed over yet; raise `StepRefused` once it was."""
    with attempt(Act.HANDOVER_DISCARDED, Right.HAND_OVER, by=by) as scope, transaction.atomic():
        kept = handovers.get(handover, scope=scope, as_receiver=False)
        _check_made(kept, "撤回名单")
        handovers.discard(kept, seen)
        journal.append([entry(Act.HANDOVER_DISCARDED, handover)], by=by)


def hand_over(handover: str, *, seen: int, by: Person) -> Handover:
    """Hand a frozen list over, with its copies; raise `StepRefused` where it was before, `RecordChanged`."""
    with attempt(Act.HANDOVER_HANDED, Right.HAND_OVER, by=by) as scope, transaction.atomic():
        kept = handovers.get(handover, scope=scope, as_receiver=False)
        _check_made(kept, "移交名单")
        index = [line.pupil for line in handovers.lines(handover)]
        for part in (kept, *handovers.copies(handover)):
            seen_here = seen if part is kept else part.version
            handovers.settle(part, seen_here, state=HANDED, handed_at=now(), handed_by=by.id)
        journal.append([entry(Act.HANDOVER_HANDED, handover, index)], by=by)
        return handovers.get(handover, scope=scope, as_receiver=False)


def sent_handovers(*, by: Person) -> tuple[Handover, ...]:
    """Return the lists that the person's organisations made, without any name."""
    with attempt(Act.HANDOVERS_LISTED, Right.HAND_OVER, by=by) as scope:
        found = handovers.sent(scope=scope)
        leave_entry(entry(Act.HANDOVERS_LISTED), by=by)
    return found


def received_handovers(*, by: Person) -> tuple[Handover, ...]:
    """Return the lists that were handed over to the person's organisations, without any name."""
    with attempt(Act.HANDOVERS_LISTED, Right.READ_HANDOVER, by=by) as scope:
        found = handovers.received(scope=scope)
        leave_entry(entry(Act.HANDOVERS_LISTED), by=by)
    return found


def view_handover(handover: str, *, by: Person) -> NamedList:
    """Return a list to whoever made it; raise `HandoverUnknown` out of scope."""
    with attempt(Act.HANDOVER_READ, Right.HAND_OVER, by=by) as scope:
        found = _named(handovers.get(handover, scope=scope, as_receiver=False))
        leave_entry(entry(Act.HANDOVER_READ, handover, [line.pupil for line in found.lines]), by=by)
    return found


def read_handover(handover: str, *, by: Person) -> NamedList:
    """Return a list to whom it was handed over; raise `HandoverUnknown` out of scope, or before that."""
    with attempt(Act.HANDOVER_READ, Right.READ_HANDOVER, by=by) as scope:
        found = _named(handovers.get(handover, scope=scope, as_receiver=True))
        leave_entry(entry(Act.HANDOVER_READ, handover, [line.pupil for line in found.lines]), by=by)
    return found


def confirm_receipt(handover: str, number: str, *, seen: int, by: Person) -> Handover:
    """Confirm that a list arrived, under the receiver's own number; raise `StepRefused` where that was done before."""
    with attempt(Act.HANDOVER_RECEIVED, Right.READ_HANDOVER, by=by) as scope, transaction.atomic():
        kept = handovers.get(handover, scope=scope, as_receiver=True)
        if kept.state != HANDED:
            raise StepRefused(step="确认收到", why="已经确认过")
        receipt = " ".join(number.replace("\0", "").split())
        if not 0 < len(receipt) <= LONGEST_NUMBER:
            rule = f"回执编号应有 1 到 {LONGEST_NUMBER} 个字"
            raise InputRefused([Problem(column="number", rule=rule, remedy="请填写收文登记的编号。")])
        handovers.settle(kept, seen, state=RECEIVED, receipt_number=receipt, received_at=now(), received_by=by.id)
        journal.append([entry(Act.HANDOVER_RECEIVED, handover)], by=by)
        return handovers.get(handover, scope=scope, as_receiver=True)


def _check(new: NewHandover, scope: Scope) -> None:
    if not is_project(new.selection.project):
        raise InputRefused([Problem(column="project", rule="不是项目编号", remedy="请重新选择项目。")])
    if new.sender not in scope.organisations:
        raise NotAllowed(right=scope.right.label, why="不在您的授权范围内")
    allowed = {CITY} if new.kind is ListKind.FILING else {CITY, organisations.supervisor(new.sender, today())}
    if new.receiver not in allowed - {""}:
        rule = "这种名单不向这个单位移交"
        raise InputRefused([Problem(column="receiver", rule=rule, remedy="请选择市教委，或本校的主管部门。")])
    organisations.check(new.receiver)
    if named_rows.out_of_reach(new.selection, new.sender, scope=scope):
        raise NotAllowed(right=scope.right.label, why="名单涉及您授权范围之外的班级或学段，人数会不完整")


def _lines(new: NewHandover, scope: Scope) -> list[tuple[str, Cells]]:
    rows = named_rows.selected(new.selection, new.sender, scope=scope)
    chosen = [(row.id, cells) for row in rows if (cells := new.kind.cells(row, new.sender)) is not None]
    if not chosen:
        raise StepRefused(step=f"编制{new.kind.label}", why="所选范围里没有应列入的学生")
    return [(pupil, {ORDER: str(number), **cells}) for number, (pupil, cells) in enumerate(chosen, 1)]


def _frozen(
    new: NewHandover, lines: Sequence[tuple[str, Cells]], receiver: str, *, by: Person, copy_of: str = ""
) -> Handover:
    return handovers.make(
        new.kind.value, new.selection, lines, new.sender, receiver, copy_of=copy_of, by=by.id, at=now()
    )


def _check_made(kept: Handover, step: str) -> None:
    if kept.copy_of:
        raise StepRefused(step=step, why="这是抄送件，请在原件上办理")
    if kept.state != MADE:
        raise StepRefused(step=step, why="已经移交")


def _named(handover: Handover) -> NamedList:
    return NamedList(
        handover=handover,
        lines=handovers.lines(handover.id),
        copies=handovers.copies(handover.id),
        whole=handovers.unaltered(handover),
    )
