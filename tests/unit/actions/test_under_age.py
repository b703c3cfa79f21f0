"""Who counts as under 14, and a month of birth however it is written."""

from datetime import date

import pytest

from guantong.actions.under_age import is_under_age, read_birth_month


@pytest.mark.parametrize(
    ("born", "under"), [("2012-11", True), ("2012-10", False), ("2012-12", True), ("2008-01", False), ("", True)]
)
def test_whoever_may_still_be_thirteen_counts_as_thirteen(born: str, under: bool) -> None:
    assert is_under_age(born, date(2026, 11, 20)) is under


@pytest.mark.parametrize(
    "written",
    ["2010-05", "2010-5", " 2010-05 ", "2010/05", "2010/5", "201005", "2010年5月", "2010年05月", "2010-05-17"],
)
def test_a_month_is_read_however_people_write_it(written: str) -> None:
    assert read_birth_month(written) == "2010-05"


@pytest.mark.parametrize(
    "written",
    ["2010", "2010-13", "2010-00", "2010.1", "20105", "5/2010", "2010年", "０００", "1010-05", "五月", "2010-05-"],
)
def test_what_names_no_month_for_certain_is_not_guessed(written: str) -> None:
    assert read_birth_month(written) is None


@pytest.mark.parametrize("written", ["", " ", "\u3000"])
def test_an_empty_cell_is_no_month_and_no_fault(written: str) -> None:
    assert read_birth_month(written) == ""
