"""Invented cities for the table evaluator: a rulebook with every kind of rule, and random people with unknowns."""

import random
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from tests.factories import make_book, make_clause, make_rule, make_value

from guantong.policies import Rulebook, decide
from guantong.policies.decide import Decision
from guantong.policies.inputs import InputKind, InputSpec
from guantong.policies.rules import Rule

Cells = dict[str, list[object]]
COHORTS = tuple(range(2018, 2031))


@cache
def wild_book() -> Rulebook:
    """Every operator, sets of values, bars open and beaten, standing clauses, values that meet."""
    years = list(range(2019, 2029))
    clauses = [
        make_clause("doc:1", enacted=years[:4], carried=years[4:8]),
        make_clause("doc:2", enacted=[2020, 2022, 2024, 2026, 2028]),
        make_clause("doc:3", enacted=[], standing_from=2023),
        make_clause("doc:4", enacted=years),
        make_clause("doc:5", enacted=years[3:]),
        make_clause("doc:6", enacted=[2021, 2022, 2025]),
    ]
    numbers = {2019: ["60"], 2020: ["61", "62"], 2021: ["60"], 2022: ["55.5"], 2023: ["70", "65", "60.5"], 2025: ["60"]}
    values = {
        "floor": [make_value(cohorts=[year], value=found) for year, found in numbers.items()],
        "line": [make_value(cohorts=[2019, 2020, 2021], value="40"), make_value(cohorts=[2024], value=["40", "41"])],
    }
    pairs = {
        "beats": [
            {"decision": "may_apply", "winner": "doc:1", "loser": "doc:6", "note": "先"},
            {"decision": "home", "winner": "doc:2", "loser": "doc:1", "note": "先"},
        ],
        "unresolved": [{"decision": "may_apply", "first": "doc:1", "second": "doc:3", "note": "未定"}],
    }
    return make_book(*_wild_rules(), clauses=clauses, values=values, **pairs)


def _wild_rules() -> list[Rule]:
    one, home = "may_apply", "home"
    return [
        make_rule(lambda p, w: p.score >= w.floor, "at_least"),
        make_rule(lambda p, w: (p.score > w.line) | p.member, "above", clause="doc:2"),
        make_rule(lambda p, w: ~((p.other < w.floor) & p.colour.among("red")), "not_below", clause="doc:4"),
        make_rule(lambda p, w: (p.other <= w.line) | (p.score > p.other), "at_most", clause="doc:5"),
        make_rule(lambda p, w: p.score.equals(w.floor) | ~p.other.equals(50), "equal", clause="doc:4"),
        make_rule(lambda p, w: p.colour.among("red", unsettled=("green",)) | p.member, "open", clause="doc:4"),
        make_rule(lambda p, w: p.member & (p.score >= p.other), "bar_open", clause="doc:3", bar=True),
        make_rule(lambda p, w: p.colour.among("green"), "bar_beaten", clause="doc:6", bar=True),
        make_rule(lambda p, w: (p.score < 20) & ~p.member, "bar", clause="doc:4", bar=True),
        make_rule(lambda p, w: p.member & (p.score >= w.floor), "north", decision=home, gives="north"),
        make_rule(lambda p, w: p.score <= p.other, "south", decision=home, clause="doc:2", gives="south"),
        make_rule(lambda p, w: p.colour.among("green"), "south_again", decision=home, clause="doc:4", gives="south"),
        make_rule(lambda p, w: p.score.equals(p.other), "north_again", decision=home, clause="doc:5", gives="north"),
        make_rule(lambda p, w: p.member.among(False, unsettled=(True,)), "no_member", decision=one, clause="doc:6"),
    ]


def random_cells(book: Rulebook, rows: int, seed: int, *, unknown: float = 0.2, top: int = 110) -> Cells:
    """Random people: numbers near the thresholds, some inputs unknown, cohorts with and without law."""
    chance = random.Random(seed)
    cells = {
        name: [None if chance.random() < unknown else _random_value(spec, chance, top) for _ in range(rows)]
        for name, spec in book.inputs.items()
    }
    return {**cells, "cohort": [chance.choice(COHORTS) for _ in range(rows)]}


def _random_value(spec: InputSpec, chance: random.Random, top: int) -> object:
    if spec.kind is InputKind.BOOLEAN:
        return chance.random() < 0.6
    if spec.kind is InputKind.CHOICE:
        return chance.choice(spec.choices)[0]
    if spec.kind is InputKind.COUNT:
        return chance.choice([0, 0, 1, 2, 5])
    return chance.choice([40, 41, 50, 55.5, 60, 61, 62, 65, 70, 379.5, 380, 490, *range(top - 50, top)]) % (top + 0.5)


def row_of(cells: Mapping[str, Sequence[object]], names: Sequence[str], row: int) -> dict[str, object]:
    """What one person has given."""
    return {name: cells[name][row] for name in names}


def decide_row(book: Rulebook, cells: Cells, decision: str, row: int, on: date | None = None) -> Decision:
    """The scalar evaluator's answer to one person of a table."""
    given = row_of(cells, book.decision(decision).inputs, row)
    return decide(book, given, cohort=int(str(cells["cohort"][row])), decision=decision, on=on)


def answered(decision: Decision) -> str:
    """The word or value of a decision."""
    return decision.value if decision.value is not None else decision.verdict
