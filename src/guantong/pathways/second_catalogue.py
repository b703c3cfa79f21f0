"""The second catalogue (听说与合作): what people say and what stands behind it, as JSON data for every door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guantong.evidence import Source
from guantong.pathways.answers import anchor_json
from guantong.pathways.calendar import calendar_json
from guantong.pathways.claims import Claim, Claims
from guantong.pathways.history import history_json
from guantong.pathways.project_list import projects_json
from guantong.registry import Partnership
from guantong.registry.partnerships import NOT_HIRING

__all__ = ["calendar_json", "claim_json", "claims_json", "history_json", "partnerships_json", "projects_json"]
Sources = Mapping[str, Source]
RECOMPUTED, NOT_RECOMPUTED = "结论由规则、计划或印出的数重算过", "结论不能由规则或计划重算，依据见各条出处"


def claims_json(claims: Claims, sources: Sources) -> list[dict[str, object]]:
    """Return `claims --json`: every statement with what the sources say and the verdict."""
    return [claim_json(claim, sources) for claim in claims.all]


def claim_json(claim: Claim, sources: Sources) -> dict[str, object]:
    """Return one claim; `recomputed` tells whether a test computes the verdict anew."""
    return {
        "id": claim.id,
        "statement": claim.statement,
        "claimant": claim.claimant,
        "place": claim.place.as_json(sources.get(claim.place.document)) if claim.place else None,
        "grade": claim.grade.value,
        "says": [
            {"year": said.year, "text": said.text, **anchor_json(said.anchor, sources)}
            for said in sorted(claim.says, key=lambda said: said.year or 0)
        ],
        "verdict": claim.verdict.value,
        "verdict_text": claim.verdict.label,
        "why": claim.why,
        "recompute": claim.kind,
        "recomputed": claim.check is not None,
        "recomputed_text": RECOMPUTED if claim.check else NOT_RECOMPUTED,
    }


def partnerships_json(parts: Iterable[Partnership], sources: Sources) -> dict[str, object]:
    """Return `partnerships --json`, in the order of the file: they rank nothing."""
    return {"beside": NOT_HIRING, "partnerships": [part.as_json(sources) for part in parts]}
