"""A whole file of people as columns (整表读入), for comparisons that need everyone at once."""

from __future__ import annotations

from datetime import date
from itertools import chain
from pathlib import Path
from typing import cast

from guantong.errors import TableRefused
from guantong.policies.columns import People, TableFrame, read_people
from guantong.policies.rulebook import Rulebook
from guantong.policies.table_sources import open_source


def people_of(book: Rulebook, decision: str, source: Path, *, on: date | None = None) -> People:
    """Read a CSV or Parquet file; raise `TableUnreadable`, or `TableRefused` with every fault."""
    opened = open_source(source)
    batches = list(opened.batches())
    if faults := [problem for batch in batches for problem in batch.problems]:
        raise TableRefused(faults, len(faults))
    columns = {
        name: list(chain.from_iterable(cast("list[object]", batch.columns[name]) for batch in batches))
        for name in opened.names
    }
    numbers = list(chain.from_iterable(batch.numbers for batch in batches))
    return read_people(book, columns, (decision,), on=on, frame=TableFrame(file=source.name, numbers=numbers))
