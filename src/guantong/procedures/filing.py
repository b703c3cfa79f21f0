"""Whether a paper came in time (提交情况): its last day is still in time, and one that is missing is said to be so."""

from __future__ import annotations

from datetime import date
from enum import Enum

from guantong.procedures.procedure import Procedure, due_on


class Filing(Enum):
    """How a paper stands to its deadline on a day."""

    ON_TIME = "on_time"
    LATE = "late"
    OPEN = "open"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """Return the words that a page shows."""
        return _LABELS[self]


_LABELS = {
    Filing.ON_TIME: "按时提交",
    Filing.LATE: "逾期提交",
    Filing.OPEN: "未提交，未到期",
    Filing.MISSING: "逾期未交",
}


def filing(until: date | None, submitted: date | None, on: date) -> Filing:
    """Return how a paper stands on a day; without a deadline nothing is ever late."""
    if submitted is not None:
        return Filing.LATE if until is not None and submitted > until else Filing.ON_TIME
    return Filing.MISSING if until is not None and on > until else Filing.OPEN


def last_day(procedure: Procedure, year: int) -> date | None:
    """Return the last day of a procedure's last step in a year; None where it has no fixed one."""
    return due_on(procedure.steps[-1].deadline, year=year, started=date(year, 1, 1), done={})
