"""Small pieces of markup of the pages of facts: charts, scopes in words, places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from django import template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from guantong.facts import Fact, Segment, Series
from guantong.facts.catalogue import Names
from guantong.facts.words import Words
from guantong.web.desk import public_desk
from guantong.web.labels import year_ranges
from guantong.web.pages.indicators import one_source_words
from guantong.web.series_drawing import WIDTH, chart, points
from guantong.web.templatetags.guantong import evidence, short_words

register = template.Library()
register.filter("clash_words", one_source_words)


@register.filter
def year_spans(years: Sequence[int]) -> str:
    """Return years as “2015–2020、2025”."""
    return year_ranges(tuple(years))


@register.simple_tag
@lru_cache(maxsize=4096)
def fact_evidence(fact: Fact) -> SafeString:
    """Return place, grade and basis of a fact."""
    return evidence(fact.place, fact.grade, fact.basis)


@register.simple_tag
def fact_places(facts: Sequence[Fact]) -> SafeString:
    """Return the places of some facts, each once, tables first."""
    ordered = sorted(facts, key=lambda fact: not fact.place.table)
    return mark_safe("<br>".join(dict.fromkeys(map(fact_place, ordered))))


@lru_cache(maxsize=4096)
def fact_place(fact: Fact) -> SafeString:
    """Return the place of a fact in few words, as a link to its document."""
    title = short_title(fact.place.document)
    where = short_words(fact.place)
    return format_html(
        '<a class="place" href="/sources/{}" title="{}">{} {}</a>',
        fact.place.document,
        title,
        _year_of(fact.place.document),
        where,
    )


def short_title(document: str) -> str:
    """Return a document's title; its id where it is not on record."""
    source = public_desk().contents.sources.get(document)
    return source.title if source else document


@register.simple_tag
@lru_cache(maxsize=4096)
def scope_words(fact: Fact, joint: str = "") -> str:
    """Return of whom a fact speaks, and by which definition."""
    words = _words()
    definition = words.attribute(fact.attribute).definition(fact.definition) if fact.definition else None
    parts = (words.scope_words(fact.scope), definition.text if definition else "")
    said = "；".join(filter(None, parts))
    return f"{joint}{said}" if said else ("" if joint else "未注明范围")


@register.simple_tag
@lru_cache(maxsize=4096)
def subject_words(fact: Fact) -> str:
    """Return a fact's subject by name."""
    contents = public_desk().contents
    return Names(words=contents.words, registry=contents.registry, plans=contents.plans).subject(fact.subject)


@register.simple_tag
def strand_words(series: Series) -> str:
    """Return of whom a series speaks."""
    return _words().scope_words(series.strand) or "全部"


@register.simple_tag
def segment_words(segment: Segment) -> str:
    """Return how the points of a segment were counted."""
    return scope_words(segment.points[0].facts[0])


@register.simple_tag
def series_chart(series: Series) -> SafeString:
    """Return a series as a drawing with its table, and its breaks in words."""
    laid = chart(series)
    name = f"{_words().attribute(series.attribute).name}，{strand_words(series)}"
    context = {
        "chart": laid,
        "parts": [(segment_words(part) if _apart(series) else "", tuple(points(part))) for part in series.segments],
        "apart": any(bar.apart for bar in laid.bars),
        "title": name,
        "width": WIDTH,
    }
    return mark_safe(get_template("guantong/parts/series.html").render(context))


def _apart(series: Series) -> bool:
    """Tell whether the table must say how each segment was counted."""
    return len(series.segments) > 1 or series.segments[0].scope != series.strand


def _words() -> Words:
    return public_desk().contents.words


@lru_cache(maxsize=64)
def _year_of(document: str) -> str:
    """Return the edition that a report's title names, to tell editions apart in few words."""
    source = public_desk().contents.sources.get(document)
    found = re.search(r"20\d\d", source.title) if source else None
    return f"{found[0]} 年报" if found else document
