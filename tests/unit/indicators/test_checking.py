"""The closed list of checks: each says its own fault, says nothing where a number is missing, and blocks or asks."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.indicators.catalogue import CATALOGUE

from guantong.indicators import CheckKind, Compared, Entry, Form, check_form
from guantong.reconciliation import Printed
from guantong.registry import Stage

SOUND = {"graduates": "200", "placed": "190", "rate": "95.0", "study": "80", "work": "110", "whole": "190"}


def form(exempt: Sequence[str] = (), **values: str) -> Form:
    """A form of a college for 2025."""
    entries = {name: Entry(indicator=name, value=Printed.read(value), row=4) for name, value in values.items()}
    return Form(organisation="o", year=2025, stage=Stage.COLLEGE, entries=entries, exempt=frozenset(exempt))


def kinds(made: Form, compared: Compared | None = None) -> list[tuple[str, CheckKind]]:
    """What was found."""
    return [(fault.indicator.id, fault.kind) for fault in check_form(CATALOGUE, made, compared).faults]


def test_a_sound_form_has_no_fault() -> None:
    assert kinds(form(**SOUND)) == []
    assert check_form(CATALOGUE, form(**SOUND)).ready


def test_an_empty_form_lacks_what_is_required_and_nothing_else() -> None:
    assert kinds(form()) == [("graduates", CheckKind.REQUIRED), ("placed", CheckKind.REQUIRED)]
    assert kinds(form(exempt=["graduates", "placed"])) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"placed": "201", "rate": "100.5"}, [("placed", CheckKind.SUBSET), ("rate", CheckKind.RANGE)]),
        ({"rate": "94.9"}, [("rate", CheckKind.RATIO)]),
        ({"whole": "191"}, [("whole", CheckKind.SUM)]),
        ({"satisfied": "88.1"}, [("satisfied", CheckKind.SAMPLE), ("satisfied", CheckKind.SAMPLE)]),
    ],
)
def test_each_fault_is_told_where_it_stands(change: dict[str, str], found: list[tuple[str, CheckKind]]) -> None:
    assert kinds(form(**{**SOUND, **change})) == found


def test_a_fault_names_row_value_and_what_to_do() -> None:
    (fault,) = check_form(CATALOGUE, form(**{**SOUND, "whole": "191"})).hard
    assert (fault.problem.row, fault.problem.column, fault.problem.value) == (4, "指标whole", "191")
    assert fault.problem.rule == "指标whole 191 人，但各项之和是 190 人"
    assert fault.problem.remedy


def test_a_check_whose_numbers_are_not_all_there_says_nothing() -> None:
    assert kinds(form(graduates="200", placed="190", whole="5", study="4")) == []


def test_a_warning_blocks_until_it_is_explained_and_an_error_blocks_always() -> None:
    last = Compared(last_year={"graduates": Printed.read("100"), "placed": Printed.read("90")})
    made = form(**{**SOUND, "graduates": "200"})
    warned = check_form(CATALOGUE, made, last)
    assert [fault.kind for fault in warned.warnings] == [CheckKind.JUMP]
    assert not warned.ready
    told = {
        **made.entries,
        "graduates": Entry(indicator="graduates", value=Printed.read("200"), explanation="合并了一所学校"),
    }
    explained = check_form(CATALOGUE, Form(organisation="o", year=2025, stage=Stage.COLLEGE, entries=told), last)
    assert explained.ready
    assert explained.warnings[0].explanation == "合并了一所学校"
    wrong = {**told, "whole": Entry(indicator="whole", value=Printed.read("9"), explanation="就是这样")}
    assert not check_form(CATALOGUE, Form(organisation="o", year=2025, stage=Stage.COLLEGE, entries=wrong), last).ready


def test_a_wrong_unit_is_suspected_instead_of_a_jump() -> None:
    last = Compared(last_year={"graduates": Printed.read("2000000")})
    assert ("graduates", CheckKind.UNIT) in kinds(form(**SOUND), last)
    assert ("graduates", CheckKind.JUMP) not in kinds(form(**SOUND), last)


def test_peers_are_asked_only_where_there_are_enough_of_them() -> None:
    few = Compared(peers={"rate": [Decimal(50)] * 4})
    many = Compared(peers={"rate": [Decimal(50)] * 5})
    assert kinds(form(**SOUND), few) == []
    assert kinds(form(**SOUND), many) == [("rate", CheckKind.PEER_JUMP)]


def test_another_source_with_another_number_is_named() -> None:
    compared = Compared(
        elsewhere={"pupils": [("数据平台", Printed.read("1,204")), ("学籍系统", Printed.read("1,203"))]}
    )
    (fault,) = check_form(CATALOGUE, form(**SOUND, pupils="1203"), compared).warnings
    assert "数据平台" in fault.problem.rule
    assert not fault.kind.hard


def test_the_json_counts_errors_and_warnings() -> None:
    data = check_form(CATALOGUE, form(**{**SOUND, "whole": "191", "satisfied": "88"})).as_json()
    assert (data["hard"], data["warnings"]) == (3, 0)
    assert isinstance(data["problems"], list)
    assert {problem["check"] for problem in data["problems"]} == {"sum", "sample"}


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_whatever_is_entered_a_form_without_hard_faults_adds_up(study: int, work: int, whole: int) -> None:
    made = form(graduates="1000", placed="900", study=str(study), work=str(work), whole=str(whole))
    assert (not check_form(CATALOGUE, made).hard) == (study + work == whole)
