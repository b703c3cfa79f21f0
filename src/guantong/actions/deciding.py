"""One decision about one pupil, asked of the law of the pupil's cohort; nothing is written but the entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import law
from guantong.actions.clock import today
from guantong.actions.event_writing import NewEvent, question
from guantong.actions.words import Act
from guantong.cohorts import PupilState, state_of
from guantong.cohorts.deciding import decide_about, kind_for
from guantong.cohorts.details import Value
from guantong.errors import StepRefused
from guantong.people import Person, Right
from guantong.policies import Decision
from guantong.store import pupils


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What was asked about whom, and the answer; None where no rulebook governs such a pupil."""

    state: PupilState
    name: str
    decision: Decision | None


def decide(
    pupil: str,
    name: str,
    *,
    on: date | None = None,
    facts: Mapping[str, Value] | None = None,
    leaving: bool = False,
    by: Person,
) -> Answered:
    """Answer one decision about a pupil on a day, today unless given; `leaving` asks as of one who leaves the project.

    Raises `DecisionUnknown`, `PupilUnknown`, `InputRefused` for facts that do not belong there, and
    `StepRefused` where the record is closed to the reader or erased.
    """
    with attempt(Act.DECISION_ASKED, Right.READ_PUPIL, by=by) as scope:
        kind = kind_for(name, leaving=leaving)
        record = pupils.get(pupil, scope=scope)
        state = state_of(record.event_list())
        if state is None or record.until is not None or record.personal is None:
            raise StepRefused(step="判断", why="这名学生的档案已结束，或现学段不在您的单位")
        asked = question(record, NewEvent(kind=kind, on=on or today(), facts=facts or {}), {})
        found = decide_about(law(), state, name, asked, leaving=leaving)
        leave_entry(entry(Act.DECISION_ASKED, pupil), by=by)
    return Answered(state=state, name=name, decision=found)
