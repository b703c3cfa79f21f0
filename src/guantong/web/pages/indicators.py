"""Figures over time (数据): every attribute on record, and one with its series, its sources and its contradictions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from guantong.facts import Clash, Fact, FactTable, Series, Wanted, series
from guantong.facts.catalogue import Names, attribute_json, attributes_json, clashes_of
from guantong.facts.words import CHANGE, GROWTH
from guantong.web.page import Asked, Page


@dataclass(frozen=True, slots=True)
class Group:
    """What is stated of one subject: what makes a series, and what is stated of one period alone."""

    subject: str
    name: str
    charts: tuple[Series, ...]
    single: tuple[Fact, ...]


def names_of(asked: Asked) -> Names:
    """Return what turns subjects into words."""
    contents = asked.desk.contents
    return Names(words=contents.words, registry=contents.registry, plans=contents.plans)


def indicators_page(asked: Asked) -> Page:
    """Return the attributes whose name holds the words, by theme."""
    asked.only("words")
    words = asked.one("words")
    table, names = asked.desk.contents.facts, names_of(asked)
    rows = [row for row in attributes_json(table, names) if words.lower() in f"{row['name']}{row['theme']}".lower()]
    return Page(
        title="数据与出处",
        template="guantong/indicators.html",
        context={
            "groups": [(theme, list(part)) for theme, part in groupby(rows, key=lambda row: row["theme"])],
            "count": len(rows),
            "whole": len(table.attributes()),
            "facts": len(table),
            "clashes": len(table.clashes),
            "words": words,
        },
        data=lambda: rows,
    )


def indicator_page(asked: Asked, attribute: str) -> Page:
    """Return one attribute: definition, series of the city, districts and schools, changes, contradictions."""
    asked.only()
    contents, names = asked.desk.contents, names_of(asked)
    table = contents.facts
    found = table.words.attribute(attribute)
    return Page(
        title=found.name,
        template="guantong/indicator.html",
        context={
            "attribute": found,
            "groups": tuple(_group(table, names, found.id, subject) for subject in table.subjects(found.id)),
            "clashes": clashes_of(table, found.id),
            "changes": _changes(table, found.id),
            "names": names,
            "table": table,
        },
        data=lambda: attribute_json(table, names, found, contents.sources),
    )


def _group(table: FactTable, names: Names, attribute: str, subject: str) -> Group:
    every = series(table, attribute, subject)
    charts = tuple(one for one in every if sum(len(segment.points) for segment in one.segments) > 1)
    shown = {fact.id for one in charts for part in one.segments for point in part.points for fact in point.facts}
    facts = table.find(Wanted(attribute=attribute, subject=subject))
    return Group(subject, names.subject(subject), charts, tuple(fact for fact in facts if fact.id not in shown))


def _changes(table: FactTable, attribute: str) -> tuple[Fact, ...]:
    return tuple(fact for ending in (CHANGE, GROWTH) for fact in table.find(Wanted(attribute=attribute + ending)))


def one_source_words(clash: Clash) -> str:
    """Return whether one document contradicts itself or two differ."""
    return "同一份文件里前后不同" if clash.one_source else "几份文件说的不同"
