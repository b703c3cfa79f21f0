"""The overview of a year under a steady load: `python -m bench.quality.overview SCHOOLS SECONDS`; prints JSON.

Questions begin on their clock whether or not earlier ones have come back; once a second somebody writes
a section, so that what is remembered is not true any more.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from uuid import uuid4

RATE, YEAR = 100, 2026
DUE = date(2026, 12, 20)


def make(schools: int) -> None:
    """Open a year in which schools have reported every section."""
    from django.db import transaction

    from guantong.actions import collection_state as state
    from guantong.actions.clock import now, today
    from guantong.indicators import Entry
    from guantong.indicators.forms import read_value
    from guantong.registry import Stage
    from guantong.store import collection, entries
    from guantong.store.collection import SectionRecord, SubmissionRecord

    asked = state.catalogue().asked(YEAR, Stage.SECONDARY)
    values = [Entry(indicator=one.id, value=read_value("90" if one.unit == "%" else "100", one)) for one in asked]
    with transaction.atomic():
        collection.open_year(YEAR, state.catalogue().digest, DUE, by="bench", at=now())
        for number in range(schools):
            sections = tuple(
                SectionRecord(name=one.id, step="fill", end="", round=1, version=1, due=DUE, deeds=())
                for one in state.catalogue().sections(YEAR, Stage.SECONDARY)
            )
            record = SubmissionRecord(
                id=uuid4().hex,
                year=YEAR,
                organisation=f"school-{number:03d}",
                stage=Stage.SECONDARY,
                kind="中职",
                size="中",
                exempt="",
                step="collect",
                version=1,
                started=today(),
                sections=sections,
                deeds=(),
            )
            collection.add(record)
            entries.put(record.id, values, by="bench", at=now())


def load(seconds: int) -> dict[str, float]:
    """Return percentiles in milliseconds."""
    from tests.collection import CITY

    from guantong.actions import collection
    from guantong.store import collection as kept

    collection.read_matrix(YEAR, by=CITY)
    records = kept.of_year(YEAR, reached=None)
    times, start = [], time.perf_counter()
    for number in range(RATE * seconds):
        due = start + number / RATE
        time.sleep(max(0.0, due - time.perf_counter()))
        if number % RATE == RATE // 2:
            record = records[number // RATE % len(records)]
            kept.touch_section(record, record.sections[0].name)
        collection.read_matrix(YEAR, by=CITY)
        times.append(time.perf_counter() - due)
    ordered = sorted(times)
    return {"rate": RATE, "p50": ordered[len(ordered) // 2] * 1000, "p99": ordered[int(len(ordered) * 0.99)] * 1000}


if __name__ == "__main__":
    from guantong.actions.configuration import set_up

    set_up()
    from guantong.store import opening

    opening.open_store(opening.DEMO)
    make(int(sys.argv[1]))
    print(json.dumps(load(int(sys.argv[2]))))
