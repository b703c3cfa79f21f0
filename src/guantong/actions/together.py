"""The same step for many pupils (批量办理): weighed one by one, written together, told one by one.

What may be written is written in one transaction; who is refused is named with the reason and left as
they were. Nobody is changed on the strength of an older version than the one that was seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from django.db import transaction

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import law
from guantong.actions.clock import now
from guantong.actions.event_weighing import Considered, weighed
from guantong.actions.event_writing import NewEvent, changed_by, drafted, with_file
from guantong.actions.words import Act
from guantong.errors import HasProblems, HistoryBroken, InputRefused, Problem, StepRefused
from guantong.journal import Note
from guantong.people import Person, Right, Scope
from guantong.store import events, journal, keys, personal, pupils, together
from guantong.store.records import PupilLine, PupilRecord
from guantong.store.together import Step

MOST_TOGETHER = 500
_GONE = "不在您的授权范围内，或个人信息已删除"
_CHANGED = "别人刚刚改过这份记录，请打开核对后单独办理"


class Outcome(Enum):
    """What became of one pupil's step."""

    APPLIED = "applied"
    WAITING = "waiting"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became, or would become, of one pupil's step, and why, with the clauses.

    `alone` tells that the step can still be recorded for this pupil alone, with a paper.
    """

    pupil: str
    outcome: Outcome
    reason: str
    clauses: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One pupil of a step weighed for many: the line, the version that was seen, and what would become of it."""

    line: PupilLine
    version: int
    told: Told


def consider_together(names: Sequence[str], new: NewEvent, *, by: Person) -> tuple[Weighed, ...]:
    """Weigh a step for many pupils without writing it; raise `InputRefused` for none or too many."""
    with attempt(Act.EVENT_CONSIDERED, Right.PROPOSE_EVENT, by=by) as scope:
        records = _records(names, scope)
        lines = pupils.lines_of(records, scope=scope)
        found = tuple(
            Weighed(line=line, version=records[line.id].version, told=_told(records[line.id], new)) for line in lines
        )
        leave_entry(entry(Act.EVENT_CONSIDERED, index=sorted(records)), by=by)
    return found


def propose_together(seen: Mapping[str, int], new: NewEvent, *, by: Person) -> tuple[Told, ...]:
    """Record a step for every pupil who may take it; tell for each what became of it.

    `seen` holds the version of each pupil that the registrar saw. Raises `InputRefused` for none or too many.
    """
    law()
    with attempt(Act.EVENT_PROPOSED, Right.PROPOSE_EVENT, by=by) as scope:
        records = _records(tuple(seen), scope)
        steps, refused = _drafted(records, seen, new)
        ready = together.prepare(steps, by=by.id, keys=keys.ring())
        notes = _notes(steps)
        with transaction.atomic():
            now_there = pupils.versions([step.record.id for step in steps], scope=scope)
            same = [step for step in steps if now_there.get(step.record.id) == step.record.version]
            together.write(ready, [step.record.id for step in same])
            entries = [notes[step.record.id] for step in same]
            if entries:
                journal.append(entries, by=by, keys_version=ready.keys_version)
        if not entries:
            leave_entry(entry(Act.EVENT_CONSIDERED), by=by)
    late = {step.record.id: _CHANGED for step in steps if step not in same}
    done = {step.record.id: _done(step) for step in same}
    return tuple(done.get(name) or _refusal(name, {**refused, **late}.get(name, _GONE)) for name in seen)


def _records(names: Sequence[str], scope: Scope) -> dict[str, PupilRecord]:
    if not 0 < len(names) <= MOST_TOGETHER:
        rule = "还没有选择学生" if not names else f"一次最多办理 {MOST_TOGETHER} 名学生"
        raise InputRefused([Problem(column="pupils", rule=rule, remedy="请在名单里勾选后再办理。")])
    return pupils.many(names, scope=scope)


def _told(record: PupilRecord, new: NewEvent) -> Told:
    try:
        considered = weighed(record, new)
    except (InputRefused, HistoryBroken) as refused:
        return _refusal(record.id, _why(refused))
    possible = considered.possible
    if possible.standing is None or considered.problems:
        return _refusal(record.id, _first(considered), possible.clauses)
    given = with_file(new.details, "")
    paper = any(not str(given.get(detail.name, "")).strip() for detail in considered.papers if detail.required)
    if paper:
        why = f"{possible.reason}。须单独办理，并附所依据的文件"
        return replace(_refusal(record.id, why, possible.clauses), alone=True)
    outcome = Outcome.WAITING if considered.papers else Outcome.APPLIED
    return Told(pupil=record.id, outcome=outcome, reason=possible.reason, clauses=possible.clauses)


def _first(considered: Considered) -> str:
    return considered.problems[0].rule if considered.problems else considered.possible.reason


def _drafted(
    records: Mapping[str, PupilRecord], seen: Mapping[str, int], new: NewEvent
) -> tuple[list[Step], dict[str, str]]:
    """Return the steps that may be written, and why the others may not."""
    steps, refused, at = [], dict[str, str](), now()
    for name, record in records.items():
        if record.version != seen[name]:
            refused[name] = _CHANGED
            continue
        try:
            draft = drafted(record, new, at=at)
        except (InputRefused, StepRefused, HistoryBroken) as fault:
            refused[name] = _why(fault)
            continue
        steps.append(Step(record=record, event=draft.event, asked=draft.asked, kept=draft.kept, outcome=draft.outcome))
    return steps, refused


def _notes(steps: Sequence[Step]) -> dict[str, Note]:
    digest = personal.digests_of({step.record.id: changed_by(step.event) for step in steps})
    return {
        step.record.id: Note(
            action=(Act.EVENT_RECORDED if step.counts else Act.EVENT_PROPOSED).value,
            subject=step.record.id,
            fields=digest[step.record.id],
        )
        for step in steps
        if step.record.id in digest
    }


def _done(step: Step) -> Told:
    outcome = Outcome.APPLIED if step.outcome == events.APPLIED else Outcome.WAITING
    clauses = step.kept.clauses if step.kept else ()
    return Told(pupil=step.record.id, outcome=outcome, reason=step.event.standing.label, clauses=clauses)


def _refusal(name: str, why: str, clauses: tuple[str, ...] = ()) -> Told:
    return Told(pupil=name, outcome=Outcome.REFUSED, reason=why, clauses=clauses)


def _why(fault: HasProblems | StepRefused | HistoryBroken) -> str:
    return "；".join(problem.rule for problem in fault.problems) if isinstance(fault, HasProblems) else fault.message
