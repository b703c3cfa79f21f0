"""Markup that does not depend on the child, rendered once: routes per cohort, programmes, tables of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from guantong.evidence import Basis
from guantong.pathways.ladder import ladder
from guantong.pathways.listing import Listed
from guantong.registry import Programme
from guantong.web.desk import public_desk
from guantong.web.templatetags.guantong import grade, short_words

_QUOTA_WORDS = {
    "inferred": "由印出的合计推出",
    "group": "只印了招生规模",
    "missing": "原文缺失",
}


@lru_cache(maxsize=1024)
def route_body(route_id: str, cohort: int | None, template: str = "route_brief") -> SafeString:
    """Return what a route is for a cohort: ladder, worst case, doors, branches, rates, schools, questions."""
    parts = public_desk().parts
    route = parts.routes[route_id]
    rungs = ladder(route, parts.book, cohort)
    context = {"route": route, "rungs": rungs, "cohort": cohort}
    return mark_safe(get_template(f"guantong/parts/{template}.html").render(context))


@lru_cache(maxsize=4096)
def programme_cells(name: str) -> SafeString:
    """Return the cells of a programme's row, without the reasons for its place in a list."""
    row = public_desk().parts.plans[name]
    return format_html(
        '<th scope="row" data-label="专业"><a href="/programmes/{}">{}</a>{}</th>'
        '<td data-label="学校"><a href="/schools/{}">{}</a></td>'
        '<td data-label="计划" class="number">{}</td><td data-label="合作高校">{}</td><td data-label="出处">{}</td>',
        row.id,
        row.major,
        _small(row.restrictions),
        row.school_id,
        row.school,
        quota(row),
        partner(row),
        format_html(
            '<a class="place" href="/sources/{}">{}</a> {}',
            row.place.document,
            short_words(row.place),
            grade(row.grade),
        ),
    )


def quota(row: Programme) -> SafeString:
    """Return a programme's number of places, and how we got it where it was not printed."""
    words = _QUOTA_WORDS.get(row.quota_basis, "")
    if row.quota is None:
        return format_html("<span>—</span>{}", _small(words or "原文缺失"))
    return format_html("{} 人{}", row.quota, _small(words))


def partner(row: Programme) -> SafeString:
    """Return the partner university with its kind and major; what the text lost is said so."""
    if not row.partner:
        return _small("原文缺失，不能证实")
    basis = Basis.INFERRED.label if row.partner_basis is Basis.INFERRED else ""
    details = "，".join(part for part in (row.partner_kind, row.partner_major, basis) if part)
    link = format_html('<a href="/schools/{}">{}</a>', row.partner_id, row.partner) if row.partner_id else row.partner
    return format_html("{}{}", link, _small(details))


def programme_rows(rows: Iterable[Listed], *, reasons: bool) -> SafeString:
    """Return the rows of a table of programmes, with the reasons for their order where there are any."""
    if not reasons:
        return mark_safe("".join(f"<tr>{programme_cells(row.programme.id)}</tr>" for row in rows))
    return mark_safe("".join(f"<tr>{programme_cells(row.programme.id)}{_reasons(row.reasons)}</tr>" for row in rows))


@lru_cache(maxsize=4096)
def _reasons(reasons: tuple[str, ...]) -> SafeString:
    if not reasons:
        return mark_safe('<td data-label="原因" class="empty">—</td>')
    items = format_html_join("", "<li>{}</li>", ((reason,) for reason in reasons))
    return format_html('<td data-label="原因"><ul class="reasons">{}</ul></td>', items)


def _small(text: str) -> SafeString:
    return format_html("<small>{}</small>", text) if text else mark_safe("")
