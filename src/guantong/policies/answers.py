"""The JSON contract of a decision, used by every door: one place."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from guantong.evidence import Basis, Source, weakest
from guantong.policies.decide import Decision, Finding
from guantong.policies.law import Clause, DatedValue
from guantong.policies.receipts import receipt
from guantong.policies.why import Change, change_one, operands


def answer_json(decision: Decision, sources: Mapping[str, Source], *, public: bool = False) -> dict[str, object]:
    """Return a decision as JSON data: answer, clauses, what is missing, what would flip it, receipt.

    `public` leaves out every change but the score that turns a no into a yes (DESIGN §4).
    """
    return {
        "rulebook": decision.book.id,
        "decision": decision.spec.id,
        "cohort": decision.cohort,
        "verdict": decision.verdict,
        "value": decision.value,
        "words": decision.words,
        "clauses": clauses_json(decision, sources),
        "missing": list(decision.missing),
        "change_one": change_json(decision, public=public),
        "grade": decision.grade.value if decision.grade else None,
        "receipt": receipt(decision).id,
    }


def clauses_json(decision: Decision, sources: Mapping[str, Source]) -> list[dict[str, object]]:
    """Return every line of the trace: clause, operands, threshold, since when, source, grade."""
    return [_finding_json(decision, finding, sources) for finding in decision.findings]


def change_json(decision: Decision, *, public: bool) -> dict[str, object] | None:
    """Return the nearest flipping change; on public pages only a score and only for a no."""
    if public and decision.verdict != "no":
        return None
    found = change_one(decision, only=("score",) if public else ())
    return _change(decision, found) if found else None


def _finding_json(decision: Decision, finding: Finding, sources: Mapping[str, Source]) -> dict[str, object]:
    planned = finding.planned
    value = planned.value
    return {
        "id": planned.clause.id,
        "number": planned.clause.number,
        "title": planned.rule.title,
        "kind": planned.rule.kind.value,
        "verdict": finding.says.word,
        "operands": [
            {"input": spec.name, "value": spec.shown(decision.inputs.get(spec.name))}
            for spec in operands(decision, finding)
        ],
        "threshold": _threshold(value, sources) if value else None,
        "since": str(value.since if value else planned.clause.since or ""),
        "source": planned.clause.place.document,
        "place": planned.clause.place.as_json(sources.get(planned.clause.place.document)),
        "grade": finding.grade.value,
        "basis": planned.basis.value,
        "reading": planned.rule.reading.value if planned.rule.reading else None,
        "notice": planned.clause.carried_notice if planned.basis is Basis.CARRIED else None,
    }


def _threshold(value: DatedValue, sources: Mapping[str, Source]) -> dict[str, object]:
    numbers = [_number(number) for number in value.numbers]
    grade = weakest(grade for grade in (value.grade, value.out_of_grade) if grade)
    return {
        "value": numbers[0] if len(numbers) == 1 else numbers,
        "unit": value.unit,
        "out_of": [_number(number) for number in value.out_of],
        "out_of_grade": value.out_of_grade.value if value.out_of_grade else None,
        "clause": value.clause,
        "source": value.place.document,
        "place": value.place.as_json(sources.get(value.place.document)),
        "grade": value.grade.value,
        "weakest_grade": grade.value if grade else None,
        "basis": value.basis.value,
    }


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _change(decision: Decision, change: Change) -> dict[str, object]:
    spec = decision.book.inputs[change.input]
    return {"input": change.input, "from": spec.shown(change.before), "to": spec.shown(change.after)}


def carried_clauses(decision: Decision) -> tuple[Clause, ...]:
    """Return the clauses of an earlier year that a decision rests on."""
    return tuple(finding.planned.clause for finding in decision.findings if finding.planned.basis is Basis.CARRIED)
