"""What `cohorts report --json` and `cohorts counts --json` print: one place for the CLI and for pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from guantong.cohorts import Moment
from guantong.procedures import Filing
from guantong.reports.implementation.content import ReportContent, content_data
from guantong.reports.implementation.figures import CohortFigures, counts_data, planned_data


def report_json(
    report: str, content: ReportContent, *, step: str, until: date | None, submitted: date | None, filing: Filing
) -> dict[str, object]:
    """Return a report with where it stands; `step` is None once it is submitted."""
    return {
        "report": report,
        "project": content.figures.project,
        "year": content.figures.year,
        "step": step or None,
        "until": _day(until),
        "submitted": _day(submitted),
        "filing": filing.value,
        "digest": content.digest,
        **content_data(content),
    }


def counts_json(rows: Iterable[tuple[str, CohortFigures]], moment: Moment) -> dict[str, object]:
    """Return the counts of projects and cohorts at a moment; events since None are all of them."""
    return {
        "on": moment.on.isoformat(),
        "known": moment.known.isoformat() if moment.known else None,
        "since": None if moment.since == date.min else moment.since.isoformat(),
        "rows": [
            {
                "project": project,
                "cohort": part.cohort,
                "planned": planned_data(part.planned),
                **counts_data(part.counts),
            }
            for project, part in rows
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
