"""Small pieces of markup of the second part: verdicts on what one hears, grounds, choices, charts, codes for paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django import template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from guantong.evidence import Grade, Place
from guantong.pathways.claims import ClaimVerdict
from guantong.pathways.compare import Row as PointRow
from guantong.pathways.compare_points import Item
from guantong.pathways.history import Series
from guantong.registry import Project
from guantong.web import labels
from guantong.web.forms import Choice, Group
from guantong.web.history_drawing import HEIGHT, WIDTH, chart
from guantong.web.pages.compare import Column
from guantong.web.qr import qr
from guantong.web.templatetags.guantong import clause_link, evidence, grade, short_words, verdict

register = template.Library()
_SHAPES = {ClaimVerdict.TRUE: "yes", ClaimVerdict.INACCURATE: "no", ClaimVerdict.UNVERIFIABLE: "unknown"}

register.simple_tag(qr, name="qr")
register.filter("day_words", labels.day_words)


@register.simple_tag
def claim_verdict(found: ClaimVerdict) -> SafeString:
    """Return the verdict on a statement: a shape and its word."""
    return verdict(_SHAPES[found], found.label)


@register.simple_tag
@lru_cache(maxsize=4096)
def ground(clause: str, where: Place | None, value: Grade | None) -> SafeString:
    """Return what a statement rests on: its clause where there is one, else its place."""
    if not clause:
        return evidence(where, value)
    return mark_safe(f'<span class="evidence">{clause_link(clause)} {grade(value)}</span>')


@register.simple_tag
def choose(name: str, label: str, choices: Iterable[Choice], wide: str = "") -> SafeString:
    """Return a field of choices of a form that filters."""
    context = {"name": name, "label": label, "choices": tuple(choices), "wide": wide}
    return mark_safe(get_template("guantong/parts/choose.html").render(context))


@register.simple_tag
@lru_cache(maxsize=16)
def choose_grouped(name: str, label: str, groups: tuple[Group, ...]) -> SafeString:
    """Return a field of choices under headings, with nothing chosen."""
    context = {"name": name, "label": label, "groups": groups, "wide": "wide"}
    return mark_safe(get_template("guantong/parts/choose.html").render(context))


@register.simple_tag
def history_chart(series: Series) -> SafeString:
    """Return a series as a drawing with its table and its breaks in words."""
    context = {"chart": chart(series), "width": WIDTH, "height": HEIGHT, "ground": HEIGHT - 28}
    return mark_safe(get_template("guantong/parts/history.html").render(context))


@register.simple_tag
def short_place(row: Project) -> SafeString:
    """Return table and row of a project: its list's document is named above."""
    return format_html('<a class="place" href="/sources/{}">{}</a>', row.place.document, short_words(row.place))


@register.filter
def with_columns(row: PointRow, columns: Sequence[Column]) -> list[tuple[Column, tuple[Item, ...]]]:
    """Return the cells of a row of a comparison, each with the column that it stands in."""
    return list(zip(columns, row.cells, strict=True))
