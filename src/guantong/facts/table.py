"""The table of facts (事实表): every statement of one world, looked up by what it is about; never changed.

What sources say differently stays side by side: a look-up answers with one fact only where all candidates agree.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from guantong.errors import FactAmbiguous, FactMissing, FactUnknown, WorldsMixed
from guantong.evidence import Place
from guantong.facts.fact import CITY, Fact, finest
from guantong.facts.json import fact_json
from guantong.facts.words import Words

_TABLE_NUMBER = re.compile(r"表\s*(\d+(?:-\d+)?)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for; a part that is None or "" is not asked about. `place` is a table, section, document or id."""

    attribute: str = ""
    subject: str = ""
    year: int | None = None
    scope: frozenset[str] | None = None
    place: str = ""

    def text(self) -> str:
        """Return the question as one phrase, in the form in which a report binds it."""
        subject = f"@{self.subject}" if self.subject else ""
        scope = "" if self.scope is None else ",".join(sorted(self.scope))
        parts = (f"{self.attribute}{subject}", "" if self.year is None else str(self.year), scope, self.place)
        return ";".join(filter(None, parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Statements about one thing that cannot all be true (矛盾); `one_source` where a single document makes them."""

    facts: tuple[Fact, ...]

    @property
    def one_source(self) -> bool:
        """Tell whether one document contradicts itself."""
        return len({fact.place.document for fact in self.facts}) == 1


class FactTable:
    """Every fact of one world, in the order of documents and lines."""

    def __init__(self, world: str, words: Words, facts: Iterable[Fact]) -> None:
        """Index the facts; an id stands once."""
        self.world, self.words = world, words
        ordered = sorted(facts, key=_place_order)
        self.facts: Mapping[str, Fact] = {fact.id: fact for fact in ordered}
        if len(self.facts) != len(ordered):
            raise ValueError("two facts bear one id")
        self._by_attribute: dict[str, list[Fact]] = defaultdict(list)
        for fact in ordered:
            self._by_attribute[fact.attribute].append(fact)

    def __iter__(self) -> Iterator[Fact]:
        """Go over the facts in the order of documents and lines."""
        return iter(self.facts.values())

    def __len__(self) -> int:
        """Return how many facts there are."""
        return len(self.facts)

    def __getitem__(self, name: str) -> Fact:
        """Return a fact by id; raise `FactUnknown` with near ids."""
        if name not in self.facts:
            raise FactUnknown(name, difflib.get_close_matches(name, self.facts, n=3))
        return self.facts[name]

    def find(self, wanted: Wanted) -> tuple[Fact, ...]:
        """Return every fact that answers; a scope is asked for exactly, never as a part of another."""
        facts = self._by_attribute.get(wanted.attribute, ()) if wanted.attribute else self.facts.values()
        return tuple(fact for fact in facts if _answers(fact, wanted))

    def one(self, wanted: Wanted) -> Fact:
        """Return the finest of the answers where all say the same; raise `FactMissing` or `FactAmbiguous`."""
        found = self.find(wanted)
        if not found:
            raise FactMissing(wanted=wanted.text())
        if len({fact.key for fact in found}) > 1 or not _all_agree(found):
            shown = "；".join(self.said(fact) for fact in found[:6])
            raise FactAmbiguous(wanted=wanted.text(), count=len(found), candidates=shown)
        return finest(found)

    def said(self, fact: Fact) -> str:
        """Return a fact as one phrase: value, scope and place."""
        scope = self.words.scope_words(fact.scope)
        return f"{fact.words}（{scope + '，' if scope else ''}{fact.period}，{fact.place.text()}）"

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        """Return every group of statements about one thing that differ by more than their rounding."""
        groups: dict[object, list[Fact]] = defaultdict(list)
        for fact in self:
            groups[fact.key].append(fact)
        return tuple(Clash(facts=tuple(group)) for group in groups.values() if not _all_agree(group))

    def attributes(self) -> tuple[str, ...]:
        """Return the attributes that any fact states, in the order of the words, changes left out."""
        return tuple(name for name in self.words.attributes if name in self._by_attribute)

    def subjects(self, attribute: str = "") -> tuple[str, ...]:
        """Return the subjects of an attribute or of all facts, the city first."""
        found = {fact.subject for fact in self.find(Wanted(attribute=attribute))}
        return tuple(sorted(found, key=lambda name: (name != CITY, not name.startswith("district:"), name)))

    def join(self, other: FactTable) -> FactTable:
        """Return both tables as one, such as what is bundled and what is published; raise `WorldsMixed`."""
        if other.world != self.world:
            raise WorldsMixed(first=self.world, second=other.world)
        return FactTable(self.world, self.words, [*self, *other])

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 over the world and every fact, the same for any order in which they came."""
        rows = [json.dumps(fact_json(fact), ensure_ascii=False, sort_keys=True) for fact in self]
        return sha256("\n".join([self.world, *rows]).encode()).hexdigest()


def _answers(fact: Fact, wanted: Wanted) -> bool:
    return (
        wanted.subject in ("", fact.subject)
        and wanted.year in (None, fact.period.year)
        and wanted.scope in (None, fact.scope)
        and (not wanted.place or _stands_at(fact, wanted.place))
    )


def _stands_at(fact: Fact, place: str) -> bool:
    """Tell whether a fact stands at “表 2-11”, “2-11”, “一（一）”, a document's id, or is the fact of that id."""
    at = fact.place
    number = _TABLE_NUMBER.match(at.table)
    in_table = number is not None and number[1] == _squeezed(place).removeprefix("表")
    return place in (fact.id, at.document) or (_squeezed(place) == _squeezed(at.section) and not at.table) or in_table


def _squeezed(text: str) -> str:
    return re.sub(r"[\s：:]+", "", text)


def _all_agree(facts: Iterable[Fact]) -> bool:
    every = list(facts)
    return all(fact.agrees(other) for number, fact in enumerate(every) for other in every[number + 1 :])


def _place_order(fact: Fact) -> tuple[str, int, str]:
    return (fact.place.document, _first_line(fact.place), fact.id)


def _first_line(place: Place) -> int:
    return next(iter(place.line_numbers()), 0)
