"""Figures (数字): everything that an implementation report counts, frozen as data and read back the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from guantong.cohorts import Counts, EventKind, Funnel, Planned, Status
from guantong.evidence import Grade
from guantong.registry import Stage

Key = TypeVar("Key", EventKind, Stage, Status)


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortFigures:
    """One cohort of the project: what was planned, and what its pupils are and went through."""

    cohort: int
    planned: Planned
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFigures:
    """The figures of one project and year: of the day `on`, events counted from `since` on, known at `known`."""

    project: str
    year: int
    on: date
    since: date
    known: datetime
    cohorts: tuple[CohortFigures, ...]

    @property
    def pupils(self) -> int:
        """Return how many pupils were ever admitted to the cohorts of the report."""
        return sum(part.counts.pupils for part in self.cohorts)

    def status(self, *wanted: Status) -> int:
        """Return how many pupils of all cohorts have one of some statuses."""
        return sum(part.counts.by_status[status] for part in self.cohorts for status in wanted)

    def happened(self, kind: EventKind) -> int:
        """Return how many events of a kind happened since the day from which they are counted."""
        return sum(part.counts.happened[kind] for part in self.cohorts)

    def on_document(self, kind: EventKind) -> int:
        """Return how many of them rest on a document that is not in our sources."""
        return sum(part.counts.on_document[kind] for part in self.cohorts)

    def approved(self, kind: EventKind) -> int:
        """Return how many of them rest on a written approval."""
        return sum(part.counts.approved[kind] for part in self.cohorts)


def figures_data(figures: ReportFigures) -> dict[str, object]:
    """Return figures as JSON data."""
    return {
        "project": figures.project,
        "year": figures.year,
        "on": figures.on.isoformat(),
        "since": figures.since.isoformat(),
        "known": figures.known.isoformat(),
        "cohorts": [
            {"cohort": part.cohort, "planned": planned_data(part.planned), **counts_data(part.counts)}
            for part in figures.cohorts
        ],
    }


def counts_data(counts: Counts) -> dict[str, object]:
    """Return counts as JSON data; what is nought is left out of the tables of kinds."""
    return {
        "pupils": counts.pupils,
        "by_status": _table(counts.by_status),
        "by_stage": {stage.value: _table(table) for stage, table in counts.by_stage.items()},
        "happened": _table(counts.happened),
        "on_document": _table(counts.on_document),
        "approved": _table(counts.approved),
        "certificates": _table(counts.certificates),
        "funnel": asdict(counts.funnel),
    }


def read_figures(data: Mapping[str, Any]) -> ReportFigures:
    """Return the figures that JSON data hold; the data were written by `figures_data`."""
    return ReportFigures(
        project=data["project"],
        year=data["year"],
        on=date.fromisoformat(data["on"]),
        since=date.fromisoformat(data["since"]),
        known=datetime.fromisoformat(data["known"]),
        cohorts=tuple(
            CohortFigures(cohort=part["cohort"], planned=_read_planned(part["planned"]), counts=_read_counts(part))
            for part in data["cohorts"]
        ),
    )


def planned_data(planned: Planned) -> dict[str, object]:
    """Return what was planned as JSON data."""
    return {
        "places": planned.places,
        "why": planned.why,
        "rows": list(planned.rows),
        "place": planned.place,
        "grade": planned.grade.value if planned.grade else None,
    }


def _read_planned(data: Mapping[str, Any]) -> Planned:
    return Planned(
        places=data["places"],
        why=data["why"],
        rows=tuple(data["rows"]),
        place=data["place"],
        grade=Grade(data["grade"]) if data["grade"] else None,
    )


def _read_counts(data: Mapping[str, Any]) -> Counts:
    kinds = [kind for kind in EventKind if kind is not EventKind.CORRECTED]
    return Counts(
        pupils=data["pupils"],
        by_status=_whole(data["by_status"], Status),
        by_stage={Stage(stage): _whole(table, Status) for stage, table in data["by_stage"].items()},
        happened={kind: data["happened"].get(kind.value, 0) for kind in kinds},
        on_document={kind: data["on_document"].get(kind.value, 0) for kind in kinds},
        approved={kind: data["approved"].get(kind.value, 0) for kind in kinds},
        certificates={Stage(stage): data["certificates"].get(stage, 0) for stage in data["by_stage"]},
        funnel=Funnel(**data["funnel"]),
    )


def _table(table: Mapping[Key, int]) -> dict[str, int]:
    return {key.value: number for key, number in table.items() if number}


def _whole(table: Mapping[str, int], kind: type[Status]) -> dict[Status, int]:
    return {key: table.get(key.value, 0) for key in kind}
