"""Whether a paper came in time: its last day is still in time."""

from datetime import date

import pytest
from tests.factories import beijing

from guantong.procedures import Filing, filing, last_day

DUE = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("submitted", "on", "found"),
    [
        (date(2026, 12, 31), date(2027, 5, 1), Filing.ON_TIME),
        (date(2027, 1, 1), date(2027, 5, 1), Filing.LATE),
        (None, date(2026, 12, 31), Filing.OPEN),
        (None, date(2027, 1, 1), Filing.MISSING),
    ],
)
def test_a_paper_stands_to_its_last_day(submitted: date | None, on: date, found: Filing) -> None:
    assert filing(DUE, submitted, on) is found


def test_without_a_deadline_nothing_is_late() -> None:
    assert (filing(None, DUE, DUE), filing(None, None, DUE)) == (Filing.ON_TIME, Filing.OPEN)
    assert Filing.MISSING.label == "逾期未交"


def test_the_december_report_is_due_on_the_last_day_of_the_year() -> None:
    assert last_day(beijing().procedures["implementation-report"], 2026) == DUE
