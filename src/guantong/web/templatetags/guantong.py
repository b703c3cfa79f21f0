"""Small pieces of markup that every page shares: verdicts, evidence, places, programmes, ladders."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from guantong.evidence import Basis, Grade, Place
from guantong.pathways.ladder import Rung
from guantong.pathways.routes import Anchor
from guantong.web import labels
from guantong.web.desk import public_desk
from guantong.web.drawing import WIDTH, drawing, rung_details
from guantong.web.forms import Choice, Field

register = template.Library()
_EMPTY = mark_safe("")
_TABLE = re.compile(r"表\s*([\d-]+)")
_ICONS = {
    "yes": '<circle cx="8" cy="8" r="7"/><path d="M4.6 8.3l2.3 2.3 4.5-4.9"/>',
    "no": '<rect x="1" y="1" width="14" height="14" rx="2"/><path d="M5 5l6 6M11 5l-6 6"/>',
    "unknown": '<path d="M8 1l7 7-7 7-7-7z"/><path d="M6.4 6.6c0-2 3.2-2 3.2 0 0 1.2-1.6 1.2-1.6 2.4M8 11.2v.2"/>',
    "warning": '<path d="M8 1.5l7 13H1z"/><path d="M8 6v4M8 12.2v.2"/>',
    "info": '<circle cx="8" cy="8" r="7"/><path d="M8 7.2v4.3M8 4.6v.2"/>',
    "door": '<path d="M3 15V1h8v14M1 15h14M8.5 8v1"/>',
}

register.filter("field_label", labels.field_label)
register.filter("numbers_words", labels.numbers_words)
register.filter("totals_words", labels.totals_words)
register.filter("share_words", labels.share_words)
register.filter("year_ranges", labels.year_ranges)
register.filter("rung_details", rung_details)


@register.simple_tag
@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """Return the address of a static file, with the digest of its bytes."""
    digest = hashlib.sha256(Path(str(finders.find(name))).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


@register.simple_tag
@lru_cache(maxsize=16)
def icon(name: str) -> SafeString:
    """Return a small drawing that stands beside its word, never instead of it."""
    return format_html(
        '<svg class="icon icon-{}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{}</svg>',
        name,
        mark_safe(_ICONS[name]),
    )


@register.simple_tag
@lru_cache(maxsize=256)
def verdict(word: str, words: str) -> SafeString:
    """Return a verdict: a shape and the fixed words."""
    return format_html('<span class="verdict verdict-{}">{}{}</span>', word, icon(word), words)


@register.simple_tag
@lru_cache(maxsize=8)
def grade(value: Grade | None) -> SafeString:
    """Return an evidence grade as a word."""
    if value is None:
        return _EMPTY
    return format_html('<span class="grade grade-{}" title="证据等级">{}</span>', value.value, value.label)


def short_words(where: Place) -> str:
    """Return table and row alone: the document is the list's, named above it."""
    numbered = _TABLE.match(where.table)
    table = f"表 {numbered[1]}" if numbered else where.section
    if where.row and not where.row.isdigit():
        return f"{table} “{where.row}”行"
    return f"{table} 第 {where.row} 行" if where.row else table


@register.simple_tag
@lru_cache(maxsize=4096)
def place(where: Place | None) -> SafeString:
    """Return a place as a link to its document."""
    if where is None or not where.document:
        return _EMPTY
    source = public_desk().contents.sources.get(where.document)
    return format_html('<a class="place" href="/sources/{}">{}</a>', where.document, where.text(source))


@register.simple_tag
@lru_cache(maxsize=4096)
def evidence(where: Place | None, value: Grade | None = None, basis: Basis | None = None) -> SafeString:
    """Return place, grade and basis in one line."""
    words = format_html('<span class="basis">{}</span>', basis.label) if basis and basis.value != "printed" else _EMPTY
    return format_html('<span class="evidence">{} {} {}</span>', place(where), grade(value), words)


@register.simple_tag
@lru_cache(maxsize=4096)
def anchor(rests_on: Anchor) -> SafeString:
    """Return what a statement of a route rests on: its clause, or its place, with the grade."""
    if not rests_on.clause:
        return evidence(rests_on.place, rests_on.grade)
    link = clause_link(rests_on.clause)
    return format_html('<span class="evidence">{} {}</span>', link, grade(rests_on.grade))


@register.simple_tag
@lru_cache(maxsize=256)
def clause_link(name: str) -> SafeString:
    """Return a link to a clause, by its document and printed number."""
    desk = public_desk()
    books = (desk.parts.book, *desk.books.values())
    book, clause = next(((book, book.clauses[name]) for book in books if name in book.clauses), (None, None))
    if book is None or clause is None:
        return format_html("{}", name)
    document = name.partition(":")[0]
    source = desk.contents.sources.get(document)
    number = clause.number
    text = number if source is None or (source.number and source.number in number) else f"{source.short} {number}"
    return format_html('<a class="place" href="/policies/{}/clauses/{}">{}</a>', book.id, name, text)


@register.simple_tag
def select_field(field: Field, label: str = "") -> SafeString:
    """Return a choice of a form; one without a fault is the same for every family and rendered once."""
    return _select(field, label) if field.problems else _select_once(field, label)


@register.simple_tag
@lru_cache(maxsize=512)
def checkboxes(name: str, choices: tuple[Choice, ...]) -> SafeString:
    """Return a list of choices of which several may be taken."""
    rows = (
        (name, choice.value, mark_safe(" checked") if choice.chosen else _EMPTY, choice.label) for choice in choices
    )
    box = '<li><label><input type="checkbox" name="{}" value="{}"{}> {}</label></li>'
    return format_html("<ul>{}</ul>", format_html_join("", box, rows))


def _select(field: Field, label: str) -> SafeString:
    context = {"field": field, "label": label or field.label}
    return mark_safe(get_template("guantong/parts/select.html").render(context))


_select_once = lru_cache(maxsize=512)(_select)


@register.simple_tag
@lru_cache(maxsize=512)
def district(name: str) -> str:
    """Return a district's name, or that it is not in our sources."""
    return public_desk().parts.registry.district_name(name) or "未收录"


@register.simple_tag
def ladder(rungs: Sequence[Rung], title: str) -> SafeString:
    """Return a ladder as an inline drawing with its words."""
    board = drawing(rungs)
    return mark_safe(
        get_template("guantong/parts/ladder.html").render({"board": board, "width": WIDTH, "title": title})
    )


@register.filter
def get(mapping: Mapping[str, object], key: str) -> object:
    """Return a value by a key that is itself a variable."""
    return mapping.get(key)
