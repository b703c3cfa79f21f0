"""What families hear: the list of statements with their verdicts, and one with everything that sources say."""

from __future__ import annotations

from guantong.pathways.claim_list import find_claims, near_claims, read_claim_query
from guantong.pathways.claims import ClaimVerdict
from guantong.pathways.second_catalogue import NOT_RECOMPUTED, RECOMPUTED, claim_json
from guantong.web.forms import Choice
from guantong.web.page import Asked, Page


def claims_page(asked: Asked) -> Page:
    """Return the statements of a verdict that hold the words; where none does, the nearest ones apart."""
    contents = asked.desk.contents
    query = read_claim_query(asked.given)
    found = find_claims(query, contents.claims)
    return Page(
        title="听说",
        template="guantong/claims.html",
        context={
            "found": found,
            "query": query,
            "whole": len(contents.claims.all),
            "counts": [(part, sum(claim.verdict is part for claim in contents.claims.all)) for part in ClaimVerdict],
            "near": near_claims(query.words, contents.claims) if not found else (),
            "choices": (
                Choice("", "全部结论", query.verdict is None),
                *(Choice(part.value, part.label, part is query.verdict) for part in ClaimVerdict),
            ),
            "narrowed": bool(query.words or query.verdict),
        },
        data=lambda: [claim_json(claim, contents.sources) for claim in found],
    )


def claim_page(asked: Asked, claim: str) -> Page:
    """Return one statement: who makes it, what the sources say year by year, the verdict and its reason."""
    asked.only()
    contents = asked.desk.contents
    found = contents.claims[claim]
    names = [other.id for other in contents.claims.all]
    at = names.index(found.id)
    return Page(
        title=found.statement,
        template="guantong/claim.html",
        context={
            "claim": found,
            "says": sorted(found.says, key=lambda said: said.year or 0),
            "recomputed": RECOMPUTED if found.check else NOT_RECOMPUTED,
            "before": contents.claims.all[at - 1] if at else None,
            "after": contents.claims.all[at + 1] if at + 1 < len(names) else None,
        },
        data=lambda: claim_json(found, contents.sources),
    )
