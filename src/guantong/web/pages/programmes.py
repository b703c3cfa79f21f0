"""Enrolment plans line by line: the list with its filters, and one programme with its other years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from guantong.pathways.catalogue import FILTERS, find_programmes, programmes_json, read_filters
from guantong.pathways.history import history, history_json
from guantong.pathways.listing import Criterion, Listed
from guantong.pathways.planner import Desk
from guantong.pathways.project_list import find_projects, read_project_query
from guantong.registry import Plans, Programme, ProjectType
from guantong.registry.projects import THREE_PLUS_TWO, TYPE_LABEL
from guantong.web.forms import Choice
from guantong.web.fragments import programme_rows
from guantong.web.page import Asked, Page

_SHARED = ("school", "partner", "district", "category", "words")
"""The filters that mean the same for 3+2 projects."""


@dataclass(frozen=True, slots=True)
class OtherYear:
    """The same major of the same school in another year, and whether the two plans may be compared."""

    year: int
    comparable: bool
    rows: tuple[Programme, ...]


def programmes_page(asked: Asked) -> Page:
    """Return one year's programmes, narrowed and ordered as asked."""
    desk = asked.desk.parts
    if asked.one("type") in (THREE_PLUS_TWO, "3+2"):
        return Page(title=TYPE_LABEL, redirect=_projects_address(asked))
    query = read_filters(asked.given, desk)
    rows = find_programmes(query, desk)
    file = desk.plans.year(query.year)
    return Page(
        title=f"{query.year} 年招生专业",
        template="guantong/programmes.html",
        context={
            "query": query,
            "file": file,
            "source": asked.desk.contents.source(file.document),
            "rows": programme_rows((Listed(programme=row, reasons=()) for row in rows), reasons=False),
            "count": len(rows),
            "whole": len(file.programmes),
            "quota": sum(row.quota or 0 for row in rows),
            "without_quota": sum(row.quota is None for row in rows),
            "covered": tuple(kind for kind in ProjectType if file.covers(kind)),
            "narrowed": any(values and values[0].strip() for name, values in asked.given.items() if name != "year"),
            "choices": _choices(desk, query.year, asked.given),
            "near": _near(asked, desk) if not rows else (),
            "words": asked.one("words"),
            **_projects(asked),
        },
        data=lambda: programmes_json(query, desk, asked.desk.contents.sources),
    )


def programme_page(asked: Asked, programme: str) -> Page:
    """Return one programme of one year, its place, its partner, and the same major in other years."""
    asked.only()
    desk, sources = asked.desk.parts, asked.desk.contents.sources
    row = desk.plans[programme]
    others = same_major(row, desk.plans)
    series = tuple(part for part in history(desk.plans, row.school_id, major=row.major) if part.type is row.type)
    return Page(
        title=f"{row.major} · {row.school} · {row.year} 年",
        template="guantong/programme.html",
        context={
            "row": row,
            "others": others,
            "history": series,
            "school": desk.registry.get(row.school_id),
            "partner": desk.registry.get(row.partner_id),
            "figures": desk.plans.figures.get(row.year),
            "floor": desk.book.value("score_floor", row.year),
            "route": next((route for route in desk.routes.all if route.programme_type is row.type), None),
        },
        data=lambda: {
            "programme": row.as_json(sources),
            "other_years": [
                {
                    "year": other.year,
                    "comparable": other.comparable,
                    "programmes": [found.as_json(sources) for found in other.rows],
                }
                for other in others
            ],
            "history": history_json(series, sources),
        },
    )


def same_major(row: Programme, plans: Plans) -> tuple[OtherYear, ...]:
    """Return for every other loaded year the lines of the same school with the same printed major."""
    mine = {row.major, *row.majors}
    return tuple(
        OtherYear(
            year=file.year,
            comparable=plans.comparable(row.year, file.year),
            rows=tuple(
                other
                for other in file.programmes
                if other.school_id == row.school_id and mine & {other.major, *other.majors}
            ),
        )
        for file in plans.files.values()
        if file.year != row.year
    )


def _choices(desk: Desk, year: int, given: Mapping[str, Sequence[str]]) -> dict[str, tuple[Choice, ...]]:
    programmes = desk.plans.year(year).programmes
    schools = dict.fromkeys(row.school for row in programmes)
    partners = dict.fromkeys(row.partner for row in programmes if row.partner)
    options: dict[str, list[tuple[str, str]]] = {
        "year": [(str(loaded), f"{loaded} 年") for loaded in reversed(desk.plans.years)],
        "type": [
            ("", "全部类型"),
            *((kind.value, kind.label) for kind in ProjectType),
            (THREE_PLUS_TWO, TYPE_LABEL),
        ],
        "school": [("", "全部学校"), *((name, name) for name in schools)],
        "partner": [("", "全部高校"), *((name, name) for name in partners)],
        "district": [("", "全部区"), *desk.registry.districts.items()],
        "category": [("", "全部方向"), *((part.title, part.title) for part in desk.interests)],
        "sort": [(part.value, part.label) for part in Criterion if part is not Criterion.INTEREST],
    }
    chosen = {name: next(iter(given.get(name, ())), "").strip() for name in FILTERS} | {"year": str(year)}
    return {
        name: tuple(Choice(value, label, chosen[name] in (value, label)) for value, label in pairs)
        for name, pairs in options.items()
    }


def _near(asked: Asked, desk: Desk) -> tuple[str, ...]:
    """Return names that look like a school or partner that the list does not have."""
    names = [asked.one(name) for name in ("school", "partner")]
    return tuple(near for name in names if name for near in desk.registry.near(name))


def _projects_address(asked: Asked) -> str:
    """Return the list of 3+2 projects with those filters that it shares."""
    shared = [(name, asked.one(name)) for name in _SHARED]
    query = urlencode([pair for pair in shared if pair[1]])
    return f"/projects{'.json' if asked.twin else ''}" + (f"?{query}" if query else "")


def _projects(asked: Asked) -> dict[str, object]:
    """Return how many 3+2 projects the same filters find: listed apart, never in a plan's numbers."""
    contents, parts = asked.desk.contents, asked.desk.parts
    shared = {name: [asked.one(name)] for name in _SHARED if asked.one(name)}
    projects, registry, interests = contents.projects, parts.registry, parts.interests
    query = read_project_query(shared, projects=projects, registry=registry, interests=interests)
    found = find_projects(query, projects=projects, registry=registry, interests=interests)
    return {"projects": len(found), "projects_address": _projects_address(asked), "projects_narrowed": bool(shared)}
