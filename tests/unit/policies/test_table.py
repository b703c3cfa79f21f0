"""What a table run says: counts, reasons by clause, the first that fails, rows without law."""

from functools import partial

import numpy as np
import pytest
from tests.cities import Cells, answered, decide_row, random_cells, wild_book
from tests.factories import make_book, make_clause, make_rule, make_value, real_book

from guantong.errors import DecisionUnknown
from guantong.policies import kernel
from guantong.policies.city import decide_table, read_people
from guantong.policies.expressions import Expression, Law, Pupil
from guantong.policies.table import FAILED, OPEN
from guantong.policies.tape import Tape

BOOK = real_book()
COLUMNS: dict[str, object] = {
    "score": [400, 300, 300, None, 400],
    "household": ["beijing", "beijing", "other", "beijing", "as_beijing"],
    "exam_eligible": [True, True, True, False, True],
    "cohort": [2025, 2025, 2025, 2025, 2026],
}


def test_reasons_name_the_clauses_that_fail_and_those_that_are_open() -> None:
    answer = decide_table(BOOK, COLUMNS)["may_apply"]
    failed = [answer.clauses(int(bits)) for bits in answer.reasons[FAILED]]
    opened = [answer.clauses(int(bits)) for bits in answer.reasons[OPEN]]
    floor, household = "jjzc-2023-6:3.1.2", "jjzc-2023-6:3.1.1"
    assert failed == [(), (floor,), (household, floor), (household,), ()]
    assert opened == [(), (), (), (floor,), ()]


def test_the_first_rule_that_fails_is_the_first_of_the_rulebook() -> None:
    answer = decide_table(BOOK, COLUMNS)["may_apply"]
    names = [rule.name for rule in answer.rules]
    assert answer.first_failed().tolist() == [
        3, names.index("reaches_floor"), names.index("has_household"), names.index("is_exam_eligible"), 3,
    ]  # fmt: skip


def test_a_cohort_without_law_is_unknown_and_counted_and_no_error() -> None:
    answer = decide_table(BOOK, COLUMNS)["may_apply"]
    assert (answer.word(4), answer.lawless) == ("unknown", 1)
    assert answer.counts() == {"no": 3, "unknown": 1, "yes": 1}


def test_a_value_decision_counts_its_values() -> None:
    columns = {"project": ["zhongben", "zhongben", None], "stage": ["secondary", "college", "college"]}
    answer = decide_table(BOOK, {**columns, "cohort": [2023] * 3}, ("registered_at",))["registered_at"]
    assert answer.counts() == {"school": 1, "college": 0, "university": 1, "unknown": 1}
    assert [answer.word(row) for row in range(3)] == ["school", "university", "unknown"]


def test_a_decision_that_the_rulebook_does_not_have_is_refused_with_near_names() -> None:
    with pytest.raises(DecisionUnknown, match="may_apply"):
        decide_table(BOOK, COLUMNS, ("may_aply",))


def test_without_reasons_only_the_answers_are_kept() -> None:
    run = decide_table(BOOK, COLUMNS, reasons=False)
    assert run["may_apply"].reasons == {}
    assert np.array_equal(run["may_apply"].codes, decide_table(BOOK, COLUMNS)["may_apply"].codes)


@pytest.mark.parametrize("block", [1, 7, 64, 1000])
def test_the_size_of_a_block_does_not_matter(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    book, cells = wild_book(), random_cells(wild_book(), 300, 5, top=100)
    people = read_people(book, {**cells, "score": [50] * 300}, tuple(book.decisions))
    whole = decide_table(book, people, tuple(book.decisions))
    monkeypatch.setattr(kernel, "BLOCK", block)
    cut = decide_table(book, people, tuple(book.decisions))
    for name, answer in whole.answers.items():
        assert np.array_equal(answer.codes, cut[name].codes)
        assert all(np.array_equal(bits, cut[name].reasons[kind]) for kind, bits in answer.reasons.items())


def test_many_cohorts_each_with_a_floor_of_its_own_are_looked_up() -> None:
    """More jumps than masks are worth: the small table itself is read."""
    years = list(range(2001, 2061))
    values = {"floor": [make_value(cohorts=[year], value=str(year % 7 + 50)) for year in years]}
    rule = make_rule(lambda p, w: p.score >= w.floor)
    book = make_book(rule, clauses=[make_clause(enacted=years)], values=values)
    answer = decide_table(book, {"score": [53] * 60, "cohort": years})["may_apply"]
    assert [answer.word(row) for row in range(60)] == ["yes" if year % 7 + 50 <= 53 else "no" for year in years]


def test_as_many_regimes_as_one_byte_cannot_number_are_still_told_apart() -> None:
    book = make_book(make_rule(lambda p, w: p.score >= 1), clauses=[make_clause(enacted=[2001])])
    days = [f"{2000 + at % 90}-10-01" for at in range(900)]
    cohorts = [2001 + at // 90 for at in range(900)]
    people = read_people(book, {"score": [1] * 900, "cohort": cohorts, "on": days})
    assert (len(people.regimes), people.regime.dtype.name) == (900, "uint16")
    answer = decide_table(book, people)["may_apply"]
    assert answer.counts() == {"no": 0, "unknown": 810, "yes": 90}


def test_more_rules_than_reasons_have_room_for_are_refused() -> None:
    rules = [make_rule(lambda p, w: p.score >= 1, f"rule_{number}") for number in range(65)]
    with pytest.raises(ValueError, match="65 rules"):
        decide_table(make_book(*rules), {"score": [1], "cohort": [2023]})


def reaches(number: int, pupil: Pupil, law: Law) -> Expression:
    return pupil.score >= number


@pytest.mark.parametrize("size", [3, 9, 17, 33, 64])
def test_reasons_are_as_wide_as_the_rules_need(size: int) -> None:
    rules = [make_rule(partial(reaches, number), f"rule_{number}") for number in range(size)]
    answer = decide_table(make_book(*rules), {"score": [size - 2], "cohort": [2023]})["may_apply"]
    assert int(answer.reasons[FAILED][0]) == 1 << (size - 1)
    assert answer.first_failed().tolist() == [size - 1]


def test_values_under_denied_conjunctions_and_alternatives_are_those_of_the_single_case() -> None:
    rule = partial(make_rule, decision="home")
    rules = [
        rule(lambda p, w: ~(p.member & (p.score >= 50)) & ~~p.colour.among("red"), "a", gives="north"),
        rule(lambda p, w: ~(p.member | p.colour.among("red")) | ~(p.other >= 60), "b", gives="south"),
        make_rule(lambda p, w: p.score >= w.floor),
    ]
    book = make_book(*rules)
    cells: Cells = {**random_cells(book, 400, 8, top=100), "cohort": [2023] * 400}
    for name in ("score", "other"):
        cells[name] = [None if value is None else float(str(value)) % 100 for value in cells[name]]
    answer = decide_table(book, cells, ("home",))["home"]
    singles = [answered(decide_row(book, cells, "home", row)) for row in range(400)]
    assert [answer.word(row) for row in range(400)] == singles
    assert set(singles) == {"north", "south", "unknown"}


ENTRIES = [
    (0,),
    (2, 0),
    (0, 2),
    (2, 2, 0),
    (0, 2, 0),
    (1, 2, 1),
    (2, 1, 0, 0),
    (0, 1, 2, 0, 1, 2),
    (5, 0, 5, 0, 5, 0, 5),
]


@pytest.mark.parametrize("entries", ENTRIES)
@pytest.mark.parametrize("dtype", ["u1", "i2", "u2"])
def test_a_small_table_is_the_same_by_masks_and_by_look_up(entries: tuple[int, ...], dtype: str) -> None:
    tape, codes = Tape(), np.arange(len(entries), dtype=np.uint8).repeat(3)
    node = tape.table(tape.column("code", "u1"), entries, dtype)
    found = np.zeros(len(codes), dtype)
    kernel.assemble(tape, {"out": node}).run({"code": codes}, {"out": found}, len(codes))
    assert found.tolist() == [entries[code] for code in codes]


def test_one_result_asked_for_twice_is_copied() -> None:
    tape, codes = Tape(), np.array([0, 1, 2], np.uint8)
    column = tape.column("truth", "u1")
    outputs = {name: np.zeros(3, np.uint8) for name in ("first", "second", "same", "fixed")}
    nodes = {"first": tape.negated(column), "second": tape.negated(column), "same": column, "fixed": tape.constant(2)}
    kernel.assemble(tape, nodes).run({"truth": codes}, outputs, 3)
    assert [found.tolist() for found in outputs.values()] == [[2, 1, 0], [2, 1, 0], [0, 1, 2], [2, 2, 2]]
