"""Finding claims: by verdict and by words; a whole sentence that nobody entered is answered with the nearest ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from guantong.errors import InputRefused, Problem
from guantong.pathways.claims import Claim, Claims, ClaimVerdict
from guantong.policies.inputs import unknown_names

FILTERS = ("verdict", "words")
"""Every filter of the list of claims."""
_LONGEST, _SHOWN, _MOST_NEAR, _NEAR_ENOUGH = 80, 20, 4, 0.34
_NOT_WORDS = " 　，。、；：？！“”「」『』（）()《》,.?!\"'的是吗呢了"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimQuery:
    """What the list is narrowed to; None and empty mean no narrowing."""

    verdict: ClaimVerdict | None = None
    words: str = ""


def read_claim_query(given: Mapping[str, Sequence[str]]) -> ClaimQuery:
    """Return a query from raw texts; raise `InputRefused` with every problem at once."""
    problems = unknown_names(given, FILTERS)
    texts = {name: [text.strip() for text in given.get(name, ()) if text.strip()] for name in FILTERS}
    for name, found in texts.items():
        if len(set(found)) > 1:
            problems.append(_problem(name, "、".join(found), "这一项只能填一个", "请只留一个。"))
        elif found and len(found[0]) > _LONGEST:
            problems.append(_problem(name, found[0], "太长了", f"请不要超过 {_LONGEST} 个字。"))
    verdicts = {text: part for part in ClaimVerdict for text in (part.value, part.label)}
    asked = texts["verdict"][0] if texts["verdict"] else ""
    if asked and asked not in verdicts:
        labels = "、".join(part.label for part in ClaimVerdict)
        problems.append(_problem("verdict", asked, "没有这种结论", f"可填：{labels}。"))
    if problems:
        raise InputRefused(problems)
    return ClaimQuery(verdict=verdicts.get(asked), words=texts["words"][0] if texts["words"] else "")


def find_claims(query: ClaimQuery, claims: Claims) -> tuple[Claim, ...]:
    """Return the claims of a verdict whose texts hold every word, in the order of the file."""
    words = query.words.lower().split()
    return tuple(
        claim
        for claim in claims.all
        if query.verdict in (None, claim.verdict) and all(word in _text(claim) for word in words)
    )


def near_claims(words: str, claims: Claims) -> tuple[Claim, ...]:
    """Return up to four claims that share neighbouring signs with a sentence, rare ones counting most."""
    held = {claim.id: _pairs(claim.statement) for claim in claims.all}
    often = Counter(pair for pairs in held.values() for pair in pairs)
    asked = _pairs(words)
    shared = {name: sum(1 / often[pair] for pair in asked & pairs) for name, pairs in held.items()}
    near = [claim for claim in claims.all if shared[claim.id] >= _NEAR_ENOUGH]
    return tuple(sorted(near, key=lambda claim: -shared[claim.id])[:_MOST_NEAR])


def _text(claim: Claim) -> str:
    said = " ".join(part.text for part in claim.says)
    return f"{claim.statement} {claim.claimant} {claim.why} {said}".lower()


def _pairs(text: str) -> set[str]:
    kept = "".join(sign for sign in text.lower() if sign not in _NOT_WORDS)
    return {first + second for first, second in pairwise(kept)}


def _problem(name: str, value: str, rule: str, remedy: str) -> Problem:
    return Problem(column=name, value=value[:_SHOWN], rule=rule, remedy=remedy)
