"""What may happen to a pupil next and why; what may not and why; what is open and what would settle it.

First the record itself (`structure`), then the law of the pupil's cohort (`policies.decide`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from guantong.cohorts.kinds import EventKind, Standing
from guantong.cohorts.pupil import PupilState
from guantong.cohorts.questions import Asked, Law, ask, decisions_for
from guantong.cohorts.structure import detail_obstacle, obstacle
from guantong.evidence import Source
from guantong.policies import Decision, Truth, answer_json
from guantong.policies.decide import NO_LAW

_BY = "_by_"
_NO_CERTIFICATE = "none"


class Verdict(Enum):
    """Whether an event may happen: as the law says, where no rule decides, or not at all by the record."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    STRUCTURAL = "structural"
    IMPOSSIBLE = "impossible"

    @property
    def label(self) -> str:
        """Return the words that a page shows."""
        return _VERDICTS[self]

    @property
    def standing(self) -> Standing | None:
        """Return what an event with this verdict has to rest on (DESIGN §6); None where nothing helps."""
        return _STANDINGS.get(self)


_VERDICTS = {
    Verdict.YES: "可以办理",
    Verdict.NO: "不符合规定，须有主管部门书面批准",
    Verdict.UNKNOWN: "还不能判断",
    Verdict.STRUCTURAL: "收录的规则没有管到，可以如实记录",
    Verdict.IMPOSSIBLE: "与学籍记录不符，不能办理",
}
_STANDINGS = {
    Verdict.YES: Standing.BY_RULE,
    Verdict.NO: Standing.APPROVED,
    Verdict.UNKNOWN: Standing.ON_DOCUMENT,
    Verdict.STRUCTURAL: Standing.STRUCTURAL,
}
_STRICTEST = (Verdict.NO, Verdict.UNKNOWN, Verdict.YES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """One kind of event and what may be said of it.

    `decision` is the one that the verdict comes from; None where the record decides or no rule does.
    `institution` is the one that the law names for a registration or a certificate, "" where it names
    none. `settle` says what would settle an unknown or lift a no.
    """

    kind: EventKind
    verdict: Verdict
    reason: str
    decision: Decision | None = None
    institution: str = ""
    settle: tuple[str, ...] = ()

    @property
    def standing(self) -> Standing | None:
        """Return what an event of this kind would have to rest on; None where it is impossible."""
        return self.verdict.standing

    @property
    def clauses(self) -> tuple[str, ...]:
        """Return the ids of the clauses that the verdict rests on."""
        found = self.decision.findings if self.decision else ()
        return tuple(dict.fromkeys(finding.planned.clause.id for finding in found))


def what_may_happen(state: PupilState | None, *, law: Law, asked: Asked) -> tuple[Possible, ...]:
    """Return every kind of event with its verdict, before any detail is chosen.

    A correction is not among them: see `what_follows`.
    """
    bare = replace(asked, details={})
    kinds = (kind for kind in EventKind if kind is not EventKind.CORRECTED)
    return tuple(may_happen(state, kind, law=law, asked=bare) for kind in kinds)


def may_happen(state: PupilState | None, kind: EventKind, *, law: Law, asked: Asked) -> Possible:
    """Say whether one kind of event may happen to a pupil; `state` is None before any event.

    Raises `InputRefused` where `asked.facts` holds what cannot be read or is not asked for.
    """
    why = obstacle(state, kind) or detail_obstacle(state, kind, asked.details, asked.on)
    if why:
        return Possible(kind=kind, verdict=Verdict.IMPOSSIBLE, reason=why)
    names = decisions_for(state, kind)
    if names is None:
        label = state.project.kind.label if state else ""
        return _open(kind, f"{label}的{kind.label}按什么规定，收录的文件里没有")
    if not names:
        return Possible(kind=kind, verdict=Verdict.STRUCTURAL, reason=Verdict.STRUCTURAL.label)
    answers = [_answer(state, kind, name, law, asked) for name in names]
    first = min(answers, key=lambda answer: _STRICTEST.index(answer.verdict))
    return replace(first, institution=first.institution or answers[-1].institution)


def _open(kind: EventKind, reason: str, decision: Decision | None = None) -> Possible:
    return Possible(kind=kind, verdict=Verdict.UNKNOWN, reason=reason, decision=decision, settle=("学校提供的文件",))


def _answer(state: PupilState | None, kind: EventKind, name: str, law: Law, asked: Asked) -> Possible:
    """Return what one decision says of an event."""
    decision = ask(law, state, kind, name, asked)
    if decision is None:
        return _open(kind, f"没有收录管{kind.label}的规则册")
    if decision.verdict == Truth.UNKNOWN.word:
        settle = tuple(_missing(decision, missing) for missing in decision.missing)
        reason = f"{decision.spec.title}：{decision.words}，缺{'、'.join(settle)}"
        return Possible(kind=kind, verdict=Verdict.UNKNOWN, reason=reason, decision=decision, settle=settle)
    if decision.value is not None and state is not None:
        return _named(state, kind, decision, asked)
    if decision.verdict == Truth.NO.word:
        return _refused(kind, f"{decision.words}：{_sentences(decision, Truth.NO)}", decision)
    reason = f"{decision.words}：{_sentences(decision, Truth.YES)}"
    return Possible(kind=kind, verdict=Verdict.YES, reason=reason, decision=decision)


def _named(state: PupilState, kind: EventKind, decision: Decision, asked: Asked) -> Possible:
    """Compare the institution that a clause names with the one that the event names."""
    value = decision.value or ""
    words = f"{decision.spec.title}：{decision.words}（{_sentences(decision, Truth.YES)}）"
    if value == _NO_CERTIFICATE:
        return _refused(kind, words, decision)
    institution = state.project.institution(value.partition(_BY)[2] or value)
    if not institution:
        return _open(kind, f"{words}，但项目没有登记合作高校", decision)
    entered = asked.details.get("institution", asked.details.get("issuer", institution))
    if entered != institution:
        return _refused(kind, f"{words}，与所填院校不同", decision, institution)
    return Possible(kind=kind, verdict=Verdict.YES, reason=words, decision=decision, institution=institution)


def _refused(kind: EventKind, reason: str, decision: Decision, institution: str = "") -> Possible:
    settle = ("主管部门的书面批准（文号、日期、文件），由校长确认",)
    return Possible(
        kind=kind, verdict=Verdict.NO, reason=reason, decision=decision, institution=institution, settle=settle
    )


def _sentences(decision: Decision, truth: Truth) -> str:
    """Return the rules that say so, each with its clause."""
    return "；".join(
        f"{finding.planned.clause.number} {finding.planned.rule.title}"
        for finding in decision.findings
        if finding.says is truth
    )


def _missing(decision: Decision, name: str) -> str:
    """Return in Chinese what is missing: an input, a value, a clause's own text, or the whole law."""
    if name == NO_LAW:
        return f"{decision.cohort} 级适用的规定"
    if name in decision.book.inputs:
        return f"“{decision.book.inputs[name].label}”"
    clause = decision.book.clauses.get(name)
    return f"对条款 {clause.number} 的解释" if clause else f"取值 {name.partition(':')[2]}"


def possible_json(state: PupilState, possible: Possible, sources: Mapping[str, Source]) -> dict[str, object]:
    """Return the JSON contract of `cohorts decide`: the same answer for CLI and web."""
    decision = possible.decision
    answer = answer_json(decision, sources) if decision else {}
    return {
        "pupil": state.pupil,
        "cohort": state.cohort,
        "stage": state.stage.value,
        "event": possible.kind.value,
        "decision": decision.spec.id if decision else None,
        "verdict": possible.verdict.value,
        "value": answer.get("value"),
        "institution": possible.institution or None,
        "reason": possible.reason,
        "settle": list(possible.settle),
        "clauses": answer.get("clauses", []),
        "missing": answer.get("missing", []),
        "change_one": answer.get("change_one"),
        "receipt": answer.get("receipt"),
    }
