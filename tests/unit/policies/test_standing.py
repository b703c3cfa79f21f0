"""Value rules against each other: a loser loses only where its winner holds, in every evaluator alike."""

from collections.abc import Iterable, Mapping
from itertools import product

import numpy as np
import pytest
from tests.cities import Cells, answered, decide_row
from tests.factories import Formula, make_book, make_clause, make_rule

from guantong.errors import ContentsRefused
from guantong.policies import Rulebook, decide
from guantong.policies.city import decide_table, explain_table, read_people, verify
from guantong.policies.plan import plan_of
from guantong.policies.rules import Rule
from guantong.policies.signatures import decide_by_signature, domain_of
from guantong.policies.table_values import may_meet

MEMBERS, COLOURS, SCORES = (True, False, None), ("red", "green", None), (70, 50, None)


def home(formula: Formula, number: int, gives: str) -> Rule:
    """A value rule under a clause of its own."""
    return make_rule(formula, f"rule_{number}", decision="home", clause=f"doc:{number}", gives=gives)


RULES = (
    home(lambda pupil, law: pupil.member, 1, "north"),
    home(lambda pupil, law: pupil.colour.among("red"), 2, "south"),
    home(lambda pupil, law: pupil.score >= 60, 3, "north"),
    home(lambda pupil, law: ~pupil.member & (pupil.score < 60), 4, "south"),
)


def make_pairs(beats: Iterable[tuple[int, int]] = (), unresolved: Iterable[tuple[int, int]] = ()) -> dict[str, object]:
    """Who beats whom, and what nobody has settled."""
    named = {"beats": ("winner", "loser", beats), "unresolved": ("first", "second", unresolved)}
    return {
        kind: [
            {"decision": "home", first: f"doc:{one}", second: f"doc:{other}", "note": "说明。"} for one, other in pairs
        ]
        for kind, (first, second, pairs) in named.items()
    }


def two(**pairs: Iterable[tuple[int, int]]) -> Rulebook:
    """North for members, south for red ones."""
    return make_book(*RULES[:2], **make_pairs(**pairs))


BOOKS: dict[str, Rulebook] = {
    "undeclared": two(),
    "unresolved": two(unresolved=[(1, 2)]),
    "first beats": two(beats=[(1, 2)]),
    "second beats": two(beats=[(2, 1)]),
    "three": make_book(*RULES[:3], **make_pairs(beats=[(2, 1)])),
    "chain": make_book(*RULES, **make_pairs(beats=[(1, 2), (2, 3), (3, 4)])),
    "fan": make_book(*RULES, **make_pairs(beats=[(4, 1), (4, 3), (2, 1)], unresolved=[(2, 3)])),
}
CASES = [dict(zip(("member", "colour", "score"), case, strict=True)) for case in product(MEMBERS, COLOURS, SCORES)]
CELLS: Cells = {name: [case[name] for case in CASES] for name in CASES[0]}
CELLS |= {"other": [None] * len(CASES), "cohort": [2023] * len(CASES)}


def ask(book: Rulebook, given: Mapping[str, object]) -> tuple[str | None, tuple[str, ...]]:
    """The value and what is missing."""
    made = decide(book, given, cohort=2023, decision="home")
    return made.value, made.missing


@pytest.mark.parametrize(
    ("winner", "member", "colour", "answer", "missing"),
    [
        (1, True, "red", "north", ()),
        (1, True, None, "north", ()),
        (1, False, "red", "south", ()),
        (1, None, "red", "unknown", ("member",)),
        (1, None, "green", "unknown", ("member",)),
        (1, False, None, "unknown", ("colour",)),
        (1, None, None, "unknown", ("member", "colour")),
        (1, False, "green", "unknown", ("law",)),
        (2, True, "red", "south", ()),
        (2, None, "red", "south", ()),
        (2, True, "green", "north", ()),
        (2, True, None, "unknown", ("colour",)),
        (2, None, "green", "unknown", ("member",)),
    ],
)
def test_a_loser_loses_only_where_its_winner_holds(
    winner: int, member: bool | None, colour: str | None, answer: str, missing: tuple[str, ...]
) -> None:
    book = two(beats=[(winner, 3 - winner)])
    assert ask(book, {"member": member, "colour": colour}) == (answer, missing)


@pytest.mark.parametrize("book", [two(), two(unresolved=[(1, 2)])])
@pytest.mark.parametrize(
    ("member", "colour", "answer", "missing"),
    [
        (True, "green", "north", ()),
        (True, None, "unknown", ("colour",)),
        (None, "red", "unknown", ("member",)),
    ],
)
def test_a_value_beside_another_that_may_hold_is_unknown(
    book: Rulebook, member: bool | None, colour: str | None, answer: str, missing: tuple[str, ...]
) -> None:
    assert ask(book, {"member": member, "colour": colour}) == (answer, missing)


def test_two_values_that_both_hold_wait_for_a_ruling() -> None:
    given = {"member": True, "colour": "red"}
    assert ask(two(unresolved=[(1, 2)]), given) == ("unknown", ("doc:1", "doc:2"))
    assert ask(BOOKS["fan"], {**given, "score": None}) == ("unknown", ("score",))


def test_what_cannot_change_the_answer_is_not_missing() -> None:
    """Members go north whatever their score; only the colour may still speak against it."""
    assert ask(BOOKS["three"], {"member": True}) == ("unknown", ("colour", "score"))
    assert ask(make_book(*RULES[:3]), {"member": True}) == ("unknown", ("colour",))


def test_a_rule_never_yields_to_one_that_gives_the_same_value() -> None:
    same = home(lambda pupil, law: pupil.score >= 60, 2, "north")
    book = make_book(RULES[0], same, **make_pairs(beats=[(1, 2)]))
    assert ask(book, {"score": 60}) == ("north", ())
    assert [planned.yields_to for planned in plan_of(book, "home", 2023).rules] == [(), ()]


def test_a_winner_that_is_not_in_force_beats_nobody() -> None:
    clauses = [make_clause(enacted=[2022]), make_clause("doc:2")]
    book = make_book(*RULES[:2], clauses=clauses, **make_pairs(beats=[(1, 2)]))
    assert ask(book, {"member": True, "colour": "red"}) == ("south", ())


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_the_table_and_the_signature_answer_as_the_single_case(book: Rulebook) -> None:
    people = read_people(book, CELLS, ("home",))
    answer = decide_table(book, people, ("home",))["home"]
    assert [answer.word(row) for row in range(len(CASES))] == [
        answered(decide_row(book, CELLS, "home", row)) for row in range(len(CASES))
    ]
    assert np.array_equal(decide_by_signature(domain_of(book, "home", people.regimes), people), answer.codes)
    assert verify(book, (2022, 2023)).different == 0


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_filling_in_an_unknown_never_changes_a_value_that_was_given(book: Rulebook) -> None:
    full = {tuple(case.items()): ask(book, case)[0] for case in CASES}
    for case in CASES:
        before = ask(book, case)[0]
        for name, choices in (("member", MEMBERS), ("colour", COLOURS), ("score", SCORES)):
            if case[name] is None and before != "unknown":
                assert {full[tuple({**case, name: more}.items())] for more in choices} == {before}, case


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_an_unknown_value_always_says_what_is_missing(book: Rulebook) -> None:
    """An input that is named is one that nobody gave."""
    for case in CASES:
        value, missing = ask(book, case)
        assert (value == "unknown") == bool(missing), case
        assert [name for name in missing if case.get(name) is not None] == [], case


def test_the_trace_of_everyone_shows_what_holds_and_what_is_in_doubt() -> None:
    cells = {"member": [True, None], "colour": [None, "red"], "cohort": [2023, 2023]}
    traced = explain_table(two(beats=[(2, 1)]), cells, "home")
    shown = [[(one.planned.rule.name, one.truth.word) for one in traced[row].findings] for row in range(2)]
    assert shown == [[("rule_1", "yes"), ("rule_2", "unknown")], [("rule_2", "yes")]]


@pytest.mark.parametrize(("kind", "expected"), [("beats", True), ("unresolved", True)])
def test_a_conflict_of_values_is_found_however_it_is_settled(kind: str, expected: bool) -> None:
    (found,) = verify(two(**{kind: [(1, 2)]}), (2023,)).found("conflict")
    assert (found.rules, found.declared) == (("rule_1", "rule_2"), expected)


def test_a_loser_that_still_answers_where_its_winner_does_not_hold_is_not_dead() -> None:
    assert verify(two(beats=[(1, 2)]), (2023,)).found("dead") == ()
    always = home(lambda pupil, law: pupil.member | ~pupil.member, 1, "north")
    (dead,) = verify(make_book(always, RULES[1], **make_pairs(beats=[(1, 2)])), (2023,)).found("dead")
    assert dead.rules == ("rule_2",)


def test_a_doubt_of_the_clause_about_another_value_is_found_as_open() -> None:
    doubtful = home(lambda pupil, law: pupil.colour.among("red", unsettled=("green",)), 2, "south")
    book = make_book(RULES[0], doubtful, **make_pairs(beats=[(2, 1)]))
    (found,) = verify(book, (2023,)).found("open")
    assert (found.rules, ask(book, {"member": True, "colour": "green"})) == (("rule_2",), ("unknown", ("doc:2",)))


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        (lambda p, w: p.member, lambda p, w: ~p.member, False),
        (lambda p, w: p.member & p.colour.among("red"), lambda p, w: p.colour.among("green"), False),
        (lambda p, w: p.member, lambda p, w: p.colour.among("red"), True),
        (lambda p, w: p.colour.among("red"), lambda p, w: p.colour.among("green", unsettled=("red",)), True),
        (lambda p, w: p.colour.among("green", unsettled=("red",)), lambda p, w: p.colour.among("red"), True),
    ],
)
def test_rules_meet_where_one_holds_and_the_other_is_open(first: Formula, second: Formula, meet: bool) -> None:
    book = make_book(home(first, 1, "north"), home(second, 2, "south"))
    plan = plan_of(book, "home", 2023)
    assert may_meet([[planned] for planned in plan.rules]) == meet
    assert verify(book, (2023,)).different == 0


@pytest.mark.parametrize(
    ("beats", "circle"),
    [([(1, 1)], ["doc:1"]), ([(1, 2), (2, 1)], ["doc:1", "doc:2"]), ([(1, 2), (2, 3), (3, 2)], ["doc:2", "doc:3"])],
)
def test_clauses_that_beat_each_other_in_a_circle_are_refused(beats: list[tuple[int, int]], circle: list[str]) -> None:
    with pytest.raises(ContentsRefused) as caught:
        make_book(*RULES, **make_pairs(beats=beats))
    found = [(problem.column, problem.rule, problem.value) for problem in caught.value.problems]
    assert found == [("beats", "在 home 里优先次序绕成了圈", clause) for clause in circle]


def test_a_third_value_in_doubt_is_not_missing_where_two_contradict_each_other() -> None:
    homes = [{"id": name, "label": name} for name in ("north", "south", "west")]
    spec = {
        "id": "home",
        "title": "去处",
        "inputs": ["member", "colour", "score"],
        "values": homes,
        "unknown": "不知道",
    }
    west = home(lambda pupil, law: pupil.score >= 60, 3, "west")
    book = make_book(*RULES[:2], west, decisions=[spec], **make_pairs(unresolved=[(1, 2)]))
    assert ask(book, {"member": True, "colour": "red"}) == ("unknown", ("doc:1", "doc:2"))
    assert ask(book, {"member": True, "colour": "green"}) == ("unknown", ("score",))
