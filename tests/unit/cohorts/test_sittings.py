"""Lists of a sitting: what a school enters is read whole, and a list stands where its lines do."""

from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.cohorts import project_named
from guantong.cohorts.sittings import (
    RESULT_FIELDS,
    LineState,
    Outcome,
    Result,
    SittingState,
    can_be_recalled,
    counted,
    read_result,
    state_after,
    taught_after,
)
from guantong.registry import Stage

LINES = st.lists(st.sampled_from(LineState), min_size=1, max_size=12)
WORDS = {detail.name: [label for _, label in detail.choices] or ["是", "否"] for detail in RESULT_FIELDS}


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("in_words", [True, False])
def test_an_outcome_is_read_by_its_word_as_a_form_shows_it_and_by_its_id(outcome: Outcome, in_words: bool) -> None:
    result, problems = read_result({"outcome": outcome.label if in_words else outcome.value})
    assert (result.outcome, problems) == (outcome, ())
    assert result.text("outcome") == outcome.label


@pytest.mark.parametrize(("entered", "kept"), [("是", True), ("否", False), (True, True), ("", None), (None, None)])
def test_whether_the_stage_is_completed_is_yes_no_or_left_out(entered: object, kept: bool | None) -> None:
    assert read_result({"completed": entered})[0].completed is kept


def test_every_problem_of_a_line_is_named_at_once_and_what_is_good_is_kept() -> None:
    result, problems = read_result(
        {"outcome": "excellent", "completed": "perhaps", "document_date": "soon", "grade": 1, "mark": "87"}
    )
    assert [problem.column for problem in problems] == ["grade", "outcome", "completed", "document_date"]
    assert result.values == {"mark": "87"}


def test_a_document_is_a_number_a_day_and_an_issuer_and_never_a_word_for_a_file() -> None:
    names = {detail.name for detail in RESULT_FIELDS}
    assert {name for name in names if name.startswith("document_")} == {
        "document_number", "document_date", "document_issuer",
    }  # fmt: skip
    result, _ = read_result({"document_number": "演示〔2026〕1号", "note": "说明"})
    assert result.paper == {"document_number": "演示〔2026〕1号"}


@given(st.fixed_dictionaries({}, optional={name: st.sampled_from(words) for name, words in WORDS.items()}))
def test_what_a_form_shows_of_a_result_reads_as_the_same_result(raw: dict[str, str]) -> None:
    raw.pop("document_date", None)
    result, problems = read_result(raw)
    again, _ = read_result({detail.name: result.text(detail.name) for detail in RESULT_FIELDS})
    assert (problems, again) == ((), result)


@given(LINES)
def test_counts_of_lines_add_up_to_the_list(lines: list[LineState]) -> None:
    found = counted(lines)
    assert (sum(found.values()), set(found)) == (len(lines), set(LineState))


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ("with_school", SittingState.OPEN),
        ("with_school withdrawn", SittingState.OPEN),
        ("put_up", SittingState.SUBMITTED),
        ("put_up accepted returned with_school", SittingState.SUBMITTED),
        ("accepted with_school", SittingState.ANSWERED),
        ("returned", SittingState.ANSWERED),
        ("returned withdrawn", SittingState.ANSWERED),
        ("accepted withdrawn", SittingState.APPLIED),
        ("withdrawn", SittingState.CLOSED),
        ("recalled withdrawn with_school", SittingState.RECALLED),
        ("recalled put_up", SittingState.SUBMITTED),
        ("recalled accepted", SittingState.ANSWERED),
    ],
)
def test_a_list_stands_where_its_lines_do(lines: str, state: SittingState) -> None:
    assert state_after([LineState(word) for word in lines.split()]) is state


def test_a_list_is_over_exactly_when_no_line_waits_for_anybody() -> None:
    for size in (1, 2, 3):
        for lines in combinations_with_replacement(LineState, size):
            state = state_after(lines)
            assert state.is_over == all(line.is_settled for line in lines)
            assert state.with_school <= any(line.with_school for line in lines)


@pytest.mark.parametrize(
    ("state", "lines", "may"),
    [
        ("submitted", "put_up withdrawn with_school", True),
        ("submitted", "put_up accepted", False),
        ("submitted", "put_up returned", False),
        ("confirming", "put_up accepted returned", True),
        ("open", "with_school", False),
        ("recalled", "recalled", False),
        ("answered", "returned", False),
        ("applied", "accepted", False),
    ],
)
def test_a_list_is_recalled_before_its_first_answer_or_while_the_receiver_has_not_got_it(
    state: str, lines: str, *, may: bool
) -> None:
    assert can_be_recalled(SittingState(state), [LineState(word) for word in lines.split()]) is may


def test_the_loan_begins_with_the_submission_and_ends_with_the_list() -> None:
    assert {state for state in SittingState if state.lent} == {SittingState.SUBMITTED, SittingState.ANSWERED}
    assert {line for line in LineState if line.lent} == {LineState.PUT_UP, LineState.ACCEPTED, LineState.RETURNED}


def test_every_word_that_a_page_shows_is_there() -> None:
    words = [one.label for kind in (SittingState, LineState, Outcome) for one in kind]
    assert all(words)
    assert len(set(words)) == len(words)
    assert Result().text("outcome") == ""


@pytest.mark.parametrize(
    ("kind", "stage", "teaches"),
    [
        ("gaoben", Stage.UNDERGRADUATE, "university-b"),
        ("zhongben", Stage.UNDERGRADUATE, "university-b"),
        ("zhongben", Stage.COLLEGE, ""),
        ("three-plus-two", Stage.COLLEGE, ""),
    ],
)
def test_the_university_teaches_the_last_two_years_only(kind: str, stage: Stage, teaches: str) -> None:
    assert taught_after(project_named(f"school-a:university-b:{kind}:710205"), stage) == teaches
