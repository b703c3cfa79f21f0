"""Policies (政策): what the rules say, in one definition that is decided, explained and kept."""

from guantong.policies.answers import answer_json
from guantong.policies.build import RulebookFiles, build_rulebook, read_cases
from guantong.policies.cases import Case, run_cases
from guantong.policies.decide import Decision, decide
from guantong.policies.receipts import receipt, replay
from guantong.policies.rulebook import Rulebook
from guantong.policies.rules import rule
from guantong.policies.truth import Truth
from guantong.policies.why import change_one, why

__all__ = [
    "Case",
    "Decision",
    "Rulebook",
    "RulebookFiles",
    "Truth",
    "answer_json",
    "build_rulebook",
    "change_one",
    "decide",
    "read_cases",
    "receipt",
    "replay",
    "rule",
    "run_cases",
    "why",
]
