"""A list of a sitting as the command line says it: JSON and lines."""

from __future__ import annotations

from collections.abc import Iterator

from guantong.actions.sittings import SittingLine, WeighedLine, WeighedSitting
from guantong.cohorts.sitting_plan import LineRefusal
from guantong.cohorts.sittings import counted

ERASED = "（个人信息已删除）"


def list_json(line: SittingLine) -> dict[str, object]:
    """Return one list among others."""
    return {
        "id": line.id,
        "project": line.project,
        "cohort": line.cohort,
        "class": line.class_name,
        "school": line.school,
        "receiver": line.receiver,
        "to_stage": line.to_stage,
        "on": line.on.isoformat(),
        "state": line.state.value,
        "pupils": line.pupils,
    }


def sitting_json(found: WeighedSitting) -> dict[str, object]:
    """Return a list with what would follow from it."""
    record = found.sitting
    counts = counted(line.state for line in record.lines)
    return {
        "id": record.id,
        "project": record.project,
        "cohort": record.cohort,
        "class": record.class_name,
        "school": record.school,
        "receiver": record.terms.receiver,
        "to_stage": record.terms.to_stage.value,
        "on": record.terms.on.isoformat(),
        "state": record.state.value,
        "version": record.version,
        "counts": {state.value: number for state, number in counts.items()},
        "lines": [_line_json(one) for one in found.lines],
    }


def sitting_lines(found: WeighedSitting) -> Iterator[tuple[object, ...]]:
    """Return each line in words: the pupil, what was entered, and what would follow or why it may not."""
    for one in found.lines:
        yield one.line.number, one.line.name or ERASED, one.line.result.text("outcome"), _words(one)


def _words(one: WeighedLine) -> str:
    line, plan = one.line, one.plan
    if plan.refusal:
        clauses = f"（{'、'.join(plan.refusal.clauses)}）" if plan.refusal.clauses else ""
        return f"{plan.refusal.reason}{clauses}。{'；'.join(plan.refusal.settle)}"
    words = "，".join([step.event.kind.label for step in plan.steps] + list(plan.notices))
    return f"{line.state.label}：{words or line.reason}" if words or line.reason else line.state.label


def _line_json(one: WeighedLine) -> dict[str, object]:
    line, plan = one.line, one.plan
    return {
        "number": line.number,
        "pupil": line.pupil,
        "name": line.name,
        "student_number": line.student_number,
        "state": line.state.value,
        "reason": line.reason,
        "result": dict(line.result.values),
        "steps": [
            {
                "event": step.event.kind.value,
                "standing": step.event.standing.value,
                "clauses": list(step.possible.clauses),
            }
            for step in plan.steps
        ],
        "on_paper": plan.on_paper,
        "notices": list(plan.notices),
        "refusal": _refusal_json(plan.refusal) if plan.refusal else None,
    }


def _refusal_json(refusal: LineRefusal) -> dict[str, object]:
    return {
        "verdict": refusal.verdict.value,
        "reason": refusal.reason,
        "clauses": list(refusal.clauses),
        "settle": list(refusal.settle),
    }
