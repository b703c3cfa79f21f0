"""One decision about one pupil (判断): put to the law of the pupil's cohort with what the record says.

Unlike `what_may_happen` it weighs no event: it answers exactly the question that is named.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from guantong.cohorts.kinds import EventKind
from guantong.cohorts.pupil import PupilState
from guantong.cohorts.questions import DECISIONS, TRANSFER, Asked, Law, ask
from guantong.errors import DecisionUnknown
from guantong.evidence import Source
from guantong.policies import Decision, answer_json

KINDS: Mapping[str, EventKind] = {
    **{name: kind for kind, names in DECISIONS.items() for name in names},
    "certificate": EventKind.GRADUATED,
    TRANSFER: EventKind.CHANGED_SCHOOL,
}
"""Every decision that may be asked about a pupil, and the step as which its inputs are read."""


def kind_for(name: str, *, leaving: bool = False) -> EventKind:
    """Return the step as which a decision is asked; raise `DecisionUnknown` with near names."""
    if name not in KINDS:
        raise DecisionUnknown(name, difflib.get_close_matches(name, KINDS, n=2, cutoff=0.4))
    return EventKind.LEFT_PROJECT if leaving else KINDS[name]


def decide_about(law: Law, state: PupilState, name: str, asked: Asked, *, leaving: bool = False) -> Decision | None:
    """Return what the law of the pupil's cohort says; None where no rulebook governs a pupil of such a project.

    Raises `DecisionUnknown`, and `InputRefused` for facts that nobody asks for or that the record says itself.
    """
    kind = kind_for(name, leaving=leaving)
    if not state.project.kind.is_guantong and name != TRANSFER:
        return None
    return ask(law, state, kind, name, asked)


def decision_json(
    state: PupilState, name: str, decision: Decision | None, sources: Mapping[str, Source]
) -> dict[str, object]:
    """Return the JSON contract of `cohorts decide`."""
    answer = answer_json(decision, sources) if decision else {}
    return {
        "pupil": state.pupil,
        "cohort": state.cohort,
        "stage": state.stage.value,
        "decision": name,
        "verdict": answer.get("verdict", "unknown"),
        "value": answer.get("value"),
        "clauses": answer.get("clauses", []),
        "missing": answer.get("missing", []),
        "change_one": answer.get("change_one"),
        "receipt": answer.get("receipt"),
    }
