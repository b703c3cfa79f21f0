"""A registrar in a process of its own: `python -m tests.integration.worker TASK …`, told by the environment where."""

import sys

from guantong.actions.configuration import set_up

set_up()

from datetime import date  # noqa: E402

from tests.desk import REGISTRAR, admit, row  # noqa: E402

from guantong.actions import events, opening  # noqa: E402
from guantong.actions.events import NewEvent  # noqa: E402
from guantong.cohorts import EventKind  # noqa: E402
from guantong.errors import RecordChanged  # noqa: E402


def admit_many(first: str, number: str) -> None:
    """Admit a roster of invented pupils, saying when the writing begins."""
    rows = [row(int(first) + step) for step in range(int(number))]
    print("ready", flush=True)
    admit(*rows)
    print("done", flush=True)


def suspend(pupil: str, seen: str) -> None:
    """Suspend a pupil on the version seen, and say whether it was the first to do so."""
    new = NewEvent(kind=EventKind.NOT_ARRIVED, on=date(2023, 9, 1))
    try:
        events.propose_event(pupil, new, seen=int(seen), by=REGISTRAR)
    except RecordChanged:
        print("late", flush=True)
    else:
        print("first", flush=True)


if __name__ == "__main__":
    opening.open_store(demo=True)
    {"admit": admit_many, "suspend": suspend}[sys.argv[1]](*sys.argv[2:])
