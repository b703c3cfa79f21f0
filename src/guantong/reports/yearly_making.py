"""What a yearly report is made of, and what is kept while it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from guantong.errors import Problem
from guantong.evidence import Source
from guantong.facts import Fact, FactTable
from guantong.indicators import Catalogue
from guantong.reports.binding import Binder, Gap
from guantong.reports.outline import YearlyOutline
from guantong.reports.prose import prose
from guantong.reports.runs import Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case (案例): a school's own words about itself, under the chapter that it was submitted for."""

    school: str
    title: str
    text: str
    chapter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What one report is made of: whose and which year, its name, the facts, the catalogue, cases, and the day.

    `texts` are the author's own words by their place in the outline. `asked` says, by scope, which
    indicators the subject was asked for; None where nobody knows, and every indicator is looked for.
    `lacking` says in a few words, by indicator and scope, why there is no number; facts in `hidden` are not printed.
    """

    subject: str
    name: str
    year: int
    facts: FactTable
    catalogue: Catalogue
    sources: Mapping[str, Source]
    on: date
    cases: tuple[Case, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, frozenset[str]] | None = None
    lacking: Mapping[tuple[str, str], str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def asks(self, indicator: str, scope: str) -> bool:
        """Tell whether an indicator is looked for in a scope."""
        return self.asked is None or indicator in self.asked.get(scope, frozenset())


@dataclass(slots=True)
class Making:
    """A report in the making: outline, edition, look-ups, which tables came to stand, and which words cannot."""

    outline: YearlyOutline
    edition: Edition
    binder: Binder
    printed: list[str] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)

    @property
    def facts(self) -> FactTable:
        """Return the facts."""
        return self.edition.facts

    def words(self, text: str) -> Runs:
        """Return words of the outline, whose declared names may hold digits."""
        return prose(text, self.binder.names)

    def lack(self, where: str, wanted: str) -> None:
        """Note that something asked for is not on record."""
        self.binder.missing.append(Gap(where=where, wanted=wanted, required=False))

    def use(self, *facts: Fact) -> None:
        """Note facts that are printed without a look-up of their own."""
        self.binder.used.extend(facts)
