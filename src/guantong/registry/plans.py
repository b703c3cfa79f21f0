"""Plans (招生计划): which programmes each year's loaded plan holds, what it covers, and the year's figures."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from guantong.errors import ProgrammeUnknown, YearNotLoaded
from guantong.evidence import Grade, Place, Source
from guantong.registry.programmes import Programme, ProjectType


class Readiness(Enum):
    """What can honestly be answered about a year (数据就绪程度)."""

    LOCKED = "LOCKED"
    QUERY_ONLY = "QUERY_ONLY"

    @property
    def label(self) -> str:
        """Return the sentence that a page shows."""
        return {
            "LOCKED": "这一年没有载入分专业计划，不能列出招生专业",
            "QUERY_ONLY": "载入了分专业计划，可以查询；各专业录取线未公布，不作任何估计",
        }[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTotal:
    """A total that the document itself prints; the rows must add up to it."""

    what: str
    type: str
    value: int
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """One year's plan by major: its document, coverage per type, control totals and rows."""

    year: int
    document: str
    grade: Grade
    coverage: Mapping[str, bool]
    note: str
    control_totals: tuple[ControlTotal, ...]
    programmes: tuple[Programme, ...]

    def covers(self, kind: ProjectType) -> bool:
        """Tell whether the plan lists this type by major."""
        return self.coverage.get(kind.value, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One value that one source gives for a year, with place and grade; disagreeing ones stand side by side."""

    value: str
    text: str
    type: str
    grade: Grade
    place: Place

    def as_json(self, sources: Mapping[str, Source]) -> dict[str, object]:
        """Return the figure as JSON data; numbers as numbers."""
        value: object = int(self.value) if self.value.isdigit() else self.value
        data: dict[str, object] = {"value": value, "grade": self.grade.value}
        data |= {"type": self.type} if self.type else {}
        data |= {"text": self.text} if self.text else {}
        return data | {"place": self.place.as_json(sources.get(self.place.document))}


FIGURE_KINDS = ("totals", "floors", "paper_totals", "batches", "choices")


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFigures:
    """What the sources say of one year as a whole: totals, floors, paper totals, batches, number of choices."""

    year: int
    totals: tuple[Figure, ...] = ()
    floors: tuple[Figure, ...] = ()
    paper_totals: tuple[Figure, ...] = ()
    batches: tuple[Figure, ...] = ()
    choices: tuple[Figure, ...] = ()
    note: str = ""

    def total_places(self) -> tuple[Figure, ...]:
        """Return what sources give as the year's total number of places over both types."""
        return tuple(figure for figure in self.totals if figure.type == "all")


class Plans:
    """Every loaded plan by year, every programme by id, and the figures of every year."""

    def __init__(self, files: Iterable[PlanFile], figures: Iterable[YearFigures]) -> None:
        """Index the files; the contents loader has made sure that ids and keys are unique."""
        self.files: Mapping[int, PlanFile] = {file.year: file for file in sorted(files, key=lambda file: file.year)}
        self.figures: Mapping[int, YearFigures] = {year.year: year for year in sorted(figures, key=lambda y: y.year)}
        self.programmes: Mapping[str, Programme] = {
            programme.id: programme for file in self.files.values() for programme in file.programmes
        }

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years whose plan by major is loaded, oldest first."""
        return tuple(self.files)

    def year(self, year: int) -> PlanFile:
        """Return a year's plan; raise `YearNotLoaded` with the years that are."""
        if year not in self.files:
            raise YearNotLoaded(year=year, years="、".join(map(str, self.years)))
        return self.files[year]

    def of(self, year: int, kind: ProjectType) -> tuple[Programme, ...]:
        """Return a year's rows of one type in the plan's order; empty where the year or type is not covered."""
        file = self.files.get(year)
        return tuple(row for row in file.programmes if row.type is kind) if file else ()

    def __getitem__(self, name: str) -> Programme:
        """Return a programme by id; raise `ProgrammeUnknown` with near ids."""
        if name not in self.programmes:
            raise ProgrammeUnknown(name, difflib.get_close_matches(name, self.programmes, n=3))
        return self.programmes[name]

    def readiness(self, year: int) -> Readiness:
        """Return what can be answered about a year: with a plan by major queries, without one nothing."""
        return Readiness.QUERY_ONLY if year in self.files else Readiness.LOCKED

    def comparable(self, year: int, other: int) -> bool:
        """Tell whether two years' plans cover the same types; only then may they stand side by side."""
        first, second = self.files.get(year), self.files.get(other)
        return first is not None and second is not None and dict(first.coverage) == dict(second.coverage)

    def newest(self) -> int | None:
        """Return the newest year with a plan by major; None where none is loaded."""
        return max(self.files, default=None)
