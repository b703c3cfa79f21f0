"""What writes at the school desk: a roster, and a sitting; imported once Django stands (`bench.school.making`).

Beside an import another process goes on leaving single entries, as every look at a list does: the longest
of them is what the others have to wait.
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from tests.desk import OPERATOR, REGISTRAR, UNIVERSITY_REGISTRAR, admit, organisations_of_the_desk, row
from tests.sitting import PASSED, a_class, entered, opened, version

from guantong.actions import organisations, sitting_answers, sittings
from guantong.actions.attempt import entry, leave_entry
from guantong.actions.sitting_answers import Answer
from guantong.actions.words import Act

Figures = dict[str, float]
CLASS_OF = 40
STEP_S = 0.02
WATCH = (sys.executable, "-m", "bench.school.making", "watch")


def import_roster(rows: int, run: int) -> Figures:
    """Admit one roster of new pupils; tell how long it took and how long others waited, in seconds."""
    _begin()
    roster = [row(run * rows + number) for number in range(rows)]
    with _watched() as waited:
        start = time.perf_counter()
        admit(*roster)
        whole = time.perf_counter() - start
    return {"whole": whole, "waited": waited[0]}


def watch() -> Figures:
    """Leave an entry now and again until nobody listens any more; tell how long the longest took, in seconds."""
    leave_entry(entry(Act.PROJECTS_LISTED), by=OPERATOR)
    print("watching", flush=True)
    longest = 0.0
    while not select.select([sys.stdin], [], [], STEP_S)[0]:
        start = time.perf_counter()
        leave_entry(entry(Act.PROJECTS_LISTED), by=OPERATOR)
        longest = max(longest, time.perf_counter() - start)
    return {"longest": longest}


def sit(runs: int) -> dict[str, list[float]]:
    """Weigh, submit and accept the list of a class, `runs` classes in turn; tell how long each took, in seconds."""
    _begin()
    numbers, took = count(1), []
    for run in range(runs):
        name = f"2023级演示{run + 1}班"
        a_class(CLASS_OF, class_name=name, numbers=numbers)
        sitting = opened(class_name=name)
        entered(sitting, *([PASSED] * CLASS_OF))
        seen = version(sitting)
        accepted = {number: Answer(accepted=True) for number in range(1, CLASS_OF + 1)}
        start = time.perf_counter()
        sittings.weigh_sitting(sitting, by=REGISTRAR)
        sittings.submit_sitting(sitting, seen=seen, by=REGISTRAR)
        sitting_answers.answer_sitting(sitting, accepted, seen=seen + 1, by=UNIVERSITY_REGISTRAR)
        took.append(time.perf_counter() - start)
    return {"sittings": took}


def _begin() -> None:
    if not organisations.list_organisations(by=OPERATOR):
        organisations_of_the_desk()


@contextmanager
def _watched() -> Iterator[list[float]]:
    """Let another process leave entries meanwhile; at the end its longest wait stands in the list."""
    waited: list[float] = []
    with subprocess.Popen(WATCH, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdout.readline()
        yield waited
        other.stdin.close()
        waited.append(json.loads(other.stdout.read())["longest"])
