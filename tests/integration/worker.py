"""A registrar in a process of its own: `python -m tests.integration.worker TASK …`, told by the environment where."""

import sys
import time

from guantong.actions.configuration import set_up

set_up()

from collections.abc import Callable  # noqa: E402
from datetime import date  # noqa: E402
from typing import Any  # noqa: E402

from tests.desk import REGISTRAR, UNIVERSITY_REGISTRAR, admit, row  # noqa: E402

from guantong.actions import events, opening, sitting_answers  # noqa: E402
from guantong.actions.events import NewEvent  # noqa: E402
from guantong.cohorts import EventKind  # noqa: E402
from guantong.errors import RecordChanged  # noqa: E402
from guantong.store import accepted_lines, journal, sittings  # noqa: E402


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


def answer(sitting: str, seen: str, lines: str, stop_at: str) -> None:
    """Accept lines of a list, standing still inside the transaction just before one of its steps."""
    rooms: dict[str, Any] = {"write": accepted_lines, "move": sittings, "append": journal}

    def stand_still(*args: object, **kwargs: object) -> None:
        print("inside", flush=True)
        time.sleep(600)

    setattr(rooms[stop_at], stop_at, stand_still)
    answers = {number: sitting_answers.Answer(accepted=True) for number in range(1, int(lines) + 1)}
    sitting_answers.answer_sitting(sitting, answers, seen=int(seen), by=UNIVERSITY_REGISTRAR)


if __name__ == "__main__":
    opening.open_store(demo=True)
    tasks: dict[str, Callable[..., None]] = {"admit": admit_many, "suspend": suspend, "answer": answer}
    tasks[sys.argv[1]](*sys.argv[2:])
