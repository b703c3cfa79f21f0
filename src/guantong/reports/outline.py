"""The outline of a yearly report (提纲): chapters, sentences with slots, tables, charts. Data, without a number.

A sentence or row is required, or printed where its facts are there; what is left out is listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """Whose report it is."""

    CITY = "city"
    DISTRICT = "district"
    SCHOOL = "school"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return {"city": "市级", "district": "区级", "school": "学校"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence with `{slots}`; left out where a fact is missing, unless it is required."""

    text: str
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A paragraph of sentences; it disappears with the last of them."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its head cells as words, then one slot a column ("" leaves the cell empty)."""

    head: tuple[str, ...]
    cells: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRows:
    """A table whose rows are declared."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRows:
    """A table of grades made from counts: `counts` is a slot in which `*` stands for each grade's code."""

    id: str
    caption: str
    counts: str
    decimals: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRows:
    """One of the catalogue's tables, a column a stage; `scopes` are the scopes that the stages' facts bear.

    `chart` is the caption of bars that show the table, "" for none; `drawn` are their indicators, all where empty.
    """

    id: str
    table: str
    columns: tuple[str, ...]
    scopes: tuple[str, ...]
    chart: str = ""
    drawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesChart:
    """A chart of one attribute over years, with its table; a strand is one scope and its name.

    Where fewer than two years are on record it is left out: as a gap, unless it is `optional`.
    """

    id: str
    caption: str
    attribute: str
    strands: tuple[tuple[str, str], ...]
    since: int | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesHere:
    """Where cases of schools stand (案例): each framed as the school's own statement."""

    chapter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """Where an author writes freely (自述): a school's words are quoted, an authority's are bound like any sentence."""

    id: str
    required: bool = False


Part = Prose | FactRows | GradeRows | IndicatorRows | SeriesChart | CasesHere | OwnWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A heading with what stands below it; `parts` in order, then its own sections."""

    id: str
    title: str
    parts: tuple[Part, ...] = ()
    sections: tuple[Chapter, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyOutline:
    """The whole outline: for which level and editions, its title, names that hold digits, and its chapters."""

    id: str
    level: Level
    title: str
    issuer: str
    chapters: tuple[Chapter, ...]
    names: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None

    def serves(self, level: Level, edition: int) -> bool:
        """Tell whether it is the outline of a level in an edition."""
        begun = self.since is None or self.since <= edition
        return level is self.level and begun and (self.until is None or edition <= self.until)

    def tables(self) -> tuple[str, ...]:
        """Return the ids of every table and chart, in order."""
        return tuple(
            part.id
            for chapter in self.walk()
            for part in chapter.parts
            if isinstance(part, FactRows | GradeRows | IndicatorRows | SeriesChart)
        )

    def own_words(self) -> tuple[tuple[str, str], ...]:
        """Return id and chapter title of every place where an author writes freely, in order."""
        return tuple(
            (part.id, chapter.title) for chapter in self.walk() for part in chapter.parts if isinstance(part, OwnWords)
        )

    def case_chapters(self) -> tuple[tuple[str, str], ...]:
        """Return id and title of every chapter that takes cases, in order."""
        return tuple(
            (part.chapter, chapter.title)
            for chapter in self.walk()
            for part in chapter.parts
            if isinstance(part, CasesHere)
        )

    def walk(self) -> tuple[Chapter, ...]:
        """Return every chapter and section in reading order."""

        def below(chapter: Chapter) -> tuple[Chapter, ...]:
            return (chapter, *(inner for section in chapter.sections for inner in below(section)))

        return tuple(inner for chapter in self.chapters for inner in below(chapter))
