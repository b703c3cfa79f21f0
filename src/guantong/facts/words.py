"""The words of facts (统计项目与口径): what can be stated, in which unit and by which definition, of whom.

They are contents; a fact may use no other. A change and a growth rate of an attribute need no entry of their own:
`teachers.change` and `teachers.growth` follow from `teachers`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from guantong.errors import AttributeUnknown
from guantong.evidence import Grade
from guantong.facts.units import PERCENT, POINTS


class AttributeKind(Enum):
    """What sort of number an attribute is."""

    COUNT = "count"
    SHARE = "share"
    RATIO = "ratio"
    SCORE = "score"
    MONEY = "money"
    MEASURE = "measure"
    CHANGE = "change"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return _KINDS[self.value]


_KINDS = {
    "count": "个数",
    "share": "占比或比率",
    "ratio": "比值",
    "score": "评分",
    "money": "金额",
    "measure": "度量",
    "change": "增减",
}


class ScopeKind(Enum):
    """What a code of scope says: which level, what is in or out, which part, or whose figures."""

    LEVEL = "level"
    INCLUDES = "includes"
    EXCLUDES = "excludes"
    PART = "part"
    REPORTERS = "reporters"


STRAND_KINDS = (ScopeKind.LEVEL, ScopeKind.PART)
"""The kinds that say whom a series follows; the other kinds are how that group was counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One way of counting an attribute (定义), with the grade of the text that says so."""

    id: str
    text: str
    mark: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """What can be stated of a subject (统计项目): its name, plain unit, kind, theme and ways of counting."""

    id: str
    name: str
    unit: str
    kind: AttributeKind
    theme: str
    definitions: tuple[Definition, ...]

    def definition(self, name: str) -> Definition | None:
        """Return a way of counting by id; None where there is none of that id."""
        return next((part for part in self.definitions if part.id == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeCode:
    """One code of scope (口径) and its words."""

    id: str
    name: str
    kind: ScopeKind


CHANGE, GROWTH = ".change", ".growth"


class Words:
    """Every attribute and every code of scope by id, and the city's name."""

    def __init__(self, city: str, attributes: Iterable[Attribute], scopes: Iterable[ScopeCode]) -> None:
        """Index what the loader has validated."""
        self.city = city
        self.attributes: Mapping[str, Attribute] = {part.id: part for part in attributes}
        self.scopes: Mapping[str, ScopeCode] = {part.id: part for part in scopes}

    def has(self, name: str) -> bool:
        """Tell whether an attribute is on record, or follows from one."""
        return name in self.attributes or _stem(name) in self.attributes

    def attribute(self, name: str) -> Attribute:
        """Return an attribute, or the change or growth of one; raise `AttributeUnknown` with near ids."""
        if name in self.attributes:
            return self.attributes[name]
        stem = self.attributes.get(_stem(name))
        if stem is None:
            raise AttributeUnknown(name, difflib.get_close_matches(name, self.attributes, n=3))
        if name.endswith(GROWTH):
            return replace(stem, id=name, name=f"{stem.name}增减幅度", unit=PERCENT, kind=AttributeKind.CHANGE)
        unit = POINTS if stem.unit == PERCENT else stem.unit
        return replace(stem, id=name, name=f"{stem.name}增减", unit=unit, kind=AttributeKind.CHANGE)

    def scope_words(self, scope: Iterable[str]) -> str:
        """Return a scope in words, levels first; the codes themselves where a word is missing."""
        order = {kind: number for number, kind in enumerate(ScopeKind)}
        codes = [self.scopes[code] for code in scope if code in self.scopes]
        codes.sort(key=lambda code: (order[code.kind], code.id))
        return "，".join(code.name for code in codes)

    def strand(self, scope: Iterable[str]) -> frozenset[str]:
        """Return the codes that say whom a figure is about, without how that group was counted."""
        return frozenset(code for code in scope if code in self.scopes and self.scopes[code].kind in STRAND_KINDS)


def _stem(name: str) -> str:
    for ending in (CHANGE, GROWTH):
        if name.endswith(ending):
            return name.removesuffix(ending)
    return ""
