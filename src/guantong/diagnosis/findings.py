"""A finding (诊断发现): what was seen, how grave it is, on which evidence, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256


class FindingKind(Enum):
    """Which yardstick found it."""

    CONSISTENCY = "consistency"
    THRESHOLD = "threshold"
    TREND = "trend"
    PEERS = "peers"
    COMPOSITION = "composition"
    TOO_FEW = "too-few"

    @property
    def label(self) -> str:
        """Return the words that a page shows."""
        return _KINDS[self]


class Severity(Enum):
    """How grave it is; a note asks for nothing."""

    GRAVE = "grave"
    WATCH = "watch"
    NOTE = "note"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return {"grave": "须整改", "watch": "须关注", "note": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """Return 0 for the gravest, counting up."""
        return list(Severity).index(self)


_KINDS = {
    FindingKind.CONSISTENCY: "数据一致性",
    FindingKind.THRESHOLD: "与标准比",
    FindingKind.TREND: "与往年比",
    FindingKind.PEERS: "与同类学校比",
    FindingKind.COMPOSITION: "变化的构成",
    FindingKind.TOO_FEW: "数量太少",
}
_ID_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding about one indicator of one school in one year; `evidence` are fact ids.

    `weight` orders findings of one severity: how far from the yardstick, larger first.
    """

    subject: str
    year: int
    indicator: str
    kind: FindingKind
    severity: Severity
    evidence: tuple[str, ...]
    text: str
    weight: float = 0.0

    @property
    def id(self) -> str:
        """Return the id, the same in every run: subject, year, indicator and yardstick."""
        parts = "\0".join((self.subject, str(self.year), self.indicator, self.kind.value))
        return sha256(parts.encode()).hexdigest()[:_ID_LENGTH]


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings with the gravest first; equal ones in the order of indicator and yardstick."""
    kinds = list(FindingKind)
    return tuple(
        sorted(
            findings,
            key=lambda one: (one.severity.rank, -one.weight, one.subject, one.indicator, kinds.index(one.kind)),
        )
    )


def findings_json(findings: Sequence[Finding]) -> dict[str, object]:
    """Return the JSON contract of `diagnose`."""
    return {
        "findings": [
            {
                "id": one.id,
                "subject": one.subject,
                "year": one.year,
                "indicator": one.indicator,
                "kind": one.kind.value,
                "severity": one.severity.value,
                "evidence": list(one.evidence),
                "text": one.text,
            }
            for one in findings
        ]
    }
