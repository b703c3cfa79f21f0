"""The values of submissions: every one that was ever entered, and which of them counts now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from guantong.indicators import Entry, Indicator
from guantong.indicators.forms import read_value
from guantong.store import models


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One value as it was entered, and whether it counts now."""

    number: int
    current: bool
    value: str
    explanation: str
    erratum: str
    at: datetime
    by: str


def current(submission: str, indicators: Iterable[Indicator]) -> dict[str, Entry]:
    """Return the values that count now, by indicator."""
    known = {indicator.id: indicator for indicator in indicators}
    rows = models.EntryRevision.objects.filter(submission_id=submission, current=True)
    return {row.indicator: _entry(row, known[row.indicator]) for row in rows if row.indicator in known}


def current_of(submissions: Collection[str], indicators: Iterable[Indicator]) -> dict[str, dict[str, Entry]]:
    """Return the values that count now of many submissions, by submission and indicator."""
    known = {indicator.id: indicator for indicator in indicators}
    found: dict[str, dict[str, Entry]] = {name: {} for name in submissions}
    for row in models.EntryRevision.objects.filter(submission_id__in=submissions, current=True).iterator():
        if row.indicator in known:
            found[row.submission_id][row.indicator] = _entry(row, known[row.indicator])
    return found


def revisions(submission: str, indicator: str) -> tuple[Revision, ...]:
    """Return every value that was ever entered for an indicator, oldest first."""
    rows = models.EntryRevision.objects.filter(submission_id=submission, indicator=indicator).order_by("number")
    return tuple(
        Revision(
            number=row.number,
            current=row.current,
            value=row.value,
            explanation=row.explanation,
            erratum=row.erratum,
            at=row.entered_at,
            by=row.entered_by,
        )
        for row in rows
    )


def put(submission: str, changed: Sequence[Entry], *, by: str, at: datetime, erratum: str = "") -> None:
    """Write values as new revisions; what was there stays and no longer counts."""
    rows = models.EntryRevision.objects.filter(submission_id=submission)
    names = [entry.indicator for entry in changed]
    numbers: Mapping[str, int] = dict(rows.filter(indicator__in=names, current=True).values_list("indicator", "number"))
    rows.filter(indicator__in=names, current=True).update(current=False)
    models.EntryRevision.objects.bulk_create(
        models.EntryRevision(
            submission_id=submission,
            indicator=entry.indicator,
            number=numbers.get(entry.indicator, 0) + 1,
            current=True,
            value=str(entry.value) if entry.value else "",
            sample=entry.sample,
            method=entry.method,
            explanation=entry.explanation,
            erratum=erratum,
            entered_at=at,
            entered_by=by,
        )
        for entry in changed
    )


def _entry(row: models.EntryRevision, indicator: Indicator) -> Entry:
    return Entry(
        indicator=row.indicator,
        value=read_value(row.value, indicator) if row.value else None,
        sample=row.sample,
        method=row.method,
        explanation=row.explanation,
    )
