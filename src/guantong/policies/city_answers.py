"""The JSON contracts of whole tables: verification, comparison, what-if. Used by every door."""

from __future__ import annotations

from collections.abc import Mapping

from guantong.policies.compare import ChangeRow, Comparison
from guantong.policies.inputs import Known
from guantong.policies.rulebook import Rulebook
from guantong.policies.soundness import Finding
from guantong.policies.verify import Verification, Verified


def verification_json(found: Verification, book: Rulebook) -> dict[str, object]:
    """Return what verification found: per decision the number of signatures, differences and findings."""
    return {
        "rulebook": found.rulebook,
        "cohorts": list(found.cohorts),
        "signatures": found.signatures,
        "different": found.different,
        "dead_clauses": list(found.dead_clauses),
        "decisions": [_verified_json(one, book) for one in found.decisions],
    }


def comparison_json(found: Comparison, assumptions: tuple[str, ...] = ()) -> dict[str, object]:
    """Return who changes, in which direction and under which clauses, with what was assumed."""
    total = sum(row.people for row in found.rows)
    changed = sum(row.people for row in found.changes)
    return {
        "decision": found.decision,
        "people": total,
        "changed": changed,
        "unknown_scores": found.unknown_scores,
        "before": found.before.counts(),
        "after": found.after.counts(),
        "rows": [_row_json(row) for row in found.rows],
        "assumptions": [*assumptions, *found.assumptions],
    }


def _row_json(row: ChangeRow) -> dict[str, object]:
    return {
        "before": row.before,
        "after": row.after,
        "changed": row.changed,
        "clauses_before": list(row.clauses_before),
        "clauses_after": list(row.clauses_after),
        "people": row.people,
    }


def _verified_json(one: Verified, book: Rulebook) -> dict[str, object]:
    return {
        "decision": one.decision,
        "title": book.decisions[one.decision].title,
        "signatures": one.signatures,
        "scalar_cases": one.scalar_cases,
        "traced": one.traced,
        "different": one.different,
        "findings": [_finding_json(finding, book) for finding in one.findings],
    }


def _finding_json(finding: Finding, book: Rulebook) -> dict[str, object]:
    return {
        "kind": finding.kind.value,
        "text": finding.kind.label,
        "cohorts": list(finding.cohorts),
        "signatures": finding.signatures,
        "rules": list(finding.rules),
        "clauses": list(finding.clauses),
        "example": _shown(finding.example, book) if finding.example is not None else None,
        "declared": finding.declared,
    }


def _shown(inputs: Mapping[str, Known | None], book: Rulebook) -> dict[str, object]:
    return {name: book.inputs[name].shown(value) for name, value in inputs.items()}
