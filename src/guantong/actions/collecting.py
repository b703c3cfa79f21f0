"""From sections to a confirmed submission: checked, sent, signed, confirmed along the chain, received, or sent back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from guantong.actions import collection_state as state
from guantong.actions.attempt import attempt, entry
from guantong.actions.books import CITY, organisation_title
from guantong.actions.clock import today
from guantong.actions.collection_scope import reached
from guantong.actions.words import Act
from guantong.errors import InputRefused, NotAllowed, Problem, StepRefused
from guantong.journal import Note
from guantong.people import ANY, Person, Right, Scope
from guantong.store import collection, journal, organisations
from guantong.store.collection import Reached, SubmissionRecord

STATEMENT = "本单位对所报数据的真实性、完整性和准确性负责，数据与原始记录一致。"
"""The truthfulness statement in our own words: the wording of the notices is not on record."""
CHECK, SIGN, CONFIRM, RECEIVE = "check", "sign", "confirm", "receive"
LONGEST_REASON = 400
DIGEST = "values"
_RETURNERS = (Right.SIGN_SUBMISSION, Right.CONFIRM_SUBMISSION)


def pass_section(year: int, organisation: str, section: str, *, seen: int, by: Person) -> None:
    """Accept a section that was handed in."""
    with attempt(Act.SECTION_CHECKED, Right.CHECK_SECTION, by=by) as scope, transaction.atomic():
        record = collection.get(year, organisation, reached=reached(scope))
        taken = collection.taken_section(record, section, seen=seen)
        state.check_open(record, "审核")
        done = state.step_done(state.SECTION, CHECK)
        state.move_section(record, taken, done, by=by, office=organisation)
        journal.append([entry(Act.SECTION_CHECKED, record.id)], by=by)


def send_section_back(year: int, organisation: str, section: str, reason: str, *, seen: int, by: Person) -> None:
    """Send a section back with a comment; one that was accepted already, or said not to apply, begins anew."""
    with attempt(Act.SECTION_RETURNED, Right.CHECK_SECTION, by=by) as scope, transaction.atomic():
        record = collection.get(year, organisation, reached=reached(scope))
        taken = collection.taken_section(record, section, seen=seen)
        state.check_open(record, "退回")
        why = _reason(reason)
        if taken.step == state.FILL:
            raise StepRefused(step="退回", why="这一节还没有交")
        done = state.step_done(state.SECTION, CHECK, reason=why, returned=True)
        if taken.step == CHECK:
            state.move_section(record, taken, done, by=by, office=organisation)
        else:
            deed = collection.DeedRecord(record=done, by=by.id, name=by.name, organisation=organisation, digest="")
            collection.begin_section_anew(record, taken, state.FILL, deed)
        journal.append([entry(Act.SECTION_RETURNED, record.id)], by=by)


def send_submission(year: int, organisation: str, *, seen: int, by: Person) -> str:
    """Send a submission for the head's signature; raise `InputRefused` with every section that is not ready."""
    with attempt(Act.SUBMISSION_SENT, Right.CHECK_SECTION, by=by) as scope, transaction.atomic():
        record = collection.get(year, organisation, reached=reached(scope), seen=seen)
        state.check_open(record, "送签")
        filled = state.filled(record)
        titles = {part.id: f"{part.table.title}（{part.office.label}）" for part in filled.sections}
        problems = [
            Problem(column=titles[part.name], rule="还没有审核通过", remedy="请先由处室交出并审核。")
            for part in record.sections
            if part.step
        ]
        problems += [fault.problem for fault in filled.checked.faults if fault.blocks]
        if problems:
            raise InputRefused(problems)
        return _whole(record, Act.SUBMISSION_SENT, state.COLLECT, organisation, by, state.digest(filled.entries))


def sign_submission(year: int, organisation: str, *, seen: int, by: Person) -> str:
    """Sign the truthfulness statement over the values as they lie there; whoever sent them does not sign."""
    with attempt(Act.SUBMISSION_SIGNED, Right.SIGN_SUBMISSION, by=by) as scope, transaction.atomic():
        record = collection.get(year, organisation, reached=reached(scope), seen=seen)
        _check_other_person(record, scope.right, by)
        return _whole(record, Act.SUBMISSION_SIGNED, SIGN, organisation, by, _digest(record))


def confirm_submission(year: int, organisation: str, *, seen: int, by: Person) -> str:
    """Confirm for the authority whose turn it is; the step is done once the whole chain below the city has.

    Raises `StepRefused` where nobody knows who supervises the organisation, `NotAllowed` out of turn.
    """
    with attempt(Act.SUBMISSION_CONFIRMED, Right.CONFIRM_SUBMISSION, by=by) as scope, transaction.atomic():
        record = collection.get(year, organisation, reached=reached(scope), seen=seen)
        turn, more = next_in_chain(record)
        if not _stands_for(scope, turn):
            raise NotAllowed(right=scope.right.label, why=f"现在轮到{organisation_title(turn)}确认")
        if more:
            _check_step(record, CONFIRM)
            collection.confirm_in_chain(record, turn, by=by.id, name=by.name, on=today(), digest=_digest(record))
            journal.append([_note(Act.SUBMISSION_CONFIRMED, record, _digest(record))], by=by)
            return CONFIRM
        return _whole(record, Act.SUBMISSION_CONFIRMED, CONFIRM, turn, by, _digest(record))


def receive_submission(year: int, organisation: str, *, seen: int, by: Person) -> str:
    """Receive a confirmed submission for the city."""
    with attempt(Act.SUBMISSION_RECEIVED, Right.MANAGE_COLLECTION, by=by) as scope, transaction.atomic():
        record = collection.get(year, organisation, reached=reached(scope), seen=seen)
        return _whole(record, Act.SUBMISSION_RECEIVED, RECEIVE, CITY, by, _digest(record))


def return_submission(year: int, organisation: str, reason: str, *, seen: int, by: Person) -> None:
    """Send a submission back to its quality officer: whoever's turn it is, and nobody else."""
    right = Right.SIGN_SUBMISSION if by.may(Right.SIGN_SUBMISSION, on=today()) else Right.CONFIRM_SUBMISSION
    with attempt(Act.SUBMISSION_RETURNED, right, by=by) as held, transaction.atomic():
        scopes = [by.scope(one, on=today()) for one in _RETURNERS if by.may(one, on=today())]
        record = collection.get(year, organisation, reached=_reached_by_any(scopes), seen=seen)
        asked = Right.SIGN_SUBMISSION if record.step == SIGN else Right.CONFIRM_SUBMISSION
        turns = {SIGN: organisation, RECEIVE: CITY}
        turn = next_in_chain(record)[0] if record.step == CONFIRM else turns.get(record.step, "")
        if not turn or not any(scope.right is asked and _stands_for(scope, turn) for scope in scopes):
            raise NotAllowed(right=held.right.label, why="现在不轮到您办理")
        done = state.step_done(state.WHOLE, record.step, reason=_reason(reason), returned=True)
        state.move_whole(record, done, by=by, office=turn, mark=_digest(record))
        journal.append([entry(Act.SUBMISSION_RETURNED, record.id)], by=by)


def chain_of(organisation: str) -> tuple[str, ...]:
    """Return who confirms an organisation's data, nearest first; the city alone where it supervises directly.

    Raises `StepRefused` where a supervisor is unknown: the operator names it with a document.
    """
    chain: list[str] = []
    above = organisation
    while above != CITY:
        above = organisations.supervisor(above, today())
        if not above or above in chain:
            why = (
                f"不知道{organisation_title(chain[-1] if chain else organisation)}的主管部门，请系统管理员依据文件登记"
            )
            raise StepRefused(step="确认", why=why)
        chain.append(above)
    return tuple(chain[:-1]) or (CITY,)


def next_in_chain(record: SubmissionRecord) -> tuple[str, bool]:
    """Return whose confirmation is due, and whether another one follows it."""
    chain = chain_of(record.organisation)
    done = collection.confirmed_by(record)
    left = [name for name in chain if name not in done]
    return (left[0], len(left) > 1) if left else (chain[-1], False)


def _whole(record: SubmissionRecord, act: Act, step: str, office: str, by: Person, mark: str) -> str:
    _check_step(record, step)
    following = state.move_whole(record, state.step_done(state.WHOLE, step), by=by, office=office, mark=mark)
    journal.append([_note(act, record, mark)], by=by)
    return following


def _check_step(record: SubmissionRecord, step: str) -> None:
    if record.exempt:
        raise StepRefused(step="办理", why="这个单位本年度免报")
    current = state.whole_run(record).procedure
    if record.step != step:
        title = next((one.title for one in current.steps if one.id == record.step), "全部步骤已办完")
        raise StepRefused(step="办理", why=f"现在是：{title}")


def _note(act: Act, record: SubmissionRecord, mark: str) -> Note:
    return Note(action=act.value, subject=record.id, fields={DIGEST: mark})


def _digest(record: SubmissionRecord) -> str:
    """Return the digest of the values; raise `StepRefused` where they are not the ones that were sent."""
    found = state.digest(state.filled(record).entries)
    sent = next((deed.digest for deed in reversed(record.deeds) if deed.record.step == state.COLLECT), found)
    if found != sent:
        raise StepRefused(step="办理", why="数据与送签时不同，请退回后重新送签")
    return found


def _reached_by_any(scopes: Sequence[Scope]) -> Reached:
    """Return what all scopes reach together; None for every organisation."""
    found = [reached(scope) for scope in scopes]
    known = [names for names in found if names is not None]
    return frozenset().union(*known) if len(known) == len(found) else None


def _stands_for(scope: Scope, organisation: str) -> bool:
    return bool({organisation, ANY} & scope.organisations)


def _check_other_person(record: SubmissionRecord, right: Right, by: Person) -> None:
    if record.deeds and record.deeds[-1].by == by.id:
        raise NotAllowed(right=right.label, why="前一步也是您办的，请由另一位负责人签署")


def _reason(reason: str) -> str:
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        rule = "没有写理由" if not why else f"理由不超过 {LONGEST_REASON} 字"
        raise InputRefused([Problem(column="reason", rule=rule, remedy="请写明要改什么。")])
    return why
